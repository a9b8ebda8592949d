import { CHANNEL_CHOICES } from '../../domain/answer/choices.ts'
import { answerText, shortText } from '../../domain/answer/lines.ts'
import { ANSWER_QUESTIONS, type AnswerId, questionOf } from '../../domain/answer/questions.ts'
import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import { labelOf, shortLabelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { SubmissionRow } from '../../office/answers/rows.ts'
import { link, type Part, type Tone, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'

/** How the page sets an answer, and whether it sorts by it. */
const ON_PAGE: Partial<Record<AnswerId, Pick<Column<SubmissionRow>, 'look' | 'sort'>>> = {
  emr: { sort: 'emr' },
  intent: { look: 'keep', sort: 'intent' },
  gmisConsent: { sort: 'gmisConsent' },
}

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
    cell: ({ band }) => (band ? bandLabel(band) : NO_BAND.label),
    look: 'keep',
  },
  ...ANSWER_QUESTIONS.map(answerColumn),
  { header: '受付方法', value: ({ submission }) => labelOf(CHANNEL_CHOICES, submission.channel) },
  {
    header: '受付日時',
    value: ({ submission }) => submission.submittedAt,
    cell: ({ submission }) => inTwoLines(submission.submittedAt),
    look: 'by',
    sort: 'submittedAt',
  },
  { header: '訂正日時', value: ({ submission }) => correctedAtOf(submission) },
]

export const SUBMISSIONS_ON_PAGE = [
  '受付番号',
  '医療機関名',
  '二次医療圏',
  '許可病床数',
  '病床規模区分',
  ...(['emr', 'intent', 'gmisConsent'] as const).map((id) => questionOf(id).fileLabel),
  '受付日時',
  '状態',
]

function answerColumn({
  id,
  fileLabel,
  shortLabel,
}: (typeof ANSWER_QUESTIONS)[number]): Column<SubmissionRow> {
  return {
    header: fileLabel,
    label: shortLabel,
    value: ({ submission }) => answerText(id, submission.answers),
    cell: ({ submission }) => shortText(id, submission.answers),
    ...ON_PAGE[id],
  }
}

/** The day, and below it the hour. */
function inTwoLines(instant: Date): string {
  return dateTimeText(instant).replace('）', '）\n')
}

function correctedAtOf({ version, correctedAt }: SubmissionRow['submission']): Date | null {
  return version === 1 ? null : correctedAt
}

/** With a word where the hospital says that the master is wrong about it. */
function stateCell({ submission: { state, answers } }: SubmissionRow): Part[] {
  const label = tag(TONES[state], shortLabelOf(SUBMISSION_STATES, state))
  return answers.masterCorrection === null ? [label] : [label, tag('warn', '訂正の申出')]
}

const TONES: Record<SubmissionRow['submission']['state'], Tone> = {
  current: 'ok',
  duplicate: 'warn',
  unmatched: 'warn',
  unlinked: 'warn',
  rejected: 'muted',
  outside: 'muted',
  withdrawn: 'muted',
}
