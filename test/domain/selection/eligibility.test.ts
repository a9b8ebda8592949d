import { describe, expect, test } from 'vitest'
import { EMR_IDS, INTENT_IDS } from '../../../src/domain/answer/choices.ts'
import {
  answeredReasons,
  INELIGIBLE_REASON_IDS,
  ineligibilityOf,
  ineligibleReasons,
  obstaclesOf,
} from '../../../src/domain/selection/eligibility.ts'
import { answeredReasonText, answerHints } from '../../../src/domain/selection/words/obstacle.ts'
import { prefectureOf } from '../../../src/domain/survey/prefecture.ts'
import { labelOf } from '../../../src/domain/text/choice.ts'
import { bands, candidate, lineOf, submission } from './builders.ts'

const designate = { kind: 'designate', reason: '県が必要と認めたため' } as const
const exclude = { kind: 'exclude', reason: '廃止が決まっているため' } as const

const ANSWERS = {
  department: null,
  contactName: '試験 花子',
  phone: '099-000-0000',
  email: 'hanako@hospital.example.jp',
  gmisConsent: true,
  masterCorrection: null,
  remarks: null,
  extra: {},
}

function reasonOf(changes: Parameters<typeof candidate>[1], hasBand = true) {
  return ineligibilityOf(candidate('1', changes), hasBand, '2025-03')
}

function answered(changes: Parameters<typeof submission>[0]) {
  return { submission: submission(changes) }
}

test('who has an EMR and wants the programme is eligible', () => {
  expect(reasonOf({})).toBeNull()
  expect(reasonOf(answered({ emr: 'partial' }))).toBeNull()
  expect(reasonOf(answered({ intent: 'network' }))).toBeNull()
  expect(reasonOf(answered({ intent: 'backup' }))).toBeNull()
})

test('every reason', () => {
  expect(reasonOf({ override: exclude })).toBe('excluded')
  expect(reasonOf({}, false)).toBe('no_band')
  expect(reasonOf({ submission: null })).toBe('no_submission')
  expect(reasonOf(answered({ emr: 'none' }))).toBe('no_emr')
  expect(reasonOf(answered({ emr: 'planned', emrPlannedMonth: '2025-04' }))).toBe('emr_too_late')
  expect(reasonOf(answered({ intent: 'undecided' }))).toBe('undecided')
  expect(reasonOf(answered({ intent: 'none' }))).toBe('no_intent')
})

test('a planned EMR must be in by the last month of the support, and say when', () => {
  expect(reasonOf(answered({ emr: 'planned', emrPlannedMonth: '2025-03' }))).toBeNull()
  expect(reasonOf(answered({ emr: 'planned', emrPlannedMonth: '2024-12' }))).toBeNull()
  expect(reasonOf(answered({ emr: 'planned', emrPlannedMonth: null }))).toBe('emr_too_late')
})

describe('what a hospital is told of its own answers', () => {
  const END = '2025-03'
  const everyAnswer = EMR_IDS.flatMap((emr) =>
    INTENT_IDS.flatMap((intent) =>
      [null, END, '2025-04'].map((emrPlannedMonth) => submission({ emr, intent, emrPlannedMonth })),
    ),
  )

  test.each(everyAnswer)('is what the rules say of it: $emr $emrPlannedMonth $intent', (answers) => {
    expect(answeredReasons(answers, END)).toEqual(
      obstaclesOf(candidate('1', { submission: answers }), true, END),
    )
  })

  test('a plan without a month is too late, before the sending and on the receipt', () => {
    const { emr, intent, emrPlannedMonth } = submission({ emr: 'planned', emrPlannedMonth: null })
    const answers = { ...ANSWERS, emr, intent, emrPlannedMonth }
    expect(answerHints(answers, END)).toEqual([
      '電子カルテシステムの導入予定年月が分からないままでは、選定の対象となりません。支援が行われる期間（令和7年3月まで）に導入することが決まりましたら、回答期限までに回答を訂正してください。',
    ])
    expect(
      answeredReasonText('emr_too_late', answers, { supportPeriodEnd: END, place: prefectureOf('大阪府') }),
    ).toBe('電子カルテシステムの導入予定年月が分からないため、選定の対象となりません。')
  })
})

describe('the first that matches', () => {
  const worst = { emr: 'none', intent: 'none' } as const
  test('an exclusion comes before everything', () => {
    expect(reasonOf({ override: exclude, submission: null }, false)).toBe('excluded')
  })
  test('no band comes before a designation: seats belong to bands', () => {
    expect(reasonOf({ override: designate }, false)).toBe('no_band')
    expect(reasonOf({ submission: null }, false)).toBe('no_band')
  })
  test('a designation comes before every answer, and before none', () => {
    expect(reasonOf({ override: designate, submission: null })).toBeNull()
    expect(reasonOf({ override: designate, ...answered(worst) })).toBeNull()
  })
  test('the EMR comes before the intent', () => {
    expect(reasonOf(answered(worst))).toBe('no_emr')
    expect(reasonOf(answered({ emr: 'planned', intent: 'undecided' }))).toBe('emr_too_late')
  })
})

test('beds at the limits of a band lie in it, and in a gap in none', () => {
  const gap = [
    { id: 'a', min: 20, max: 99, seats: 1 },
    { id: 'b', min: 200, max: null, seats: 1 },
  ]
  const bandOf = (beds: number) => lineOf('1', [candidate('1', { beds })], { bands: gap }).band
  expect([19, 20, 99, 100, 199, 200, 9999].map(bandOf)).toEqual([null, 'a', 'a', null, null, 'b', 'b'])
})

test('an ineligible hospital has a score and a band, but no place', () => {
  const line = lineOf('1', [candidate('1', { submission: null, functions: ['disaster'] })], {
    bands: bands(1, 1),
    criteria: { disaster: 7 },
  })
  expect(line).toMatchObject({ eligible: false, reason: 'no_submission', decision: 'ineligible' })
  expect(line).toMatchObject({ score: 700, band: 'small', region: '鹿児島' })
  expect(line).toMatchObject({ rank: null, bandRank: null, basis: null, order: null, waitlistPosition: null })
})

test('every reason has its words', () => {
  const labels = INELIGIBLE_REASON_IDS.map((id) => labelOf(ineligibleReasons(prefectureOf('大阪府')), id))
  expect(new Set(labels).size).toBe(INELIGIBLE_REASON_IDS.length)
})
