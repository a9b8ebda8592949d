import { isOfRehearsal } from '../../survey/rehearsal.ts'
import { checkSignature } from './signature.ts'
import { type Verification, verifyArchive } from './verification.ts'

/** What a check of a file says, by a command or in a browser: the same sentence. */
type Verdict =
  /** `signature`: what is said of it; null where there is none. */
  | {
      kind: 'match'
      text: string
      signature: string | null
      verification: Extract<Verification, { ok: true }>
    }
  | { kind: 'mismatch'; text: string }
  /** Another file altogether. */
  | { kind: 'other' }

/** @param key the public key by which it has to be signed; null where nobody has said */
export function verdictOf(bytes: Uint8Array, key: string | null = null): Verdict {
  if (!looksLikeArchive(bytes)) return { kind: 'other' }
  const verification = verifyArchive(bytes)
  if (!verification.ok) return { kind: 'mismatch', text: `不一致：${verification.message}` }
  const { prefecture, round, edition } = verification.archive.record
  if (isOfRehearsal(prefecture)) return { kind: 'mismatch', text: OF_REHEARSAL }
  const { ok, text: signature } = checkSignature(verification.archive, key)
  if (!ok) return { kind: 'mismatch', text: `不一致：${signature}` }
  const text = `一致：第${round}回、第${edition}版。SHA-256（全体）：${verification.sha256}`
  return { kind: 'match', text, signature, verification }
}

const OF_REHEARSAL =
  '調査の試験の保存用一式です。確定したときの内容と一致していますが、実際の選定の結果ではありません。'

/** With one of them damaged it is still an archive, of which the damage can be named. */
function looksLikeArchive(bytes: Uint8Array): boolean {
  // One byte a character: what is looked for is ASCII.
  const text = new TextDecoder('latin1').decode(bytes)
  return text.startsWith('{"amendment":') || text.includes('"format":"kakuho.archive/')
}
