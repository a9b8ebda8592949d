import { roundLabel } from '../../record/round.ts'
import type { AmendedReading } from '../reading.ts'

/** How the places of a round stand in a report of several. */
interface OrderNotesOptions {
  /** So many places come before the round's first. */
  offset?: number
  /** What is said at its first hospital. */
  begins?: string
}

/**
 * What whoever reads the 支援順位 has to be told, each at the hospital where it shows: at the first that an 追加選定
 * begins with 1 as well, and where numbers are missing before a hospital, or after the last, why.
 */
export function orderNotes(
  reading: AmendedReading,
  { offset = 0, begins = numberedAnew(reading.snapshot.round) }: OrderNotesOptions = {},
): Map<string, string> {
  const holders = reading.rows.filter(({ order }) => order !== null).sort((a, b) => a.order! - b.order!)
  const given = placesGiven(reading)
  const notes = holders.map(({ code, order }, index): [code: string, text: string] => {
    const before = missingBetween((holders[index - 1]?.order ?? 0) + offset, order! + offset)
    const after = index === holders.length - 1 ? missingBetween(order! + offset, given + 1 + offset) : ''
    return [code, [index === 0 ? begins : '', before, after].join('')]
  })
  return new Map(notes.filter(([, text]) => text !== ''))
}

/** So many 支援順位 the round has given, those that nobody has any more among them. */
export function placesGiven({ first, amended }: AmendedReading): number {
  const promoted = amended.amendments.filter((each) => each.promoted !== null).length
  return first.rows.filter(({ order }) => order !== null).length + promoted
}

function numberedAnew(round: number): string {
  if (round === 1) return ''
  return `順位は、${roundLabel(round)}で選定した病院の中の順位です（既に報告した病院とは別に、1から付けています）。`
}

/** 順位31～33は、辞退による欠番です。 */
function missingBetween(before: number, after: number): string {
  const [from, to] = [before + 1, after - 1]
  if (from > to) return ''
  const numbers = from === to ? String(from) : `${from}${to - from === 1 ? '、' : '～'}${to}`
  return `順位${numbers}は、辞退による欠番です。`
}
