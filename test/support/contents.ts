import type { Stores } from '../../src/db/stores.ts'
import { fillDemo } from '../../src/demo/fill.ts'
import type { Hospital } from '../../src/domain/master/hospital.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/domain/selection/policy.ts'
import { addHospitals, type SavedOptions, saveSubmission } from './submissions.ts'

/** What is stored when a test begins. Each is valid by default; name what the test is about. */
export interface Contents {
  settings?: Record<string, string>
  /** A second person approves what one proposes. */
  secondApproval?: boolean
  policy?: Partial<Policy>
  hospitals?: readonly Partial<Hospital>[]
  answers?: readonly SavedOptions[]
  /** The demo's hospitals and answers as of this instant. */
  demo?: string
}

export const EARLIER = new Date('2024-03-01T00:00:00Z')
const BY = { actor: 'test', at: EARLIER }

/** Stores it as the program would, before the survey begins. */
export function fill(stores: Stores, contents: Contents): void {
  const { settings, secondApproval = false, policy, hospitals = [], answers = [], demo } = contents
  if (demo !== undefined) fillDemo(stores, new Date(demo))
  const changes = { ...settings, ...(secondApproval && { secondApproval: 'yes' }) }
  const refusals = stores.settings.change(changes, BY)
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals))
  if (policy) stores.policies.save({ ...DEFAULT_POLICY, ...policy }, { ...BY, note: '試験' })
  if (hospitals.length > 0) addHospitals(stores, ...hospitals)
  for (const answer of answers) saveSubmission(stores, answer)
}
