import { createHash } from 'node:crypto'
import { canonicalJson } from '../text/canonical.ts'

/** One step on the record: who did what to which thing, and when. */
export interface AuditEvent {
  at: Date
  /** A login; `hospitalActor` for a hospital; `system`, `cli` or `demo` where it was the program. */
  actor: string
  /** noun.verb, e.g. `submission.created` */
  action: string
  /** The thing acted upon, e.g. a receipt number or `round 1`. */
  subject: string
  /** Facts of the step. No secrets, no answers' free text. */
  detail: Record<string, AuditValue>
}

export type AuditValue = string | number | boolean | null | AuditValue[] | { [key: string]: AuditValue }

/** Before the receipt number of a hospital that acted. */
export const HOSPITAL_ACTORS = 'hospital:'

/** A hospital on the record: nobody knows which person it is, but which receipt was used. */
export function hospitalActor(receiptNumber: string): string {
  return `${HOSPITAL_ACTORS}${receiptNumber}`
}

/** Of earlier entries too, which name the hospital's code or `other` at the first sending: they stay as written. */
export function isHospitalActor(actor: string): boolean {
  return actor.startsWith(HOSPITAL_ACTORS)
}

export interface AuditEntry extends AuditEvent {
  seq: number
  previousHash: string
  hash: string
}

/** The chain as it stands: how many entries, and the hash of the last. */
export interface AuditHead {
  count: number
  head: string
}

/** What the first entry names as its predecessor. */
export const GENESIS_HASH = '0'.repeat(64)

/** SHA-256 hex over the predecessor's hash and this entry's canonical JSON: changing any entry breaks all after it. */
export function auditHash(seq: number, event: AuditEvent, previousHash: string): string {
  const { at, actor, action, subject, detail } = event
  const body = canonicalJson({ seq, at: at.toISOString(), actor, action, subject, detail, previousHash })
  return createHash('sha256').update(body, 'utf8').digest('hex')
}
