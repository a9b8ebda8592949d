import type { Stores } from '../../src/db/stores.ts'
import { fillDemo } from '../../src/demo/fill.ts'
import type { LotMethod } from '../../src/domain/lot/method.ts'
import type { Hospital } from '../../src/domain/master/hospital.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/domain/selection/policy.ts'
import { addHospitals, type SavedOptions, saveSubmission } from './submissions.ts'

/** What is stored when a test begins. Each is valid by default; name what the test is about. */
export interface Contents {
  settings?: Record<string, string>
  /** A second person approves what one proposes. */
  secondApproval?: boolean
  policy?: Partial<Policy>
  /** How equal hospitals are ordered; by the text of the policy unless told. */
  lot?: LotMethod
  hospitals?: readonly Partial<Hospital>[]
  answers?: readonly SavedOptions[]
  /** The demo's hospitals and answers as of this instant. */
  demo?: string
}

export const EARLIER = new Date('2024-03-01T00:00:00Z')
const BY = { actor: 'test', at: EARLIER }

/** Stores it as the program would, before the survey begins. */
export function fill(stores: Stores, contents: Contents): void {
  const { settings, secondApproval = false, policy, hospitals = [], answers = [], demo, lot } = contents
  if (demo !== undefined) fillDemo(stores, new Date(demo))
  const changes = { ...settings, ...(secondApproval && { secondApproval: 'yes' }) }
  const refusals = stores.settings.change(changes, BY)
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals))
  if (lot) chooseLot(stores, lot)
  if (policy) stores.policies.save({ ...DEFAULT_POLICY, ...policy }, { ...BY, note: '試験' })
  if (hospitals.length > 0) addHospitals(stores, ...hospitals)
  for (const answer of answers) saveSubmission(stores, answer)
}

export function chooseLot({ lots, settings }: Stores, method: LotMethod): void {
  const { closesAt } = settings.read()
  lots.choose(method, { method: lots.method(), closesAt, announcement: null }, BY)
}
