import { DEFAULT_POLICY, type Policy, type SnapshotPolicy } from '../../../src/domain/selection/policy.ts'
import { select } from '../../../src/domain/selection/select.ts'
import type { Candidate, Snapshot } from '../../../src/domain/selection/snapshot.ts'

type Submission = NonNullable<Candidate['submission']>

export function submission(changes: Partial<Submission> = {}): Submission {
  return {
    emr: 'full',
    emrPlannedMonth: null,
    intent: 'both',
    gmisConsent: false,
    submittedAt: '2024-03-11T02:00:00.000Z',
    ...changes,
  }
}

/** An eligible hospital of 50 beds without functions; its name follows its code. */
export function candidate(code: string, changes: Partial<Candidate> = {}): Candidate {
  return {
    code,
    name: `試験${code}病院`,
    region: '鹿児島',
    beds: 50,
    functions: [],
    inspection: 'unknown',
    submission: submission(),
    gmis: null,
    override: null,
    ...changes,
  }
}

export function snapshot(candidates: Candidate[], policy: Partial<SnapshotPolicy> = {}): Snapshot {
  return {
    format: 'kakuho.snapshot/1',
    round: 1,
    takenAt: '2024-03-19T00:00:00.000Z',
    policy: { ...DEFAULT_POLICY, supportPeriodEnd: '2025-03', ...policy },
    candidates,
  }
}

/** Two bands: small (up to 99 beds) and large. */
export function bands(smallSeats: number, largeSeats: number): Policy['bands'] {
  return [
    { id: 'small', min: 0, max: 99, seats: smallSeats },
    { id: 'large', min: 100, max: null, seats: largeSeats },
  ]
}

/** The line of one hospital. */
export function lineOf(code: string, candidates: Candidate[], policy: Partial<SnapshotPolicy> = {}) {
  const line = select(snapshot(candidates, policy)).results.find((result) => result.code === code)
  if (!line) throw new Error(`no line of ${code}`)
  return line
}

/** `code: basis` of everyone selected, in 支援順位. */
export function selectedOf(candidates: Candidate[], policy: Partial<SnapshotPolicy> = {}): string[] {
  return select(snapshot(candidates, policy))
    .results.filter(({ decision }) => decision === 'selected')
    .map(({ code, basis }) => `${code}: ${basis}`)
}
