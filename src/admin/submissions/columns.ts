import { CHANNEL_CHOICES, isProxy } from '../../domain/answer/choices.ts'
import { type FurtherQuestion, furtherField } from '../../domain/answer/further.ts'
import { answerText, shortText } from '../../domain/answer/lines.ts'
import { MARKS } from '../../domain/answer/mark.ts'
import { ANSWER_QUESTIONS, type AnswerId, questionOf } from '../../domain/answer/questions.ts'
import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import { labelOf, shortLabelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { receptionText } from '../../office/answers/comparison.ts'
import type { ReviewedRow } from '../../office/answers/review.ts'
import { link, type Part, type Tone, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'
import { ANSWERS_VIEW, furtherColumns } from './further-columns.ts'

/** How the page sets an answer, and whether it sorts by it. */
const ON_PAGE: Partial<Record<AnswerId, Pick<Column<ReviewedRow>, 'look' | 'sort'>>> = {
  emr: { sort: 'emr' },
  intent: { look: 'keep', sort: 'intent' },
  gmisConsent: { sort: 'gmisConsent' },
}

/** Before the answers: what it is of. */
const ABOUT: readonly Column<ReviewedRow>[] = [
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
  ...ANSWER_QUESTIONS.filter(({ part }) => part === 'programme').map(answerColumn),
]

/** Behind what was answered to the questions. */
const BEHIND: readonly Column<ReviewedRow>[] = [
  ...ANSWER_QUESTIONS.filter(({ part }) => part !== 'programme').map(answerColumn),
  { header: '受付方法', value: ({ submission }) => receptionText(submission) },
  {
    header: '受付日時',
    value: ({ submission }) => submission.submittedAt,
    cell: receivedCell,
    look: 'by',
    sort: 'submittedAt',
  },
  {
    header: '照会・確認',
    value: ({ mark }) => (mark === 'none' ? null : labelOf(MARKS, mark)),
    cell: reviewCell,
    sort: 'mark',
  },
  { header: '確認事項', value: ({ findings }) => findings.map(({ label }) => label).join('、') || null },
  { header: '訂正日時', value: ({ submission }) => correctedAtOf(submission) },
]

/**
 * Everything that was answered, a row a submission; the page has the choices in few characters.
 * @param further the questions of this edition, behind those of every edition
 */
export function submissionColumns(further: readonly FurtherQuestion[]): readonly Column<ReviewedRow>[] {
  return [...ABOUT, ...furtherColumns(further, FIXED_HEADERS), ...BEHIND]
}

const FIXED_HEADERS = [...ABOUT, ...BEHIND].map(({ header }) => header)

/** Of the page: how it came in, or what was answered to the further questions. */
export function submissionsOnPage(columns: readonly Column<ReviewedRow>[], view: string): string[] {
  if (view !== ANSWERS_VIEW.id) return ON_PAGE_HEADERS
  const further = columns.filter(({ sort }) => sort?.startsWith(furtherField('')))
  return ['受付番号', '医療機関名', ...further.map(({ header }) => header), '状態']
}

const ON_PAGE_HEADERS = [
  '受付番号',
  '医療機関名',
  '二次医療圏',
  '許可病床数',
  '病床規模区分',
  ...(['emr', 'intent', 'gmisConsent'] as const).map((id) => questionOf(id).fileLabel),
  '受付日時',
  '状態',
  '照会・確認',
]

function answerColumn({ id, fileLabel, shortLabel }: (typeof ANSWER_QUESTIONS)[number]): Column<ReviewedRow> {
  return {
    header: fileLabel,
    label: shortLabel,
    value: ({ submission }) => answerText(id, submission.answers),
    cell: ({ submission }) => shortText(id, submission.answers),
    ...ON_PAGE[id],
  }
}

/**
 * The columns of a page on which answers are ticked, to be marked together: the value says what the mark was then.
 * @param picked those that are ticked already, by 受付番号
 */
export function tickedColumns(
  columns: readonly Column<ReviewedRow>[],
  picked: ReadonlySet<string>,
): readonly Column<ReviewedRow>[] {
  const [number, ...others] = columns
  return [{ ...number!, cell: (row) => tickedCell(row, picked) }, ...others]
}

function tickedCell(
  { submission: { number }, mark, hospitalName }: ReviewedRow,
  picked: ReadonlySet<string>,
): Part {
  return {
    kind: 'check',
    text: number,
    name: 'answer',
    value: `${number}.${mark}`,
    form: 'marking',
    isChecked: picked.has(number),
    says: `選択：${number} ${hospitalName}`,
  }
}

/** With a word where staff have entered it, or where it came through its hospital's link. */
function receivedCell({ submission: { submittedAt, channel, isMatched } }: ReviewedRow): Part[] {
  const text: Part = { kind: 'text', text: inTwoLines(submittedAt) }
  if (isProxy(channel)) return [text, tag('muted', labelOf(CHANNEL_CHOICES, channel))]
  return isMatched ? [text, tag('ok', '照合済')] : [text]
}

/** How far somebody is with it, and what there is to look into. */
function reviewCell({ mark, findings }: ReviewedRow): Part[] {
  const open = findings.filter(({ waits, look }) => waits && look === null)
  const flags = open.map(({ short }) => tag('warn', short))
  return mark === 'none' ? flags : [tag(mark === 'asked' ? 'warn' : 'ok', labelOf(MARKS, mark)), ...flags]
}

/** The day, and below it the hour. */
function inTwoLines(instant: Date): string {
  return dateTimeText(instant).replace('）', '）\n')
}

function correctedAtOf({ version, correctedAt }: ReviewedRow['submission']): Date | null {
  return version === 1 ? null : correctedAt
}

/** With a word where the hospital says that the master is wrong about it. */
function stateCell({ submission: { state, answers } }: ReviewedRow): Part[] {
  const label = tag(TONES[state], shortLabelOf(SUBMISSION_STATES, state))
  return answers.masterCorrection === null ? [label] : [label, tag('warn', '訂正の申出')]
}

const TONES: Record<ReviewedRow['submission']['state'], Tone> = {
  current: 'ok',
  duplicate: 'warn',
  unmatched: 'warn',
  unlinked: 'warn',
  rejected: 'muted',
  outside: 'muted',
  withdrawn: 'muted',
}
