import {
  CHANNEL_CHOICES,
  CONSENT_CHOICES,
  EMR_CHOICES,
  INTENT_CHOICES,
} from '../../domain/answer/questionnaire.ts'
import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { bandLabel } from '../../domain/selection/policy.ts'
import { isoMinuteText, monthText } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { Column } from '../../files/table/csv.ts'
import type { SubmissionRow } from '../../office/answers/rows.ts'

/** The list as a file: everything that was answered, a row a submission. */
export const SUBMISSION_COLUMNS: readonly Column<SubmissionRow>[] = [
  { header: '受付番号', value: ({ submission }) => submission.number },
  { header: '状態', value: ({ submission }) => labelOf(SUBMISSION_STATES, submission.state) },
  { header: '医療機関コード', value: ({ hospital }) => hospital?.key ?? null },
  { header: '医療機関名', value: ({ hospitalName }) => hospitalName },
  { header: '二次医療圏', value: ({ hospital }) => hospital?.region ?? null },
  { header: '市町村', value: ({ hospital }) => hospital?.municipality ?? null },
  { header: '許可病床数', value: ({ beds }) => beds },
  { header: '病床規模区分', value: ({ band }) => band && bandLabel(band) },
  { header: '電子カルテ導入状況', value: ({ submission }) => labelOf(EMR_CHOICES, submission.answers.emr) },
  {
    header: '導入予定時期',
    value: ({ submission: { answers } }) =>
      answers.emrPlannedMonth === null ? null : monthText(answers.emrPlannedMonth),
  },
  {
    header: '希望する支援内容',
    value: ({ submission }) => labelOf(INTENT_CHOICES, submission.answers.intent),
  },
  {
    header: 'GMIS調査回答の活用',
    value: ({ submission }) => labelOf(CONSENT_CHOICES, submission.answers.gmisConsent ? 'yes' : 'no'),
  },
  { header: '担当部署', value: ({ submission }) => submission.answers.department },
  { header: '担当者名', value: ({ submission }) => submission.answers.contactName },
  { header: '電話番号', value: ({ submission }) => submission.answers.phone },
  { header: 'メールアドレス', value: ({ submission }) => submission.answers.email },
  { header: '備考', value: ({ submission }) => submission.answers.remarks },
  { header: '病院の登録内容の訂正', value: ({ submission }) => submission.answers.masterCorrection },
  { header: '受付方法', value: ({ submission }) => labelOf(CHANNEL_CHOICES, submission.channel) },
  { header: '受付日時', value: ({ submission }) => isoMinuteText(submission.submittedAt) },
  { header: '訂正日時', value: ({ submission }) => correctedText(submission) },
]

function correctedText({ version, correctedAt }: SubmissionRow['submission']): string | null {
  return version === 1 ? null : isoMinuteText(correctedAt)
}
