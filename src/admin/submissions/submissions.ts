import type { FastifyInstance, FastifyRequest } from 'fastify'
import { toCsv } from '../../files/table/csv.ts'
import { sheetOf, toXlsx, XLSX_TYPE } from '../../files/xlsx/write.ts'
import { type SubmissionRow, submissionRows } from '../../office/answers/rows.ts'
import { regionOrder } from '../../office/region-order.ts'
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
  app.get('/submissions', async (request, reply) => {
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

  app.get('/submissions.csv', async (request, reply) => {
    const encoding = encodingOf(request.query)
    const rows = exported(request, 'csv', { encoding })
    const csv = toCsv(SUBMISSION_COLUMNS, rows)
    return sendCsv(reply, { name: '回答一覧.csv', fallback: 'submissions.csv', csv }, encoding)
  })

  app.get('/submissions.xlsx', async (request, reply) => {
    const bytes = await toXlsx([sheetOf('回答一覧', SUBMISSION_COLUMNS, exported(request, 'xlsx', {}))])
    return sendFile(reply, { name: '回答一覧.xlsx', fallback: 'submissions.xlsx', type: XLSX_TYPE, bytes })
  })

  /** The rows that the filter shows, once it is on the record who took them out. */
  function exported(request: FastifyRequest, subject: string, about: { encoding?: string }): SubmissionRow[] {
    const query = parseSubmissionQuery(request.query)
    const byRegion = regionOrder(request.site.prefectureCode)
    const rows = sortSubmissions(filterSubmissions(submissionRows(stores), query), query.sort, byRegion)
    const { login: actor } = officerOf(request)
    const detail = { rows: rows.length, ...about }
    stores.audit.append({ at: now(), actor, action: 'submissions.exported', subject, detail })
    return rows
  }
}
