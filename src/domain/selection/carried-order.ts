import { movesFor } from './moves.ts'

/**
 * An order that was asked for on a ranking as it was, laid on the ranking of today: whoever was moved then goes behind
 * the same neighbour, and all others stay as they are now ranked.
 * @param then the ranking that was put into another order
 * @param wanted that other order
 * @param now the same codes as they are ranked today
 */
export function carriedOrder(
  then: readonly string[],
  wanted: readonly string[],
  now: readonly string[],
): string[] {
  if (wanted.every((code, place) => code === now[place])) return [...now]
  const moved = new Set(movesFor(then, wanted).map(({ code }) => code))
  const order = now.filter((code) => !moved.has(code))
  for (const [place, code] of wanted.entries()) {
    if (!moved.has(code)) continue
    const behind = place === 0 ? 0 : order.indexOf(wanted[place - 1]!) + 1
    order.splice(behind, 0, code)
  }
  return order
}
