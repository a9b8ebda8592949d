import { searchText } from '../../domain/text/search-text.ts'
import type { HospitalRow } from '../../office/master/rows.ts'
import { fieldsOf } from '../../web/fields.ts'
import { pageNumber } from '../list/paging.ts'

/** What narrows the list of hospitals: the parameters of its address, each '' where it is not given. */
export interface HospitalQuery {
  /** Part of the name, the reading, the municipality or a code. */
  q: string
  region: string
  /** A band's id, or `none`. */
  band: string
  answered: '' | 'yes' | 'no'
  page: number
}

export function parseHospitalQuery(query: unknown): HospitalQuery {
  const fields = fieldsOf(query)
  const text = (name: string) => fields.get(name).trim()
  const answered = text('answered')
  return {
    q: text('q').slice(0, 100),
    region: text('region'),
    band: text('band'),
    answered: answered === 'yes' || answered === 'no' ? answered : '',
    page: pageNumber(text('page')),
  }
}

export function filterHospitals(rows: readonly HospitalRow[], query: HospitalQuery): HospitalRow[] {
  const words = searchText(query.q).split(' ').filter(Boolean)
  return rows.filter(
    ({ hospital, result, submission }) =>
      (query.region === '' || hospital.region === query.region) &&
      (query.band === '' || (result.band ?? 'none') === query.band) &&
      (query.answered === '' || (submission !== null) === (query.answered === 'yes')) &&
      (words.length === 0 || includesAll(searchable(hospital), words)),
  )
}

/** The list's address, or a file's, with some parameters changed; what is blank or as by default is left out. */
export function hospitalAddress(
  query: HospitalQuery,
  changes: Partial<HospitalQuery> & { encoding?: string },
  path: string,
): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, ...changes }))
    if (value !== '' && value !== 1) parameters.set(name, String(value))
  return parameters.size === 0 ? path : `${path}?${parameters}`
}

function searchable({
  key: code,
  medicalCode,
  naviiCode,
  name,
  kana,
  municipality,
}: HospitalRow['hospital']): string {
  const texts = [code, medicalCode, naviiCode, name, kana, municipality]
  return searchText(texts.filter(Boolean).join('\n')).replaceAll(' ', '')
}

function includesAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word))
}
