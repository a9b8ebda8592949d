import { describe, expect, test } from 'vitest'
import { explain } from '../../../../src/domain/selection/explain/explain.ts'
import { DEFAULT_POLICY, type SnapshotPolicy } from '../../../../src/domain/selection/policy.ts'
import { readingOf } from '../../../../src/domain/selection/reading.ts'
import type { Candidate, Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { problemTexts, scoreText } from '../../../../src/domain/selection/words/decision.ts'
import { explanationTexts } from '../../../../src/domain/selection/words/sentences.ts'
import { prefectureOf } from '../../../../src/domain/survey/prefecture.ts'

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
function snapshotOf(candidates: Candidate[], policy: Partial<SnapshotPolicy> = {}, round = 1): Snapshot {
  return {
    format: 'kakuho.snapshot/1',
    round,
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
}

function textsFor(
  candidates: Candidate[],
  policy: Partial<SnapshotPolicy> = {},
  moves?: Snapshot['moves'],
  round?: number,
) {
  const { texts, rows } = readingOf({ ...snapshotOf(candidates, policy, round), ...(moves && { moves }) })
  return Object.fromEntries(
    rows.map((row) => [row.code, [texts.decision(row), texts.basis(row), texts.why(row)]]),
  )
}

test('by rank, and not reached', () => {
  expect(textsFor([candidate('a', { beds: 60 }), candidate('b'), candidate('c', { beds: 40 })])).toEqual({
    a: ['選定', '順位', '20～99床の区分で第1位（支援枠1）'],
    b: ['補欠第1位', null, '20～99床の区分で第2位（支援枠1）のため、枠内に入りません'],
    c: ['補欠第2位', null, '20～99床の区分で第3位（支援枠1）のため、枠内に入りません'],
  })
})

test.each(['離島のため。', '離島のため'])(
  'a reason typed as %s is followed by one full stop, or none',
  (reason) => {
    const designated = candidate('a', { functions: ['disaster'], override: { kind: 'designate', reason } })
    const excluded = candidate('b', { override: { kind: 'exclude', reason } })
    const { texts, rows } = readingOf(snapshotOf([designated, excluded]))
    expect(rows.map((row) => texts.statement(row))).toEqual([
      '離島のため。災害拠点病院',
      '県の判断による除外：離島のため',
    ])
  },
)

test('whoever was moved by hand reads so, and nobody else', () => {
  const hospitals = [candidate('a', { beds: 60 }), candidate('b'), candidate('c', { beds: 40 })]
  const texts = textsFor(hospitals, {}, [{ code: 'c', position: 1, reason: '離島のため' }])
  expect(texts).toEqual({
    a: ['補欠第1位', null, '20～99床の区分で第2位（支援枠1）のため、枠内に入りません'],
    b: ['補欠第2位', null, '20～99床の区分で第3位（支援枠1）のため、枠内に入りません'],
    c: ['選定', '順位', '20～99床の区分で第1位（支援枠1）（順位は県の判断により変更）'],
  })
})

test('designated, and displaced by that', () => {
  const override = { kind: 'designate' as const, reason: '離島で唯一の病院であるため' }
  expect(textsFor([candidate('a', { beds: 60 }), candidate('b', { submission: null, override })])).toEqual({
    a: [
      '補欠第1位',
      null,
      '20～99床の区分で第1位（支援枠1）ですが、県の指定（1病院）を優先したため、枠内に入りません',
    ],
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
    a: ['選定', '順位', '20～99床の区分で第1位（支援枠2）'],
    b: [
      '補欠第1位',
      null,
      '20～99床の区分で第2位（支援枠2）ですが、医療圏の確保枠（1病院）を優先したため、枠内に入りません',
    ],
    c: ['選定', '医療圏の確保枠', '奄美医療圏に1病院以上を確保するため。20～99床の区分で第3位（支援枠2）'],
  })
})

test('by redistribution', () => {
  const bands = [
    { id: 'small', min: 20, max: 99, seats: 1 },
    { id: 'large', min: 100, max: null, seats: 1 },
  ]
  const texts = textsFor([candidate('a', { beds: 60 }), candidate('b')], { bands, shortfall: 'redistribute' })
  expect(texts.b).toEqual([
    '選定',
    '余った枠の再配分',
    'ほかの区分で余った枠を、全体の順位（第2位）により配分',
  ])
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
  expect(Object.values(texts).map(([decision]) => decision)).toEqual(['除外', ...Array(7).fill('対象外')])
  expect(Object.values(texts).map(([, , why]) => why)).toEqual([
    '県の判断による除外：廃院予定',
    '病床規模区分に該当しない（10床）',
    '未回答',
    '電子カルテを導入していない（予定もない）',
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

describe('in an additional round', () => {
  const bands = [{ id: 'small', min: 20, max: 99, seats: 1 }]
  const later = (candidates: Candidate[], policy: Partial<SnapshotPolicy> = {}) =>
    textsFor(candidates, { bands, ...policy }, undefined, 2)

  test('the seats are told as those that are left', () => {
    expect(later([candidate('a', { beds: 60 }), candidate('b')])).toEqual({
      a: ['選定', '順位', '20～99床の区分で第1位（追加の枠1）'],
      b: ['補欠第1位', null, '20～99床の区分で第2位（追加の枠1）のため、枠内に入りません'],
    })
    expect(later([candidate('a')], { bands: [{ ...bands[0]!, seats: 0 }] }).a).toEqual([
      '補欠第1位',
      null,
      '20～99床の区分には、追加の枠がありません',
    ])
  })

  test('who is left out is not said to be excluded', () => {
    expect(
      later([
        candidate('a', { otherRound: 'selected' }),
        candidate('b', { otherRound: 'declined' }),
        candidate('c', { otherRound: 'selected', override: { kind: 'exclude', reason: '廃院予定' } }),
      ]),
    ).toEqual({
      a: ['選定済み', null, 'ほかの回で選定済み'],
      b: ['辞退済み', null, '辞退済み'],
      c: ['除外', null, '県の判断による除外：廃院予定'],
    })
  })

  test.each([
    ['初回選定で選定済み', '選定済み'],
    ['初回選定の後に辞退', '辞退済み'],
    ['追加選定（第2回）で選定済み', '選定済み'],
    ['追加選定（第12回）の後に辞退', '辞退済み'],
  ])('nor in a snapshot of before, which had it as an exclusion: %s', (reason, decision) => {
    const texts = later([candidate('a', { override: { kind: 'exclude', reason } })])
    expect(texts.a).toEqual([decision, null, reason])
  })

  test('a reason that an officer typed stays one', () => {
    const override = { kind: 'exclude' as const, reason: '初回選定で選定済みの病院と合併' }
    expect(later([candidate('a', { override })]).a).toEqual([
      '除外',
      null,
      '県の判断による除外：初回選定で選定済みの病院と合併',
    ])
  })
})

describe('for the ministry', () => {
  const statementOf = (changes: Partial<Candidate>) => {
    const { texts, row } = readingOf(snapshotOf([candidate('a', changes)]))
    return texts.statement(row('a'))
  }

  test.each<[Candidate['functions'], string]>([
    [[], ''],
    [['disaster'], '。災害拠点病院'],
    [
      ['regional_support', 'disaster', 'emergency_center'],
      '。救命救急センター、災害拠点病院、地域医療支援病院',
    ],
    [['emergency', 'emergency_center'], '。救命救急センター'],
    [['infectious', 'emergency'], '。救急告示病院、感染症指定医療機関'],
  ])('the rank, then what the hospital does: %j', (functions, told) => {
    expect(statementOf({ functions })).toBe(`20～99床の区分で第1位（支援枠1）${told}`)
  })

  test('a designation with its own reason', () => {
    const override = { kind: 'designate' as const, reason: '離島の拠点' }
    expect(statementOf({ override, functions: ['remote'] })).toBe('離島の拠点。へき地医療拠点病院')
  })
})

describe('of another kind of prefecture', () => {
  test.each([
    ['大阪府', '府'],
    ['東京都', '都'],
    ['北海道', '道'],
    ['架空県', '県'],
  ])('%s speaks of the %s', (name, kind) => {
    const candidates = [
      candidate('a', { override: { kind: 'designate', reason: '拠点' } }),
      candidate('b', { beds: 60 }),
      candidate('c', { override: { kind: 'exclude', reason: '廃院' } }),
      candidate('d', { beds: 200, override: { kind: 'designate', reason: '拠点' } }),
    ]
    const large = { id: 'large', min: 100, max: null, seats: 0 }
    const taken = {
      ...snapshotOf(candidates, { bands: [{ id: 'small', min: 20, max: 99, seats: 1 }, large] }),
      moves: [{ code: 'b', position: 1, reason: '実績' }],
    }
    const reading = readingOf(taken, undefined, prefectureOf(name))
    const said = reading.rows.map((row) => `${reading.texts.basis(row) ?? ''}${reading.texts.why(row)}`)
    const spoken = [...said, ...problemTexts(reading)].join()
    expect(spoken.match(/[都道府県](?=の)/g)).toEqual(Array(6).fill(kind))
    for (const code of ['a', 'b', 'c', 'd']) {
      const { summary, sentences } = explanationTexts(explain(reading, code), reading)
      for (const [letter] of [summary, ...sentences].join('').matchAll(/[都道府県](?=の(指定|判断))/g))
        expect(letter).toBe(kind)
    }
  })
})
