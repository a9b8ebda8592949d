import { type Verification, verifyArchive } from './verification.ts'

/** What a check of a file says, by a command or in a browser: the same sentence. */
type Verdict =
  | { kind: 'match'; text: string; verification: Extract<Verification, { ok: true }> }
  | { kind: 'mismatch'; text: string }
  /** Another file altogether. */
  | { kind: 'other' }

export function verdictOf(bytes: Uint8Array): Verdict {
  if (!looksLikeArchive(bytes)) return { kind: 'other' }
  const verification = verifyArchive(bytes)
  if (!verification.ok) return { kind: 'mismatch', text: `不一致：${verification.message}` }
  const { round, edition } = verification.archive.record
  const text = `一致：第${round}回、第${edition}版。SHA-256（全体）：${verification.sha256}`
  return { kind: 'match', text, verification }
}

/** With one of them damaged it is still an archive, of which the damage can be named. */
function looksLikeArchive(bytes: Uint8Array): boolean {
  // One byte a character: what is looked for is ASCII.
  const text = new TextDecoder('latin1').decode(bytes)
  return text.startsWith('{"amendment":') || text.includes('"format":"kakuho.archive/')
}
