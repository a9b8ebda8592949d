import type { Stores } from '../../db/stores.ts'
import { type AuditEntry, isHospitalActor } from '../../domain/record/audit.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import { recordNames } from './names.ts'
import { detailOf, type Piece, type RecordNames } from './sentence.ts'
import { nounOf, sentenceOf } from './sentences.ts'

/** One entry of the record as people read it. */
export interface RecordLine {
  seq: number
  at: Date
  /** 鹿児島 花子, 病院, （コマンド操作）; '' where nobody has acted. */
  actor: string
  /** What was done, with the one who did it: 鹿児島 花子が、回答R-0005（…）を「不採用（確認済み）」にしました。 */
  pieces: Piece[]
  /** The same as one text. */
  text: string
  /** Why, with what it is called; null where the step has none. */
  reason: { label: string; text: string } | null
  hash: string
}

/** Puts entries into sentences, by what things and people are called today. */
export function recordReader(
  stores: Stores,
  options: { place: Prefecture; mayManage: boolean },
): (entry: AuditEntry) => RecordLine {
  const names = recordNames(stores, options)
  return (entry) => {
    const actor = actorOf(entry, names)
    const pieces = merged([...(actor === '' ? [] : [`${actor}が、`]), ...told(entry, names), '。'])
    const text = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')
    const { seq, at, hash } = entry
    return { seq, at, actor, pieces, text, reason: reasonOf(entry), hash }
  }
}

/** What the record calls whoever acted. */
function actorOf({ actor }: Pick<AuditEntry, 'actor'>, { officer }: Pick<RecordNames, 'officer'>): string {
  if (isHospitalActor(actor)) return '病院'
  return actor === 'system' ? '' : officer(actor)
}

/** An action that nobody has put into words is told by what it was about, and by none of its ids. */
function told({ action, subject, detail }: AuditEntry, names: RecordNames): (Piece | Piece[])[] {
  const sentence = sentenceOf(action)
  if (sentence) return sentence({ subject, detail: detailOf(detail), names })
  const noun = nounOf(action)
  return [noun === '' ? '記録に残る操作をしました' : `${noun}についての操作をしました`]
}

function reasonOf({ action, detail }: AuditEntry): RecordLine['reason'] {
  const { text } = detailOf(detail)
  const note = text('note')
  const reasons = [text('reason'), action === 'policy.saved' ? note : ''].filter(Boolean)
  const more = [
    ['枠を残す理由', text('freeSeatsReason')],
    ['確認待ちの回答を残したまま確定する理由', text('waitingReason')],
  ].flatMap(([label, why]) => (why ? [`${label}：${why}`] : []))
  if (reasons.length + more.length > 0)
    return { label: reasons.length > 0 ? '理由' : '', text: [...reasons, ...more].join('\n') }
  return note === '' || action === 'policy.saved' ? null : { label: 'メモ', text: note }
}

/** Texts beside each other are one: so a view has as many pieces as there are links. */
function merged(parts: readonly (Piece | Piece[])[]): Piece[] {
  const pieces: Piece[] = []
  for (const piece of parts.flat()) {
    const last = pieces.at(-1)
    if (piece === '') continue
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece
    else pieces.push(piece)
  }
  return pieces
}
