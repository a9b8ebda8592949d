import { flowAfterDesignation } from '../allotment.ts'
import type { Field } from '../field.ts'
import type { Policy } from '../policy.ts'
import type { Ranked } from '../rank.ts'
import type { SeatFlow } from '../seats.ts'

/** How far a walk down the ranking has come, to ask what would become of a hospital that stood next. */
export class Walk {
  readonly #flow: SeatFlow
  /** Hospitals above that it gave no seat. */
  #refused: number
  /** To how many of all such it gives one in the end, from the top: as many whoever stands above whom. */
  readonly #leftOver: number

  private constructor(flow: SeatFlow, refused: number, leftOver: number) {
    this.#flow = flow
    this.#refused = refused
    this.#leftOver = leftOver
  }

  /** At the top: the designated have their seats. */
  static of(field: Field, ranked: readonly Ranked[], rules: Rules): Walk {
    const start = new Walk(flowAfterDesignation(field, ranked, rules.regionFloor), 0, 0)
    if (rules.shortfall === 'leave') return start
    const whole = start.copy()
    for (const each of ranked) whole.pass(each)
    return new Walk(start.#flow, 0, whole.#flow.freeSeats)
  }

  copy(): Walk {
    return new Walk(this.#flow.copy(), this.#refused, this.#leftOver)
  }

  /** Whoever is refused here may get one of those that are left over. */
  get givesLeftOver(): boolean {
    return this.#refused < this.#leftOver
  }

  /** Goes on by one hospital. @returns whether it has a seat now */
  pass({ entrant: { designated, band, region } }: Ranked): boolean {
    if (designated || this.#flow.offer(band, region)) return true
    this.#refused += 1
    return false
  }

  /** Whether a hospital would have one, now or in the end, if it stood next, or behind these. */
  seats(own: Ranked, behind: readonly Ranked[] = []): boolean {
    const tried = this.copy()
    for (const each of behind) tried.pass(each)
    const { givesLeftOver } = tried
    return tried.pass(own) || givesLeftOver
  }
}

type Rules = Pick<Policy, 'regionFloor' | 'shortfall'>
