import { numberText } from './further.ts'

/** Numbers in few groups: 0, 1, 2～4, 5～9, 10～19, 20～49 … */
interface NumberSpan {
  /** 20-49, as an address has it. */
  id: string
  /** 20～49か所 */
  label: string
  holds: (number: number) => boolean
}

/** From the span of the least number to that of the greatest, those between them too; none of no numbers. */
export function numberSpans(numbers: readonly number[], unit: string): NumberSpan[] {
  if (numbers.length === 0) return []
  const placeOf = (number: number) => BEGINS.findLastIndex((begin) => begin <= number)
  const first = placeOf(numbers.reduce((least, number) => Math.min(least, number)))
  const last = placeOf(numbers.reduce((most, number) => Math.max(most, number)))
  return BEGINS.slice(first, last + 1).map((from, index) => spanOf(from, BEGINS[first + index + 1], unit))
}

const BEGINS = [
  0,
  ...Array.from({ length: 9 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat(),
]

/** @param next where the next one begins; undefined of the last */
function spanOf(from: number, next: number | undefined, unit: string): NumberSpan {
  if (next === undefined)
    return { id: `${from}-`, label: `${numberText(from, unit)}以上`, holds: (number) => number >= from }
  const to = next - 1
  return {
    id: `${from}-${to}`,
    label: from === to ? numberText(from, unit) : `${numberText(from, '')}～${numberText(to, unit)}`,
    holds: (number) => from <= number && number <= to,
  }
}
