import { expect, test } from 'vitest'
import { DEFAULT_POLICY, type Policy } from '../../../../src/domain/selection/policy.ts'
import { readingOf } from '../../../../src/domain/selection/reading.ts'
import type { Candidate, Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { scoreText } from '../../../../src/domain/selection/words/decision.ts'

const ANSWER: NonNullable<Candidate['submission']> = {
  emr: 'full',
  emrPlannedMonth: null,
  intent: 'both',
  gmisConsent: false,
  submittedAt: '2024-03-11T00:00:00.000Z',
}

function candidate(code: string, overrides: Partial<Candidate> = {}): Candidate {
  return {
    code,
    name: `病院${code}`,
    region: '鹿児島',
    beds: 50,
    functions: [],
    inspection: 'unknown',
    submission: ANSWER,
    gmis: null,
    override: null,
    ...overrides,
  }
}

/** One band of 20～99 beds unless told, ranked by beds alone. */
function textsFor(candidates: Candidate[], policy: Partial<Policy> = {}, moves?: Snapshot['moves']) {
  const snapshot: Snapshot = {
    ...(moves && { moves }),
    format: 'kakuho.snapshot/1',
    round: 1,
    takenAt: '2024-03-19T00:00:00.000Z',
    policy: {
      ...DEFAULT_POLICY,
      supportPeriodEnd: '2025-03',
      criteria: {},
      bands: [{ id: 'small', min: 20, max: 99, seats: 1 }],
      regionFloor: 0,
      ...policy,
    },
    candidates,
  }
  const { texts, rows } = readingOf(snapshot)
  return Object.fromEntries(
    rows.map((row) => [row.code, [texts.decision(row), texts.basis(row), texts.why(row)]]),
  )
}

test('by rank, and not reached', () => {
  expect(textsFor([candidate('a', { beds: 60 }), candidate('b'), candidate('c', { beds: 40 })])).toEqual({
    a: ['選定', '順位', '20～99床の区分で1位（枠1）'],
    b: ['補欠1位', null, '20～99床の区分で2位（枠1）のため、枠に届かない'],
    c: ['補欠2位', null, '20～99床の区分で3位（枠1）のため、枠に届かない'],
  })
})

test('whoever was moved by hand reads so, and nobody else', () => {
  const hospitals = [candidate('a', { beds: 60 }), candidate('b'), candidate('c', { beds: 40 })]
  const texts = textsFor(hospitals, {}, [{ code: 'c', position: 1, reason: '離島のため' }])
  expect(texts).toEqual({
    a: ['補欠1位', null, '20～99床の区分で2位（枠1）のため、枠に届かない'],
    b: ['補欠2位', null, '20～99床の区分で3位（枠1）のため、枠に届かない'],
    c: ['選定', '順位', '20～99床の区分で1位（枠1）（順位は県の判断により変更）'],
  })
})

test('designated, and displaced by that', () => {
  const override = { kind: 'designate' as const, reason: '離島で唯一の病院であるため' }
  expect(textsFor([candidate('a', { beds: 60 }), candidate('b', { submission: null, override })])).toEqual({
    a: ['補欠1位', null, '20～99床の区分で1位（枠1）だが、県の指定（1病院）を優先したため'],
    b: ['選定', '県の指定', '離島で唯一の病院であるため'],
  })
})

test('by a region’s floor, and displaced by that', () => {
  const bands = [{ id: 'small', min: 20, max: 99, seats: 2 }]
  const hospitals = [
    candidate('a', { beds: 60 }),
    candidate('b'),
    candidate('c', { beds: 40, region: '奄美' }),
  ]
  expect(textsFor(hospitals, { bands, regionFloor: 1 })).toEqual({
    a: ['選定', '順位', '20～99床の区分で1位（枠2）'],
    b: ['補欠1位', null, '20～99床の区分で2位（枠2）だが、医療圏の確保枠（1病院）を優先したため'],
    c: ['選定', '医療圏の確保枠', '奄美医療圏に1病院以上を確保するため。20～99床の区分で3位（枠2）'],
  })
})

test('by redistribution', () => {
  const bands = [
    { id: 'small', min: 20, max: 99, seats: 1 },
    { id: 'large', min: 100, max: null, seats: 1 },
  ]
  const texts = textsFor([candidate('a', { beds: 60 }), candidate('b')], { bands, shortfall: 'redistribute' })
  expect(texts.b).toEqual(['選定', '余った枠の再配分', '他の区分で余った枠を、全体の順位（2位）により配分'])
})

test('every reason that keeps a hospital out', () => {
  const submission = (overrides: Partial<typeof ANSWER>) => ({ submission: { ...ANSWER, ...overrides } })
  const texts = textsFor([
    candidate('a', { override: { kind: 'exclude', reason: '廃院予定' } }),
    candidate('b', { beds: 10 }),
    candidate('c', { submission: null }),
    candidate('d', submission({ emr: 'none' })),
    candidate('e', submission({ emr: 'planned', emrPlannedMonth: '2025-09' })),
    candidate('f', submission({ emr: 'planned' })),
    candidate('g', submission({ intent: 'undecided' })),
    candidate('h', submission({ intent: 'none' })),
  ])
  expect(Object.values(texts).map(([decision]) => decision)).toEqual(Array(8).fill('対象外'))
  expect(Object.values(texts).map(([, , why]) => why)).toEqual([
    '県の判断により対象外：廃院予定',
    '病床規模区分に該当しない（10床）',
    '未回答',
    '電子カルテの導入予定がない',
    '電子カルテの導入が支援の実施に間に合わない（導入予定：令和7年9月、支援期間：令和7年3月まで）',
    '電子カルテの導入が支援の実施に間に合わない（導入予定：時期未定、支援期間：令和7年3月まで）',
    '活用を検討中',
    '活用を希望しない',
  ])
})

test.each([
  [4150, '41.50'],
  [0, '0.00'],
  [5, '0.05'],
])('%i hundredths are %s points', (score, text) => {
  expect(scoreText(score)).toBe(text)
})
