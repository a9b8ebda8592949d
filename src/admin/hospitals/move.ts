import type { RankMove } from '../../db/rank-moves.ts'
import type { Stores } from '../../db/stores.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { normaliseDigits, within } from '../../domain/text/text.ts'
import { movesOf } from '../../office/draft/order.ts'
import { officerNames } from '../../office/officer-names.ts'
import type { HospitalAct, PositionField, Prepared, Target } from './act.ts'

/** Another place in the ranking, and taking that back. */
export function moveActs(stores: Stores): HospitalAct[] {
  return [
    { path: 'move', title: '順位の変更', prepare: (target) => move(stores, target) },
    { path: 'undo-move', title: '順位の変更の取消し', prepare: (target) => undo(stores, target) },
  ]
}

function move(stores: Stores, target: Target): Prepared {
  const { draft, hospital } = target
  const rank = rankOf(target)
  const inEffect = moveOf(target)
  const last = draft.reading.rows.filter(({ eligible }) => eligible).length
  const field = positionField(target.position, rank, last)
  const position = Number(field.value)
  const isReady = rank !== null && target.position !== '' && field.error === null
  return {
    heading: '順位を変更する',
    sentences: [
      `現在の順位は、選定対象${last}病院のうち第${rank ?? '－'}位です。`,
      '点数は変わりません。間にある病院の順位は、1つずつずれます。',
      ...(inEffect ? [movedText(stores, inEffect), '登録すると、前の変更は無効になります。'] : []),
    ],
    blocked: rank === null ? '選定の対象でない病院の順位は、変更できません。' : null,
    tried: isReady
      ? draft.tried({
          moves: [...otherMoves(target), { hospitalCode: hospital.key, position, reason: '（未入力）' }],
        })
      : null,
    // A place in the ranking means another one once somebody else has moved a hospital.
    decided: movesOf(draft),
    position: field,
    button: `第${position}位に変更する`,
    store: (decision) => {
      stores.rankMoves.add(draft.snapshot.round, { hospitalCode: hospital.key, position }, decision)
      return 'done'
    },
    done: 'moved',
  }
}

function undo(stores: Stores, target: Target): Prepared {
  const inEffect = moveOf(target)
  return {
    heading: '順位の変更を取り消す',
    sentences: inEffect
      ? [
          movedText(stores, inEffect),
          '取り消すと、この病院は点数による順位に戻ります。取り消した記録は残ります。',
        ]
      : [],
    blocked: inEffect ? null : 'この病院には、取り消す順位の変更がありません。',
    tried: inEffect ? target.draft.tried({ moves: otherMoves(target) }) : null,
    decided: movesOf(target.draft),
    position: null,
    button: '取り消す',
    store: (decision) =>
      inEffect && stores.rankMoves.undo(inEffect.id, decision) === 'undone' ? 'done' : 'too-late',
    done: 'move-undone',
  }
}

function movedText(stores: Stores, { createdAt, author, position, reason }: RankMove): string {
  return `${dateTimeText(createdAt)}に${officerNames(stores)(author)}が第${position}位に変更しました。理由：${reason}`
}

/** Four digits at most. */
const normalisePosition = within(4, (text) => normaliseDigits(text).trim())

function positionField(typed: string, rank: number | null, last: number): PositionField {
  const value = normalisePosition(typed)
  const advice = `1から${last}までの数字で入力してください。`
  const error = () => {
    if (!/^[1-9]\d{0,3}$/.test(value) || Number(value) > last) return `新しい順位は、${advice}`
    return Number(value) === rank ? '現在の順位と同じです。別の順位を入力してください。' : null
  }
  return { value, last, error: typed === '' ? null : error() }
}

function rankOf({ draft, hospital }: Target): number | null {
  return draft.reading.row(hospital.key).rank
}

function moveOf({ draft, hospital }: Target) {
  return draft.moves.find(({ hospitalCode }) => hospitalCode === hospital.key)
}

function otherMoves({ draft, hospital }: Target) {
  return draft.moves.filter(({ hospitalCode }) => hospitalCode !== hospital.key)
}
