import type { Prefecture } from '../../survey/prefecture.ts'
import type { AmendedRow } from '../amendment.ts'
import { movedByHand } from '../explain/by-hand.ts'
import { separationOf } from '../explain/contest.ts'
import { type Apart, type Cut, cutOf } from '../explain/cut.ts'
import type { AmendedReading, Reading } from '../reading.ts'
import { scoreText } from './decision.ts'
import { hospitalReason } from './reason-hospital.ts'
import { tieSentence } from './ties.ts'

/**
 * A hospital's own points beside the lowest with which its band's hospitals were selected: said to the hospital itself.
 * @returns null where no points decided: it was in no ranking, or has left it
 */
export function pointsReason(reading: AmendedReading, code: string): string | null {
  const row = reading.row(code)
  if (!row.eligible || row.decision === 'declined') return null
  const cut = cutOf(reading, row.band!)
  const own = `貴院の点数は${scoreText(row.score)}点`
  const among = `同じ病床規模区分（${reading.bandLabel(row.band)}）で選定された病院`
  const { place } = reading
  if (cut.lowest === null)
    return cut.apart.length === 0
      ? `${own}でした。${among}はありません。`
      : `${own}でした。${among}は、いずれも${apartText(cut.apart, place)}です。`
  return [
    `${own}、${among}の最も低い点数${exceptText(cut, place)}は${scoreText(cut.lowest.score)}点でした。`,
    row.decision === 'waitlisted' && row.score >= cut.lowest.score ? whyNot(reading, row, cut.lowest) : '',
  ].join('')
}

/** The same of a band, to an officer. */
export function cutSentence(reading: Reading<AmendedRow>, band: string): string {
  const { place, bandLabel } = reading
  const cut = cutOf(reading, band)
  const selected = `${bandLabel(band)}の区分で選定した病院`
  if (cut.lowest !== null)
    return `${selected}の最も低い点数${exceptText(cut, place)}は${scoreText(cut.lowest.score)}点です。`
  return cut.apart.length === 0
    ? `${selected}はありません。`
    : `${selected}は、いずれも${apartText(cut.apart, place)}です。`
}

/** Why a hospital waits with as many points as one that is selected, or more, where what it is told beside does not say so. */
function whyNot(reading: AmendedReading, own: AmendedRow, lowest: AmendedRow): string {
  const contest = reading.contest()
  if (movedByHand(contest).has(own.code))
    return `貴院については、${reading.place.kind}の判断により順位を変更しています。`
  // Both stand in the order of their points: whoever is selected below it was put first for a region's sake, which it is told.
  if (lowest.rank! > own.rank!) return ''
  const { by } = separationOf(contest, contest.ranked[lowest.rank! - 1]!, contest.ranked[own.rank! - 1]!)
  const tie = tieSentence(by, reading.snapshot.policy.tieBreak)
  return hospitalReason(reading, own.code).includes(tie) ? '' : tie
}

function exceptText({ apart }: Cut, place: Prefecture): string {
  return apart.length === 0 ? '' : `（${apartText(apart, place)}を除く）`
}

function apartText(apart: readonly Apart[], { kind }: Prefecture): string {
  const rules = apart.flatMap((each) => (each === 'moved' ? [] : [RULES[each](kind)]))
  return [
    ...(rules.length > 0 ? [`${rules.join('又は')}により選定された病院`] : []),
    ...(apart.includes('moved') ? [`${kind}の判断により順位を変更した病院`] : []),
  ].join('及び')
}

const RULES: Record<Exclude<Apart, 'moved'>, (kind: string) => string> = {
  designated: (kind) => `${kind}の指定`,
  region_floor: () => '医療圏ごとの確保枠',
}
