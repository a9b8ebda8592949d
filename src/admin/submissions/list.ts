import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  CHANNEL_CHOICES,
  CHANNEL_IDS,
  CONSENT_CHOICES,
  CONSENT_IDS,
  EMR_CHOICES,
  EMR_IDS,
  INTENT_CHOICES,
  INTENT_IDS,
  isProxy,
  wantsSupport,
} from '../../domain/answer/choices.ts'
import { type FurtherQuestion, furtherField } from '../../domain/answer/further.ts'
import { MARK_IDS, MARKS } from '../../domain/answer/mark.ts'
import { questionOf } from '../../domain/answer/questions.ts'
import { SUBMISSION_STATE_IDS, SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import type { Band } from '../../domain/selection/bands.ts'
import { inShort } from '../../domain/text/choice.ts'
import { byReadingAndNumber } from '../../domain/text/reading-order.ts'
import { FLAG_CHOICES } from '../../office/answers/flags.ts'
import { openFindings, type ReadReviewed, type ReviewedRow } from '../../office/answers/review.ts'
import { kept } from '../../office/kept.ts'
import { correctionReader } from '../../office/master/corrections.ts'
import { regionOrder } from '../../office/region-order.ts'
import { forReaders } from '../access.ts'
import { listFileRoutes } from '../list/files.ts'
import { bandFilter, type List, type ListPage, listPage, narrowed, regionFilter } from '../list/list.ts'
import { anyText, listQuery, oneOf, pageNumber, type QueryOf, sortBy } from '../list/query.ts'
import { fileColumns } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { mayWork } from '../session/officer.ts'
import { submissionColumns, submissionsOnPage, tickedColumns } from './columns.ts'
import { ANSWERS_VIEW, furtherFilters, furtherParameters, furtherSorts } from './further-columns.ts'
import { type MarkedLine, markedLine, markingRoutes, type ShowList } from './marking.ts'

interface ListModel {
  list: ListPage
  /** The same with what was answered to the further questions, or how it came in; null where there are none. */
  otherView: { href: string; label: string } | null
  /** The query of the list, to come back to it. */
  back: string
  marked: MarkedLine | null
  /** What was not done, and why; '' where nothing was asked. */
  refused: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/list': ListModel
  }
}

/** Whatever staff have entered. */
const BY_PROXY = { id: 'proxy', label: '代理入力（すべて）' } as const
/** Any flag that nobody has looked at. */
const UNSEEN = { id: 'open', label: '未確認のもの（すべて）' } as const

/** Any of the answers that want support. */
const WANTING = { id: 'wanting', label: '希望する（すべて）' } as const

type RegionOrder = (a: string, b: string) => number

const SORTS: Record<string, (a: ReviewedRow, b: ReviewedRow, byRegion: RegionOrder) => number> = {
  number: (a, b) => a.submission.id - b.submission.id,
  hospital: (a, b) => byReadingAndNumber(reading(a), reading(b)),
  region: (a, b, byRegion) => byRegion(a.hospital?.region ?? '', b.hospital?.region ?? ''),
  beds: (a, b) => a.beds - b.beds,
  emr: byPlace(EMR_IDS, ({ submission }) => submission.answers.emr),
  intent: byPlace(INTENT_IDS, ({ submission }) => submission.answers.intent),
  gmisConsent: byPlace([true, false], ({ submission }) => submission.answers.gmisConsent),
  submittedAt: (a, b) => a.submission.submittedAt.getTime() - b.submission.submittedAt.getTime(),
  state: byPlace(SUBMISSION_STATE_IDS, ({ submission }) => submission.state),
  mark: byPlace(MARK_IDS, ({ mark }) => mark),
}

const PARAMETERS = {
  q: anyText,
  state: oneOf(SUBMISSION_STATE_IDS),
  emr: oneOf(EMR_IDS),
  intent: oneOf([WANTING.id, ...INTENT_IDS]),
  region: anyText,
  band: anyText,
  correction: oneOf(['yes', 'done', 'declined', 'any']),
  consent: oneOf(CONSENT_IDS),
  gmis: oneOf(['yes', 'no']),
  channel: oneOf([BY_PROXY.id, ...CHANNEL_IDS]),
  mark: oneOf(MARK_IDS),
  flag: oneOf([UNSEEN.id, ...FLAG_CHOICES.map(({ id }) => id)]),
  page: pageNumber,
}

/** With the further questions of this edition. */
function queryWith(further: readonly FurtherQuestion[]) {
  const sorts = [...Object.keys(SORTS), ...further.map(({ id }) => furtherField(id))]
  return listQuery('/admin/submissions', {
    ...PARAMETERS,
    ...furtherParameters(further),
    sort: sortBy(sorts, '-submittedAt'),
  })
}
type Query = ReturnType<typeof queryWith>

/** The list of answers, as a page and as files with the same rows. */
export function submissionListRoutes(
  app: FastifyInstance,
  options: AdminOptions,
  readRows: ReadReviewed,
): void {
  const { stores } = options

  // What the list is made of beside its rows.
  const readAmong = kept(stores, () => ({
    regions: [...new Set(stores.hospitals.all().map(({ region }) => region))],
    gmis: new Set(stores.gmis.all().keys()),
    bands: stores.policies.current().policy.bands,
    correctionOf: correctionReader(stores),
    further: stores.questions.all(),
  }))

  function listOf({ site, query }: Pick<FastifyRequest, 'site' | 'query'>) {
    const byRegion = regionOrder(site.prefectureCode)
    const among = readAmong()
    const rows = readRows()
    const list = submissionList({ ...among, rows, byRegion, regions: among.regions.toSorted(byRegion) })
    return { list, rows, query: list.query.parse(query) }
  }

  const page: ShowList = (reply, source, { picked = [], marked = null, refused = '' }) => {
    const { list, rows, query } = listOf({ site: reply.request.site, query: source })
    const shown = mayWork(reply.request)
      ? { ...list, columns: tickedColumns(list.columns, new Set(picked)) }
      : list
    return adminPage(reply, 'admin/submissions/list', {
      list: listPage({ ...shown, onPage: submissionsOnPage(list.columns, query.view) }, rows, query),
      otherView: stores.questions.all().length > 0 ? otherView(list.query, query) : null,
      back: list.query.address(query).replace(/^[^?]*\??/, ''),
      marked,
      refused,
    })
  }

  app.get('/submissions', forReaders, async (request, reply) =>
    page(reply, request.query, { marked: markedLine(stores, request) }),
  )
  markingRoutes(app, options, page)

  const names = { path: '/submissions', name: '回答一覧', action: 'submissions.exported' }
  listFileRoutes(app, options, names, (request, { type, encoding }) => {
    const { list, rows, query } = listOf(request)
    return {
      columns: fileColumns(list.columns),
      rows: narrowed(list, rows, query),
      subject: type,
      detail: encoding ? { encoding } : {},
    }
  })
}

function otherView({ address }: Query, query: QueryOf<Query>): ListModel['otherView'] {
  return query.view === ''
    ? { href: address({ ...query, view: ANSWERS_VIEW.id }), label: '質問の回答を一覧で見る' }
    : { href: address({ ...query, view: '' }), label: '受付の内容を一覧で見る' }
}

interface Among {
  byRegion: RegionOrder
  regions: readonly string[]
  bands: readonly Band[]
  correctionOf: ReturnType<typeof correctionReader>
  /** Whose GMIS answers are taken in. */
  gmis: ReadonlySet<string>
  /** All that there ever were. */
  further: readonly FurtherQuestion[]
  rows: readonly ReviewedRow[]
}

function submissionList({
  byRegion,
  regions,
  bands,
  correctionOf,
  gmis,
  further,
  rows,
}: Among): List<ReviewedRow, QueryOf<Query>> {
  const sorts = { ...SORTS, ...furtherSorts(further) }
  const columns = submissionColumns(further)
  return {
    query: queryWith(further),
    search: { placeholder: '病院名、番号、担当者、電話、メール', texts: searched },
    filters: [
      {
        name: 'state',
        label: '状態',
        choices: inShort(SUBMISSION_STATES),
        matches: ({ submission }, state) => submission.state === state,
      },
      {
        name: 'emr',
        label: questionOf('emr').shortLabel,
        choices: inShort(EMR_CHOICES),
        matches: ({ submission }, emr) => submission.answers.emr === emr,
      },
      {
        name: 'intent',
        label: questionOf('intent').shortLabel,
        choices: [WANTING, ...inShort(INTENT_CHOICES)],
        matches: ({ submission: { answers } }, wanted) =>
          wanted === WANTING.id ? wantsSupport(answers.intent) : answers.intent === wanted,
      },
      ...furtherFilters(further, rows),
      regionFilter(regions, ({ hospital }) => hospital?.region),
      bandFilter(bands, ({ band }) => band?.id),
      {
        name: 'correction',
        label: questionOf('masterCorrection').shortLabel,
        choices: CORRECTIONS,
        matches: ({ submission }, wanted) => {
          const correction = correctionOf(submission)
          if (wanted === 'any' || correction === null) return correction !== null
          return correction.state === (wanted === 'yes' ? 'open' : wanted)
        },
      },
      {
        name: 'consent',
        label: questionOf('gmisConsent').shortLabel,
        choices: inShort(CONSENT_CHOICES),
        matches: ({ submission }, consent) => submission.answers.gmisConsent === (consent === 'yes'),
      },
      {
        name: 'gmis',
        label: 'GMIS調査の回答',
        choices: [
          { id: 'yes', label: '取込み済み' },
          { id: 'no', label: 'なし' },
        ],
        matches: ({ submission, hospital }, wanted) =>
          (submission.state === 'current' && gmis.has(hospital?.key ?? '')) === (wanted === 'yes'),
      },
      {
        name: 'channel',
        label: '受付方法',
        choices: [BY_PROXY, ...CHANNEL_CHOICES],
        matches: ({ submission: { channel: its } }, channel) =>
          channel === BY_PROXY.id ? isProxy(its) : its === channel,
      },
      {
        name: 'mark',
        label: '照会・確認',
        choices: MARKS,
        matches: ({ mark: its }, mark) => its === mark,
      },
      {
        name: 'flag',
        label: '確認事項',
        choices: [UNSEEN, ...FLAG_CHOICES],
        matches: (row, flag) =>
          flag === UNSEEN.id ? openFindings(row).length > 0 : row.findings.some((each) => each.flag === flag),
      },
    ],
    compare: (key) => (a, b) => sorts[key]!(a, b, byRegion) || a.submission.id - b.submission.id,
    columns,
    onPage: submissionsOnPage(columns, ''),
    unit: '件',
    table: { label: '回答一覧' },
  }
}

/** What a hospital states of its entry in the master, by what became of it. */
const CORRECTIONS = [
  { id: 'yes', label: '申出あり（未対応）' },
  { id: 'done', label: '対応済み' },
  { id: 'declined', label: '対応しない' },
  { id: 'any', label: '申出あり（すべて）' },
]

function searched({ submission, hospital, hospitalName }: ReviewedRow) {
  const { contactName, department, phone, email } = submission.answers
  const { number, typedHospital } = submission
  const names = [
    number,
    hospital?.key,
    hospital?.medicalCode,
    hospitalName,
    hospital?.kana,
    typedHospital?.name,
  ]
  return [...names, contactName, department, phone, email]
}

function reading({ hospital, hospitalName }: ReviewedRow): string {
  return hospital?.kana ?? hospitalName
}

/** In the order in which the choices are offered. */
function byPlace<Value>(places: readonly Value[], of: (row: ReviewedRow) => Value) {
  return (a: ReviewedRow, b: ReviewedRow) => places.indexOf(of(a)) - places.indexOf(of(b))
}
