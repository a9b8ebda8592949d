import type { Numbering } from '../../domain/record/report.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { orderNotes, placesGiven } from '../../domain/selection/words/order-notes.ts'
import { type MinistryFacts, type MinistryRow, ministryRows } from './ministry.ts'

/**
 * The selected of several rounds in one report, the first round first. Numbered on, the places of a later round follow
 * the last that the rounds before it have given; gaps stay gaps, and 備考 says why. Numbered per round, every
 * row says of which round its place is.
 * @param rounds in their order
 */
export function rowsOfRounds(rounds: readonly MinistryFacts[], numbering: Numbering): MinistryRow[] {
  let given = 0
  return rounds.flatMap((facts, index) => {
    const offset = numbering === 'continuous' ? given : 0
    given += placesGiven(facts.reading)
    const label = roundLabel(facts.reading.snapshot.round)
    const begins =
      numbering === 'continuous' && index > 0 ? `順位${offset + 1}以降は、${label}で選定した病院です。` : ''
    const notes = orderNotes(facts.reading, { offset, begins })
    return ministryRows(facts).map(({ row, note: _, ...rest }) => ({
      ...rest,
      row: { ...row, order: row.order! + offset },
      note: noteOf(numbering === 'per-round' ? `順位は、${label}の中の順位です。` : '', notes.get(row.code)),
    }))
  })
}

function noteOf(which: string, note: string | undefined): string | null {
  return `${which}${note ?? ''}` || null
}
