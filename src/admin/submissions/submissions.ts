import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AuditValue } from '../../domain/record/audit.ts'
import { toCsv } from '../../files/table/csv.ts'
import { sheetOf, toXlsx, XLSX_TYPE } from '../../files/xlsx/write.ts'
import { type SubmissionRow, submissionRows } from '../../office/answers/rows.ts'
import { regionOrder } from '../../office/region-order.ts'
import { forReaders } from '../access.ts'
import { encodingOf, sendCsv, sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { SUBMISSION_COLUMNS } from './submission-columns.ts'
import { type SubmissionListModel, submissionListModel } from './submission-list.ts'
import { filterSubmissions, parseSubmissionQuery } from './submission-query.ts'
import { sortSubmissions } from './submission-sort.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/list': SubmissionListModel
  }
}

/** The list of answers, as a page and as a file with the same rows. */
export function submissionListRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  app.get('/submissions', forReaders, async (request, reply) => {
    const query = parseSubmissionQuery(request.query)
    const byRegion = regionOrder(request.site.prefectureCode)
    const all = submissionRows(stores)
    const rows = sortSubmissions(filterSubmissions(all, query), query.sort, byRegion)
    const regions = [...new Set(stores.hospitals.all().map(({ region }) => region))].sort(byRegion)
    const { bands } = stores.policies.current().policy
    return adminPage(
      reply,
      'admin/submissions/list',
      submissionListModel({ all, rows, query, regions, bands }),
    )
  })

  app.get('/submissions.csv', forReaders, async (request, reply) => {
    const encoding = encodingOf(request.query)
    const rows = rowsShown(request)
    const file = {
      name: '回答一覧.csv',
      fallback: 'submissions.csv',
      csv: toCsv(SUBMISSION_COLUMNS, rows),
    }
    return sendCsv(reply, file, encoding, () => record(request, 'csv', { rows: rows.length, encoding }))
  })

  app.get('/submissions.xlsx', forReaders, async (request, reply) => {
    const rows = rowsShown(request)
    const bytes = await toXlsx([sheetOf('回答一覧', SUBMISSION_COLUMNS, rows)])
    const file = { name: '回答一覧.xlsx', fallback: 'submissions.xlsx', type: XLSX_TYPE, bytes }
    return sendFile(reply, file, () => record(request, 'xlsx', { rows: rows.length }))
  })

  /** The rows that the filter shows, of all pages. */
  function rowsShown(request: FastifyRequest): SubmissionRow[] {
    const query = parseSubmissionQuery(request.query)
    const byRegion = regionOrder(request.site.prefectureCode)
    return sortSubmissions(filterSubmissions(submissionRows(stores), query), query.sort, byRegion)
  }

  function record(request: FastifyRequest, subject: string, detail: Record<string, AuditValue>): void {
    const { login: actor } = officerOf(request)
    stores.audit.append({ at: now(), actor, action: 'submissions.exported', subject, detail })
  }
}
