/** Where the walk starts, once the designated hospitals have their seats. */
export interface SeatPlan {
  /** Free seats of every band. */
  free: readonly number[]
  /** Floor units every region still lacks. */
  lacking: readonly number[]
  /** Hospitals that will be offered a seat, by band and region: `waiting[band][region]`. */
  waiting: readonly (readonly number[])[]
}

/**
 * Gives out the bands' seats one hospital at a time, and none that would cost a floor unit.
 *
 * It keeps a maximum flow over the hospitals not yet offered: free seats of the bands → pairs of band and
 * region, as wide as hospitals wait there → units the regions lack. Bands and regions are the only nodes, so
 * an offer costs the same however many hospitals there are, and most are decided without a search.
 */
export class SeatFlow {
  #free: Int32Array
  #lacking: Int32Array
  /** By band and region, `band * regions + region`, as what is promised: one piece of memory each is copied at once. */
  #waiting: Int32Array
  /** Units promised by every band to every region, and their sums on either side. */
  #promised: Int32Array
  #byBand: Int32Array
  #toRegion: Int32Array
  /** Bands of which every seat is needed for a floor unit. Seats only become fewer: it stays that way. */
  #tight: boolean[]

  constructor({ free, lacking, waiting }: SeatPlan) {
    this.#free = Int32Array.from(free)
    this.#lacking = Int32Array.from(lacking)
    this.#waiting = Int32Array.from(waiting.flat())
    this.#promised = new Int32Array(this.#waiting.length)
    this.#byBand = new Int32Array(free.length)
    this.#toRegion = new Int32Array(lacking.length)
    this.#tight = free.map(() => false)
    this.#promiseAtOnce()
    while (this.#promiseOneMore());
  }

  /** The walk as it stands, to go another way from here. */
  copy(): SeatFlow {
    const other = new SeatFlow({ free: [], lacking: [], waiting: [] })
    other.#free = this.#free.slice()
    other.#lacking = this.#lacking.slice()
    other.#waiting = this.#waiting.slice()
    other.#promised = this.#promised.slice()
    other.#byBand = this.#byBand.slice()
    other.#toRegion = this.#toRegion.slice()
    other.#tight = [...this.#tight]
    return other
  }

  /** The most floor units that the free seats can still serve. */
  get reach(): number {
    return sum(this.#byBand)
  }

  get freeSeats(): number {
    return sum(this.#free)
  }

  /**
   * Takes a seat of its band for the next hospital of the ranking, unless there is none or the most floor units
   * could then no longer be served. Each hospital is offered once; refused, it stays without a seat.
   */
  offer(band: number, region: number): boolean {
    if (this.#free[band] === 0) return false
    this.#waiting[this.#at(band, region)]! -= 1
    // The hospital serves a unit itself where its region lacks one: the others may promise one less, not two.
    const serves = this.#lacking[region]! > 0 ? 1 : 0
    if (this.#tight[band] && serves === 0) return false
    this.#free[band]! -= 1
    this.#lacking[region]! -= serves
    const withdrawn = this.#withdraw(band, region)
    if (withdrawn.length <= serves || this.#promiseOneMore()) return true

    for (const pair of withdrawn) this.#promise(...pair, 1)
    this.#free[band]! += 1
    this.#lacking[region]! += serves
    this.#tight[band] = true
    return false
  }

  /** Takes back the promises that a band and a region, each one lower now, cannot hold; says which. */
  #withdraw(band: number, region: number): Pair[] {
    // A promise of the very pair is the one the hospital itself makes good: it relieves both sides at once.
    // Without one the pair's width is in no question either, for a refused offer leaves nothing to move.
    if (this.#promised[this.#at(band, region)]! > 0) return [this.#promise(band, region, -1)]
    const withdrawn: Pair[] = []
    if (this.#byBand[band]! > this.#free[band]!) {
      const any = this.#lacking.findIndex((_, each) => this.#promised[this.#at(band, each)]! > 0)
      withdrawn.push(this.#promise(band, any, -1))
    }
    if (this.#toRegion[region]! > this.#lacking[region]!) {
      const any = this.#free.findIndex((_, each) => this.#promised[this.#at(each, region)]! > 0)
      withdrawn.push(this.#promise(any, region, -1))
    }
    return withdrawn
  }

  #promise(band: number, region: number, units: number): Pair {
    this.#promised[this.#at(band, region)]! += units
    this.#byBand[band]! += units
    this.#toRegion[region]! += units
    return [band, region]
  }

  /** What no band has to make room for, which is nearly all: one by one each would be looked for anew. */
  #promiseAtOnce(): void {
    for (const [band, seats] of this.#free.entries())
      for (const [region, units] of this.#lacking.entries()) {
        const open = Math.min(this.#waiting[this.#at(band, region)]!, units - this.#toRegion[region]!)
        this.#promise(band, region, Math.min(open, seats - this.#byBand[band]!))
      }
  }

  /** One augmenting path, if there is any: the flow is a maximum when there is none. */
  #promiseOneMore(): boolean {
    const asked = this.#tight.map(() => false)
    return this.#free.some((seats, band) => this.#byBand[band]! < seats && this.#place(band, asked))
  }

  /**
   * Lets a band promise one unit more: to a region that lacks it, or else in the place of another band that can
   * promise its own unit elsewhere. A band asked once in vain need not be asked again in the same search.
   */
  #place(band: number, asked: boolean[]): boolean {
    asked[band] = true
    const region = this.#openRegion(band)
    if (region >= 0) {
      this.#promise(band, region, 1)
      return true
    }
    return asked.some((isAsked, other) => !isAsked && this.#displace(band, other, asked))
  }

  /** One that lacks a unit which a hospital of the band could serve; -1 where there is none. */
  #openRegion(band: number): number {
    const [waiting, promised, lacking, toRegion] = [
      this.#waiting,
      this.#promised,
      this.#lacking,
      this.#toRegion,
    ]
    let at = band * lacking.length
    for (let region = 0; region < lacking.length; region += 1, at += 1)
      if (promised[at]! < waiting[at]! && toRegion[region]! < lacking[region]!) return region
    return -1
  }

  /** Takes over a unit that another band promised, if that one can promise another instead. */
  #displace(band: number, other: number, asked: boolean[]): boolean {
    const region = this.#sharedRegion(band, other)
    if (region < 0 || !this.#place(other, asked)) return false
    this.#promise(other, region, -1)
    this.#promise(band, region, 1)
    return true
  }

  /** One to which another band has promised a unit that a hospital of the band could serve; -1 where there is none. */
  #sharedRegion(band: number, other: number): number {
    const [waiting, promised, regions] = [this.#waiting, this.#promised, this.#lacking.length]
    let [at, there] = [band * regions, other * regions]
    for (let region = 0; region < regions; region += 1, at += 1, there += 1)
      if (promised[there]! > 0 && promised[at]! < waiting[at]!) return region
    return -1
  }

  #at(band: number, region: number): number {
    return band * this.#lacking.length + region
  }
}

type Pair = readonly [band: number, region: number]

function sum(units: Int32Array): number {
  return units.reduce((total, each) => total + each, 0)
}
