import { type Db, immediately } from './open.ts'

interface Waiting {
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

  function commit(): void {
    const acts = waiting
    waiting = []
    let tell: (() => void)[] = []
    try {
      immediately(db, () => {
        tell = acts.map((each) => tried(each))
      })
    } catch (error) {
      tell = acts.map(
        ({ failed }) =>
          () =>
            failed(error),
      )
    }
    for (const each of tell) each()
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
      waiting.push({ act, stored: stored as Waiting['stored'], failed })
      // Behind all that has come in by now.
      if (waiting.length === 1) setImmediate(commit)
    })
}

/** Whether the transaction around it still stands. */
function isWithin(db: Db): boolean {
  return (db as Db & { $client: { inTransaction: boolean } }).$client.inTransaction
}
