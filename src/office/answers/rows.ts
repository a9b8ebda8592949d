import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import type { Band } from '../../domain/selection/bands.ts'
import { bandIndexOf } from '../../domain/selection/bands.ts'

/** A submission beside the hospital it is of. */
export interface SubmissionRow {
  submission: Submission
  /** Null while unlinked. */
  hospital: Hospital | null
  /** As in the master, or as typed while unlinked. */
  hospitalName: string
  beds: number
  /** Null where the beds lie in no band of today's policy. */
  band: Band | null
}

/** Every submission in any state, oldest first. */
export function submissionRows(stores: Stores): SubmissionRow[] {
  const stamp = stores.changeStamp()
  const known = kept.get(stores)
  if (known?.stamp === stamp) return [...known.rows]
  const rows = readRows(stores)
  kept.set(stores, { stamp, rows })
  return [...rows]
}

/** Thousands of answers are read anew only once something has changed. */
const kept = new WeakMap<Stores, { stamp: string; rows: readonly SubmissionRow[] }>()

function readRows(stores: Stores): SubmissionRow[] {
  const hospitals = new Map(stores.hospitals.all().map((hospital) => [hospital.key, hospital]))
  const { bands } = stores.policies.current().policy
  return stores.submissions.all().map((submission) => rowOf(submission, hospitals, bands))
}

function rowOf(
  submission: Submission,
  hospitals: ReadonlyMap<string, Hospital>,
  bands: readonly Band[],
): SubmissionRow {
  const { hospitalCode, typedHospital } = submission
  const hospital = hospitalCode === null ? null : hospitals.get(hospitalCode)!
  const { name, beds } = hospital ?? typedHospital!
  return { submission, hospital, hospitalName: name, beds, band: bands[bandIndexOf(bands, beds)] ?? null }
}

/** Every answer of the same hospital, this one among them; alone while it is of none. */
export function siblingsOf(rows: readonly SubmissionRow[], row: SubmissionRow): SubmissionRow[] {
  return row.hospital === null
    ? [row]
    : rows.filter(({ hospital }) => hospital !== null && hospital.key === row.hospital!.key)
}
