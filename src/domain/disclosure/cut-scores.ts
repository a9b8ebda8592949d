import { type Band, bandLabel } from '../selection/bands.ts'
import type { SelectionResult } from '../selection/result.ts'
import { REMOVED } from './classes.ts'
import { fewAmong } from './few.ts'
import type { Removal, Table } from './masked-table.ts'

/** With fewer, the lowest score is one hospital's, or nearly. */
const FEWEST_SELECTED = 3

/**
 * 区分ごとの枠、選定、最低点: what can be said of the scores without saying anybody's. The lowest is that of the hospitals
 * selected by their place alone.
 */
export function cutScores(
  { bands, results }: Pick<SelectionResult, 'bands' | 'results'>,
  named: readonly Band[],
): Table & { removals: Removal[] } {
  const few = fewAmong(bands.map(({ eligible }) => eligible))
  const rows = bands.map(({ id, seats, eligible, selected }, place) => {
    const band = named.find((each) => each.id === id)
    const scores = results.filter((row) => row.band === id && row.basis === 'rank').map(({ score }) => score)
    const cut =
      scores.length === 0
        ? ''
        : scores.length < FEWEST_SELECTED
          ? REMOVED
          : pointsText(scores.reduce((lowest, score) => (score < lowest ? score : lowest)))
    return [
      band ? bandLabel(band) : id,
      String(seats),
      few.has(place) ? REMOVED : String(eligible),
      String(selected),
      cut,
    ]
  })
  const count = (column: number) => rows.filter((row) => row[column] === REMOVED).length
  const removals: Removal[] = [
    { column: '選定対象', grounds: ['corporate'], count: count(2), note: '' },
    {
      column: '最低点',
      grounds: ['safety', 'corporate'],
      count: count(4),
      note: `順位で選定した病院が${FEWEST_SELECTED}に満たない区分では、最低点から病院の点数が分かります。`,
    },
  ]
  return {
    headers: ['病床規模区分', '支援枠', '選定対象', '選定', '最低点'],
    rows,
    removals: removals.filter((removal) => removal.count > 0),
  }
}

function pointsText(score: number): string {
  return (score / 100).toFixed(2)
}
