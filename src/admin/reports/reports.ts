import type { FastifyInstance } from 'fastify'
import type { Report } from '../../db/reports.ts'
import type { Stores } from '../../db/stores.ts'
import { questionOf } from '../../domain/answer/questions.ts'
import { REPORT_WAYS } from '../../domain/record/report.ts'
import { editionLabel, roundLabel } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText, dayText } from '../../domain/text/dates.ts'
import { parseCsv, plainCell } from '../../files/table/csv.ts'
import { decodeText } from '../../files/table/encoding.ts'
import { officerNames } from '../../office/officer-names.ts'
import { coverage, type ReportStanding, reportFileNames, standingOf } from '../../office/reports/report.ts'
import { reportState } from '../../office/rounds/reported.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { link, type Tone, tag } from '../list/cell.ts'
import { type Column, type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { correctionRoutes } from './correction.ts'
import { factLines } from './facts.ts'
import { FILE_PATHS, fileLinks, nameOfFile, sendReportFile } from './files.ts'
import { newReportRoutes } from './new.ts'

interface Identified {
  Params: { id: string }
}

interface ReportsModel {
  reports: Table | null
  /** Rounds of which the newest edition was not reported yet. */
  open: { href: string; text: string }[]
}

interface ReportModel {
  id: number
  label: string
  standing: ReportStanding
  standingText: string
  lines: { label: string; text: string }[]
  /** 記録の訂正: the newest first. */
  corrections: {
    at: string
    lines: { label: string; text: string }[]
    reason: string
    isTakenBack: boolean
  }[]
  files: ReturnType<typeof fileLinks>
  /** What was sent, row by row. */
  rows: Table
  done: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/reports/list': ReportsModel
    'admin/reports/report': ReportModel
  }
}

/** 厚生労働省への報告: what was sent, when and how, and the very files. */
export function reportRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores } = options
  newReportRoutes(app, options)
  correctionRoutes(app, options)

  app.get('/reports', forReaders, async (_request, reply) => {
    const all = stores.reports.all()
    const lines = all.toReversed().map((report) => ({ report, standing: standingOf(report, all) }))
    return adminPage(reply, 'admin/reports/list', {
      reports: lines.length === 0 ? null : tableOf(COLUMNS, lines, { label: '報告の記録' }),
      open: openRounds(stores),
    })
  })

  app.get<Identified>('/reports/:id', forReaders, async (request, reply) => {
    const report = reportAt(stores, request.params.id)
    if (!report) return refusal(reply, 'not-found')
    const done = DONE.get(fieldsOf(request.query).get('done')) ?? ''
    return adminPage(reply, 'admin/reports/report', { ...reportModel(stores, report), done })
  })

  for (const path of FILE_PATHS)
    app.get<Identified>(`/reports/:id/${path}`, forReaders, async (request, reply) => {
      const report = reportAt(stores, request.params.id)
      const name = nameOfFile(path, request.query)
      const file = report && stores.reports.file(report.id, name)
      if (!report || !file) return refusal(reply, 'not-found')
      return sendReportFile(reply, options, {
        name,
        bytes: file.bytes,
        saved: reportFileNames(`報告第${report.id}号`, `report-${report.id}`, path),
        subject: `report ${report.id}`,
        action: 'report.downloaded',
        detail: {},
      })
    })
}

const DONE = new Map([
  [
    'recorded',
    '報告を記録し、送付したファイルを保存しました。結果を表示している回では、選定した病院の受付票に「報告済み」と表示します。次は、通知文を送ってください。',
  ],
  ['corrected', '報告の記録を訂正しました。送付したファイルは変わりません。'],
  ['taken-back', '報告の記録を取り消しました。受付票には、報告済みと表示しません。'],
])

function reportAt({ reports }: Stores, id: string): Report | null {
  return /^[1-9]\d{0,8}$/.test(id) ? reports.byId(Number(id)) : null
}

const STANDINGS: Record<ReportStanding, { tone: Tone; label: string; text: string }> = {
  'in-force': { tone: 'ok', label: '有効', text: '現在の報告です。' },
  'partly-replaced': {
    tone: 'warn',
    label: '一部差替え済み',
    text: '一部の回は、後の報告に差し替えました。',
  },
  replaced: { tone: 'muted', label: '差替え済み', text: '後の報告に差し替えました。' },
  'taken-back': { tone: 'error', label: '記録の取消し', text: '誤って記録したものとして、取り消しました。' },
}

interface ReportLine {
  report: Report
  standing: ReportStanding
}

const COLUMNS: readonly Column<ReportLine>[] = [
  {
    header: '報告',
    cell: ({ report }) => link(`第${report.id}号`, `/admin/reports/${report.id}`),
    look: 'name',
  },
  {
    header: '状態',
    cell: ({ standing }) => tag(STANDINGS[standing].tone, STANDINGS[standing].label),
    card: 'state',
  },
  { header: '報告日', cell: ({ report }) => dayText(report.facts.reportedOn), look: 'keep', card: 'below' },
  { header: '文書番号', cell: ({ report }) => report.facts.documentNumber, card: 'below' },
  { header: '送付の方法', cell: ({ report }) => labelOf(REPORT_WAYS, report.facts.way), card: 'below' },
  { header: '対象', cell: ({ report }) => coveredBy(report), card: 'below' },
]

function coveredBy({ editions, numbering }: Report): string {
  return coverage(
    editions.map(({ number }) => number),
    numbering,
  )
}

function openRounds(stores: Stores): ReportsModel['open'] {
  return stores.editions.newest().flatMap((round) => {
    const state = reportState(stores, round)
    if (state === 'reported') return []
    const href = `/admin/rounds/${round.number}/report`
    const text =
      state === 'unreported'
        ? `${roundLabel(round.number)}は、まだ報告していません。`
        : `${editionLabel(round.number, round.edition)}は、まだ報告していません（差替えが必要です）。`
    return [{ href, text }]
  })
}

function reportModel(stores: Stores, report: Report): Omit<ReportModel, 'done'> {
  const { id, facts, corrections, reason, recordedAt, recordedBy } = report
  const nameOf = officerNames(stores)
  const standing = standingOf(report, stores.reports.all())
  return {
    id,
    label: `報告第${id}号`,
    standing,
    standingText: STANDINGS[standing].text,
    lines: [
      { label: '対象', text: coveredBy(report) },
      {
        label: '版',
        text: report.editions.map((each) => editionLabel(each.number, each.edition)).join('、'),
      },
      ...factLines(facts),
      ...(reason === null ? [] : [{ label: '差替えの理由', text: reason }]),
      { label: '記録', text: `${dateTimeText(recordedAt)}　${nameOf(recordedBy)}` },
    ],
    corrections: corrections.toReversed().map((each) => ({
      at: `${dateTimeText(each.recordedAt)}　${nameOf(each.recordedBy)}`,
      lines: factLines(each),
      reason: each.reason,
      isTakenBack: each.isTakenBack,
    })),
    files: fileLinks(`/admin/reports/${id}`, stores.reports.files(id)),
    rows: rowsTable(stores, report),
  }
}

/** Of the many columns those by which a hospital is found; the files have all. */
const SHOWN = [
  '順位',
  '医療機関名',
  '医療機関コード',
  '二次医療圏',
  '許可病床数',
  questionOf('remarks').fileLabel,
]

function rowsTable(stores: Stores, { id }: Report): Table {
  const bytes = stores.reports.file(id, 'ministry.csv')?.bytes ?? Buffer.from('')
  const text = decodeText(bytes)
  const csv = text.ok ? parseCsv(text.text) : text
  const [heads = [], ...rows] = csv.ok && 'rows' in csv ? csv.rows : []
  const found = SHOWN.map((header) => ({ header, index: heads.indexOf(header) })).filter(
    ({ index }) => index >= 0,
  )
  const columns = found.map(
    ({ header, index }): Column<string[]> => ({
      header,
      cell: (cells) => plainCell(cells[index] ?? ''),
      ...(header === '医療機関名'
        ? { look: 'name' }
        : header === '順位'
          ? { look: 'number', card: 'place' }
          : { card: 'below' }),
    }),
  )
  return tableOf(columns, rows, { label: '報告した病院' })
}
