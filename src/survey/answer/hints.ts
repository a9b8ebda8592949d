import type { Answers } from '../../domain/answer/submission.ts'
import { type AnsweredReason, answeredReasons } from '../../domain/selection/answered-reasons.ts'
import { monthText } from '../../domain/survey/period.ts'

/**
 * What an answer means for the support, said before it is sent, where that is not what a hospital may expect.
 * Not eligible is no error: the answer is taken all the same.
 * @param supportPeriodEnd YYYY-MM, the policy's
 */
export function hintsFor(answers: Answers, supportPeriodEnd: string): string[] {
  const reasons = answeredReasons(answers, supportPeriodEnd)
  // Without an EMR nothing else matters.
  const told = reasons.includes('no_emr') ? (['no_emr'] as const) : reasons
  return told.map((reason) => hintOf(reason, answers, supportPeriodEnd))
}

function hintOf(reason: AnsweredReason, answers: Answers, supportPeriodEnd: string): string {
  switch (reason) {
    case 'no_emr':
      return noEmrHint(answers)
    case 'emr_too_late':
      return `導入予定年月（${monthText(answers.emrPlannedMonth!)}）が、支援の行われる期間（${monthText(supportPeriodEnd)}まで）より後になっています。支援を受けるまでに導入が済まない場合は、選定の対象となりませんので、御了承ください。`
    case 'undecided':
      return '「検討中」のままでは、選定の対象となりません。活用を希望することが決まりましたら、回答期限までに回答を訂正してください。'
    case 'no_intent':
      return '「希望しない」との回答のため、選定の対象となりません。お考えが変わりましたら、回答期限までに回答を訂正してください。'
  }
}

function noEmrHint({ intent }: Answers): string {
  const reason = '本事業の対象は、電子カルテシステムを導入している病院（支援までに導入する病院を含む）です。'
  return intent === 'none'
    ? `${reason}貴院は対象となりませんが、導入の状況を把握するため、このまま御回答ください。`
    : `${reason}回答はこのまま受け付けますが、選定の対象とはなりませんので、御了承ください。`
}
