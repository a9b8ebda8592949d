import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generatedSnapshot, PREFECTURE } from '../../../bench/hospitals.ts'
import { CRITERION_IDS } from '../../../src/domain/selection/policy.ts'
import type { SnapshotQuestion } from '../../../src/domain/selection/questions.ts'
import { readingOf } from '../../../src/domain/selection/reading.ts'
import { select } from '../../../src/domain/selection/select.ts'
import {
  PERTURBED_RUNS,
  perturbed,
  perturbedQuestions,
  singleChanges,
  stabilityOf,
} from '../../../src/domain/selection/stability.ts'
import { contests, editions, SMALL, snapshots } from './arbitraries.ts'
import { bands, candidate, snapshot, submission } from './builders.ts'
import { moved, selectedIn } from './moved-snapshots.ts'

const THOUSAND = Object.fromEntries(CRITERION_IDS.map((id) => [id, 1000]))

test('is what selecting again with every policy gives', () => {
  const any = fc.oneof(snapshots(SMALL), contests, moved(snapshots(SMALL)), editions(SMALL))
  fc.assert(
    fc.property(any, (taken) => {
      const { runs, hospitals, onTheLine } = stabilityOf(readingOf(taken))
      const base = selectedIn(taken)
      const { criteria, questions = [] } = taken.policy
      const hash = select(taken).snapshotSha256
      const withPoints = (changed: object, asked: readonly SnapshotQuestion[]) =>
        selectedIn({ ...taken, policy: { ...taken.policy, criteria: changed, questions: [...asked] } })
      const single = singleChanges(criteria, questions)
      const alone = single.map((change) => withPoints(change.criteria, labelled(questions, change.questions)))
      const together = Array.from({ length: PERTURBED_RUNS }, (_, run) =>
        withPoints(perturbed(criteria, hash, run), perturbedQuestions(questions, hash, run)),
      )
      expect(runs).toBe(230 + 2 * questions.length)
      const eligible = select(taken).results.filter((line) => line.eligible)
      expect([...hospitals.keys()]).toEqual(eligible.map(({ code }) => code))
      for (const [code, { selected, flips }] of hospitals) {
        expect(selected).toBe([...alone, ...together].filter((run) => run.has(code)).length)
        const turned = single.filter((_, index) => alone[index]!.has(code) !== base.has(code))
        expect(flips).toEqual(turned.map(({ criterion, percent }) => ({ criterion, percent })))
        expect(onTheLine.includes(code)).toBe(selected > 0 && selected < runs)
      }
    }),
    { numRuns: 20 },
  )
})

test('a single change rounds to whole points', () => {
  const points = (percent: number, value: number) =>
    singleChanges({ bcp: value }).find((change) => change.criterion === 'bcp' && change.percent === percent)!
      .criteria.bcp
  // 5.6, 8.4, 1.6, 2.4
  expect([points(80, 7), points(120, 7), points(80, 2), points(120, 2)]).toEqual([6, 8, 2, 2])
  expect([points(80, 1000), points(120, 1000), points(80, 0), points(120, 0)]).toEqual([800, 1200, 0, 0])
  expect(singleChanges({})).toHaveLength(30)
})

test('a perturbed policy is drawn as documented: the same in any language', () => {
  const hash = '00'.repeat(32)
  expect(Object.values(perturbed(THOUSAND, hash, 0))).toEqual([
    1115, 837, 1054, 896, 1198, 1072, 1068, 916, 991, 971, 965, 988, 862, 1170, 865,
  ])
  expect(Object.values(perturbed(THOUSAND, hash, 199))).toEqual([
    878, 1116, 831, 841, 1139, 1105, 933, 1179, 950, 1148, 870, 1146, 846, 899, 1028,
  ])
  // 500 × 0.965 = 482.5
  expect(perturbed({ bcp: 500 }, hash, 0)).toEqual({ ...all(0), bcp: 483 })
})

test('further questions take the groups behind the criteria: the first the sixteenth, the next of a hash of its own', () => {
  const asked = Array.from({ length: 18 }, (_, index) => ({
    id: `q${index}`,
    kind: 'number' as const,
    points: 1000,
    zeroAt: 0,
    fullAt: 1,
  }))
  const hash = '00'.repeat(32)
  const group = (text: string, at: number) => {
    const digits = createHash('sha256').update(text).digest('hex')
    return 800 + (Number.parseInt(digits.slice(4 * at, 4 * at + 4), 16) % 401)
  }
  const points = perturbedQuestions(asked, hash, 7).map((question) => question.points)
  expect(points[0]).toBe(group(`${hash}:7`, 15))
  expect(points.slice(1, 17)).toEqual(Array.from({ length: 16 }, (_, at) => group(`${hash}:7:1`, at)))
  expect(points[17]).toBe(group(`${hash}:7:2`, 0))
})

test('a further question alone is varied after the criteria, also where it has no points', () => {
  const asked = [0, 7].map((points, index) => ({
    id: `q${index}`,
    kind: 'number' as const,
    points,
    zeroAt: 0,
    fullAt: 1,
  }))
  const changes = singleChanges({}, asked)
  expect(
    changes
      .slice(30)
      .map(({ criterion, percent, questions }) => [
        criterion,
        percent,
        questions.map(({ points }) => points),
      ]),
  ).toEqual([
    ['q.q0', 80, [0, 7]],
    ['q.q0', 120, [0, 7]],
    ['q.q1', 80, [0, 6]],
    ['q.q1', 120, [0, 8]],
  ])
})

test('factors reach from 0.800 to 1.200 and centre on 1', () => {
  const runs = Array.from({ length: 2000 }, (_, run) => Object.values(perturbed(THOUSAND, 'x', run))).flat()
  expect(Math.min(...runs)).toBe(800)
  expect(Math.max(...runs)).toBe(1200)
  expect(runs.reduce((sum, factor) => sum + factor, 0) / runs.length).toBeCloseTo(1000, -1)
})

test('names the criterion that a decision hangs on', () => {
  // 1: disaster 10 × 100 = 1000. 2: remote 9 × 100 = 900. Disaster at 8 or remote at 11 turns it over.
  const all = [
    candidate('1', { functions: ['disaster'] }),
    candidate('2', { functions: ['remote'] }),
    candidate('3', { submission: submission({ intent: 'none' }) }),
  ]
  const { hospitals, onTheLine } = stabilityOf(
    readingOf(snapshot(all, { criteria: { disaster: 10, remote: 9 }, regionFloor: 0, bands: bands(1, 0) })),
  )
  const flips = [
    { criterion: 'disaster', percent: 80 },
    { criterion: 'remote', percent: 120 },
  ]
  expect(hospitals.get('1')).toEqual({ selected: expect.any(Number), flips })
  expect(hospitals.get('2')!.flips).toEqual(flips)
  expect(hospitals.get('1')!.selected + hospitals.get('2')!.selected).toBe(230)
  expect(onTheLine).toEqual(['1', '2'])
  expect(hospitals.has('3')).toBe(false)
})

test('without competition nothing hangs on the weights', () => {
  const { onTheLine, hospitals } = stabilityOf(
    readingOf(snapshot([candidate('1'), candidate('2')], { bands: bands(2, 0) })),
  )
  expect(onTheLine).toEqual([])
  expect([...hospitals.values()]).toEqual([
    { selected: 230, flips: [] },
    { selected: 230, flips: [] },
  ])
})

test('a whole prefecture has hospitals on the line, and the same ones each time', () => {
  const taken = generatedSnapshot(PREFECTURE)
  const once = stabilityOf(readingOf(taken))
  expect(once.onTheLine.length).toBeGreaterThan(0)
  expect(stabilityOf(readingOf(taken))).toEqual(once)
})

function all(points: number): Record<string, number> {
  return Object.fromEntries(CRITERION_IDS.map((id) => [id, points]))
}

function labelled(
  before: readonly SnapshotQuestion[],
  after: readonly { points: number }[],
): SnapshotQuestion[] {
  return before.map((question, index) => ({ ...question, points: after[index]!.points }))
}
