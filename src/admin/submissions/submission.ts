import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { isProxy } from '../../domain/answer/choices.ts'
import { type AnswerLine, namedLines, officeLines } from '../../domain/answer/lines.ts'
import {
  isCorrectable,
  isLinked,
  SUBMISSION_STATES,
  type Submission,
} from '../../domain/answer/submission.ts'
import type { Geography } from '../../domain/master/region.ts'
import { bandLabel } from '../../domain/selection/bands.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { type Comparison, comparison, receptionLines } from '../../office/answers/comparison.ts'
import { furtherOf } from '../../office/answers/further.ts'
import { type HistoryLine, submissionHistory } from '../../office/answers/history.ts'
import type { ReadReviewed, ReviewedRow } from '../../office/answers/review.ts'
import { type SubmissionRow, siblingsOf } from '../../office/answers/rows.ts'
import { type VersionLine, versionLines } from '../../office/answers/versions.ts'
import { type Correction, correctionReader } from '../../office/master/corrections.ts'
import { type ConfirmedResult, confirmedSeat } from '../../office/rounds/confirmed.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { type ClosingAct, closingActOf, closingRoutes } from './closing.ts'
import { correctionRoutes } from './correction.ts'
import { type ReviewModel, reviewModel, reviewRoutes } from './review.ts'
import {
  type AnswerPage,
  actOf,
  type BesideAnswer,
  besideOf,
  type Done,
  type FlagError,
  type LinkForm,
  type MakeCurrentForm,
  NO_NOTE,
  NOTHING_TYPED,
  settlingRoutes,
} from './settling.ts'
import { withdrawalRoutes } from './withdrawal.ts'

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
  corrections: VersionLine[]
  review: ReviewModel
  /** What was wrong with the note to a flag; null where nothing was. */
  flagError: FlagError | null
  /** Whether an officer may correct it, take it back, or change whom to ask. */
  isCorrectable: boolean
  /** Whether there is a receipt to hand on. */
  isByProxy: boolean
  hasMail: boolean
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
  /** What the hospital states of its entry in the master, and what became of it. */
  correction: Correction | null
  /** Of that entry, with the statement beside it; null while unlinked. */
  editHref: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/submission': SubmissionPageModel
  }
}

/** One answer with all its versions, and what an officer can settle about it. */
export function submissionRoutes(app: FastifyInstance, options: AdminOptions, readRows: ReadReviewed): void {
  const modelOf = ({ site }: FastifyRequest, number: string, extra: PageState = {}) =>
    submissionPageModel(options, readRows(), {
      number,
      geography: shippedGeography(site.prefectureCode),
      extra,
    })

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
  correctionRoutes(app, options, { show })
  withdrawalRoutes(app, options, { show })
  reviewRoutes(app, options, { show })
}

const DONE = new Map([
  ['noted', 'メモを追加しました。'],
  ['noted-and-marked', 'メモを追加し、印を変更しました。'],
  ['marked', '印を変更しました。'],
  ['looked', '確認事項を確認済みにしました。'],
  ['edited', '回答を訂正しました。受付番号と受付日時は変わりません。'],
  ['withdrawn', '回答を取り下げました。選定には使いません。回答は記録に残ります。'],
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
  ['correction-done', '訂正の申出を「対応済み」にしました。'],
  ['correction-declined', '訂正の申出を「対応しない」にしました。'],
  ['correction-open', '訂正の申出を「未対応」に戻しました。'],
])

type PageState = Parameters<AnswerPage['show']>[2]

interface Asked {
  number: string
  geography: Geography
  extra: PageState
}

/** @returns null where no submission has this number */
function submissionPageModel(
  { stores, mail }: AdminOptions,
  rows: readonly ReviewedRow[],
  { number, geography, extra }: Asked,
): SubmissionPageModel | null {
  const { typed = NOTHING_TYPED, note = NO_NOTE, flagError, done } = extra
  const hasMail = mail !== undefined
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
    answers: officeLines(submission.answers, furtherOf(stores, [submission.answers])),
    reception: receptionLines(submission),
    corrections: versionLines(stores, submission).slice(1).reverse(),
    review: reviewModel(stores, row, note),
    flagError: flagError ?? null,
    isCorrectable: isCorrectable(submission),
    isByProxy: isProxy(submission.channel),
    hasMail,
    comparison: answers.length > 1 ? comparisonOf(stores, answers, number) : null,
    history: submissionHistory(stores, number),
    act: actOf(stores, row, siblings, geography, typed),
    closing: closingActOf(submission.state),
    confirmed: confirmedSeat(stores, submission.hospitalCode),
    isLinked: isLinked(submission),
    closedAt: submission.closedAt ? dateTimeText(submission.closedAt) : '',
    waiting: submission.state === 'current' ? besideOf(answers, 'duplicate') : [],
    errorSummary: errorLines({
      hospitalCode: typed.hospitalError,
      reason: typed.reasonError,
      text: note.noteError,
      [`note-${flagError?.flag}`]: flagError?.message,
    }),
    done: done ?? null,
    correction: correctionReader(stores)(submission),
    editHref:
      row.hospital &&
      `/admin/hospitals/${encodeURIComponent(row.hospital.key)}/edit?correction=${submission.number}`,
  }
}

/** Every question that one of them was asked. */
function comparisonOf(stores: Stores, answers: readonly Submission[], number: string): Comparison {
  const further = furtherOf(
    stores,
    answers.map((each) => each.answers),
  )
  return comparison(answers, number, further)
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
