import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CONTACT_RESULTS } from '../../domain/survey/contact.ts'
import { INVITATION_STATES } from '../../domain/survey/invitation.ts'
import { type NonrespondentRow, nonrespondentRows } from '../../office/requests/nonrespondents.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { listFileRoutes } from '../list/files.ts'
import { bandFilter, type List, type ListPage, listPage, narrowed, regionFilter } from '../list/list.ts'
import { anyText, listQuery, oneOf, pageNumber, type QueryOf } from '../list/query.ts'
import { fileColumns } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { mayWork } from '../session/officer.ts'
import { NONRESPONDENTS_ON_PAGE, nonrespondentColumns } from './columns.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/nonrespondents/list': {
      list: ListPage
      /** The call sheet of what the filter shows. */
      sheet: string
      /** How many were called, and how many not. */
      contacted: number
      done: string
    }
  }
}

/** Hospitals that were called at all, or not; and by what came of the last call. */
const CONTACTED = { id: 'any', label: '連絡あり' } as const
const NOT_CONTACTED = { id: 'none', label: '連絡なし' } as const

export const NONRESPONDENTS = listQuery('/admin/nonrespondents', {
  q: anyText,
  region: anyText,
  band: anyText,
  link: oneOf(INVITATION_STATES.map(({ id }) => id)),
  contact: oneOf([NOT_CONTACTED.id, CONTACTED.id, ...CONTACT_RESULTS.map(({ id }) => id)]),
  page: pageNumber,
})

const PAGE_SIZE = 100

/** 未回答: hospitals without an answer that counts, in official order, with files of the same rows. */
export function nonrespondentListRoutes(app: FastifyInstance, options: AdminOptions): void {
  app.get('/nonrespondents', forReaders, async (request, reply) => {
    const { list, rows, query } = nonrespondentsIn(request, options)
    return adminPage(reply, 'admin/nonrespondents/list', {
      list: listPage(list, rows, query),
      sheet: NONRESPONDENTS.address({ ...query, page: 1 }).replace(/^[^?]+/, '/admin/nonrespondents/calls'),
      contacted: rows.filter(({ contacts }) => contacts.length > 0).length,
      done: fieldsOf(request.query).get('done') === 'recorded' ? '連絡の記録を登録しました。' : '',
    })
  })

  const names = { path: '/nonrespondents', name: '未回答の病院', action: 'hospitals.exported' }
  listFileRoutes(app, options, names, (request, { encoding }) => {
    const { list, rows, query } = nonrespondentsIn(request, options)
    return {
      columns: fileColumns(list.columns),
      rows: narrowed(list, rows, query),
      subject: 'nonrespondents',
      detail: encoding ? { encoding } : {},
    }
  })
}

/** The list as an address narrows it. */
export function nonrespondentsIn(request: FastifyRequest, { stores }: AdminOptions) {
  const { site, query } = request
  const rows = nonrespondentRows(stores, site.prefectureCode)
  const regions = [...new Set(rows.map(({ hospital }) => hospital.region))]
  const list: List<NonrespondentRow, QueryOf<typeof NONRESPONDENTS>> = {
    query: NONRESPONDENTS,
    search: { placeholder: '病院名、フリガナ、市町村、コード', texts: searched },
    filters: [
      regionFilter(regions, ({ hospital }: NonrespondentRow) => hospital.region),
      bandFilter(stores.policies.current().policy.bands, ({ band }: NonrespondentRow) => band?.id),
      {
        name: 'link',
        label: '回答用リンク',
        choices: INVITATION_STATES.filter(({ id }) => id !== 'answered'),
        matches: ({ state }, wanted) => state === wanted,
      },
      {
        name: 'contact',
        label: '連絡',
        choices: [NOT_CONTACTED, CONTACTED, ...CONTACT_RESULTS],
        matches: ({ contacts }, wanted) => isContacted(contacts, wanted),
      },
    ],
    columns: nonrespondentColumns(mayWork(request)),
    onPage: NONRESPONDENTS_ON_PAGE,
    unit: '病院',
    size: PAGE_SIZE,
    table: { label: '未回答の病院' },
  }
  return { list, rows, query: NONRESPONDENTS.parse(query) }
}

function isContacted(contacts: NonrespondentRow['contacts'], wanted: string): boolean {
  if (wanted === NOT_CONTACTED.id) return contacts.length === 0
  return wanted === CONTACTED.id ? contacts.length > 0 : contacts.at(-1)?.result === wanted
}

function searched({ hospital }: NonrespondentRow) {
  const { key, medicalCode, naviiCode, name, kana, municipality } = hospital
  return [key, medicalCode, naviiCode, name, kana, municipality]
}
