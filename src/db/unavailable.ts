/**
 * The storage cannot be used for now: full, locked by another program, read-only, damaged, or no longer where it was.
 * Nothing is half done, and what was asked may be asked again.
 */
export class Unavailable extends Error {
  readonly statusCode = 503
  /** Seconds after which it is worth to try again. */
  readonly retryAfter: number

  constructor(message: string, { retryAfter, cause }: { retryAfter: number; cause?: unknown }) {
    super(message, { cause })
    this.name = 'Unavailable'
    this.retryAfter = retryAfter
  }
}

/** Another program's lock is gone in a moment; room on a disk, or its repair, takes somebody. */
const MOMENT = 5
const WHILE = 60

/** By the result code, its extended ones included. What is not here is a mistake of ours. */
const RETRY_AFTER: Readonly<Record<string, number>> = {
  BUSY: MOMENT,
  LOCKED: MOMENT,
  PROTOCOL: MOMENT,
  FULL: WHILE,
  IOERR: WHILE,
  READONLY: WHILE,
  CANTOPEN: WHILE,
  CORRUPT: WHILE,
  NOTADB: WHILE,
}

/**
 * @param error as the driver threw it, or as the query builder wrapped that
 * @returns what it means for whoever asked; null where the storage is not to blame
 */
export function asUnavailable(error: unknown): Unavailable | null {
  for (const each of causesOf(error)) {
    if (each instanceof Unavailable) return each
    const code = resultCode(each)
    const retryAfter = code === null ? undefined : RETRY_AFTER[code]
    if (retryAfter !== undefined)
      return new Unavailable(`the database cannot be used: SQLITE_${code}`, { retryAfter, cause: error })
  }
  return null
}

/** Whether another program, or another connection, only has the lock at this moment. */
export function isLocked(error: unknown): boolean {
  return causesOf(error).some((each) => RETRY_AFTER[resultCode(each) ?? ''] === MOMENT)
}

/** The work, or nothing where the storage cannot be used: for what is worth less than the page that it belongs to. */
export function ifAvailable(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!asUnavailable(error)) throw error
  }
}

/** An error that names itself as its cause must not keep us for ever. */
const DEEPEST = 8

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = []
  for (let each = error; each instanceof Error && causes.length < DEEPEST; each = each.cause)
    causes.push(each)
  return causes
}

/** SQLITE_IOERR_WRITE → IOERR; null of what does not come from SQLite. */
function resultCode(error: unknown): string | null {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? (/^SQLITE_([A-Z]+)/.exec(code)?.[1] ?? null) : null
}
