import type { Prefecture } from '../survey/prefecture.ts'
import type { Choice } from '../text/choice.ts'
import type { Policy } from './policy.ts'
import { type PolicyQuestion, refusedAnswers } from './questions.ts'
import type { Candidate } from './snapshot.ts'

export const INELIGIBLE_REASON_IDS = [
  'excluded',
  'already_selected',
  'already_declined',
  'no_band',
  'already_supported',
  'no_submission',
  'no_emr',
  'emr_too_late',
  'undecided',
  'no_intent',
  'answer',
] as const
export type IneligibleReason = (typeof INELIGIBLE_REASON_IDS)[number]
/** 選定の対象とならない理由, in the order in which they are looked at. */
export function ineligibleReasons({ kind }: Prefecture): readonly Choice<IneligibleReason>[] {
  return [
    { id: 'excluded', label: `${kind}の判断による除外` },
    { id: 'already_selected', label: 'ほかの回で選定済み' },
    { id: 'already_declined', label: '辞退済み' },
    { id: 'no_band', label: '病床規模区分に該当しない' },
    { id: 'already_supported', label: '過去に支援を受けている' },
    { id: 'no_submission', label: '未回答' },
    { id: 'no_emr', label: '電子カルテを導入していない（予定もない）' },
    { id: 'emr_too_late', label: '電子カルテの導入が支援の実施に間に合わない' },
    { id: 'undecided', label: '活用を検討中' },
    { id: 'no_intent', label: '活用を希望しない' },
    { id: 'answer', label: '対象とならない回答を選んでいる' },
  ]
}

/**
 * The first rule that keeps a hospital out, or null where it is eligible. The prefecture may designate a
 * hospital that did not apply, so a designation outweighs every answer; but seats belong to a band, so it
 * cannot help a hospital in none, and nobody gets a second seat.
 * @param hasBand whether the hospital's beds lie in a band of the policy
 */
export function ineligibilityOf(
  candidate: Candidate,
  hasBand: boolean,
  supportPeriodEnd: Policy['supportPeriodEnd'],
  further: FurtherRules = {},
): IneligibleReason | null {
  return obstaclesOf(candidate, hasBand, supportPeriodEnd, further)[0] ?? null
}

/** What an edition may ask for beyond the usual. */
type FurtherRules = Pick<Policy, 'earlierSupport' | 'questions'>

/** Every rule that keeps a hospital out: all of them would have to change. Which answer comes is not known. */
export function obstaclesOf(
  { override, otherRound, supportedIn, submission }: Candidate,
  hasBand: boolean,
  supportPeriodEnd: Policy['supportPeriodEnd'],
  { earlierSupport, questions }: FurtherRules = {},
): IneligibleReason[] {
  const obstacles: IneligibleReason[] = []
  if (override?.kind === 'exclude') obstacles.push('excluded')
  if (otherRound) obstacles.push(`already_${otherRound}`)
  if (!hasBand) obstacles.push('no_band')
  if (override?.kind === 'designate') return obstacles
  if (earlierSupport === 'exclude' && supportedIn) obstacles.push('already_supported')
  if (submission === null) return [...obstacles, 'no_submission']
  return [...obstacles, ...answeredReasons(submission, supportPeriodEnd, questions)]
}

/** Of the reasons those that a hospital knows, as they are its own answers: the order is the rules'. */
const ANSWERED_REASONS = ['no_emr', 'emr_too_late', 'undecided', 'no_intent', 'answer'] as const
export type AnsweredReason = Extract<IneligibleReason, (typeof ANSWERED_REASONS)[number]>

/**
 * What an answer keeps its own hospital out by.
 * @param supportPeriodEnd YYYY-MM, the policy's
 * @param questions the further ones that the policy looks at
 */
export function answeredReasons(
  answers: Pick<NonNullable<Candidate['submission']>, 'emr' | 'emrPlannedMonth' | 'intent' | 'extra'>,
  supportPeriodEnd: Policy['supportPeriodEnd'],
  questions: readonly PolicyQuestion[] = [],
): AnsweredReason[] {
  return ANSWERED_REASONS.filter((reason) => HOLDS[reason](answers, supportPeriodEnd, questions))
}

const HOLDS: Record<AnsweredReason, (...facts: Required<Parameters<typeof answeredReasons>>) => boolean> = {
  no_emr: ({ emr }) => emr === 'none',
  // A plan without a month is no plan to build on.
  emr_too_late: ({ emr, emrPlannedMonth: month }, end) =>
    emr === 'planned' && (month === null || month > end),
  undecided: ({ intent }) => intent === 'undecided',
  no_intent: ({ intent }) => intent === 'none',
  answer: ({ extra = {} }, _, questions) => refusedAnswers(questions, extra).length > 0,
}
