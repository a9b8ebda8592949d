import {
  type BigIntStats,
  closeSync,
  copyFileSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import type Database from 'better-sqlite3'
import { signingKeyIn, wasPurged } from './purge-in-file.ts'
import { Unavailable } from './unavailable.ts'

/**
 * What the program has open, beside what lies at its path. A file that was moved, removed or replaced is still written
 * to, by whoever has it open, and all of that is gone with the program: so nothing more is written then. Nothing here
 * opens the database's file a second time, as closing that would give up every lock that SQLite has on it.
 */
interface OpenFile {
  /** @throws Unavailable where what is written now would be lost, or would damage what lies there instead */
  check(): void
  /** After a checkpoint of this connection: it is what changed the file. */
  noteOwnWrite(): void
}

const NOWHERE: OpenFile = { check: () => {}, noteOwnWrite: () => {} }

/** @returns what looks whether everything is in its place; of a database in memory it always is */
export function openFileOf(sqlite: Database.Database): OpenFile {
  if (sqlite.memory || sqlite.name === '') return NOWHERE
  const path = sqlite.name
  const opened = identity(path)
  const isCutShort = cutShortReader(sqlite, path)
  const recordHead = recordHeadReader(sqlite)
  let beside = companions(path)
  let contents = contentsStamp(path)
  let head = recordHead()
  let key: string | null = null
  /** Why nothing is written at present; null where all is well. */
  let problem: string | null = null

  /** A file that was put back is the same one again. */
  function stop(why: string, putAway: () => void): never {
    if (problem !== why) {
      putAway()
      sqlite.pragma('query_only = ON')
      problem = why
    }
    throw new Unavailable(why, { retryAfter: NEEDS_SOMEBODY })
  }

  function goOn(): void {
    if (problem === null) return
    sqlite.pragma('query_only = OFF')
    problem = null
  }

  return {
    check(): void {
      const there = statSync(path, STAT)
      if (identityOf(there) !== opened) stop(REPLACED, () => emptyLog(sqlite, path))
      let now = contentsOf(there)
      const { wal, shm } = companions(path)
      if (wal !== beside.wal || shm !== beside.shm) {
        if (!renewCompanions(sqlite)) stop(CUT_OFF, () => emptyLog(sqlite, path))
        beside = companions(path)
        contents = contentsStamp(path)
        now = contents
      }
      if (now !== contents) {
        if (problem === OVERWRITTEN || !isStillOurs(sqlite, head, key))
          stop(OVERWRITTEN, () => putLogAside(path))
        contents = contentsStamp(path)
      }
      if (isCutShort()) stop(CUT_SHORT, () => spoilLog(path))
      goOn()
      head = recordHead()
      key ??= signingKeyIn(sqlite)
    },

    noteOwnWrite(): void {
      contents = contentsStamp(path)
    },
  }
}

const NEEDS_SOMEBODY = 60

const REPLACED =
  'the database file was moved, removed or replaced while the program has it open: stop the program, see to the file, start again'
const CUT_OFF =
  'the -wal or -shm file was removed while several programs have the database open: restart each of them'
const CUT_SHORT =
  'the -wal file was emptied or cut short while the program has the database open: stop the program, restore the database, start again'
const OVERWRITTEN =
  'another file was copied over the database while the program has it open: stop the program, restore the database, start again'

const STAT = { bigint: true, throwIfNoEntry: false } as const

function identity(path: string): string {
  return identityOf(statSync(path, STAT))
}

/** Device and inode; '' where nothing is there. */
function identityOf(found: BigIntStats | undefined): string {
  return found ? `${found.dev}:${found.ino}` : ''
}

function companions(path: string): { wal: string; shm: string } {
  return { wal: identity(`${path}-wal`), shm: identity(`${path}-shm`) }
}

function contentsStamp(path: string): string {
  return contentsOf(statSync(path, STAT))
}

/** Changes with whatever is written into the file itself: a checkpoint, or a copy over it. */
function contentsOf(found: BigIntStats | undefined): string {
  return found ? `${found.size}:${found.mtimeNs}` : ''
}

/**
 * What was removed are only SQLite's own files, and the connection knows all that was in them: alone it writes that into
 * the database, and makes them anew. @returns whether it could
 */
function renewCompanions(sqlite: Database.Database): boolean {
  try {
    sqlite.pragma('journal_mode = DELETE')
    const mode = sqlite.pragma('journal_mode = WAL', { simple: true })
    // They come into being with the first look.
    sqlite.pragma('user_version')
    return mode === 'wal'
  } catch {
    // Somebody else has the database open as well.
    sqlite.pragma('journal_mode = WAL')
    return false
  }
}

/**
 * Writes the log into the file that is open, wherever that has gone, and leaves it empty: what SQLite finds in it at the
 * next start it would write over the file that lies there now. A file that was only renamed is whole by it.
 */
function emptyLog(sqlite: Database.Database, path: string): void {
  try {
    const [{ busy }] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }]
    if (busy !== 0) putLogAside(path)
  } catch {
    putLogAside(path)
  }
}

/**
 * Whether the log is shorter than what is known to be in it. SQLite does not look: it would write behind its end, take what
 * is not there for zeros, and bring those into the database.
 */
function cutShortReader(sqlite: Database.Database, path: string): () => boolean {
  const framesInLog = logReader(sqlite)
  const frame = PAGE_HEADER + pageSizeOf(sqlite)
  const isShort = () => {
    const { log } = framesInLog()
    const size = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
    if (log === 0) return false
    return size < LOG_HEADER + log * frame || !hasHeader(`${path}-wal`)
  }
  return () => {
    if (!isShort()) return false
    // What is known may be of before another program emptied it in good order: reading brings it up to date.
    sqlite.pragma('user_version')
    return isShort()
  }
}

/** In pages. */
interface LogLength {
  /** What the log holds. */
  log: number
  /** Of that what is in the database as well. */
  checkpointed: number
}

/** @returns how long the log is, as this connection knows; nothing is done to it */
export function logReader(sqlite: Database.Database): () => LogLength {
  const statement = sqlite.prepare<[], LogLength>('PRAGMA wal_checkpoint(NOOP)')
  return () => statement.get()!
}

/** Where it was emptied in the middle of a write, that lies behind a hole. Nobody has locks on this file. */
function hasHeader(log: string): boolean {
  const file = openSync(log, 'r')
  try {
    const head = Buffer.alloc(4)
    readSync(file, head, 0, head.length, 0)
    return head.readUInt32BE() !== 0
  } finally {
    closeSync(file)
  }
}

const LOG_HEADER = 32
const PAGE_HEADER = 24

function pageSizeOf(sqlite: Database.Database): number {
  return sqlite.pragma('page_size', { simple: true }) as number
}

/** So that nothing of it gets into the database, and the next start says that something is missing. */
function spoilLog(path: string): void {
  putLogAside(path)
  writeFileSync(`${path}-wal`, Buffer.alloc(LOG_HEADER, 0xff), { flag: 'r+' })
}

/** What is in the log belongs to no file any more, and stays beside it for whoever looks for an answer. */
function putLogAside(path: string): void {
  const log = `${path}-wal`
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) === 0) return
  copyFileSync(log, `${path}-wal.aside`)
  truncateSync(log)
}

interface RecordHead {
  seq: number
  hash: string
}

function recordHeadReader(sqlite: Database.Database): () => RecordHead | null {
  const sql = 'SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1'
  const statement = sqlite.prepare<[], RecordHead>(sql)
  return () => statement.get() ?? null
}

/**
 * Another program's checkpoint leaves everything as it was; of another file the record does not go on from ours. Where another
 * program ended the keeping there is none any more.
 */
function isStillOurs(sqlite: Database.Database, head: RecordHead | null, key: string | null): boolean {
  try {
    sqlite.pragma('shrink_memory')
    if (sqlite.pragma('integrity_check(1)', { simple: true }) !== 'ok') return false
    if ((sqlite.pragma('foreign_key_check') as unknown[]).length > 0) return false
    const { hash, count, first } = sqlite
      .prepare(
        'SELECT (SELECT hash FROM audit_log WHERE seq = ?) AS hash, count(*) AS count, min(seq) AS first FROM audit_log WHERE seq <= ?',
      )
      .get(head?.seq ?? 0, head?.seq ?? 0) as { hash: string | null; count: number; first: number | null }
    if (head === null || (hash === head.hash && count === head.seq - (first ?? 1) + 1)) return true
    return wasPurged(sqlite, { seq: head.seq, key })
  } catch {
    return false
  }
}
