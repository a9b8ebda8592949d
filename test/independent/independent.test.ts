import { expect, test } from 'vitest'
import { disagreement, refusedAt, stabilityDisagreement } from './compare.ts'
import type { Input } from './form.ts'
import { generated } from './generate.ts'

/** Thousands of them: `npm run check:independent`. */
const COUNT = 400

test('a second engine, written from the specification alone, says the same of generated snapshots to the last byte', () => {
  const different = seeds(COUNT).flatMap((seed) => {
    const found = disagreement(generated(seed))
    return found === null ? [] : [`${seed}: ${found}`]
  })
  expect(different).toEqual([])
})

test('and of the runs of their stability', () => {
  const different = seeds(25).flatMap((seed) => {
    const found = stabilityDisagreement(generated(seed))
    return found === null ? [] : [`${seed}: ${found}`]
  })
  expect(different).toEqual([])
})

test('what is generated has everything that a snapshot may have, and ties', () => {
  const all = seeds(COUNT).map(generated)
  const hospitals = all.flatMap(({ candidates }) => candidates)
  const questions = all.flatMap(({ policy }) => policy.questions ?? [])
  const seen = (holds: boolean[]) => holds.filter(Boolean).length
  const counts = {
    publicFacts: seen(hospitals.map(({ publicFacts }) => Boolean(publicFacts))),
    supportedIn: seen(hospitals.map(({ supportedIn }) => Boolean(supportedIn))),
    otherRound: seen(hospitals.map(({ otherRound }) => Boolean(otherRound))),
    extra: seen(hospitals.map(({ submission }) => Boolean(submission?.extra))),
    downwards: seen(questions.map((each) => each.kind === 'number' && each.fullAt < each.zeroAt)),
    barring: seen(
      questions.map(
        (each) => each.kind === 'choice' && each.options.some(({ eligible }) => eligible === false),
      ),
    ),
    many: seen(all.map(({ policy }) => (policy.questions?.length ?? 0) > 1)),
    moved: seen(all.map(({ moves }) => (moves?.length ?? 0) > 0)),
    sameBeds: seen(all.map(hasTwins)),
  }
  for (const [what, count] of Object.entries(counts)) expect([what, count > 20]).toEqual([what, true])
})

function seeds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `test-${index}`)
}

function hasTwins({ candidates }: Input): boolean {
  return new Set(candidates.map(({ beds }) => beds)).size < candidates.length
}

/** What the specification has refused, and the path that has to be named. */
test.each<[path: string, change: (input: Input) => void]>([
  ['policy.earlierSupport', ({ policy }) => Object.assign(policy, { earlierSupport: 'include' })],
  ['policy.questions[0].id', ({ policy }) => Object.assign(policy.questions![0]!, { id: 'Links' })],
  [
    'policy.questions[0].id',
    ({ policy }) => Object.assign(policy.questions![0]!, { id: `a${'b'.repeat(32)}` }),
  ],
  ['policy.questions[1].id', ({ policy }) => Object.assign(policy.questions![1]!, { id: 'links' })],
  ['policy.questions[0].points', ({ policy }) => Object.assign(policy.questions![0]!, { points: 1001 })],
  ['policy.questions[0].points', ({ policy }) => Object.assign(policy.questions![0]!, { points: 0.5 })],
  ['policy.questions[0].zeroAt', ({ policy }) => Object.assign(policy.questions![0]!, { zeroAt: -1 })],
  [
    'policy.questions[0].fullAt',
    ({ policy }) => Object.assign(policy.questions![0]!, { fullAt: 1_000_000_000 }),
  ],
  ['policy.questions[0].fullAt', ({ policy }) => Object.assign(policy.questions![0]!, { fullAt: 0 })],
  ['policy.questions[1].options[1].id', ({ policy }) => Object.assign(optionsOf(policy)[1]!, { id: 'yes' })],
  [
    'policy.questions[1].options[0].value',
    ({ policy }) => Object.assign(optionsOf(policy)[0]!, { value: 101 }),
  ],
  [
    'policy.questions[1].options[0].eligible',
    ({ policy }) => Object.assign(optionsOf(policy)[0]!, { eligible: 0 }),
  ],
  ['candidates[0].submission.extra.links', ({ candidates }) => answered(candidates, { links: -1 })],
  ['candidates[0].submission.extra.links', ({ candidates }) => answered(candidates, { links: '1' })],
  ['candidates[0].submission.extra.map', ({ candidates }) => answered(candidates, { map: 'maybe' })],
  ['candidates[0].submission.extra.other', ({ candidates }) => answered(candidates, { other: 1 })],
  ['candidates[0].supportedIn', ({ candidates }) => Object.assign(candidates[0]!, { supportedIn: '' })],
  ['candidates[0].otherRound', ({ candidates }) => Object.assign(candidates[0]!, { otherRound: 'waiting' })],
  [
    'candidates[0].publicFacts.asOf',
    ({ candidates }) => Object.assign(candidates[0]!.publicFacts!, { asOf: '2025-10' }),
  ],
  [
    'candidates[0].publicFacts.bcp',
    ({ candidates }) => Object.assign(candidates[0]!.publicFacts!, { bcp: undefined }),
  ],
  [
    'candidates[0].publicFacts.more',
    ({ candidates }) => Object.assign(candidates[0]!.publicFacts!, { more: 1 }),
  ],
  [
    'candidates[0].gmis',
    ({ candidates }) => Object.assign(candidates[0]!.submission!, { gmisConsent: false }),
  ],
])('a malformed extension is refused at %s', (path, change) => {
  const input = sample()
  expect(refusedAt(input)).toEqual([])
  change(input)
  expect(refusedAt(input)).toContain(path)
})

function sample(): Input {
  const facts = { offlineBackup: true, bcp: null, networkControl: false }
  return {
    format: 'kakuho.snapshot/1',
    round: 1,
    takenAt: '2024-03-19T00:00:00.000Z',
    policy: {
      supportPeriodEnd: '2025-03',
      bands: [{ id: '20-', min: 20, max: null, seats: 1 }],
      regionFloor: 1,
      shortfall: 'leave',
      unknownValue: 50,
      criteria: { emergency: 25 },
      tieBreak: ['lottery'],
      lotterySeed: '',
      earlierSupport: 'exclude',
      questions: [
        { id: 'links', label: '外部接続点の数', kind: 'number', points: 20, zeroAt: 0, fullAt: 20 },
        {
          id: 'map',
          label: 'ネットワーク構成図の有無',
          kind: 'choice',
          points: 10,
          options: [
            { id: 'yes', label: 'あり', value: 0 },
            { id: 'never', label: '作成しない', value: 0, eligible: false },
          ],
        },
      ],
    },
    candidates: [
      {
        code: '1',
        name: '試験病院',
        region: '鹿児島',
        beds: 20,
        functions: [],
        inspection: 'good',
        submission: {
          emr: 'full',
          emrPlannedMonth: null,
          intent: 'both',
          gmisConsent: true,
          submittedAt: '2024-03-11T02:00:00.000Z',
          extra: { links: 12, map: 'yes' },
        },
        gmis: facts,
        override: null,
        publicFacts: { ...facts, source: '施設基準の届出', asOf: '2025-10-01' },
        supportedIn: '令和6年度',
        otherRound: 'declined',
      },
    ],
  }
}

function optionsOf({ questions }: Input['policy']): object[] {
  const [, question] = questions!
  return question!.kind === 'choice' ? question!.options : []
}

function answered([hospital]: Input['candidates'], extra: Record<string, string | number>): void {
  hospital!.submission!.extra = extra
}
