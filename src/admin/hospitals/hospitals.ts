import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hospitalSheetColumns } from '../../files/hospitals/sheet-columns.ts'
import { type Column, toCsv } from '../../files/table/csv.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { type HospitalRow, hospitalRows } from '../../office/master/rows.ts'
import { regionOrder } from '../../office/region-order.ts'
import { forReaders } from '../access.ts'
import { encodingOf, sendCsv } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { type HospitalListModel, hospitalListModel, othersText } from './hospital-list.ts'
import { filterHospitals, type HospitalQuery, parseHospitalQuery } from './hospital-query.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/list': HospitalListModel
    'admin/hospitals/nonrespondents': HospitalListModel
  }
}

/** The master as a list, and of it those without an answer, each with a file of the same rows. */
export function hospitalListRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: ReadDraft,
): void {
  const partsOf = (request: FastifyRequest, fixed: Partial<HospitalQuery>) => ({
    draft: readDraft(),
    query: { ...parseHospitalQuery(request.query), ...fixed },
    byRegion: regionOrder(request.site.prefectureCode),
  })
  /** The rows of all pages. */
  const rowsFor = (request: FastifyRequest, fixed: Partial<HospitalQuery>): HospitalRow[] => {
    const { draft, query, byRegion } = partsOf(request, fixed)
    return filterHospitals(hospitalRows(draft, byRegion), query)
  }
  function send<Row>(reply: FastifyReply, { subject, name, columns, rows }: RowsFile<Row>): FastifyReply {
    const { request } = reply
    const encoding = encodingOf(request.query)
    const file = { name, fallback: `${subject}.csv`, csv: toCsv(columns, rows) }
    return sendCsv(reply, file, encoding, () => {
      const { login: actor } = officerOf(request)
      const detail = { rows: rows.length, encoding }
      stores.audit.append({ at: now(), actor, action: 'hospitals.exported', subject, detail })
    })
  }

  app.get('/hospitals', forReaders, async (request, reply) =>
    adminPage(
      reply,
      'admin/hospitals/list',
      hospitalListModel({ ...partsOf(request, {}), path: '/admin/hospitals' }),
    ),
  )

  app.get('/hospitals.csv', forReaders, async (request, reply) => {
    const rows = rowsFor(request, {}).map(({ hospital }) => hospital)
    return send(reply, { subject: 'hospitals', name: '病院一覧.csv', columns: hospitalSheetColumns, rows })
  })

  app.get('/nonrespondents', forReaders, async (request, reply) => {
    const parts = partsOf(request, { answered: 'no' })
    return adminPage(
      reply,
      'admin/hospitals/nonrespondents',
      hospitalListModel({ ...parts, path: '/admin/nonrespondents' }),
    )
  })

  app.get('/nonrespondents.csv', forReaders, async (request, reply) => {
    const rows = rowsFor(request, { answered: 'no' })
    const columns = NONRESPONDENT_COLUMNS
    return send(reply, { subject: 'nonrespondents', name: '未回答の病院.csv', columns, rows })
  })
}

interface RowsFile<Row> {
  /** As it stands on the record. */
  subject: 'hospitals' | 'nonrespondents'
  name: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
}

/** For the calls that follow the deadline's approach. */
const NONRESPONDENT_COLUMNS: readonly Column<HospitalRow>[] = [
  { header: '医療機関コード', value: ({ hospital }) => hospital.key },
  { header: '医療機関名', value: ({ hospital }) => hospital.name },
  { header: '二次医療圏', value: ({ hospital }) => hospital.region },
  { header: '市町村', value: ({ hospital }) => hospital.municipality },
  { header: '許可病床数', value: ({ hospital }) => hospital.beds },
  { header: '電話番号', value: ({ hospital }) => hospital.phone },
  { header: 'メールアドレス', value: ({ hospital }) => hospital.email },
  { header: 'そのほかの回答', value: ({ others }) => othersText(others) || null },
]
