import { canonicalJson } from '../text/canonical.ts'
import { isSignedBy } from '../text/ed25519.ts'
import type { AuditHead } from './audit.ts'

const FORMAT = 'kakuho.purge/1'

/** All that is said of a survey whose keeping is over, by whoever ended it. */
export interface PurgeStatement {
  purgedAt: Date
  /** Through which day everything was kept, YYYY-MM-DD. */
  retentionUntil: string
  /** By what it was decided: the number of the document. */
  basis: string
  tables: readonly { table: string; rows: number }[]
  /** As the record stood then: nothing else is left of it. */
  record: AuditHead
}

/** What is signed: every word of it, so that none is another later. */
export function purgeBytes({
  purgedAt,
  retentionUntil,
  basis,
  tables,
  record: { count, head },
}: PurgeStatement): Uint8Array {
  const rows = tables.map(({ table, rows }) => ({ table, rows }))
  const said = { purgedAt: purgedAt.toISOString(), retentionUntil, basis, tables: rows, count, head }
  return new TextEncoder().encode(canonicalJson({ format: FORMAT, ...said }))
}

export function isPurgeSigned(
  statement: PurgeStatement & { signature: string | null },
  publicKey: string,
): boolean {
  const { signature } = statement
  return signature !== null && isSignedBy(publicKey, purgeBytes(statement), signature)
}
