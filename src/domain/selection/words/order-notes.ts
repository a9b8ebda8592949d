import { roundLabel } from '../../record/round.ts'
import type { AmendedReading } from '../reading.ts'

/**
 * What whoever reads the 支援順位 of one round alone has to be told, each at the hospital where it shows: at the first that an
 * 追加選定 begins with 1 as well, and where numbers are missing before a hospital, or after the last, why.
 */
export function orderNotes({ first, amended, rows, snapshot }: AmendedReading): Map<string, string> {
  const holders = rows.filter(({ order }) => order !== null).sort((a, b) => a.order! - b.order!)
  const promoted = amended.amendments.filter((each) => each.promoted !== null).length
  const given = first.rows.filter(({ order }) => order !== null).length + promoted
  const notes = holders.map(({ code, order }, index): [code: string, text: string] => {
    const before = missingBetween(holders[index - 1]?.order ?? 0, order!)
    const after = index === holders.length - 1 ? missingBetween(order!, given + 1) : ''
    return [code, [index === 0 ? numberedAnew(snapshot.round) : '', before, after].join('')]
  })
  return new Map(notes.filter(([, text]) => text !== ''))
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
