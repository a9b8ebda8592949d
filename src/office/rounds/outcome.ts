import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { AmendedRow } from '../../domain/selection/amendment.ts'
import { ANSWERED_REASONS, type AnsweredReason } from '../../domain/selection/eligibility.ts'
import { type FrozenReader, type FrozenRound, frozenRoundReader } from './frozen.ts'
import { declinesOf, type RecordedDecline, stillDeclined } from './recorded-declines.ts'

/**
 * What a receipt may say about the selection. Never a score, a rank or another hospital.
 * `none`: nothing, as there is nothing yet, or this answer does not count. `reporting`: confirmed, but the officer has
 * not published it yet. `not-eligible`: what the hospital answered kept it
 * out. `declined`: it gave its seat back. `untold`: published, but this answer is not the one that counted.
 */
export type SelectionOutcome =
  | { kind: 'none' | 'reporting' | 'selected' | 'waitlisted' | 'not-selected' | 'declined' | 'untold' }
  | { kind: 'not-eligible'; reason: AnsweredReason }

/** What became of these answers, the receipt says by their state. */
const SAID_OTHERWISE: readonly Submission['state'][] = ['withdrawn', 'rejected', 'outside']

export function outcomeReader(stores: Stores) {
  const frozenOf = frozenRoundReader(stores)
  return ({ state, hospitalCode, correctedAt }: Submission, resultsPublished: boolean): SelectionOutcome => {
    const newest = stores.editions.newest()
    if (SAID_OTHERWISE.includes(state) || newest.length === 0) return { kind: 'none' }
    if (state !== 'current' || hospitalCode === null) return { kind: resultsPublished ? 'untold' : 'none' }
    if (!resultsPublished) return { kind: 'reporting' }
    const declines = declinesOf(stores, frozenOf).filter(({ code }) => code === hospitalCode)
    const since = { answeredAt: correctedAt, designatedAt: designatedAt(stores, hospitalCode) }
    const verdicts = newest.map((edition) => verdictOf(edition, hospitalCode, declines, frozenOf))
    if (verdicts.some(({ row }) => row?.decision === 'selected')) return { kind: 'selected' }
    if (declines.some((decline) => stillDeclined(decline, since))) return { kind: 'declined' }
    return outcomeOf(verdicts.findLast(({ isLeftOut }) => !isLeftOut) ?? verdicts.at(-1)!)
  }
}

function designatedAt({ overrides }: Stores, code: string): Date | undefined {
  const inEffect = overrides.ofHospital(code).find(({ undoneAt }) => undoneAt === null)
  return inEffect?.kind === 'designate' ? inEffect.createdAt : undefined
}

/** What the newest edition of a round says of a hospital. */
interface Verdict {
  /** After the declines where there were any: who moved up is selected there. Undefined where it was not known then. */
  row: AmendedRow | undefined
  hasDeclined: boolean
  /** Because of another round: what this one says of it says nothing. */
  isLeftOut: boolean
}

function verdictOf(
  edition: ConfirmedEdition,
  hospital: string,
  declines: readonly RecordedDecline[],
  frozenOf: FrozenReader,
): Verdict {
  const frozen = frozenOf(edition)
  const row = frozen.reading.rows.find(({ code }) => code === hospital)
  const hasDeclined = declines.some(({ round }) => round === edition.number)
  return { row, hasDeclined, isLeftOut: !hasDeclined && isLeftOut(frozen, row) }
}

/** Passed over when a seat came free, or kept out of the selection though the prefecture had not excluded it. */
function isLeftOut({ register }: FrozenRound, row: AmendedRow | undefined): boolean {
  if (row?.decision === 'declined') return true
  const entry = register.entries.find(({ hospital }) => hospital.code === row?.code)
  return row?.reason === 'excluded' && entry?.override?.kind !== 'exclude'
}

/** Of the last round that looked at the hospital: a seat that any round gave counts before it. */
function outcomeOf({ row, hasDeclined }: Verdict): SelectionOutcome {
  if (hasDeclined) return { kind: 'declined' }
  if (!row || row.reason === 'no_submission') return { kind: 'untold' }
  if (row.decision === 'waitlisted') return { kind: 'waitlisted' }
  const reason = ANSWERED_REASONS.find((each) => each === row.reason)
  return reason ? { kind: 'not-eligible', reason } : { kind: 'not-selected' }
}
