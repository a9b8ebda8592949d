import type { SnapshotPolicy } from '../../src/domain/selection/policy.ts'
import { select } from '../../src/domain/selection/select.ts'
import { sha256Hex } from '../../src/domain/text/canonical.ts'
import { compareText } from '../../src/domain/text/text-order.ts'
import { COUNTRY, generatedSnapshot, type Size } from '../hospitals.ts'
import { timed } from './measured.ts'
import type { Figure, Row } from './row.ts'

const GOAL = 50
const GOAL_TIMES = 10

const POLICIES: readonly [name: string, policy: Partial<SnapshotPolicy>][] = [
  ['no floors', { regionFloor: 0 }],
  ['floor 1', { regionFloor: 1 }],
  ['floor 5', { regionFloor: 5 }],
  ['all tied, so all by lottery', { criteria: {}, tieBreak: ['lottery'] }],
]

/** As many hospitals as no country has, to see how it grows. */
const MANY: Size = {
  ...COUNTRY,
  hospitals: 100_000,
  seats: COUNTRY.seats.map((seats) =>
    Math.round((seats * 100_000) / COUNTRY.hospitals),
  ) as unknown as Size['seats'],
}
const GROWTH = nLogN(MANY) / nLogN(COUNTRY)
const MANY_LINE = 'selection of 100,000 hospitals'

export const engine: Row = {
  name: 'engine',
  lines: [...POLICIES.map(([name]) => lineOf(name)), MANY_LINE],
  async measure() {
    const cases = POLICIES.flatMap(([, policy]) => {
      const snapshot = generatedSnapshot(COUNTRY, policy)
      return [() => select(snapshot), sortingOf(COUNTRY, policy)]
    })
    const took = await timed(cases)
    const figures = POLICIES.map(([name], index) => figureOf(name, took[index * 2]!, took[index * 2 + 1]!))
    const [country, many] = [generatedSnapshot(COUNTRY), generatedSnapshot(MANY)]
    const [small, large] = (await timed([() => select(country), () => select(many)], { times: 5 })) as [
      number,
      number,
    ]
    const growth = large / small
    return [
      ...figures,
      {
        what: MANY_LINE,
        against: 'the same of 8,200',
        goal: `n log n: ≤ ${GROWTH.toFixed(1)} ×`,
        figure: `${growth.toFixed(1)} × (${large.toFixed(0)} of ${small.toFixed(0)} ms)`,
        isMet: growth <= GROWTH,
      },
    ]
  },
}

function lineOf(policy: string): string {
  return `selection of the country (8,200 hospitals, 330 regions, 2,000 seats), ${policy}`
}

function figureOf(policy: string, ms: number, sorting: number): Figure {
  const times = ms / sorting
  return {
    what: lineOf(policy),
    against: 'sorting the same candidates alone',
    goal: `≤ ${GOAL} ms, ≤ ${GOAL_TIMES} ×`,
    figure: `${ms.toFixed(1)} ms, ${times.toFixed(1)} × (${sorting.toFixed(1)} ms)`,
    isMet: ms <= GOAL && times <= GOAL_TIMES,
  }
}

/** Everybody into one order by what decides, each key at hand: the points, then what breaks ties, at last the code. */
function sortingOf(size: Size, changes: Partial<SnapshotPolicy>): () => unknown {
  const snapshot = generatedSnapshot(size, changes)
  const { policy, candidates } = snapshot
  const { results } = select(snapshot)
  const scores = new Map(results.map(({ code, score }) => [code, score]))
  const candidatesWithKeys = candidates.map(({ code, beds, submission }) => ({
    code,
    score: scores.get(code)!,
    ties: {
      beds: -beds,
      submittedAt: Date.parse(submission?.submittedAt ?? '9999-12-31'),
      lottery: sha256Hex(`${policy.lotterySeed}:${code}`),
    },
  }))
  const compareTied = policy.tieBreak.map((key) => {
    const of = (each: (typeof candidatesWithKeys)[number]) => each.ties[key]
    return key === 'lottery'
      ? (a: (typeof candidatesWithKeys)[number], b: (typeof candidatesWithKeys)[number]) =>
          compareText(String(of(a)), String(of(b)))
      : (a: (typeof candidatesWithKeys)[number], b: (typeof candidatesWithKeys)[number]) =>
          Number(of(a)) - Number(of(b))
  })
  return () =>
    candidatesWithKeys.toSorted((a, b) => {
      let order = b.score - a.score
      for (const compare of compareTied) order ||= compare(a, b)
      return order || compareText(a.code, b.code)
    })
}

function nLogN({ hospitals }: Size): number {
  return hospitals * Math.log(hospitals)
}
