import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { type AnsweredReason, answeredReasons } from '../../domain/selection/eligibility.ts'
import { frozenRoundReader } from './frozen.ts'
import { declinesOf, stillDeclined } from './recorded-declines.ts'
import { decisiveVerdict, type Verdict, verdictReader } from './verdict.ts'

/**
 * What a receipt may say about the selection. Never a score, a rank or another hospital.
 * `none`: nothing, as there is nothing yet, or this answer does not count. `reporting`: confirmed, but the officer has
 * not published it yet. `not-eligible`: what the hospital answered would have kept it out, whatever else did; `no-band`: its
 * beds did. Neither was ever considered, so neither was not selected: `not-selected` is who asked for the support and was
 * kept out by the prefecture. `declined`: it gave its seat back. `untold`: published, but this answer is not the one that
 * counted.
 */
export type SelectionOutcome =
  | {
      kind:
        | 'none'
        | 'reporting'
        | 'selected'
        | 'waitlisted'
        | 'not-selected'
        | 'no-band'
        | 'declined'
        | 'untold'
    }
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
    const verdicts = newest.map((edition) =>
      verdictReader(edition, frozenOf(edition), declines)(hospitalCode),
    )
    if (verdicts.some(({ row }) => row?.decision === 'selected')) return { kind: 'selected' }
    if (declines.some((decline) => stillDeclined(decline, since))) return { kind: 'declined' }
    return outcomeOf(decisiveVerdict(verdicts)!)
  }
}

function designatedAt({ overrides }: Stores, code: string): Date | undefined {
  const inEffect = overrides.ofHospital(code).find(({ undoneAt }) => undoneAt === null)
  return inEffect?.kind === 'designate' ? inEffect.createdAt : undefined
}

/** Of the last round that looked at the hospital: a seat that any round gave counts before it. */
function outcomeOf({ frozen, row, hasDeclined }: Verdict): SelectionOutcome {
  if (hasDeclined) return { kind: 'declined' }
  if (!row || row.reason === 'no_submission') return { kind: 'untold' }
  if (row.decision === 'waitlisted') return { kind: 'waitlisted' }
  if (row.eligible) return { kind: 'not-selected' }
  const { snapshot, candidate } = frozen.reading
  const { submission } = candidate(row.code)
  const [reason] = submission ? answeredReasons(submission, snapshot.policy.supportPeriodEnd) : []
  // What it has answered itself it may be told, whatever else kept it out.
  if (reason) return { kind: 'not-eligible', reason }
  return { kind: row.reason === 'no_band' ? 'no-band' : 'not-selected' }
}
