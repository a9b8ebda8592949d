import {
  CHANNEL_CHOICES,
  CONSENT_CHOICES,
  EMR_CHOICES,
  INTENT_CHOICES,
} from '../../domain/answer/questionnaire.ts'
import { emrShortText, INTENT_SHORT, STATE_SHORT } from '../../domain/answer/short-labels.ts'
import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { bandLabel } from '../../domain/selection/policy.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { isoMinuteText, monthText } from '../../domain/text/dates.ts'
import type { SubmissionRow } from '../../office/answers/rows.ts'
import { link, type Part, type Tone, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'

/** Everything that was answered, a row a submission; the page has the choices in few characters. */
export const SUBMISSION_COLUMNS: readonly Column<SubmissionRow>[] = [
  { header: '受付番号', value: ({ submission }) => submission.number, look: 'mono keep', sort: 'number' },
  {
    header: '状態',
    value: ({ submission }) => labelOf(SUBMISSION_STATES, submission.state),
    cell: stateCell,
    sort: 'state',
  },
  { header: '医療機関コード', value: ({ hospital }) => hospital?.medicalCode ?? null },
  {
    header: '医療機関名',
    label: '病院',
    value: ({ hospitalName }) => hospitalName,
    cell: ({ submission, hospitalName }) => link(hospitalName, `/admin/submissions/${submission.number}`),
    look: 'name',
    sort: 'hospital',
  },
  {
    header: '二次医療圏',
    label: '医療圏',
    value: ({ hospital }) => hospital?.region ?? null,
    cell: ({ hospital }) => hospital?.region ?? '—',
    look: 'keep',
    sort: 'region',
  },
  { header: '市町村', value: ({ hospital }) => hospital?.municipality ?? null },
  { header: '許可病床数', label: '病床数', value: ({ beds }) => beds, look: 'number', sort: 'beds' },
  {
    header: '病床規模区分',
    value: ({ band }) => band && bandLabel(band),
    cell: ({ band }) => (band ? bandLabel(band) : '区分外'),
    look: 'keep',
  },
  {
    header: '電子カルテ導入状況',
    label: '電子カルテ',
    value: ({ submission }) => labelOf(EMR_CHOICES, submission.answers.emr),
    cell: ({ submission }) => emrShortText(submission.answers),
    sort: 'emr',
  },
  {
    header: '導入予定時期',
    value: ({ submission: { answers } }) =>
      answers.emrPlannedMonth === null ? null : monthText(answers.emrPlannedMonth),
  },
  {
    header: '希望する支援内容',
    label: '活用意向',
    value: ({ submission }) => labelOf(INTENT_CHOICES, submission.answers.intent),
    cell: ({ submission }) => labelOf(INTENT_SHORT, submission.answers.intent),
    look: 'keep',
    sort: 'intent',
  },
  {
    header: 'GMIS調査回答の活用',
    label: 'GMIS活用',
    value: ({ submission }) => labelOf(CONSENT_CHOICES, submission.answers.gmisConsent ? 'yes' : 'no'),
    cell: ({ submission }) => (submission.answers.gmisConsent ? '可' : '否'),
    sort: 'gmisConsent',
  },
  { header: '担当部署', value: ({ submission }) => submission.answers.department },
  { header: '担当者名', value: ({ submission }) => submission.answers.contactName },
  { header: '電話番号', value: ({ submission }) => submission.answers.phone },
  { header: 'メールアドレス', value: ({ submission }) => submission.answers.email },
  { header: '備考', value: ({ submission }) => submission.answers.remarks },
  { header: '病院の登録内容の訂正', value: ({ submission }) => submission.answers.masterCorrection },
  { header: '受付方法', value: ({ submission }) => labelOf(CHANNEL_CHOICES, submission.channel) },
  {
    header: '受付日時',
    value: ({ submission }) => isoMinuteText(submission.submittedAt),
    look: 'keep',
    sort: 'submittedAt',
  },
  { header: '訂正日時', value: ({ submission }) => correctedText(submission) },
]

export const SUBMISSIONS_ON_PAGE = [
  '受付番号',
  '医療機関名',
  '二次医療圏',
  '許可病床数',
  '病床規模区分',
  '電子カルテ導入状況',
  '希望する支援内容',
  'GMIS調査回答の活用',
  '受付日時',
  '状態',
]

function correctedText({ version, correctedAt }: SubmissionRow['submission']): string | null {
  return version === 1 ? null : isoMinuteText(correctedAt)
}

/** With a word where the hospital says that the master is wrong about it. */
function stateCell({ submission: { state, answers } }: SubmissionRow): Part[] {
  const label = tag(TONES[state], labelOf(STATE_SHORT, state))
  return answers.masterCorrection === null ? [label] : [label, tag('warn', '訂正の申出')]
}

const TONES: Record<SubmissionRow['submission']['state'], Tone> = {
  current: 'ok',
  duplicate: 'warn',
  unlinked: 'warn',
  withdrawn: 'muted',
}
