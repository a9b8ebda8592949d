import type { Answers } from '../answer/submission.ts'
import { monthText } from '../survey/period.ts'
import type { IneligibleReason } from './eligibility.ts'

/** Of the reasons that keep a hospital out those that it knows, as they are its own answers. */
export type AnsweredReason = Extract<IneligibleReason, 'no_emr' | 'emr_too_late' | 'undecided' | 'no_intent'>

export const ANSWERED_REASONS: readonly AnsweredReason[] = [
  'no_emr',
  'emr_too_late',
  'undecided',
  'no_intent',
]

/** @param supportPeriodEnd YYYY-MM, the policy's: an EMR planned for later comes too late */
export function answeredReasons(
  { emr, emrPlannedMonth, intent }: Answers,
  supportPeriodEnd: string,
): AnsweredReason[] {
  const isTooLate = emr === 'planned' && emrPlannedMonth !== null && emrPlannedMonth > supportPeriodEnd
  return [
    ...(emr === 'none' ? (['no_emr'] as const) : []),
    ...(isTooLate ? (['emr_too_late'] as const) : []),
    ...(intent === 'undecided' ? (['undecided'] as const) : []),
    ...(intent === 'none' ? (['no_intent'] as const) : []),
  ]
}

/** Why the answer does not lead to the support, as the receipt says it. */
export function answeredReasonText(
  reason: AnsweredReason,
  { emrPlannedMonth }: Answers,
  supportPeriodEnd: string,
): string {
  switch (reason) {
    case 'no_emr':
      return '本事業は、電子カルテシステムを導入している病院（支援を受けるまでに導入する病院を含みます。）を対象としているため、選定の対象となりません。導入していないことも、県が状況を把握するための大切な回答です。'
    case 'emr_too_late': {
      const planned = emrPlannedMonth === null ? '' : `（${monthText(emrPlannedMonth)}）`
      return `電子カルテシステムの導入予定年月${planned}が、支援の行われる期間（${monthText(supportPeriodEnd)}まで）より後のため、選定の対象となりません。`
    }
    case 'undecided':
      return '本事業の活用を「検討中」との回答のため、選定の対象となりません。'
    case 'no_intent':
      return '本事業の活用を「希望しない」との回答のため、選定の対象としません。'
  }
}
