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
