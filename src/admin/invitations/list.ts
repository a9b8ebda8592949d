import type { FastifyInstance, FastifyRequest } from 'fastify'
import { INVITATION_STATES, type InvitationState } from '../../domain/survey/invitation.ts'
import { type KeyState, keyState, linkMaker } from '../../office/invitations/links.ts'
import { type InvitationRow, invitationRows } from '../../office/invitations/rows.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import { chosenRows } from '../chosen.ts'
import { listFileRoutes } from '../list/files.ts'
import { type List, type ListPage, listPage, narrowed, regionFilter } from '../list/list.ts'
import { anyText, listQuery, oneOf, pageNumber, type QueryOf } from '../list/query.ts'
import { fileColumns } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { INVITATIONS_ON_PAGE, invitationColumns } from './columns.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/invitations/list': {
      list: ListPage
      counts: { id: InvitationState; label: string; count: number; href: string }[]
      key: KeyState
      /** What the filter shows, carried along by the form below the list. */
      shown: { name: string; value: string }[]
      issued: number
      done: { heading: string; text: string; next: { href: string; label: string }[] } | null
    }
  }
}

const INVITATIONS = listQuery('/admin/invitations', {
  q: anyText,
  region: anyText,
  state: oneOf(INVITATION_STATES.map(({ id }) => id)),
  page: pageNumber,
})

const PAGE_SIZE = 250

/** Every hospital with its link and how far it is: a list, and the file for a mail merge. */
export function invitationListRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, invitationKey } = options

  app.get('/invitations', forOfficers, async (request, reply) => {
    const { rows, list, query } = invitationsIn(request, options)
    const count = (wanted: InvitationState) => rows.filter(({ state }) => state === wanted).length
    return adminPage(reply, 'admin/invitations/list', {
      list: listPage(list, rows, query),
      counts: INVITATION_STATES.map(({ id, label }) => ({
        id,
        label,
        count: count(id),
        href: INVITATIONS.address({ q: '', region: '', page: 1, state: id }),
      })),
      key: keyState(stores, invitationKey),
      shown: Object.entries({ q: query.q, region: query.region, state: query.state })
        .filter(([, value]) => value !== '')
        .map(([name, value]) => ({ name, value })),
      issued: rows.filter(({ invitation }) => invitation !== null).length,
      done: doneOf(fieldsOf(request.query)),
    })
  })

  const names = {
    path: '/invitations',
    name: '調査依頼（差込み用）',
    sheet: '調査依頼',
    action: 'invitations.exported',
    role: 'officer',
  } as const
  listFileRoutes(app, options, names, (request, { type, encoding }) => {
    const { rows, list, query } = invitationsIn(request, options)
    return {
      columns: fileColumns(list.columns),
      rows: chosenRows(request.query, rows) ?? narrowed(list, rows, query),
      subject: type,
      detail: encoding ? { encoding } : {},
    }
  })
}

/** The list as an address narrows it. */
export function invitationsIn({ site, query }: FastifyRequest, options: AdminOptions) {
  const { stores, invitationKey, publicUrl } = options
  const rows = invitationRows(stores, site.prefectureCode)
  const linkOf = linkMaker(stores, invitationKey, publicUrl)
  const regions = [...new Set(rows.map(({ hospital }) => hospital.region))]
  const list: List<InvitationRow, QueryOf<typeof INVITATIONS>> = {
    query: INVITATIONS,
    search: { placeholder: '病院名、フリガナ、市町村、コード', texts: searched },
    filters: [
      regionFilter(regions, ({ hospital }: InvitationRow) => hospital.region),
      {
        name: 'state',
        label: '状態',
        choices: INVITATION_STATES,
        matches: ({ state }, wanted) => state === wanted,
      },
    ],
    columns: invitationColumns({ linkOf, deadline: site.deadline }),
    onPage: INVITATIONS_ON_PAGE,
    unit: '病院',
    size: PAGE_SIZE,
    table: { label: '調査依頼' },
  }
  return { rows, list, query: INVITATIONS.parse(query) }
}

function searched({ hospital }: InvitationRow) {
  const { key, medicalCode, naviiCode, name, kana, municipality } = hospital
  return [key, medicalCode, naviiCode, name, kana, municipality]
}

function doneOf({ get }: { get(name: string): string }) {
  const count = Number(/^\d{1,5}$/.exec(get('count'))?.[0] ?? 0)
  switch (get('done')) {
    case 'issued':
      return {
        heading: `${count}病院に回答用リンクを発行しました`,
        text: '病院には、まだ知らせていません。依頼状を印刷するか、差込み用のファイルを使ってお送りください。',
        next: [
          { href: '/admin/invitations/letters', label: '依頼状を印刷する' },
          {
            href: INVITATIONS.fileAddress(INVITATIONS.parse({}), { type: 'xlsx' }),
            label: '差込み用のファイル（Excel）',
          },
        ],
      }
    case 'key':
      return {
        heading: '回答用リンクの鍵を切り替えました',
        text: '以前にお送りした回答用リンクは使えません。新しいリンクを、改めて病院にお送りください。',
        next: [{ href: '/admin/invitations/letters', label: '依頼状を印刷する' }],
      }
    case 'text':
      return {
        heading: '依頼状の文面を保存しました',
        text: '',
        next: [{ href: '/admin/invitations/letters', label: '依頼状を見る' }],
      }
    default:
      return null
  }
}
