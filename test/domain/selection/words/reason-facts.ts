import { createHash } from 'node:crypto'
import type { AmendedRow } from '../../../../src/domain/selection/amendment.ts'
import { movesFor } from '../../../../src/domain/selection/moves.ts'
import type { SnapshotPolicy } from '../../../../src/domain/selection/policy.ts'
import type { AmendedReading } from '../../../../src/domain/selection/reading.ts'
import type { HospitalResult } from '../../../../src/domain/selection/result.ts'
import type { Candidate, Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { rankingOf, resultOf, selectedIn, withoutMoves } from '../moved-snapshots.ts'

/**
 * What a snapshot and its result say, read once more and plainly, by lines of the result and by whole runs of the engine on
 * changed snapshots: what the reasons are held against. Nothing here is shared with what puts them into words.
 */
export class Facts {
  readonly taken: Snapshot
  readonly first: readonly HospitalResult[]
  readonly rows: readonly AmendedRow[]
  readonly reading: AmendedReading

  constructor(reading: AmendedReading, isBefore = false) {
    this.reading = reading
    this.taken = reading.snapshot
    this.first = resultOf(this.taken).results
    this.rows = isBefore ? this.first : reading.amended.results
  }

  /** As it was before anybody declined. */
  before(): Facts {
    return new Facts(this.reading, true)
  }

  get policy(): SnapshotPolicy {
    return this.taken.policy
  }

  candidate(code: string): Candidate {
    return this.taken.candidates.find((each) => each.code === code)!
  }

  firstRow(code: string): HospitalResult {
    return this.first.find((each) => each.code === code)!
  }

  byName(name: string): HospitalResult {
    return this.firstRow(this.taken.candidates.find((each) => each.name === name)!.code)
  }

  label(band: string | null): string {
    const found = this.policy.bands.find(({ id }) => id === band)!
    return found.max === null ? `${found.min}床以上` : `${found.min}～${found.max}床`
  }

  seats(band: string | null): number {
    return this.policy.bands.find(({ id }) => id === band)!.seats
  }

  seatsName(): string {
    return this.taken.round === 1 ? '支援枠' : '追加の枠'
  }

  /** Eligible hospitals of a band, as first ranked. */
  ofBand(band: string | null): HospitalResult[] {
    return this.first.filter((each) => each.eligible && each.band === band)
  }

  selectedNow(band: string | null): AmendedRow[] {
    return this.rows.filter((each) => each.band === band && each.decision === 'selected')
  }

  withPolicy(policy: Partial<SnapshotPolicy>, taken = this.taken): Snapshot {
    return { ...taken, policy: { ...this.policy, ...policy } }
  }

  isSelectedWithoutFloors(code: string): boolean {
    return selectedIn(this.withPolicy({ regionFloor: 0 })).has(code)
  }

  isSelectedWithOneMoreSeat({ code, band }: HospitalResult): boolean {
    const bands = this.policy.bands.map((each) => ({ ...each, seats: each.seats + Number(each.id === band) }))
    return selectedIn(this.withPolicy({ bands })).has(code)
  }

  /** Without those of its band that are designated and rank below it. */
  isSelectedWithoutDesignated(row: HospitalResult): boolean {
    const below = new Set(
      this.ofBand(row.band).flatMap(({ code, basis, rank }) =>
        basis === 'designated' && rank! > row.rank! ? [code] : [],
      ),
    )
    const candidates = this.taken.candidates.map((each) =>
      below.has(each.code) ? { ...each, override: { kind: 'exclude' as const, reason: '試行' } } : each,
    )
    const { moves: _, ...rest } = this.taken
    const order = rankingOf(this.taken).filter((code) => !below.has(code))
    const tried = this.withPolicy({ regionFloor: 0 }, { ...rest, candidates })
    return selectedIn({ ...tried, moves: movesTo(tried, order) }).has(row.code)
  }

  /** With the hospital put by hand at a place of the ranking, from 0. */
  hasSeatAt(code: string, place: number): boolean {
    const order = rankingOf(this.taken).filter((other) => other !== code)
    order.splice(place, 0, code)
    return selectedIn({ ...this.taken, moves: movesTo(withoutMoves(this.taken), order) }).has(code)
  }

  /** With so many hundredths more, all other scores as they are. */
  hasSeatWith(code: string, extra: number): boolean {
    return selectedIn(this.#rescored((row) => row.score + (row.code === code ? extra : 0))).has(code)
  }

  /** The same decided by other scores: every score is written as an answer to questions that earn just that. */
  #rescored(scoreOf: (row: HospitalResult) => number): Snapshot {
    const questions = DIGITS.map((points, at) => ({
      ...{ id: `x${at}`, kind: 'number' as const, label: '試行', points, zeroAt: 0, fullAt: 100 },
    }))
    const candidates = this.taken.candidates.map((each): Candidate => {
      const row = this.firstRow(each.code)
      if (!row.eligible)
        return { ...each, submission: null, override: { kind: 'exclude', reason: '試行' }, gmis: null }
      const extra = Object.fromEntries(digitsOf(scoreOf(row)).map((digit, at) => [`x${at}`, digit]))
      // Without an answer it comes after all others, as it would among those of one time.
      const answer = each.submission ?? { ...NO_ANSWER, submittedAt: '9999-12-31T00:00:00.000Z' }
      return { ...each, submission: { ...answer, extra } }
    })
    return { ...withoutMoves(this.taken), candidates, policy: { ...this.policy, criteria: {}, questions } }
  }

  /** By points and tie-break alone. */
  natural(): string[] {
    return rankingOf(withoutMoves(this.taken))
  }

  ranked(): string[] {
    return rankingOf(this.taken)
  }

  /** Whether a move by hand put the hospital on another side of any other. */
  isMoved(code: string): boolean {
    if (!this.taken.moves?.some((each) => each.code === code)) return false
    const [natural, ranked] = [this.natural(), this.ranked()]
    const isAbove = (list: string[], other: string) => list.indexOf(other) < list.indexOf(code)
    return ranked.includes(code) && ranked.some((each) => isAbove(natural, each) !== isAbove(ranked, each))
  }

  /** What first differs between two hospitals: `moved` where they stand the other way round. */
  separation(upper: HospitalResult, lower: HospitalResult): string {
    const [a, b] = [this.candidate(upper.code), this.candidate(lower.code)]
    const time = ({ submission }: Candidate) => (submission ? Date.parse(submission.submittedAt) : Infinity)
    const lot = ({ code }: Candidate) =>
      createHash('sha256').update(`${this.policy.lotterySeed}:${code}`).digest('hex')
    const keys = {
      score: upper.score - lower.score,
      beds: a.beds - b.beds,
      submittedAt: time(a) === time(b) ? 0 : time(b) - time(a),
      lottery: lot(a) < lot(b) ? 1 : -1,
      code: Buffer.compare(Buffer.from(b.code), Buffer.from(a.code)),
    }
    const order = ['score', ...this.policy.tieBreak, 'code'] as const
    const key = order.find((each) => keys[each] !== 0)!
    return keys[key] > 0 ? key : 'moved'
  }

  hangsOnLot(code: string): boolean {
    return this.reading.lots().hanging.has(code)
  }
}

/** 41.50 */
export function pointsText(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

function movesTo(natural: Snapshot, order: string[]): NonNullable<Snapshot['moves']> {
  return movesFor(rankingOf(natural), order).map((move) => ({ ...move, reason: '試行' }))
}

/** Points with which any score up to two million can be written: seven digits that nobody has to carry. */
const DIGITS = [1, 100, ...Array.from({ length: 20 }, () => 1000)]

function digitsOf(score: number): number[] {
  let rest = score
  return DIGITS.toReversed()
    .map((points) => {
      const digit = Math.min(100, Math.floor(rest / points))
      rest -= digit * points
      return digit
    })
    .reverse()
}

const NO_ANSWER = { emr: 'full', emrPlannedMonth: null, intent: 'both', gmisConsent: false } as const
