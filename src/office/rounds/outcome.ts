import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { type AnsweredReason, answeredReasons } from '../../domain/selection/eligibility.ts'
import { keptShown } from '../kept.ts'
import { type FrozenReader, frozenRoundReader } from './frozen.ts'
import { publicationReader } from './publication.ts'
import { declinesOf, stillDeclined } from './recorded-declines.ts'
import { reportedRound } from './reported.ts'
import { decisiveVerdict, type Verdict, verdictReader } from './verdict.ts'

/**
 * What a receipt may say about the selection. Never a rank or another hospital, and points only where an officer allows it.
 * `none`: nothing, as there is nothing yet, or this answer does not count. `reporting`: confirmed, but no round's result
 * is shown yet. `not-eligible`: what the hospital answered would have kept it out, whatever else did; `no-band`: its
 * beds did. Neither was ever considered, so neither was not selected: `not-selected` is who asked for the support and was
 * kept out by the prefecture. `declined`: it gave its seat back. `untold`: shown, but this answer is not the one that
 * counted.
 */
export type SelectionOutcome = Told & {
  /**
   * Whether the ministry has been told: of a selected hospital, that it is; before a result is shown, of every round. Null
   * where nobody knows: a survey of before, shown by its setting, has no report on record, whether one was sent or not.
   */
  isReported: boolean | null
  /** 追加選定（第2回）: which round says it; '' where there is one only, or all go by the survey's setting. */
  round: string
  /** Why, in the words that were frozen for the hospital; '' where none were, or nothing is told. */
  why: string
  /** Its own points beside the lowest of its band; '' unless an officer allows it. */
  points: string
  /** Rounds that are confirmed, and whose results are not shown yet though others are. */
  pending: string
}

export type Told =
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

const SAID_BY_ITSELF = { isReported: false, round: '', pending: '', why: '', points: '' }

export function outcomeReader(stores: Stores) {
  const frozenOf = frozenRoundReader(stores)
  const readNewest = keptShown(stores, () => stores.editions.newest())
  /** @param resultsPublished the survey's setting, for rounds of which nobody has decided it */
  return (submission: Submission, resultsPublished: boolean): SelectionOutcome => {
    const { state, hospitalCode } = submission
    const newest = readNewest()
    if (SAID_OTHERWISE.includes(state) || newest.length === 0) return { kind: 'none', ...SAID_BY_ITSELF }
    const publicationOf = publicationReader(stores, resultsPublished)
    const shown = newest.filter(({ number }) => publicationOf(number).isShown)
    const isAnyShown = shown.length > 0
    if (state !== 'current' || hospitalCode === null)
      return { kind: isAnyShown ? 'untold' : 'none', ...SAID_BY_ITSELF }
    const reports = stores.reports.all()
    if (!isAnyShown) {
      const isReported = newest.every(({ number }) => reportedRound(reports, number) !== null)
      return { kind: 'reporting', ...SAID_BY_ITSELF, isReported }
    }
    const isDecided = newest.some(({ number }) => publicationOf(number).last !== null)
    const reportedTo = (round: number, code: string) => {
      const isKnown = publicationOf(round).last !== null || reportedRound(reports, round) !== null
      return isKnown ? isReportedOf(stores, frozenOf, round, code) : null
    }
    const hidden = newest.filter((edition) => !shown.includes(edition))
    const { told, number, verdict } = toldOf(stores, frozenOf, { submission, hospitalCode, shown })
    return {
      ...told,
      isReported: told.kind === 'selected' ? reportedTo(number, hospitalCode) : null,
      round: newest.length > 1 && isDecided ? roundLabel(number) : '',
      ...whyOf(verdict, publicationOf(number).showsPoints),
      pending: told.kind === 'selected' ? '' : hidden.map((edition) => roundLabel(edition.number)).join('と'),
    }
  }
}

interface Asked {
  submission: Submission
  hospitalCode: string
  /** The newest editions of the rounds whose results are shown. */
  shown: readonly ConfirmedEdition[]
}

/** What the shown rounds say of a hospital, and which of them. */
function toldOf(
  stores: Stores,
  frozenOf: FrozenReader,
  { submission, hospitalCode, shown }: Asked,
): { told: Told; number: number; verdict: Verdict | null } {
  const isShown = (round: number) => shown.some(({ number }) => number === round)
  const declines = declinesOf(stores, frozenOf).filter(
    ({ code, round }) => code === hospitalCode && isShown(round),
  )
  const since = { answeredAt: submission.correctedAt, designatedAt: designatedAt(stores, hospitalCode) }
  const verdicts = shown.map((edition) => verdictReader(edition, frozenOf(edition), declines)(hospitalCode))
  const selecting = verdicts.findLast(({ row }) => row?.decision === 'selected')
  if (selecting) return { told: { kind: 'selected' }, number: selecting.edition.number, verdict: selecting }
  const declined = declines.findLast((decline) => stillDeclined(decline, since))
  if (declined) return { told: { kind: 'declined' }, number: declined.round, verdict: null }
  const verdict = decisiveVerdict(verdicts)!
  return { told: outcomeOf(verdict), number: verdict.edition.number, verdict }
}

/** What was frozen for the hospital. An edition of before has nothing. */
function whyOf(verdict: Verdict | null, showsPoints: boolean): { why: string; points: string } {
  const reasons = verdict?.row && verdict.frozen.reasons?.(verdict.row.code)
  return { why: reasons?.hospital ?? '', points: (showsPoints && reasons?.points) || '' }
}

/** Whether the last report of the round has the hospital among the selected. */
function isReportedOf(stores: Stores, frozenOf: FrozenReader, round: number, code: string): boolean {
  const reported = reportedRound(stores.reports.all(), round)
  const edition = stores.editions.ofRound(round).find((each) => each.edition === reported?.edition)
  if (!edition) return false
  return frozenOf(edition).reading.rows.some((row) => row.code === code && row.decision === 'selected')
}

function designatedAt({ overrides }: Stores, code: string): Date | undefined {
  const inEffect = overrides.ofHospital(code).find(({ undoneAt }) => undoneAt === null)
  return inEffect?.kind === 'designate' ? inEffect.createdAt : undefined
}

/** Of the last round that looked at the hospital: a seat that any round gave counts before it. */
export function outcomeOf({ frozen, row, hasDeclined }: Verdict): Told {
  if (hasDeclined) return { kind: 'declined' }
  if (!row || row.reason === 'no_submission') return { kind: 'untold' }
  if (row.decision === 'waitlisted') return { kind: 'waitlisted' }
  if (row.eligible) return { kind: 'not-selected' }
  const { snapshot, candidate } = frozen.reading
  const { submission } = candidate(row.code)
  const { supportPeriodEnd, questions } = snapshot.policy
  const [reason] = submission ? answeredReasons(submission, supportPeriodEnd, questions) : []
  // What it has answered itself it may be told, whatever else kept it out.
  if (reason) return { kind: 'not-eligible', reason }
  return { kind: row.reason === 'no_band' ? 'no-band' : 'not-selected' }
}
