import { EMR_IDS, INTENT_IDS } from '../../domain/answer/questionnaire.ts'
import { SUBMISSION_STATE_IDS } from '../../domain/answer/submission.ts'
import { searchText } from '../../domain/text/search-text.ts'
import type { SubmissionRow } from '../../office/answers/rows.ts'
import { fieldsOf } from '../../web/fields.ts'
import { isSort } from './submission-sort.ts'

/** What narrows and orders the list: the parameters of its address, each '' where it is not given. */
export interface SubmissionQuery {
  /** Part of the hospital's name or reading, the receipt number, or the contact. */
  q: string
  state: string
  emr: string
  intent: string
  region: string
  /** A band's id, or `none`. */
  band: string
  /** `yes`: only those that say that the master is wrong. */
  correction: string
  /** A column's key, with `-` before it for descending. */
  sort: string
  page: number
}

export const PAGE_SIZE = 50
export const DEFAULT_SORT = '-submittedAt'

/** Reads an address leniently: what it does not know narrows nothing. */
export function parseSubmissionQuery(query: unknown): SubmissionQuery {
  const fields = fieldsOf(query)
  const text = (name: string) => fields.get(name).trim()
  const oneOf = (name: string, ids: readonly string[]) => (ids.includes(text(name)) ? text(name) : '')
  return {
    q: text('q').slice(0, 100),
    state: oneOf('state', SUBMISSION_STATE_IDS),
    emr: oneOf('emr', EMR_IDS),
    intent: oneOf('intent', INTENT_IDS),
    region: text('region'),
    band: text('band'),
    correction: oneOf('correction', ['yes']),
    sort: isSort(text('sort')) ? text('sort') : DEFAULT_SORT,
    page: /^[1-9]\d{0,3}$/.test(text('page')) ? Number(text('page')) : 1,
  }
}

export function filterSubmissions(rows: readonly SubmissionRow[], query: SubmissionQuery): SubmissionRow[] {
  const words = searchText(query.q).split(' ').filter(Boolean)
  return rows.filter((row) => {
    const { state, answers } = row.submission
    return (
      (query.state === '' || state === query.state) &&
      (query.emr === '' || answers.emr === query.emr) &&
      (query.intent === '' || answers.intent === query.intent) &&
      (query.region === '' || row.hospital?.region === query.region) &&
      (query.band === '' || (row.band?.id ?? 'none') === query.band) &&
      (query.correction === '' || answers.masterCorrection !== null) &&
      words.every((word) => searchable(row).includes(word))
    )
  })
}

function searchable({ submission, hospital, hospitalName }: SubmissionRow): string {
  const { contactName, department, phone, email } = submission.answers
  const texts = [
    submission.number,
    hospital?.key,
    hospitalName,
    hospital?.kana,
    submission.typedHospital?.name,
  ]
  const joined = [...texts, contactName, department, phone, email].filter(Boolean).join('\n')
  return searchText(joined).replaceAll(' ', '')
}
