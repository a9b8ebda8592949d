import { EMR_SHORT, INTENT_SHORT, STATE_SHORT } from '../../domain/answer/short-labels.ts'
import { type Band, bandLabel } from '../../domain/selection/policy.ts'
import type { Choice } from '../../domain/text/choice.ts'
import type { Filter, SortColumn } from '../list/filters.ts'
import { DEFAULT_SORT, type SubmissionQuery } from './submission-query.ts'

/** The head of the table: every column with the address that sorts by it. */
export function sortColumns(query: SubmissionQuery): SortColumn[] {
  return COLUMNS.map((column) => columnOf(column, query))
}

/** The list's filters with what is chosen. */
export function filters(
  query: SubmissionQuery,
  regions: readonly string[],
  bands: readonly Band[],
): Filter[] {
  const regionChoices = regions.map((region) => ({ id: region, label: region }))
  const bandChoices = [
    ...bands.map((band) => ({ id: band.id, label: bandLabel(band) })),
    { id: 'none', label: '区分外' },
  ]
  return [
    { name: 'state', label: '状態', value: query.state, choices: STATE_SHORT },
    { name: 'emr', label: '電子カルテ', value: query.emr, choices: EMR_SHORT },
    { name: 'intent', label: '活用意向', value: query.intent, choices: INTENT_SHORT },
    { name: 'region', label: '医療圏', value: query.region, choices: regionChoices },
    { name: 'band', label: '病床規模区分', value: query.band, choices: bandChoices },
    { name: 'correction', label: '登録内容の訂正', value: query.correction, choices: CORRECTION_CHOICES },
  ]
}

const CORRECTION_CHOICES: readonly Choice<'yes'>[] = [{ id: 'yes', label: '申出あり' }]

/** The list's address with some parameters changed; what is blank or as by default is left out. */
export function listAddress(
  query: SubmissionQuery,
  changes: Partial<SubmissionQuery> & { encoding?: string },
  path = '/admin/submissions',
): string {
  const { sort, page, ...rest } = { ...query, ...changes }
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) if (value !== '') parameters.set(name, value)
  if (sort !== DEFAULT_SORT) parameters.set('sort', sort)
  if (page > 1) parameters.set('page', String(page))
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}

const COLUMNS: readonly [key: string | null, label: string, number?: 'number'][] = [
  ['number', '受付番号'],
  ['hospital', '病院'],
  ['region', '医療圏'],
  ['beds', '病床数', 'number'],
  [null, '病床規模区分'],
  ['emr', '電子カルテ'],
  ['intent', '活用意向'],
  ['gmisConsent', 'GMIS活用'],
  ['submittedAt', '受付日時'],
  ['state', '状態'],
]

function columnOf([key, label, number]: (typeof COLUMNS)[number], query: SubmissionQuery): SortColumn {
  const isAscending = query.sort === key
  const isDescending = query.sort === `-${key}`
  const href = key && listAddress(query, { sort: isAscending ? `-${key}` : key, page: 1 })
  const sort = isAscending ? 'ascending' : isDescending ? 'descending' : null
  return { label, href, sort, number: number !== undefined }
}
