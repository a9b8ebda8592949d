import type { AuditHead } from './domain/record/audit.ts'
import { type SignedHead, signedHead } from './domain/record/signed-head.ts'
import type { Signer } from './domain/text/ed25519.ts'

interface RecordLogOptions {
  head: () => AuditHead
  signer: Signer
  now: () => Date
  log: {
    info(line: { record: SignedHead }, message: string): void
    error(line: { err: unknown }, message: string): void
  }
}

/** So many entries, or so long, after what was last written. */
export const ENTRIES = 200
const HOUR = 3_600_000
const LOOK_EVERY = 60_000

/**
 * Writes how long the record is, and the hash of its last entry, signed, into the log: at the start, at the end, and in between
 * as it grows. Whoever keeps the log elsewhere has what no change of the database can take along. It says nothing of what
 * was done, or by whom.
 */
export function startRecordLog({ head, signer, now, log }: RecordLogOptions): { close(): void } {
  let last: { count: number; at: Date } | null = null

  function write(): void {
    const [standing, at] = [head(), now()]
    log.info({ record: signedHead(standing, at, signer) }, 'the record as it stands')
    last = { count: standing.count, at }
  }

  function look(): void {
    try {
      const { count } = head()
      const { count: known, at } = last!
      const isLong = now().getTime() - at.getTime() >= HOUR
      if (count !== known && (isLong || count < known || count - known >= ENTRIES)) write()
    } catch (error) {
      log.error({ err: error }, 'the record could not be read for the log')
    }
  }

  write()
  const timer = setInterval(look, LOOK_EVERY).unref()
  return {
    close() {
      clearInterval(timer)
      write()
    },
  }
}
