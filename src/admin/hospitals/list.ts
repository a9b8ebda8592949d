import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bandIndexOf, bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import type { Draft, ReadDraft } from '../../office/draft/draft.ts'
import { kept } from '../../office/kept.ts'
import { closedRows, hospitalRows, type ListedHospital } from '../../office/master/rows.ts'
import { regionOrder } from '../../office/region-order.ts'
import { CONFIRMED_KINDS, confirmedResults } from '../../office/rounds/confirmed.ts'
import { forReaders } from '../access.ts'
import { type FileAbout, type ListFile, listFileRoutes } from '../list/files.ts'
import {
  bandFilter,
  type List,
  type ListFilter,
  type ListPage,
  listPage,
  narrowed,
  regionFilter,
} from '../list/list.ts'
import { anyText, listQuery, oneOf, pageNumber, type QueryOf, sortBy } from '../list/query.ts'
import { fileColumns } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { hospitalColumns, hospitalsOnPage } from './columns.ts'
import { HOSPITAL_ORDERS } from './order.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/list': { list: ListPage }
  }
}

const NARROWING = { q: anyText, region: anyText, band: anyText }
const HOSPITALS = listQuery('/admin/hospitals', {
  ...NARROWING,
  answered: oneOf(['yes', 'no']),
  confirmed: oneOf([...CONFIRMED_KINDS.map(({ id }) => id), 'none']),
  seat: anyText,
  status: oneOf(['closed', 'all']),
  sort: sortBy(Object.keys(HOSPITAL_ORDERS), ''),
  page: pageNumber,
})

const PAGE_SIZE = 100

/** The master as a list, with files of the same rows. */
export function hospitalListRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  const readOpen = kept(options.stores, (prefectureCode: string) => {
    const [draft, confirmed] = [readDraft(), confirmedResults(options.stores)]
    return { draft, confirmed, open: hospitalRows(draft, confirmed, regionOrder(prefectureCode)) }
  })

  function hospitals({ site, query }: FastifyRequest) {
    const { draft, confirmed, open } = readOpen(site.prefectureCode)
    const byRegion = regionOrder(site.prefectureCode)
    const asked = HOSPITALS.parse(query)
    const rows: ListedHospital[] = [
      ...(asked.status === 'closed' ? [] : open),
      ...(asked.status === '' ? [] : closedRows(options.stores, confirmed, byRegion)),
    ]
    const list = { ...hospitalList(draft, rows, confirmed !== null), compare: comparing(byRegion) }
    return { list, rows, query: asked }
  }

  app.get('/hospitals', forReaders, async (request, reply) => {
    const { list, rows, query } = hospitals(request)
    return adminPage(reply, 'admin/hospitals/list', { list: listPage(list, rows, query) })
  })
  const action = 'hospitals.exported'
  listFileRoutes(app, options, { path: '/hospitals', name: '病院台帳', action }, (request, about) => {
    const { list, rows, query } = hospitals(request)
    return fileOf('hospitals', list, narrowed(list, rows, query), about)
  })
}

function comparing(byRegion: (a: string, b: string) => number) {
  return (key: string) => (a: ListedHospital, b: ListedHospital) => HOSPITAL_ORDERS[key]!(a, b, byRegion)
}

function fileOf(
  subject: string,
  { columns }: Pick<List<ListedHospital, never>, 'columns'>,
  rows: ListedHospital[],
  { encoding }: FileAbout,
): ListFile<ListedHospital> {
  return { columns: fileColumns(columns), rows, subject, detail: encoding ? { encoding } : {} }
}

function hospitalList(
  draft: Draft,
  rows: readonly ListedHospital[],
  isConfirmed: boolean,
): List<ListedHospital, QueryOf<typeof HOSPITALS>> {
  return {
    ...narrowing(draft, rows),
    query: HOSPITALS,
    filters: [
      ...narrowing(draft, rows).filters,
      {
        name: 'answered',
        label: '回答',
        choices: [
          { id: 'yes', label: '回答あり' },
          { id: 'no', label: '回答なし' },
        ],
        matches: ({ submission }, answered) => (submission !== null) === (answered === 'yes'),
      },
      ...(isConfirmed ? confirmedFilters(draft) : []),
      {
        name: 'status',
        label: '状態',
        blank: '閉院を除く',
        choices: [
          { id: 'closed', label: '閉院・統合済み' },
          { id: 'all', label: 'すべて' },
        ],
        // What the rows are already.
        matches: () => true,
      },
    ],
    columns: hospitalColumns(draft, isConfirmed),
    onPage: hospitalsOnPage(
      isConfirmed,
      rows.some(({ hospital }) => hospital.supportedIn !== null),
    ),
    table: { label: '病院台帳' },
  }
}

/** Once a round is confirmed: by what it decided, and by the band in which a seat lies, whatever the beds are today. */
function confirmedFilters({
  policy: { bands },
}: Draft): ListFilter<ListedHospital, QueryOf<typeof HOSPITALS>>[] {
  const seatOf = ({ confirmed }: ListedHospital) => {
    const beds = confirmed?.seatBeds ?? null
    return beds === null ? null : (bands[bandIndexOf(bands, beds)] ?? NO_BAND).id
  }
  return [
    {
      name: 'confirmed',
      label: '確定結果',
      choices: [...CONFIRMED_KINDS, { id: 'none', label: 'なし' }],
      matches: ({ confirmed }, kind) => (confirmed?.kind ?? 'none') === kind,
    },
    {
      name: 'seat',
      label: '支援枠の区分',
      choices: [...bands.map((band) => ({ id: band.id, label: bandLabel(band) })), NO_BAND],
      matches: (row, seat) => seatOf(row) === seat,
    },
  ]
}

/** What the list can be narrowed by. */
function narrowing({ snapshot }: Draft, rows: readonly ListedHospital[]) {
  const regions = [...new Set(rows.map(({ hospital }) => hospital.region))]
  return {
    search: { placeholder: '病院名、市町村、コード、電話番号', texts: searched },
    filters: [
      regionFilter(regions, ({ hospital }: ListedHospital) => hospital.region),
      bandFilter(snapshot.policy.bands, ({ hospital }: ListedHospital) => {
        const { bands } = snapshot.policy
        return bands[bandIndexOf(bands, hospital.beds)]?.id
      }),
    ],
    unit: '病院',
    size: PAGE_SIZE,
  }
}

function searched({ hospital }: ListedHospital) {
  const { key, medicalCode, naviiCode, gmisId, name, kana, municipality, phone, fax, email } = hospital
  return [key, medicalCode, naviiCode, gmisId, name, kana, municipality, phone, fax, email]
}
