import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allot } from '../../../../src/domain/selection/allotment.ts'
import { type Explanation, explain } from '../../../../src/domain/selection/explain/explain.ts'
import type { Line, Standing } from '../../../../src/domain/selection/explain/standing.ts'
import { fieldOf } from '../../../../src/domain/selection/field.ts'
import { movesFor } from '../../../../src/domain/selection/moves.ts'
import { CRITERION_IDS, type SnapshotPolicy } from '../../../../src/domain/selection/policy.ts'
import { rank } from '../../../../src/domain/selection/rank.ts'
import { readingOf } from '../../../../src/domain/selection/reading.ts'
import { scoreOf, weightsOf } from '../../../../src/domain/selection/score.ts'
import type { Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { contests, MEDIUM, SMALL, snapshots } from '../arbitraries.ts'
import { moved, rankingOf, resultOf, selectedIn, withoutMoves } from '../moved-snapshots.ts'

const small = fc.oneof(contests, snapshots(SMALL), snapshots(MEDIUM))
const any = fc.oneof(small, moved(small))

type Standings = [code: string, standing: Standing, explanation: Explanation][]

function standingsOf(taken: Snapshot): Standings {
  const reading = readingOf(taken)
  return taken.candidates
    .map(({ code }) => explain(reading, code))
    .flatMap((each): Standings => (each.standing ? [[each.row.code, each.standing, each]] : []))
}

/** Holds what is stated of every eligible hospital of a snapshot. */
function everyStanding(
  drawn: fc.Arbitrary<Snapshot>,
  holds: (taken: Snapshot, ...of: Standings[number]) => void,
): void {
  fc.assert(
    fc.property(drawn, (taken) => {
      for (const standing of standingsOf(taken)) holds(taken, ...standing)
    }),
  )
}

const withPolicy = (taken: Snapshot, policy: Partial<SnapshotPolicy>): Snapshot => ({
  ...taken,
  policy: { ...taken.policy, ...policy },
})

describe('the line', () => {
  /** The engine's own selection with the hospital put by hand at a place of the ranking, from 0. */
  function hasSeatAt(taken: Snapshot, code: string, place: number): boolean {
    const wanted = rankingOf(taken).filter((other) => other !== code)
    wanted.splice(place, 0, code)
    const moves = movesFor(rankingOf(withoutMoves(taken)), wanted).map((move) => ({
      ...move,
      reason: '試行',
    }))
    return selectedIn({ ...taken, moves }).has(code)
  }

  /** How many places, counted from the top, are above the line. */
  function placesAbove(line: Line, others: string[]): number {
    if (line.kind === 'rank') return others.indexOf(line.rival.row.code) + 1
    return line.kind === 'any' ? others.length + 1 : 0
  }

  test('a hospital has a seat wherever it ranks above its rival, and nowhere else', () => {
    everyStanding(any, (taken, code, { line }, { row }) => {
      if (line === null) return expect(row.basis).toBe('designated')
      const others = rankingOf(taken).filter((other) => other !== code)
      const above = placesAbove(line, others)
      const tried = others.length < 10 ? [0, ...others.keys().map((at) => at + 1)] : [above - 1, above]
      for (const place of tried)
        if (place >= 0 && place <= others.length)
          expect([place, hasSeatAt(taken, code, place)]).toEqual([place, place < above])
    })
  })

  test('the rival of one that waits is selected, and the other way round', () => {
    everyStanding(any, ({ policy }, _code, { line }, { row }) => {
      if (line?.kind !== 'rank' || policy.shortfall === 'redistribute') return
      expect(line.rival.row.decision).toBe(row.decision === 'selected' ? 'waitlisted' : 'selected')
    })
  })

  test('where no rank helps, the floors or the designated take every seat of the band', () => {
    everyStanding(any, (taken, code, { line, band }, { row }) => {
      if (line?.kind !== 'no') return
      const takers = resultOf(taken).results.filter(
        (each) => each.band === row.band && each.basis === 'designated',
      )
      const withoutFloors = withPolicy(taken, { regionFloor: 0 })
      expect(takers.length >= band.seats || hasSeatAt(withoutFloors, code, 0)).toBe(true)
    })
  })

  test('the points stated are what it lacks, or can spare, to the hundredth', () => {
    everyStanding(small, (taken, code, { line }, { row }) => {
      if (line?.kind !== 'rank') return
      const points = line.points!
      const [needed, short] = row.decision === 'waitlisted' ? [points, points - 1] : [-points, -points - 1]
      expect(points).toBeGreaterThanOrEqual(0)
      expect(hasSeatWithScore(taken, code, needed)).toBe(true)
      expect(hasSeatWithScore(taken, code, short)).toBe(false)
    })
  })

  test('with moves no points are stated', () => {
    everyStanding(moved(small), (_taken, _code, { line }) => {
      if (line?.kind === 'rank') expect(line.points).toBeNull()
    })
  })

  test('with the floors off and nothing redistributed it is the last seat of the band', () => {
    const plain = any.map((taken) => withPolicy(taken, { regionFloor: 0, shortfall: 'leave' }))
    everyStanding(plain, (taken, _code, { line }, { row }) => {
      if (row.decision !== 'waitlisted') return
      const last = resultOf(taken).results.findLast(
        ({ band, basis }) => band === row.band && basis === 'rank',
      )
      expect(line).toEqual(
        last ? expect.objectContaining({ rival: expect.objectContaining({ row: last }) }) : { kind: 'no' },
      )
    })
  })

  /** Every score as it was, but for one hospital's: through a criterion that carries the whole score. */
  function hasSeatWithScore(taken: Snapshot, code: string, extra: number): boolean {
    const field = fieldOf(taken)
    const weights = weightsOf(taken.policy.criteria)
    const entrants = field.entrants.map((entrant) => {
      const score = scoreOf(weights, entrant.values) + (entrant.candidate.code === code ? extra : 0)
      return { ...entrant, values: { ...entrant.values, bcp: score } }
    })
    const changed = { ...field, entrants }
    const ranked = rank(changed, { ...taken.policy, criteria: { bcp: 1 } })
    const allotment = allot(changed, ranked, taken.policy)
    return allotment[ranked.findIndex(({ entrant }) => entrant.candidate.code === code)] !== null
  }
})

describe('the floors', () => {
  test('who is displaced would be selected without them, who is carried would not', () => {
    everyStanding(any, (taken, code, { floor }, { row }) => {
      const withoutFloors = selectedIn(withPolicy(taken, { regionFloor: 0 }))
      const role = withoutFloors.has(code) ? 'displaced' : 'carried'
      const changed = withoutFloors.has(code) !== (row.decision === 'selected')
      expect(floor?.role).toBe(changed ? role : undefined)
      for (const peer of floor?.displaced ?? []) {
        expect(withoutFloors.has(peer.row.code)).toBe(true)
        expect(peer.row.decision).toBe('waitlisted')
      }
      for (const peer of floor?.carried ?? []) {
        expect(withoutFloors.has(peer.row.code)).toBe(false)
        expect(peer.row.basis).toBe('region_floor')
      }
      expect(floor?.displaced.length).toBe(floor?.carried.length)
      if (floor) expect(floor[floor.role].map((peer) => peer.row.code)).toContain(code)
    })
  })

  test('who overtakes a waiting hospital is designated, or does not do so without them', () => {
    everyStanding(any, (taken, code, { overtakenBy }, { row }) => {
      const below = resultOf(taken).results.filter(
        (each) => each.band === row.band && each.decision === 'selected' && each.rank! > row.rank!,
      )
      expect(overtakenBy.map((peer) => peer.row)).toEqual(row.decision === 'waitlisted' ? below : [])
      const withoutFloors = selectedIn(withPolicy(taken, { regionFloor: 0 }))
      for (const peer of overtakenBy)
        if (peer.row.basis !== 'designated' && withoutFloors.has(peer.row.code))
          expect(withoutFloors.has(code)).toBe(true)
    })
  })

  test('who ranks within the seats and waits all the same was displaced, or a designated one came first', () => {
    everyStanding(any, (_taken, _code, { band, floor, overtakenBy }, { row }) => {
      if (row.decision !== 'waitlisted' || floor || row.bandRank! > band.seats) return
      expect(overtakenBy.map((peer) => peer.row.basis)).toContain('designated')
    })
  })
})

test('one more seat selects exactly those of whom it is stated', () => {
  everyStanding(any, (taken, code, { band, oneMoreSeat }, { row }) => {
    const bands = taken.policy.bands.map((each) => ({
      ...each,
      seats: each.seats + Number(each.id === band.id),
    }))
    const withSeat = selectedIn(withPolicy(taken, { bands }))
    expect(oneMoreSeat).toBe(row.decision === 'waitlisted' && withSeat.has(code))
    const { policy } = taken
    const over = resultOf(taken).problems.some((problem) => problem.band === band.id)
    if (policy.regionFloor === 0 && policy.shortfall === 'leave' && row.waitlistPosition === 1 && !over)
      expect(oneMoreSeat).toBe(true)
  })
})

test('neighbours are the next in the ranking, and the key that separates them is the first that differs', () => {
  everyStanding(any, (taken, code, standing) => {
    const { results } = resultOf(taken)
    const eligible = results.filter((each) => each.eligible)
    const ofBand = eligible.filter((each) => each.band === standing.band.id)
    for (const [key, list, step] of [
      ['above', eligible, -1],
      ['below', eligible, 1],
      ['bandAbove', ofBand, -1],
      ['bandBelow', ofBand, 1],
    ] as const) {
      const at = list.findIndex((each) => each.code === code)
      const [other, neighbour] = [list[at + step], standing[key]]
      expect(neighbour?.peer.row).toEqual(other)
      if (!other || !neighbour) continue
      const [upper, lower] = step < 0 ? [other, list[at]!] : [list[at]!, other]
      expect(neighbour.separation.gap).toBe(upper.score - lower.score)
      expect(neighbour.separation.by).toBe(separatingKeyBetween(taken, upper.code, lower.code))
    }
    expect([standing.rankedOf, standing.bandRankedOf]).toEqual([eligible.length, ofBand.length])
    expect(standing.naturalRank).toBe(rankingOf(withoutMoves(taken)).indexOf(code) + 1)
  })
})

/** Found by switching keys off: with too few of them the two are in the order of their codes, whichever that is. */
function separatingKeyBetween(taken: Snapshot, upper: string, lower: string): string {
  const natural = withoutMoves(taken)
  const isAbove = (tried: Snapshot, a: string, b: string) => {
    const ranking = rankingOf(tried)
    return ranking.indexOf(a) < ranking.indexOf(b)
  }
  if (!isAbove(natural, upper, lower)) return 'moved'
  // Both orders of the codes 0 and 1 for the pair: a key decides where both give the same order.
  const decidedBy = (policy: Partial<SnapshotPolicy>) =>
    [
      ['0', '1'],
      ['1', '0'],
    ].every(([first, second]) => {
      const renamed = natural.candidates.map((each) => {
        if (each.code === upper) return { ...each, code: first! }
        return each.code === lower ? { ...each, code: second! } : { ...each, code: `x${each.code}` }
      })
      return isAbove({ ...withPolicy(natural, policy), candidates: renamed }, first!, second!)
    })
  const { tieBreak, criteria } = taken.policy
  if (decidedBy({ tieBreak: [] })) return 'score'
  const key = tieBreak.find(
    (each, at) => each === 'lottery' || decidedBy({ tieBreak: tieBreak.slice(0, at + 1), criteria }),
  )
  return key ?? 'code'
}

test('the contributions are the score', () => {
  fc.assert(
    fc.property(any, (taken) => {
      const reading = readingOf(taken)
      for (const row of resultOf(taken).results) {
        const { contributions, row: own } = explain(reading, row.code)
        expect(own).toEqual(row)
        expect(contributions.reduce((sum, { score }) => sum + score, 0)).toBe(row.score)
        expect(contributions.map(({ criterion }) => criterion)).toEqual(
          CRITERION_IDS.filter((id) => (taken.policy.criteria[id] ?? 0) > 0),
        )
        for (const { points, value, score, share } of contributions) {
          expect(score).toBe(points * value)
          if (row.score > 0) expect(Math.abs(share - (1000 * score) / row.score)).toBeLessThanOrEqual(0.5)
          else expect(share).toBe(0)
        }
      }
    }),
  )
})

describe('obstacles', () => {
  /** The least that takes one obstacle away. */
  function cured(candidate: Snapshot['candidates'][number], obstacle: string): typeof candidate {
    const { submission } = candidate
    const answered = (changes: object) => ({ ...candidate, submission: { ...submission!, ...changes } })
    switch (obstacle) {
      case 'excluded':
        return { ...candidate, override: null }
      case 'already_selected':
      case 'already_declined': {
        const { otherRound: _, ...rest } = candidate
        return rest
      }
      case 'no_band':
        return { ...candidate, beds: 1 }
      case 'undecided':
      case 'no_intent':
        return answered({ intent: 'network' })
      case 'no_submission':
        return { ...candidate, submission: ANSWER }
      default:
        return answered({ emr: 'planned', emrPlannedMonth: '2025-03' })
    }
  }
  const ANSWER = {
    emr: 'full' as const,
    emrPlannedMonth: null,
    intent: 'both' as const,
    gmisConsent: false,
    submittedAt: '2024-03-11T02:00:00.000Z',
  }

  test('taking all of them away makes a hospital eligible, leaving any of them does not', () => {
    fc.assert(
      fc.property(any, (taken) => {
        const reading = readingOf(taken)
        const isEligible = (code: string, obstacles: string[]) => {
          const candidates = taken.candidates.map((each) =>
            each.code === code ? obstacles.reduce(cured, each) : each,
          )
          return resultOf({ ...taken, candidates }).results.find((row) => row.code === code)!.eligible
        }
        for (const { code } of taken.candidates) {
          const { obstacles, standing, row } = explain(reading, code)
          expect(obstacles[0] ?? null).toBe(row.reason)
          expect(standing === null).toBe(obstacles.length > 0)
          if (taken.policy.bands[0]!.min > 1) continue
          expect(isEligible(code, obstacles)).toBe(true)
          for (const left of obstacles)
            expect(
              isEligible(
                code,
                obstacles.filter((each) => each !== left),
              ),
            ).toBe(false)
        }
      }),
    )
  })
})

test('a code that is not there is refused', () => {
  fc.assert(
    fc.property(contests, (taken) => {
      expect(() => explain(readingOf(taken), 'none')).toThrow(RangeError)
    }),
    { numRuns: 1 },
  )
})
