import { monthText } from '../domain/period.ts'
import type { Answers } from '../domain/submission.ts'
import { fiscalYearText, lastMonthOf } from './fiscal-year.ts'

/**
 * What an answer means for the support, where that is not what a hospital may expect. Not eligible is no error:
 * the answer is taken all the same.
 */
export function hintsFor(answers: Answers, { fiscalYear }: { fiscalYear: number }): string[] {
  if (answers.emr === 'none') return [noEmrHint(answers)]
  return [lateEmrHint(answers, fiscalYear), INTENT_HINTS[answers.intent]].filter((hint) => hint !== '')
}

function noEmrHint({ intent }: Answers): string {
  const reason = '本事業の対象は、電子カルテシステムを導入している病院（支援までに導入する病院を含む）です。'
  return intent === 'none'
    ? `${reason}貴院は対象となりませんが、導入の状況を把握するため、このまま御回答ください。`
    : `${reason}回答はこのまま受け付けますが、選定の対象とはなりませんので、御了承ください。`
}

function lateEmrHint({ emr, emrPlannedMonth }: Answers, fiscalYear: number): string {
  if (emr !== 'planned' || emrPlannedMonth === null || emrPlannedMonth <= lastMonthOf(fiscalYear)) return ''
  return `導入予定年月（${monthText(emrPlannedMonth)}）が、事業を実施する${fiscalYearText(fiscalYear)}より後になっています。支援を受けるまでに導入が済まない場合は、選定の対象となりませんので、御了承ください。`
}

const INTENT_HINTS: Record<Answers['intent'], string> = {
  both: '',
  network: '',
  backup: '',
  undecided:
    '「検討中」のままでは、選定の対象となりません。活用を希望することが決まりましたら、回答期限までに県へ御連絡ください。',
  none: '「希望しない」との回答のため、選定の対象となりません。お考えが変わりましたら、回答期限までに県へ御連絡ください。',
}
