import { describe, expect, test } from 'vitest'
import type { Submission, SubmissionState } from '../../../src/domain/answer/submission.ts'
import { roundLabel } from '../../../src/domain/record/round.ts'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { parseSnapshot } from '../../../src/domain/selection/snapshot.ts'
import { type Facts, factsSha256, snapshotOf } from '../../../src/domain/selection/snapshot-of.ts'
import { aHospital } from '../../support/builders.ts'
import { anAnswer } from '../../support/submissions.ts'

const A = '4610000011'
const B = '4610000029'
const GMIS = { offlineBackup: false, bcp: true, networkControl: null }

function facts(overrides: Partial<Facts> = {}): Facts {
  return {
    hospitals: [
      aHospital({
        key: B,
        name: '乙病院',
        region: '奄美',
        beds: 250,
        functions: ['disaster'],
        inspection: 'good',
      }),
      aHospital({ key: A, name: '甲病院' }),
    ],
    submissions: [],
    gmis: new Map(),
    publicFacts: new Map(),
    questionTexts: new Map(),
    overrides: [],
    moves: [],
    policy: DEFAULT_POLICY,
    round: 1,
    takenAt: new Date('2024-03-19T00:00:00Z'),
    otherRounds: new Map(),
    ...overrides,
  }
}

function submission(
  hospitalCode: string,
  state: SubmissionState,
  answers: Partial<Submission['answers']> = {},
): Submission {
  return {
    id: 1,
    number: 'R-0001',
    submissionId: crypto.randomUUID(),
    code: 'ABCD-2345',
    state,
    channel: 'web',
    enteredBy: null,
    withdrawnChannel: null,
    isMatched: false,
    hospitalCode,
    typedHospital: null,
    version: 2,
    answers: anAnswer(answers),
    submittedAt: new Date('2024-03-11T02:00:00Z'),
    createdAt: new Date('2024-03-11T02:00:00Z'),
    correctedAt: new Date('2024-03-12T02:00:00Z'),
    withdrawnAt: null,
    closedAt: null,
    lot: 42,
  }
}

const candidate = (code: string, given: Partial<Facts>) =>
  snapshotOf(facts(given)).candidates.find((each) => each.code === code)!

describe('a snapshot of the facts', () => {
  test('has every hospital of the master, answered or not, by code', () => {
    const snapshot = snapshotOf(
      facts({ submissions: [submission(B, 'current', { emr: 'planned', emrPlannedMonth: '2024-09' })] }),
    )
    expect(snapshot).toEqual({
      format: 'kakuho.snapshot/1',
      round: 1,
      takenAt: '2024-03-19T00:00:00.000Z',
      policy: DEFAULT_POLICY,
      candidates: [
        {
          code: A,
          name: '甲病院',
          region: '鹿児島',
          beds: 120,
          functions: [],
          inspection: 'unknown',
          submission: null,
          gmis: null,
          override: null,
        },
        {
          code: B,
          name: '乙病院',
          region: '奄美',
          beds: 250,
          functions: ['disaster'],
          inspection: 'good',
          submission: {
            emr: 'planned',
            emrPlannedMonth: '2024-09',
            intent: 'both',
            gmisConsent: true,
            submittedAt: '2024-03-11T02:00:00.000Z',
          },
          gmis: null,
          override: null,
        },
      ],
    })
  })

  test.each(['duplicate', 'unlinked', 'withdrawn'] as const)('counts no submission that is %s', (state) => {
    expect(candidate(A, { submissions: [submission(A, state)] }).submission).toBeNull()
  })

  test('has GMIS answers only with the consent of the current submission', () => {
    const gmis = new Map([[A, GMIS]])
    const consenting = submission(A, 'current', { gmisConsent: true })
    const refusing = submission(A, 'current', { gmisConsent: false })
    expect(candidate(A, { gmis, submissions: [consenting] }).gmis).toEqual(GMIS)
    expect(candidate(A, { gmis, submissions: [refusing] }).gmis).toBeNull()
    expect(candidate(A, { gmis, submissions: [submission(A, 'duplicate')] }).gmis).toBeNull()
    expect(candidate(A, { gmis }).gmis).toBeNull()
  })

  test('has the prefecture’s own decisions', () => {
    const overrides = [{ hospitalCode: A, kind: 'designate' as const, reason: '離島の拠点' }]
    expect(candidate(A, { overrides }).override).toEqual({ kind: 'designate', reason: '離島の拠点' })
  })

  test('says what another round made of a hospital, beside what the prefecture decided', () => {
    const overrides = [{ hospitalCode: A, kind: 'designate' as const, reason: '離島の拠点' }]
    const later = { round: 3, overrides, otherRounds: new Map([[A, 'selected' as const]]) }
    expect(candidate(A, later)).toMatchObject({
      otherRound: 'selected',
      override: { kind: 'designate', reason: '離島の拠点' },
    })
    expect(candidate(B, later)).not.toHaveProperty('otherRound')
  })

  test('is one that the engine accepts', () => {
    const given = facts({
      submissions: [submission(A, 'current')],
      gmis: new Map([[A, GMIS]]),
      overrides: [{ hospitalCode: B, kind: 'exclude', reason: '廃院予定' }],
    })
    expect(parseSnapshot(JSON.parse(JSON.stringify(snapshotOf(given))))).toMatchObject({ ok: true })
  })
})

test('the facts have the same hash until one of them changes, whenever they are taken', () => {
  const hash = (given: Partial<Facts>) => factsSha256(snapshotOf(facts(given)))
  const before = hash({})
  expect(before).toMatch(/^[0-9a-f]{64}$/)
  expect(hash({ takenAt: new Date('2024-03-20T00:00:00Z') })).toBe(before)
  expect(hash({ hospitals: facts().hospitals.toReversed() })).toBe(before)
  expect(hash({ submissions: [submission(A, 'current')] })).not.toBe(before)
  expect(hash({ round: 2 })).not.toBe(before)
  expect(hash({ policy: { ...DEFAULT_POLICY, regionFloor: 2 } })).not.toBe(before)
  expect(hash({ overrides: [{ hospitalCode: A, kind: 'exclude', reason: '廃院' }] })).not.toBe(before)
})

test('a contact’s telephone is no fact of the selection', () => {
  const hash = (phone: string) =>
    factsSha256(snapshotOf(facts({ submissions: [submission(A, 'current', { phone })] })))
  expect(hash('099-111-1111')).toBe(hash('099-222-2222'))
})

test('rounds are called as the ministry calls them', () => {
  expect([1, 2, 3].map(roundLabel)).toEqual(['初回選定', '追加選定（第2回）', '追加選定（第3回）'])
})

test('moves by hand are part of the snapshot, in their order; without one it stays as it was', () => {
  const moves = [
    { hospitalCode: B, position: 1, reason: '離島の拠点' },
    { hospitalCode: A, position: 3, reason: '搬送の実績' },
  ]
  const moved = snapshotOf(facts({ moves }))
  expect(moved.moves).toEqual([
    { code: B, position: 1, reason: '離島の拠点' },
    { code: A, position: 3, reason: '搬送の実績' },
  ])
  expect(parseSnapshot(moved).ok).toBe(true)
  expect(snapshotOf(facts())).not.toHaveProperty('moves')
  expect(factsSha256(moved)).not.toBe(factsSha256(snapshotOf(facts())))
})
