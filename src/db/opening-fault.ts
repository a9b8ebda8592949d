/** Why a file that was looked at cannot be opened after all. */
type OpeningFault = 'no-room' | 'busy' | 'corrupt' | 'not-permitted' | 'read-only' | 'not-a-database'

/** By the beginning of SQLite's codes, and by the system's own. */
const FAULTS: readonly [RegExp, OpeningFault][] = [
  [/^(SQLITE_FULL|SQLITE_IOERR|ENOSPC|EDQUOT|EFBIG|EIO)/, 'no-room'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'busy'],
  [/^SQLITE_CORRUPT/, 'corrupt'],
  [/^SQLITE_NOTADB/, 'not-a-database'],
  [/^(SQLITE_READONLY|EROFS)/, 'read-only'],
  [/^(SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM)/, 'not-permitted'],
]

/** @returns null for what is no fault of the file or its place */
export function openingFault(error: unknown): OpeningFault | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code } = each as { code?: unknown }
    if (typeof code !== 'string') continue
    const fault = FAULTS.find(([pattern]) => pattern.test(code))
    if (fault) return fault[1]
  }
  // A migration that SQLite itself took back, for want of room: its first error is lost in the attempt to take it back.
  return error instanceof Error && /no transaction is active/.test(causesOf(error)) ? 'no-room' : null
}

function causesOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message} ${causesOf(error.cause)}` : error.message
}
