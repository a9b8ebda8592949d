import { bandIndexOf } from './bands.ts'
import type { Policy } from './policy.ts'

interface HeldByBand {
  /** In the order of the policy's bands. */
  inBand: number[]
  /** 区分外: by hospitals that lie in no band of this policy. */
  outside: number
}

/**
 * The seats that other rounds have given away, by the bands of a policy. Which band a given seat counts for is told by
 * the hospital's beds, so that a later version of the policy may cut its bands anew.
 * @param taken the beds of each hospital that holds a seat
 */
export function heldByBand({ bands }: Policy, taken: readonly number[]): HeldByBand {
  const places = taken.map((beds) => bandIndexOf(bands, beds))
  const count = (place: number) => places.filter((each) => each === place).length
  return { inBand: bands.map((_, place) => count(place)), outside: count(-1) }
}

/**
 * The policy of an 追加選定: each band has the seats that no other round has given away. A hospital beyond its
 * band's seats (redistribution, or no band at all) takes one that is left elsewhere, from the smallest band up: the
 * prefecture's total is never exceeded.
 * @param taken the beds of each hospital that holds a seat
 */
export function withSeatsLeft(policy: Policy, taken: readonly number[]): Policy {
  const { inBand, outside } = heldByBand(policy, taken)
  const balances = policy.bands.map(({ seats }, index) => seats - inBand[index]!)
  let beyond = balances.reduce((sum, balance) => sum + Math.max(0, -balance), outside)
  const bands = policy.bands.map((band, index) => {
    const left = Math.max(0, balances[index]!)
    const elsewhere = Math.min(beyond, left)
    beyond -= elsewhere
    return { ...band, seats: left - elsewhere }
  })
  return { ...policy, bands }
}
