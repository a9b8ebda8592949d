import { emrShortText, INTENT_SHORT, STATE_SHORT } from '../../domain/answer/short-labels.ts'
import { type Band, bandLabel } from '../../domain/selection/policy.ts'
import { isoMinuteText } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { SubmissionRow } from '../../office/answers/rows.ts'
import type { Filter, SortColumn } from '../list/filters.ts'
import { filters, listAddress, sortColumns } from './submission-controls.ts'
import { PAGE_SIZE, type SubmissionQuery } from './submission-query.ts'

export interface SubmissionListModel {
  query: SubmissionQuery
  filters: Filter[]
  isFiltered: boolean
  /** How many the filter shows, of how many. */
  found: number
  total: number
  columns: SortColumn[]
  rows: SubmissionLine[]
  pages: { first: number; last: number; previous: string | null; next: string | null }
  files: { xlsx: string; utf8: string; cp932: string }
}

export interface SubmissionLine {
  number: string
  hospital: string
  region: string
  beds: number
  band: string
  emr: string
  intent: string
  gmis: string
  submittedAt: string
  state: SubmissionRow['submission']['state']
  stateLabel: string
  /** The hospital says that the master is wrong about it. */
  hasCorrection: boolean
}

interface ListParts {
  all: readonly SubmissionRow[]
  /** Filtered and sorted. */
  rows: readonly SubmissionRow[]
  query: SubmissionQuery
  regions: readonly string[]
  bands: readonly Band[]
}

export function submissionListModel({ all, rows, query, regions, bands }: ListParts): SubmissionListModel {
  const pageCount = Math.max(1, Math.ceil(rows.length / PAGE_SIZE))
  const page = Math.min(query.page, pageCount)
  const first = (page - 1) * PAGE_SIZE
  return {
    query,
    filters: filters(query, regions, bands),
    isFiltered: FILTERS.some((name) => query[name] !== ''),
    found: rows.length,
    total: all.length,
    columns: sortColumns(query),
    rows: rows.slice(first, first + PAGE_SIZE).map(lineOf),
    pages: {
      first: rows.length === 0 ? 0 : first + 1,
      last: Math.min(first + PAGE_SIZE, rows.length),
      previous: page > 1 ? listAddress(query, { page: page - 1 }) : null,
      next: page < pageCount ? listAddress(query, { page: page + 1 }) : null,
    },
    files: {
      xlsx: listAddress(query, { page: 1 }, '/admin/submissions.xlsx'),
      utf8: listAddress(query, { page: 1 }, '/admin/submissions.csv'),
      cp932: listAddress(query, { page: 1, encoding: 'cp932' }, '/admin/submissions.csv'),
    },
  }
}

const FILTERS = ['q', 'state', 'emr', 'intent', 'region', 'band', 'correction'] as const

function lineOf({ submission, hospital, hospitalName, beds, band }: SubmissionRow): SubmissionLine {
  const { number, answers, state, submittedAt } = submission
  return {
    number,
    hospital: hospitalName,
    region: hospital?.region ?? '—',
    beds,
    band: band ? bandLabel(band) : '区分外',
    emr: emrShortText(answers),
    intent: labelOf(INTENT_SHORT, answers.intent),
    gmis: answers.gmisConsent ? '可' : '否',
    submittedAt: isoMinuteText(submittedAt),
    state,
    stateLabel: labelOf(STATE_SHORT, state),
    hasCorrection: answers.masterCorrection !== null,
  }
}
