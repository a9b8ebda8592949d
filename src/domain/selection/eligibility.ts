import type { Policy } from '../policy.ts'
import type { Choice } from '../questionnaire.ts'
import type { Candidate } from './snapshot.ts'

export const INELIGIBLE_REASON_IDS = [
  'excluded',
  'no_band',
  'no_submission',
  'no_emr',
  'emr_too_late',
  'undecided',
  'no_intent',
] as const
export type IneligibleReason = (typeof INELIGIBLE_REASON_IDS)[number]
/** 選定の対象とならない理由, in the order in which they are looked at. */
export const INELIGIBLE_REASONS: readonly Choice<IneligibleReason>[] = [
  { id: 'excluded', label: '県の判断により対象外' },
  { id: 'no_band', label: '病床規模区分に該当しない' },
  { id: 'no_submission', label: '未回答' },
  { id: 'no_emr', label: '電子カルテの導入予定がない' },
  { id: 'emr_too_late', label: '電子カルテの導入が支援の実施に間に合わない' },
  { id: 'undecided', label: '活用を検討中' },
  { id: 'no_intent', label: '活用を希望しない' },
]

/**
 * The first rule that keeps a hospital out, or null where it is eligible. The prefecture may designate a
 * hospital that did not apply, so a designation outweighs every answer; but seats belong to a band, so it
 * cannot help a hospital in none.
 * @param hasBand whether the hospital's beds lie in a band of the policy
 */
export function ineligibilityOf(
  candidate: Candidate,
  hasBand: boolean,
  supportPeriodEnd: Policy['supportPeriodEnd'],
): IneligibleReason | null {
  const { override, submission } = candidate
  if (override?.kind === 'exclude') return 'excluded'
  if (!hasBand) return 'no_band'
  if (override?.kind === 'designate') return null
  if (submission === null) return 'no_submission'
  if (submission.emr === 'none') return 'no_emr'
  if (submission.emr === 'planned' && isTooLate(submission.emrPlannedMonth, supportPeriodEnd))
    return 'emr_too_late'
  if (submission.intent === 'undecided') return 'undecided'
  return submission.intent === 'none' ? 'no_intent' : null
}

/** A plan without a month is no plan to build on. */
function isTooLate(month: string | null, supportPeriodEnd: string): boolean {
  return month === null || month > supportPeriodEnd
}
