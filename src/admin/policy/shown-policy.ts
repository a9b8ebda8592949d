import { pointsOf, type SnapshotPolicy } from '../../domain/selection/policy.ts'
import { type PolicyContents, policyContents } from '../../domain/selection/words/policy.ts'
import { FAMILIES } from '../score-bars.ts'
import { type FamilyShare, pointShares, type Share } from './shares.ts'

/** A policy as its pages show it to be read, with how much each criterion weighs. */
export interface ShownPolicy extends Pick<PolicyContents, 'bands' | 'seatTotal' | 'pointTotal' | 'rules'> {
  points: (PolicyContents['points'][number] & { share: Share | null })[]
  shares: FamilyShare[]
  families: typeof FAMILIES
}

export function shownPolicy(policy: SnapshotPolicy): ShownPolicy {
  const contents = policyContents(policy)
  const all = pointsOf(policy)
  const shares = pointShares(all)
  const points = all.map(({ id }, index) => ({ id, ...contents.points[index]!, share: shares.of(id) }))
  return {
    ...contents,
    // Consent has no points; a version that gave it some has to say so.
    points: points.filter((line) => line.id !== 'gmisConsent' || line.points > 0),
    shares: shares.byFamily,
    families: FAMILIES,
  }
}
