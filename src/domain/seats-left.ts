import type { Policy } from './policy.ts'
import { bandIndexOf } from './selection/bands.ts'

/**
 * The policy of an 追加選定: each band has the seats that no other round has given away. Which band a given seat counts
 * for is told by the hospital's beds, so that a later version of the policy may cut its bands anew. A hospital beyond
 * its band's seats (redistribution, or no band at all) takes one that is left elsewhere, from the smallest band up:
 * the prefecture's total is never exceeded.
 * @param taken the beds of each hospital that holds a seat
 */
export function withSeatsLeft(policy: Policy, taken: readonly number[]): Policy {
  const left = policy.bands.map(({ seats }) => seats)
  let beyond = 0
  for (const beds of taken) {
    const index = bandIndexOf(policy.bands, beds)
    if (index >= 0 && left[index]! > 0) left[index]! -= 1
    else beyond += 1
  }
  const bands = policy.bands.map((band, index) => {
    const elsewhere = Math.min(beyond, left[index]!)
    beyond -= elsewhere
    return { ...band, seats: left[index]! - elsewhere }
  })
  return { ...policy, bands }
}
