import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { logReader, openFileOf } from './open-file.ts'
import { asUnavailable, isLocked, Unavailable } from './unavailable.ts'

/** What a program that serves pages asks of its database, besides what stands in it. */
export interface Serving {
  /**
   * Waits, beside everything else that the program does, until a change could be written.
   * @param isGivenUp asked while it waits
   * @throws Unavailable where it cannot, or not within a few seconds
   */
  writable(isGivenUp?: () => boolean): Promise<void>
  /** @throws Unavailable where the open file is no longer the one at its path: what was written is not kept */
  check(): void
  /** Proves a write, at most every few seconds whoever asks, and waits for nobody. @throws Unavailable where it cannot */
  ping(): void
  /**
   * From now on no call waits for another program longer than a moment, and the files are looked at every second.
   * @param failed is told what is wrong with them, once
   */
  serve(failed: (error: unknown) => void): void
  close(): void
}

/** Milliseconds. Calls are synchronous: whoever waits in one keeps everybody waiting. */
const MOMENT = 100
export const LONGEST_WAIT = 5_000
export const PAUSE = 20
/** More than so many need not begin to wait. */
const MOST_WAITING = 500
const LOOK_EVERY = 1_000
/** A proof of writing holds so long, one that failed so long, and one that met a lock is excused so long. */
const PROVED_FOR = 5_000
const FAILED_FOR = 1_000
const EXCUSED_FOR = 10_000
/** In bytes, more than one answer takes in the log with everything that is stored beside it. */
const ROOM = 96 * 1024
/** In pages of 4 KB: the log is written into the database when so much of it is not there yet. */
const LONGEST_LOG = 1_000

export function servingOf(sqlite: Database.Database): Serving {
  const file = openFileOf(sqlite)
  let wait = sqlite.pragma('busy_timeout', { simple: true }) as number
  let waiting = 0
  let timer: NodeJS.Timeout | undefined
  let told: string | null = null
  /** How much this connection had changed at the last look, and when the log was shortened last. */
  let [seen, shortened] = [-1, -1]
  const atOnce: AtOnce = (work) => withoutWaiting(sqlite, work, wait)
  const proof = proofOfWriting(sqlite, atOnce)
  const logLength = logReader(sqlite)
  const [begin, rollback] = [sqlite.prepare('BEGIN IMMEDIATE'), sqlite.prepare('ROLLBACK')]
  const changesSoFar = sqlite.prepare<[], number>('SELECT total_changes()').pluck()

  /** @returns false where somebody else has the lock */
  function tryToWrite(): boolean {
    // Left by a transaction whose end failed: everything that follows would.
    if (sqlite.inTransaction) rollback.run()
    return atOnce(() => {
      try {
        begin.run()
        rollback.run()
        return true
      } catch (error) {
        if (isLocked(error)) return false
        throw asUnavailable(error) ?? error
      }
    })
  }

  async function waitForLock(isGivenUp: () => boolean): Promise<void> {
    const until = performance.now() + LONGEST_WAIT
    while (!tryToWrite()) {
      if (isGivenUp() || performance.now() >= until || waiting > MOST_WAITING)
        throw new Unavailable('another program has the lock of the database', { retryAfter: 5 })
      await sleep(PAUSE)
    }
  }

  /**
   * By ourselves, so that the file changes when we know of it, and never in the middle of a request's own write. When
   * nothing was written for a moment the log is emptied, so that the file alone is nearly all there is; where there was no
   * room for it to grow there is some again. When much is being written it keeps its length and is written over from
   * its beginning: a file that grows takes the disk far longer with each commit.
   */
  function shortenLog(): void {
    if (sqlite.memory || !sqlite.open) return
    const log = statSync(`${sqlite.name}-wal`, { throwIfNoEntry: false })
    const changes = changesSoFar.get()!
    const isQuiet = changes === seen && changes !== shortened
    seen = changes
    if (!log || log.size === 0 || !(isQuiet || isLong())) return
    if (isQuiet) shortened = changes
    atOnce(() => sqlite.pragma(`wal_checkpoint(${isQuiet ? 'TRUNCATE' : 'RESTART'})`))
    file.noteOwnWrite()
  }

  function isLong(): boolean {
    const { log, checkpointed } = logLength()
    return log - checkpointed >= LONGEST_LOG
  }

  function look(failed: (error: unknown) => void): void {
    try {
      file.check()
      shortenLog()
      told = null
    } catch (error) {
      const { message } = error as Error
      if (message !== told) failed(error)
      told = message
    }
  }

  return {
    async writable(isGivenUp = () => false) {
      file.check()
      if (tryToWrite()) return
      waiting += 1
      try {
        await waitForLock(isGivenUp)
      } finally {
        waiting -= 1
      }
      file.check()
    },
    check: file.check,
    ping() {
      file.check()
      sqlite.pragma('user_version')
      proof()
    },
    serve(failed) {
      wait = MOMENT
      sqlite.pragma(`busy_timeout = ${wait}`)
      if (!sqlite.memory) sqlite.pragma('wal_autocheckpoint = 0')
      timer ??= setInterval(() => look(failed), LOOK_EVERY).unref()
    },
    close() {
      clearInterval(timer)
      // Not where the file is no longer there: what SQLite left beside it would be taken for that of the new one.
      if (timer !== undefined) look(() => {})
      sqlite.close()
    },
  }
}

/**
 * A number in the file's head is written as it stands, committed and on the disk. It counts as no change of
 * the survey's: what is kept of it in the memory stays (`change-stamp.ts`).
 */
function proofOfWriting(sqlite: Database.Database, atOnce: AtOnce): () => void {
  let proved = -Infinity
  let failed: { at: number; error: unknown } | null = null
  return () => {
    const now = performance.now()
    if (now - proved < PROVED_FOR) return
    if (failed && now - failed.at < FAILED_FOR) throw failed.error
    try {
      atOnce(() => {
        proveRoom(sqlite)
        const number = sqlite.pragma('application_id', { simple: true }) as number
        sqlite.pragma(`application_id = ${number}`)
      })
      proved = now
      failed = null
    } catch (error) {
      // That somebody writes is no reason to say that nobody can.
      if (isLocked(error) && now - proved < EXCUSED_FOR) return
      failed = { at: now, error: asUnavailable(error) ?? error }
      throw failed.error
    }
  }
}

/**
 * The log can grow by what an answer needs: one number fits into what it has already where nothing else does. With next to no
 * cache SQLite writes pages there before the end of their transaction, which then never was, and changes nothing.
 */
function proveRoom(sqlite: Database.Database): void {
  if (sqlite.memory) return
  const cache = sqlite.pragma('cache_size', { simple: true })
  sqlite.pragma('cache_size = 1')
  try {
    sqlite.exec(`BEGIN IMMEDIATE; CREATE TABLE room AS SELECT zeroblob(${ROOM}) AS bytes`)
  } finally {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK')
    sqlite.pragma(`cache_size = ${cache}`)
  }
}

type AtOnce = <Value>(work: () => Value) => Value

/**
 * Where somebody else has the lock it fails at once.
 * @param wait how long the connection waits for it elsewhere
 */
export function withoutWaiting<Value>(
  sqlite: Database.Database,
  work: () => Value,
  wait = sqlite.pragma('busy_timeout', { simple: true }) as number,
): Value {
  sqlite.pragma('busy_timeout = 0')
  try {
    return work()
  } finally {
    sqlite.pragma(`busy_timeout = ${wait}`)
  }
}
