import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { HOSPITAL_FUNCTIONS, INSPECTIONS } from '../../domain/master/hospital.ts'
import { bandLabel } from '../../domain/selection/policy.ts'
import { selectionTexts } from '../../domain/selection/words/decision.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { type HospitalRow, hospitalRows } from '../../office/master/rows.ts'
import type { Filter } from '../list/filters.ts'
import { type Paging, pageOf } from '../list/paging.ts'
import { filterHospitals, type HospitalQuery, hospitalAddress } from './hospital-query.ts'

export interface HospitalListModel {
  query: HospitalQuery
  filters: Filter[]
  isFiltered: boolean
  rows: HospitalLine[]
  paging: Paging
  /** Of how many. */
  all: number
  csv: { utf8: string; cp932: string }
}

export interface HospitalLine {
  code: string
  name: string
  region: string
  municipality: string
  beds: number
  band: string
  functions: string
  inspection: string
  phone: string
  email: string
  /** The receipt number of the answer that counts. */
  answer: string | null
  /** R-0003（取下げ） */
  others: string
  decision: string
  isSelected: boolean
}

const PAGE_SIZE = 100
const CHOICES = [
  { id: 'yes', label: '回答あり' },
  { id: 'no', label: '回答なし' },
]

interface ListParts {
  draft: Draft
  query: HospitalQuery
  byRegion: (a: string, b: string) => number
  /** The page's address; its file has `.csv` behind it. */
  path: string
}

export function hospitalListModel({ draft, query, byRegion, path }: ListParts): HospitalListModel {
  const all = hospitalRows(draft, byRegion)
  const found = filterHospitals(all, query)
  const { rows, paging } = pageOf(found, {
    page: query.page,
    size: PAGE_SIZE,
    hrefOf: (page) => hospitalAddress(query, { page }, path),
  })
  const regions = [...new Set(all.map(({ hospital }) => hospital.region))]
  return {
    query,
    filters: filtersOf(draft, query, regions),
    isFiltered: [query.q, query.region, query.band, query.answered].some(Boolean),
    rows: rows.map(lineOf(draft)),
    paging,
    all: all.length,
    csv: {
      utf8: hospitalAddress(query, { page: 1 }, `${path}.csv`),
      cp932: hospitalAddress(query, { page: 1, encoding: 'cp932' }, `${path}.csv`),
    },
  }
}

function filtersOf({ snapshot }: Draft, query: HospitalQuery, regions: readonly string[]): Filter[] {
  const bands = snapshot.policy.bands.map((band) => ({ id: band.id, label: bandLabel(band) }))
  const byName = regions.map((region) => ({ id: region, label: region }))
  return [
    { name: 'region', label: '医療圏', value: query.region, choices: byName },
    {
      name: 'band',
      label: '病床規模区分',
      value: query.band,
      choices: [...bands, { id: 'none', label: '区分外' }],
    },
    { name: 'answered', label: '回答', value: query.answered, choices: CHOICES },
  ]
}

function lineOf({ snapshot, result }: Draft): (row: HospitalRow) => HospitalLine {
  const texts = selectionTexts(snapshot, result)
  const bands = new Map(snapshot.policy.bands.map((band) => [band.id, bandLabel(band)]))
  return ({ hospital, submission, others, result: row }) => ({
    code: hospital.key,
    name: hospital.name,
    region: hospital.region,
    municipality: hospital.municipality ?? '－',
    beds: hospital.beds,
    band: bands.get(row.band ?? '') ?? '区分外',
    functions: hospital.functions.map((id) => labelOf(HOSPITAL_FUNCTIONS, id)).join('、'),
    inspection: labelOf(INSPECTIONS, hospital.inspection),
    phone: hospital.phone ?? '（登録なし）',
    email: hospital.email ?? '（登録なし）',
    answer: submission?.number ?? null,
    others: othersText(others),
    decision: texts.decision(row),
    isSelected: row.decision === 'selected',
  })
}

export function othersText(others: HospitalRow['others']): string {
  return others.map(({ number, state }) => `${number}（${labelOf(SUBMISSION_STATES, state)}）`).join('、')
}
