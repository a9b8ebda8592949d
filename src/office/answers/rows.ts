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

/** Submissions that are read already, with all the hospitals that they are of. */
export interface ReadAlready {
  submissions: readonly Submission[]
  hospitals: readonly Hospital[]
}

/** Every submission in any state, oldest first. */
export function submissionRows(
  stores: Stores,
  { submissions, hospitals }: ReadAlready = {
    submissions: stores.submissions.all(),
    hospitals: stores.hospitals.all(),
  },
): SubmissionRow[] {
  const known = new Map(hospitals.map((hospital) => [hospital.key, hospital]))
  const { bands } = stores.policies.current().policy
  return submissions.map((submission) => rowOf(submission, known, bands))
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
