import type { Stores } from '../db/stores.ts'
import { EXAMPLE_2026 } from '../domain/answer/further-example.ts'
import type { Hospital } from '../domain/master/hospital.ts'
import type { Policy } from '../domain/selection/policy.ts'
import type { DemoAnswer } from './answers.ts'
import { type Random, seededRandom } from './random.ts'

/** The demo as an edition for hospitals with many external connection points, as the programme of 令和8年度 is announced. */

const ACTOR = 'demo'

/** What it asks besides, before anybody answers. */
export function askEdition2026({ questions }: Stores, now: Date): void {
  questions.save(EXAMPLE_2026, {
    change: '令和8年度の例を追加',
    action: 'question.added',
    subject: EXAMPLE_2026.map(({ id }) => id).join(' '),
    detail: { label: EXAMPLE_2026.map(({ label }) => label).join('」「') },
    actor: ACTOR,
    at: now,
  })
}

/** The more connections and the less is drawn up, the more points; whoever cannot bear its part of the cost is left out. */
const QUESTIONS: NonNullable<Policy['questions']> = [
  { id: 'links', kind: 'number', points: 20, zeroAt: 0, fullAt: 30 },
  {
    id: 'map',
    kind: 'choice',
    points: 10,
    options: [
      { id: 'yes', value: 0 },
      { id: 'part', value: 50 },
      { id: 'no', value: 100 },
    ],
  },
  {
    id: 'vendor',
    kind: 'choice',
    points: 5,
    options: [
      { id: 'yes', value: 100 },
      { id: 'asking', value: 50 },
      { id: 'no', value: 0 },
    ],
  },
  {
    id: 'cost',
    kind: 'choice',
    points: 0,
    options: [
      { id: 'yes', value: 0 },
      { id: 'undecided', value: 0 },
      { id: 'no', value: 0, eligible: false },
    ],
  },
]

/** Whoever was supported in the first year leaves the seats to the others. */
export const POLICY_2026: Pick<Policy, 'questions' | 'earlierSupport'> = {
  questions: QUESTIONS,
  earlierSupport: 'exclude',
}

/** The same hospitals, of which some were supported in the first year. */
export function hospitals2026(hospitals: readonly Hospital[]): Hospital[] {
  return hospitals.map((hospital, index) =>
    index % 9 === 4 ? { ...hospital, supportedIn: '令和6年度' } : hospital,
  )
}

/** The same answers, with what they say to the further questions: larger hospitals have more connections. */
export function answers2026(answers: readonly DemoAnswer[]): DemoAnswer[] {
  // Of its own, so that everything else stays what it is without them.
  const random = seededRandom(20260401)
  return answers.map((answer) => ({
    ...answer,
    answers: { ...answer.answers, extra: extraOf(random, answer.hospital.beds) },
  }))
}

function extraOf(random: Random, beds: number): Record<string, string | number> {
  const most = Math.min(60, 6 + Math.floor(beds / 12))
  const links = random.between(1, random.chance(0.2) ? 2 * most : most)
  const kinds = KINDS.filter(() => random.chance(0.55)).join('、')
  return {
    links,
    ...(kinds && { link_kinds: kinds }),
    map: random.weighted([
      ['yes', links > 20 ? 6 : 3],
      ['part', 4],
      ['no', links > 20 ? 2 : 5],
    ]),
    vendor: random.weighted([
      ['yes', 6],
      ['asking', 3],
      ['no', 1],
    ]),
    cost: random.weighted([
      ['yes', 7],
      ['undecided', 4],
      ['no', 1],
    ]),
  }
}

const KINDS = [
  'インターネット',
  '電子カルテの遠隔保守',
  '検査機器の遠隔保守',
  '地域医療連携ネットワーク',
  'オンライン資格確認',
]
