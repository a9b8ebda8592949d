import type { Override } from '../../db/overrides.ts'
import type { RankMove } from '../../db/rank-moves.ts'
import type { Stores } from '../../db/stores.ts'
import { overrideLabel } from '../../domain/record/override.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { HistoryLine } from '../answers/history.ts'
import { officerNames } from '../officer-names.ts'

/** What the prefecture decided about a hospital by itself, newest first. */
export function hospitalHistory(stores: Stores, code: string, place: Prefecture): HistoryLine[] {
  const nameOf = officerNames(stores)
  const moves = stores.rankMoves.all().filter(({ hospitalCode }) => hospitalCode === code)
  return [
    ...stores.overrides.ofHospital(code).flatMap((each) => overrideEvents(each, place)),
    ...moves.flatMap(moveEvents),
  ]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .map(({ at, actor, what, reason }) => ({ at: dateTimeText(at), actor: nameOf(actor), what, reason }))
}

interface Event {
  at: Date
  actor: string
  what: string
  reason: string | null
}

function overrideEvents(override: Override, place: Prefecture): Event[] {
  const label = overrideLabel(override.kind, place)
  return [...undoing(override, `${label}を取消し`), doing(override, label)]
}

/** One that a later move replaced has no undoing of its own: the later one says it. */
function moveEvents(move: RankMove): Event[] {
  const undone = move.undoneReason === null ? [] : undoing(move, '順位の変更を取消し')
  return [...undone, doing(move, `順位を第${move.position}位に変更`)]
}

function doing({ createdAt, author, reason }: Override | RankMove, what: string): Event {
  return { at: createdAt, actor: author, what, reason }
}

function undoing({ undoneAt, undoneBy, undoneReason }: Override | RankMove, what: string): Event[] {
  if (undoneAt === null || undoneBy === null) return []
  return [{ at: undoneAt, actor: undoneBy, what, reason: undoneReason }]
}
