import { sqliteOf } from './change-stamp.ts'
import { type Db, immediately } from './open.ts'
import { LONGEST_WAIT, PAUSE, withoutWaiting } from './serving.ts'
import { isLocked } from './unavailable.ts'

interface Waiting {
  since: number
  act: () => unknown
  stored: (outcome: unknown) => void
  failed: (error: unknown) => void
}

/**
 * Takes acts that come in at the same moment to the disk with one commit: what takes long is the wait for the disk, and
 * whoever comes meanwhile waits for the next. Each act is a transaction of its own within it, stored or given up alone, and
 * nobody is told of anything before all of it is on the disk.
 */
export function sharedCommits(db: Db) {
  let waiting: Waiting[] = []

  /** @param attempt how the transaction is begun */
  function commit(attempt = (all: () => void) => all()): void {
    const acts = waiting
    waiting = []
    let tell: (() => void)[] = []
    let hasBegun = false
    try {
      attempt(() =>
        immediately(db, () => {
          hasBegun = true
          tell = acts.map((each) => tried(each))
        }),
      )
    } catch (error) {
      if (!hasBegun && isLocked(error)) return void later(acts, error)
      tell = acts.map((each) => () => each.failed(error))
    }
    for (const each of tell) each()
  }

  /** Another program has taken the lock after these were told that it is free: they wait for it beside everything else. */
  function later(acts: Waiting[], error: unknown): void {
    const isOver = ({ since }: Waiting) => performance.now() - since >= LONGEST_WAIT
    for (const each of acts)
      if (isOver(each)) each.failed(error)
      else waiting.push(each)
    if (waiting.length > 0) setTimeout(commit, PAUSE, (all: () => void) => withoutWaiting(sqliteOf(db), all))
  }

  /** @throws where the database gave everything up, and not this act alone: a full disk, a lost file */
  function tried({ act, stored, failed }: Waiting): () => void {
    try {
      const outcome = act()
      return () => stored(outcome)
    } catch (error) {
      if (!isWithin(db)) throw error
      return () => failed(error)
    }
  }

  /** @param act writes by the stores alone, at once */
  return <Outcome>(act: () => Outcome): Promise<Outcome> =>
    new Promise((stored, failed) => {
      waiting.push({ act, since: performance.now(), stored: stored as Waiting['stored'], failed })
      // Behind all that has come in by now.
      if (waiting.length === 1) setImmediate(() => commit())
    })
}

/** Whether the transaction around it still stands. */
function isWithin(db: Db): boolean {
  return (db as Db & { $client: { inTransaction: boolean } }).$client.inTransaction
}
