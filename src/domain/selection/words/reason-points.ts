import type { Prefecture } from '../../survey/prefecture.ts'
import type { AmendedRow } from '../amendment.ts'
import { movedByHand } from '../explain/by-hand.ts'
import { type Separation, separationOf } from '../explain/contest.ts'
import { type Apart, type Cut, cutOf } from '../explain/cut.ts'
import type { TieBreak } from '../policy.ts'
import type { AmendedReading, Reading } from '../reading.ts'
import { scoreText } from './decision.ts'

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

/**
 * 点数と許可病床数が同じ病院の間では、抽選により順位を決めています。
 * @returns '' where the points, or a move by hand, put one above the other
 */
export function tieSentence(by: Separation['by'], tieBreak: readonly TieBreak[]): string {
  if (by === 'score' || by === 'moved') return ''
  const before = tieBreak.slice(0, by === 'code' ? tieBreak.length : tieBreak.indexOf(by))
  const same = ['点数', ...before.map((key) => TIED[key])].join('と')
  return `${same}が同じ病院の間では、${TIES[by]}により順位を決めています。`
}

const TIED: Record<TieBreak, string> = {
  beds: '許可病床数',
  submittedAt: '回答の時刻',
  lottery: '抽選の結果',
}
const TIES: Record<TieBreak | 'code', string> = {
  beds: '許可病床数の多い順',
  submittedAt: '回答の早い順',
  lottery: '抽選',
  code: '医療機関コードの順',
}

/** Why a hospital waits with as many points as one that is selected, or more. */
function whyNot(reading: AmendedReading, own: AmendedRow, lowest: AmendedRow): string {
  const contest = reading.contest()
  if (movedByHand(contest).has(own.code))
    return `貴院については、${reading.place.kind}の判断により順位を変更しています。`
  // Both stand in the order of their points: whoever is selected below it has its seat for want of others of a region.
  if (lowest.rank! > own.rank!)
    return '医療圏ごとの確保枠を満たす病院を優先したため、貴院は補欠となりました。'
  const { by } = separationOf(contest, contest.ranked[lowest.rank! - 1]!, contest.ranked[own.rank! - 1]!)
  return tieSentence(by, reading.snapshot.policy.tieBreak)
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
