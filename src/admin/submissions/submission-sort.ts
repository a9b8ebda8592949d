import { EMR_IDS, INTENT_IDS } from '../../domain/answer/questionnaire.ts'
import { SUBMISSION_STATE_IDS } from '../../domain/answer/submission.ts'
import type { SubmissionRow } from '../../office/answers/rows.ts'

export function isSort(text: string): boolean {
  return Object.hasOwn(SORT_KEYS, text.replace(/^-/, ''))
}

/** @param byRegion compares two 二次医療圏 in the order of the prefecture's lists */
export function sortSubmissions(
  rows: readonly SubmissionRow[],
  sort: string,
  byRegion: RegionOrder,
): SubmissionRow[] {
  const compare = SORT_KEYS[sort.replace(/^-/, '') as keyof typeof SORT_KEYS]
  const sign = sort.startsWith('-') ? -1 : 1
  return rows.toSorted((a, b) => sign * (compare(a, b, byRegion) || a.submission.id - b.submission.id))
}

type RegionOrder = (a: string, b: string) => number
type Comparison = (a: SubmissionRow, b: SubmissionRow, byRegion: RegionOrder) => number

const collator = new Intl.Collator('ja', { numeric: true })

const SORT_KEYS = {
  number: (a, b) => a.submission.id - b.submission.id,
  hospital: (a, b) => collator.compare(reading(a), reading(b)),
  region: (a, b, byRegion) => byRegion(a.hospital?.region ?? '', b.hospital?.region ?? ''),
  beds: (a, b) => a.beds - b.beds,
  emr: (a, b) => placeIn(EMR_IDS, a, b, ({ emr }) => emr),
  intent: (a, b) => placeIn(INTENT_IDS, a, b, ({ intent }) => intent),
  gmisConsent: (a, b) => Number(b.submission.answers.gmisConsent) - Number(a.submission.answers.gmisConsent),
  submittedAt: (a, b) => a.submission.submittedAt.getTime() - b.submission.submittedAt.getTime(),
  state: (a, b) => placeOfState(a) - placeOfState(b),
} satisfies Record<string, Comparison>

function placeOfState({ submission }: SubmissionRow): number {
  return SUBMISSION_STATE_IDS.indexOf(submission.state)
}

function placeIn<Id>(
  ids: readonly Id[],
  a: SubmissionRow,
  b: SubmissionRow,
  of: (answers: SubmissionRow['submission']['answers']) => Id,
): number {
  return ids.indexOf(of(a.submission.answers)) - ids.indexOf(of(b.submission.answers))
}

function reading({ hospital, hospitalName }: SubmissionRow): string {
  return hospital?.kana ?? hospitalName
}
