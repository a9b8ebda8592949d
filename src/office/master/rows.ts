import type { Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import type { Draft } from '../draft/draft.ts'
import type { ConfirmedResult, ConfirmedResults } from '../rounds/confirmed.ts'

/** A hospital of the master with its answer, what is confirmed of it and what the draft says. */
export interface HospitalRow {
  hospital: Hospital
  /** The one that counts; null without. */
  submission: Submission | null
  /** Withdrawn or waiting ones. */
  others: Submission[]
  result: HospitalResult
  /** What is confirmed of it; null where no confirmed round knows it. */
  confirmed: ConfirmedResult | null
}

/** Every hospital of the master, by region and code. */
export function hospitalRows(
  draft: Draft,
  confirmed: ConfirmedResults | null,
  byRegion: (a: string, b: string) => number,
): HospitalRow[] {
  const answers = Map.groupBy(draft.submissions, ({ hospitalCode }) => hospitalCode)
  return draft.hospitals
    .toSorted((a, b) => byRegion(a.region, b.region))
    .map((hospital) => {
      const own = answers.get(hospital.key) ?? []
      return {
        hospital,
        submission: own.find(({ state }) => state === 'current') ?? null,
        others: own.filter(({ state }) => state !== 'current'),
        result: draft.reading.row(hospital.key),
        confirmed: confirmed?.get(hospital.key) ?? null,
      }
    })
}
