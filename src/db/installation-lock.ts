import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Held until it is released, or until the process ends, however it ends. */
export interface HeldInstallation {
  release(): void
}

/**
 * That a program has the database open: any number at once, none while the file is replaced.
 * @param path of the lock (`installationFiles().lock`), in a folder that can be written
 * @param patienceMs how long to wait, with the thread, for whoever holds it exclusively
 * @returns null while the database is being replaced
 */
export function holdShared(path: string, patienceMs = 0): HeldInstallation | null {
  return held(path, 'BEGIN', patienceMs)
}

/**
 * That nobody but this program has the database open, nor opens it before this is released. Whoever replaces, removes
 * or rewrites the file as a whole holds it.
 * @returns null while any program has the database open, this one included
 */
export function holdExclusively(path: string): HeldInstallation | null {
  return held(path, 'BEGIN EXCLUSIVE', 0)
}

/**
 * An empty database in which nothing is ever written: SQLite's own locks, which the system drops with the process, so
 * that no lock is left behind by a kill. Nobody may open the file by other means: closing it would drop the locks of
 * the whole process.
 */
function held(path: string, begin: string, timeout: number): HeldInstallation | null {
  createFor(path)
  const lock = new Database(path, { timeout })
  try {
    // No file of its own beside the lock, which a kill would leave there.
    lock.pragma('journal_mode = MEMORY')
    lock.exec(begin)
    // A plain transaction takes its lock at the first reading.
    lock.prepare('SELECT count(*) FROM sqlite_master').get()
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return null
    throw error
  }
  return {
    release() {
      lock.close()
    },
  }
}

/** Readable by its owner only, as what it lies beside. */
function createFor(path: string): void {
  try {
    writeFileSync(path, '', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
