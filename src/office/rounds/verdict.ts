import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import { entriesOf } from '../../domain/record/register.ts'
import type { AmendedRow } from '../../domain/selection/amendment.ts'
import type { FrozenRound } from './frozen.ts'
import type { RecordedDecline } from './recorded-declines.ts'

/** What the newest edition of a round says of a hospital. */
export interface Verdict {
  edition: ConfirmedEdition
  frozen: FrozenRound
  /** After the declines where there were any: who moved up is selected there. Undefined where it was not known then. */
  row: AmendedRow | undefined
  hasDeclined: boolean
  /** Because of another round: what this one says of it says nothing. */
  isLeftOut: boolean
}

/** @param declines of all rounds */
export function verdictReader(
  edition: ConfirmedEdition,
  frozen: FrozenRound,
  declines: readonly RecordedDecline[],
): (hospital: string) => Verdict {
  const rows = new Map(frozen.reading.rows.map((row) => [row.code, row]))
  const entries = entriesOf(frozen.register)
  const declined = new Set(declines.filter(({ round }) => round === edition.number).map(({ code }) => code))
  /** Passed over when a seat came free, or kept out of the selection though the prefecture had not excluded it. */
  const isLeftOut = (row: AmendedRow | undefined): boolean => {
    if (row === undefined || row.decision === 'declined') return row !== undefined
    if (row.reason === 'already_selected' || row.reason === 'already_declined') return true
    // Until a snapshot knew of other rounds it had this as an exclusion that nobody made.
    return row.reason === 'excluded' && entries.get(row.code)?.override?.kind !== 'exclude'
  }
  return (hospital) => {
    const row = rows.get(hospital)
    const hasDeclined = declined.has(hospital)
    return { edition, frozen, row, hasDeclined, isLeftOut: !hasDeclined && isLeftOut(row) }
  }
}

/** Of the rounds, the first one first, the one that says what is confirmed: a seat that any gave, or the last that looked at it. */
export function decisiveVerdict(verdicts: readonly Verdict[]): Verdict | undefined {
  const selecting = verdicts.findLast(({ row }) => row?.decision === 'selected')
  return selecting ?? verdicts.findLast(({ isLeftOut }) => !isLeftOut) ?? verdicts.at(-1)
}
