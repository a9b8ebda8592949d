import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import type { Draft } from '../draft/draft.ts'
import type { ConfirmedResult, ConfirmedResults } from '../rounds/confirmed.ts'

/** A hospital of the master with its answer, what is confirmed of it and what the draft says. */
interface HospitalRow {
  hospital: Hospital
  /** The one that counts; null without. */
  submission: Submission | null
  /** Withdrawn or waiting ones. */
  others: Submission[]
  result: HospitalResult
  /** What is confirmed of it; null where no confirmed round knows it. */
  confirmed: ConfirmedResult | null
}

/** The same of any hospital of the master; one that is closed or went into another has no part in the draft. */
export interface ListedHospital extends Omit<HospitalRow, 'result'> {
  result: HospitalResult | null
}

/** Every hospital of the master that takes part, by region and code. */
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

/** Those that take no part: closed, or merged into another. */
export function closedRows(
  { hospitals, submissions }: Stores,
  confirmed: ConfirmedResults | null,
  byRegion: (a: string, b: string) => number,
): ListedHospital[] {
  return hospitals
    .all()
    .filter(({ isClosed }) => isClosed)
    .toSorted((a, b) => byRegion(a.region, b.region))
    .map((hospital) => {
      const own = submissions.ofHospital(hospital.key)
      return {
        hospital,
        submission: own.find(({ state }) => state === 'current') ?? null,
        others: own.filter(({ state }) => state !== 'current'),
        result: null,
        confirmed: confirmed?.get(hospital.key) ?? null,
      }
    })
}
