import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CRITERION_IDS } from '../../../src/domain/selection/policy.ts'
import type { HospitalResult } from '../../../src/domain/selection/result.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { parseSnapshot, type Snapshot } from '../../../src/domain/selection/snapshot.ts'
import { canonicalJson } from '../../../src/domain/text/canonical.ts'
import { editions, MEDIUM, SMALL, snapshots } from './arbitraries.ts'
import { reasonOf, scoreByHand } from './reference.ts'

const anySnapshot = fc.oneof(snapshots(SMALL), snapshots(MEDIUM), editions(SMALL), editions(MEDIUM))

const isSelected = ({ decision }: HospitalResult) => decision === 'selected'
const isWaiting = ({ decision }: HospitalResult) => decision === 'waitlisted'
const hasSeatOfOwnBand = ({ basis }: HospitalResult) => basis !== null && basis !== 'redistributed'

test('every generated snapshot is a valid one', () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      expect(parseSnapshot(snapshot)).toEqual({ ok: true, snapshot })
    }),
  )
})

test('the order of the candidates is irrelevant, but for the hash of the file', () => {
  const shuffled = anySnapshot.chain((snapshot) =>
    fc.tuple(
      fc.constant(snapshot),
      fc
        .shuffledSubarray(snapshot.candidates, { minLength: snapshot.candidates.length })
        .map((candidates) => ({ ...snapshot, candidates })),
    ),
  )
  fc.assert(
    fc.property(shuffled, ([one, other]) => {
      const bytes = (snapshot: Snapshot) => JSON.stringify({ ...select(snapshot), snapshotSha256: '' })
      expect(bytes(other)).toBe(bytes(one))
    }),
  )
})

test('the same snapshot gives the same bytes, and is left as it was', () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      const before = canonicalJson(snapshot)
      expect(JSON.stringify(select(snapshot))).toBe(JSON.stringify(select(snapshot)))
      expect(canonicalJson(snapshot)).toBe(before)
    }),
  )
})

test('whole numbers throughout, values from 0 to 100, scores as their points say', () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      const result = select(snapshot)
      for (const number of numbersIn(result)) expect(Number.isSafeInteger(number)).toBe(true)
      for (const { values, score } of result.results) {
        const { criteria, questions = [] } = snapshot.policy
        expect(Object.keys(values)).toEqual([...CRITERION_IDS, ...questions.map(({ id }) => `q.${id}`)])
        for (const value of Object.values(values)) expect(value >= 0 && value <= 100).toBe(true)
        const points = [
          ...CRITERION_IDS.map((id) => (criteria[id] ?? 0) * values[id]),
          ...questions.map(({ id, points: most }) => most * values[`q.${id}`]!),
        ]
        expect(score).toBe(points.reduce((sum, each) => sum + each, 0))
      }
    }),
  )
})

test('scores and reasons are what the rules say of each hospital by itself', () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      const rows = new Map(select(snapshot).results.map((row) => [row.code, row]))
      for (const candidate of snapshot.candidates) {
        const { score, reason } = rows.get(candidate.code)!
        expect(BigInt(score)).toBe(scoreByHand(candidate, snapshot))
        expect(reason).toBe(reasonOf(candidate, snapshot.policy))
      }
    }),
    { numRuns: 500 },
  )
})

test('seats are filled neither over nor under', () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      const { results, bands, problems } = select(snapshot)
      for (const { id, seats, selected, shortfall } of bands) {
        const own = results.filter((line) => line.band === id && hasSeatOfOwnBand(line)).length
        const over = problems.find(({ band }) => band === id)?.over ?? 0
        expect(own).toBeLessThanOrEqual(seats + over)
        expect(shortfall).toBe(Math.max(0, seats - selected))
        if (results.some((line) => line.band === id && isWaiting(line))) expect(own).toBe(seats + over)
      }
    }),
  )
})

test('everyone is there once, and the counts agree', () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      const { results, bands, regions } = select(snapshot)
      const codes = (lines: { code: string }[]) => lines.map(({ code }) => code).sort()
      expect(codes(results)).toEqual(codes(snapshot.candidates))
      for (const [key, tallies] of [['band', bands] as const, ['region', regions] as const])
        for (const { id, eligible, selected } of tallies) {
          const here = results.filter((line) => line[key] === id)
          expect(eligible).toBe(here.filter((line) => line.eligible).length)
          expect(selected).toBe(here.filter(isSelected).length)
        }
      expect(new Set(regions.map(({ id }) => id))).toEqual(
        new Set(snapshot.candidates.map(({ region }) => region)),
      )
    }),
  )
})

test('ranks, orders and waiting lists count from 1 without a gap', () => {
  fc.assert(
    fc.property(anySnapshot, (snapshot) => {
      const { results, bands } = select(snapshot)
      const eligible = results.filter((line) => line.eligible)
      expect(eligible.map(({ rank }) => rank)).toEqual(eligible.map((_, index) => index + 1))
      expect(results.slice(0, eligible.length)).toEqual(eligible)
      const selected = results.filter(isSelected)
      expect(selected.map(({ order }) => order)).toEqual(selected.map((_, index) => index + 1))
      for (const { id } of bands) {
        const here = eligible.filter(({ band }) => band === id)
        expect(here.map(({ bandRank }) => bandRank)).toEqual(here.map((_, index) => index + 1))
        const waiting = here.filter(isWaiting)
        expect(waiting.map(({ waitlistPosition }) => waitlistPosition)).toEqual(
          waiting.map((_, index) => index + 1),
        )
      }
    }),
  )
})

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}
