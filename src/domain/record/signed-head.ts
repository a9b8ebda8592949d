import { canonicalJson } from '../text/canonical.ts'
import { isSignedBy, type Signer } from '../text/ed25519.ts'
import type { AuditHead } from './audit.ts'

const HEAD_FORMAT = 'kakuho.record-head/1'

/** How long the record was at a moment, and the hash of its last entry: what is kept outside the database, and signed. */
export interface SignedHead extends AuditHead {
  format: typeof HEAD_FORMAT
  at: string
  publicKey: string
  /** Over the canonical JSON of `format`, `count`, `head` and `at`. */
  signature: string
}

export function signedHead({ count, head }: AuditHead, at: Date, signer: Signer): SignedHead {
  const signed = { format: HEAD_FORMAT, count, head, at: at.toISOString() } as const
  return { ...signed, publicKey: signer.publicKey, signature: signer.sign(headBytes(signed)) }
}

export function isHeadSigned(head: SignedHead): boolean {
  return isSignedBy(head.publicKey, headBytes(head), head.signature)
}

function headBytes({ format, count, head, at }: Omit<SignedHead, 'publicKey' | 'signature'>): Uint8Array {
  return new TextEncoder().encode(canonicalJson({ format, count, head, at }))
}

/** A signed head that somebody kept, as it was written. */
export function isSignedHead(value: unknown): value is SignedHead {
  if (typeof value !== 'object' || value === null) return false
  const { format, count, head, at, publicKey, signature } = value as Record<string, unknown>
  const texts = [head, at, publicKey, signature].every(
    (text) => typeof text === 'string' && text.length < 200,
  )
  return format === HEAD_FORMAT && Number.isSafeInteger(count) && (count as number) >= 0 && texts
}
