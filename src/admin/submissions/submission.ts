import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { type AnswerLine, changedLines, namedLines, officeLines } from '../../domain/answer/lines.ts'
import { isLinked, SUBMISSION_STATES, type Submission } from '../../domain/answer/submission.ts'
import type { Geography } from '../../domain/master/region.ts'
import { bandLabel } from '../../domain/selection/bands.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { type Comparison, comparison, receptionLines } from '../../office/answers/comparison.ts'
import { type HistoryLine, submissionHistory } from '../../office/answers/history.ts'
import { type SubmissionRow, siblingsOf, submissionRows } from '../../office/answers/rows.ts'
import { type ConfirmedResult, confirmedSeat } from '../../office/rounds/confirmed.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { type ClosingAct, closingActOf, closingRoutes } from './closing.ts'
import {
  type AnswerPage,
  actOf,
  type BesideAnswer,
  besideOf,
  type Done,
  type LinkForm,
  type MakeCurrentForm,
  NOTHING_TYPED,
  settlingRoutes,
  type TypedDecision,
} from './settling.ts'

interface SubmissionPageModel {
  number: string
  state: Submission['state']
  stateLabel: string
  hospitalName: string
  /** Null while unlinked. */
  hospitalHref: string | null
  hospital: AnswerLine[]
  answers: AnswerLine[]
  reception: AnswerLine[]
  /** Newest first, without the first version. */
  corrections: { at: string; lines: { label: string; before: string; after: string }[] }[]
  /** Every submission of the same hospital beside each other, where there are several. */
  comparison: Comparison | null
  history: HistoryLine[]
  /** What an officer can settle here, with what was typed into its form. */
  act: MakeCurrentForm | LinkForm | null
  /** On a page of its own: that it is not used, or that it waits again. */
  closing: ClosingAct | null
  /** The seat that its hospital holds; null without. */
  confirmed: ConfirmedResult | null
  /** Whether an officer has said whose it is. */
  isLinked: boolean
  /** When it was closed; '' where it is not. */
  closedAt: string
  /** Of the one that counts: the others of the same hospital that wait. */
  waiting: BesideAnswer[]
  errorSummary: ErrorLine[]
  done: Done | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/submission': SubmissionPageModel
  }
}

/** One answer with all its versions, and what an officer can settle about it. */
export function submissionRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores } = options
  const modelOf = ({ site }: FastifyRequest, number: string, extra: PageState = {}) =>
    submissionPageModel(stores, number, shippedGeography(site.prefectureCode), extra)

  function show(reply: FastifyReply, number: string, extra: PageState): FastifyReply {
    const model = modelOf(reply.request, number, extra)
    return model ? adminPage(reply, 'admin/submissions/submission', model) : refusal(reply, 'not-found')
  }

  app.get<{ Params: { number: string } }>('/submissions/:number', forReaders, async (request, reply) => {
    const text = DONE.get(fieldsOf(request.query).get('done'))
    return show(reply, request.params.number, text === undefined ? {} : { done: { kind: 'success', text } })
  })

  const formOf: AnswerPage['formOf'] = (request) => modelOf(request, request.params.number)?.act ?? null
  settlingRoutes(app, options, { show, formOf })
  closingRoutes(app, options, { show })
}

const DONE = new Map([
  ['current', 'この回答を有効にしました。選定には、この回答を使います。'],
  [
    'replaced',
    'この回答を有効にしました。選定には、この回答を使います。これまで有効だった回答は「不採用（確認済み）」になりました。',
  ],
  ['rejected', 'この回答を「不採用（確認済み）」にしました。確認待ちの回答には数えません。'],
  ['outside', 'この回答を「対象外（確認済み）」にしました。確認待ちの回答には数えません。'],
  ['duplicate', 'この回答を確認待ちに戻しました。'],
  ['unmatched', 'この回答を確認待ちに戻しました。'],
  ['unlinked', 'この回答を確認待ちに戻しました。'],
  ['linked-current', '回答した病院を特定しました。この回答は有効です。'],
  [
    'linked-duplicate',
    '回答した病院を特定しました。この病院には既に有効な回答があるため、重複として確認待ちになっています。',
  ],
])

interface PageState {
  typed?: TypedDecision
  done?: Done
}

/** @returns null where no submission has this number */
function submissionPageModel(
  stores: Stores,
  number: string,
  geography: Geography,
  { typed = NOTHING_TYPED, done }: PageState,
): SubmissionPageModel | null {
  const rows = submissionRows(stores)
  const row = rows.find(({ submission }) => submission.number === number)
  if (!row) return null
  const { submission } = row
  const siblings = siblingsOf(rows, row)
  const answers = siblings.map((sibling) => sibling.submission)
  return {
    number,
    state: submission.state,
    stateLabel: labelOf(SUBMISSION_STATES, submission.state),
    hospitalName: row.hospitalName,
    hospitalHref: row.hospital && `/admin/hospitals/${encodeURIComponent(row.hospital.key)}`,
    hospital: hospitalLines(row),
    answers: officeLines(submission.answers),
    reception: receptionLines(submission),
    corrections: corrections(stores, submission),
    comparison: answers.length > 1 ? comparison(answers, number) : null,
    history: submissionHistory(stores, number),
    act: actOf(stores, row, siblings, geography, typed),
    closing: closingActOf(submission.state),
    confirmed: confirmedSeat(stores, submission.hospitalCode),
    isLinked: isLinked(submission),
    closedAt: submission.closedAt ? dateTimeText(submission.closedAt) : '',
    waiting: submission.state === 'current' ? besideOf(answers, 'duplicate') : [],
    errorSummary: errorLines({ hospitalCode: typed.hospitalError, reason: typed.reasonError }),
    done: done ?? null,
  }
}

function hospitalLines({
  submission: { typedHospital: typed },
  hospital,
  band,
}: SubmissionRow): AnswerLine[] {
  const ofMaster = hospital && [
    { label: '病院名', text: hospital.name },
    { label: '医療機関コード', text: hospital.medicalCode ?? '（登録なし）' },
    { label: '二次医療圏', text: hospital.region },
    { label: '許可病床数', text: `${hospital.beds}床（区分：${band ? bandLabel(band) : '該当なし'}）` },
  ]
  return [...(ofMaster ?? []), ...(typed ? namedLines(typed) : [])]
}

function corrections(stores: Stores, { id }: Submission): SubmissionPageModel['corrections'] {
  const versions = stores.submissions.versions(id)
  return versions
    .slice(1)
    .map(({ createdAt, answers }, index) => ({
      at: dateTimeText(createdAt),
      lines: changedLines(versions[index]!.answers, answers),
    }))
    .reverse()
}
