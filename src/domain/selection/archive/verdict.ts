import { isOfRehearsal } from '../../survey/rehearsal.ts'
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
  const { prefecture, round, edition } = verification.archive.record
  if (isOfRehearsal(prefecture)) return { kind: 'mismatch', text: OF_REHEARSAL }
  const text = `一致：第${round}回、第${edition}版。SHA-256（全体）：${verification.sha256}`
  return { kind: 'match', text, verification }
}

const OF_REHEARSAL =
  '調査の試験の保存用一式です。確定したときの内容と一致していますが、実際の選定の結果ではありません。'

/** With one of them damaged it is still an archive, of which the damage can be named. */
function looksLikeArchive(bytes: Uint8Array): boolean {
  // One byte a character: what is looked for is ASCII.
  const text = new TextDecoder('latin1').decode(bytes)
  return text.startsWith('{"amendment":') || text.includes('"format":"kakuho.archive/')
}
