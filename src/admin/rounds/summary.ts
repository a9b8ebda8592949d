import type { BandBoard, BandLine } from '../../domain/selection/board.ts'

/** The result in a sentence: 50病院を選定し、支援枠に過不足はありません。 */
export function resultSentence({ rows, total }: BandBoard): string {
  const off = rows.filter(({ seats, selected }) => seats !== selected)
  if (off.length === 0) return `${total.selected}病院を選定し、支援枠に過不足はありません。`
  const selected =
    total.selected === 0 ? '選定した病院はありません。' : `${total.selected}病院を選定しました。`
  return `${selected}支援枠の過不足：${off.map(differenceText).join('、')}。`
}

function differenceText({ label, seats, selected }: BandLine): string {
  return selected > seats
    ? `${label}は${selected - seats}病院分の超過`
    : `${label}は${seats - selected}病院分の残り`
}

/**
 * The places that nobody has any more: whoever moves up gets the next one behind the last.
 * @param orders in their order
 * @returns 31～33、40; '' without any
 */
export function missingPlaces(orders: readonly number[]): string {
  return orders
    .map((order, index) => [(orders[index - 1] ?? 0) + 1, order - 1] as const)
    .filter(([first, last]) => first <= last)
    .map(([first, last]) => (first === last ? String(first) : `${first}～${last}`))
    .join('、')
}
