import { expect, test } from 'vitest'
import { SETTING_DEFAULTS, SETTING_LABELS } from '../../../src/domain/survey/settings.ts'
import { parseSettings } from '../../../src/domain/survey/settings-schema.ts'

function settings(changes: Record<string, string> = {}) {
  const parsed = parseSettings(changes)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals))
  return parsed.settings
}

function refusals(changes: Record<string, string>) {
  const parsed = parseSettings(changes)
  return parsed.ok ? {} : Object.fromEntries(parsed.refusals.map(({ key, message }) => [key, message]))
}

test('the defaults are the notice', () => {
  expect(settings()).toMatchObject({
    prefecture: '鹿児島県',
    issuedOn: '2024-03-08',
    nationalSeats: 2000,
    prefectureSeats: 50,
    contactPhone: '099-286-2707',
    contactEmail: 'imushika@pref.kagoshima.lg.jp',
    contractorContactFrom: '2024-04',
    gmisSurveyOn: '2024-01-31',
  })
})

test('a day of opening begins at midnight, a day of closing ends at midnight, in Tokyo', () => {
  const { opensAt, closesAt } = settings({ opensAt: '2024-03-08', closesAt: '2024-03-18' })
  expect(opensAt.toISOString()).toBe('2024-03-07T15:00:00.000Z')
  expect(closesAt.toISOString()).toBe('2024-03-18T15:00:00.000Z')
  expect(settings({ closesAt: '2024-03-18T17:00:00+09:00' }).closesAt.toISOString()).toBe(
    '2024-03-18T08:00:00.000Z',
  )
})

test.each([
  ['prefecture', ' '],
  ['prefectureCode', '48'],
  ['prefectureCode', '4'],
  ['title', 'あ'.repeat(201)],
  ['issuedOn', '2024-02-30'],
  ['opensAt', '明日'],
  ['closesAt', '2024-03-18T24:30'],
  ['contactEmail', 'imushika'],
  ['nationalSeats', '約2000'],
  ['prefectureSeats', '-1'],
  ['contractorContactFrom', '2024-13'],
  ['fiscalYear', '令和6'],
  ['gmisSurveyOn', '2024'],
  ['resultsPublished', 'はい'],
  ['retentionYears', '0'],
  ['retentionYears', '永年'],
])('%s=%s is refused by its name, saying what to enter', (key, value) => {
  expect(refusals({ [key]: value })).toEqual({ [key]: expect.stringMatching(/ください(（.*）)?。$/) })
})

test('a deadline was extended from an earlier one, or not at all', () => {
  expect(settings().originalClosesAt).toBeNull()
  expect(settings({ originalClosesAt: '' }).originalClosesAt).toBeNull()
  expect(settings({ originalClosesAt: '2024-03-15' }).originalClosesAt?.toISOString()).toBe(
    '2024-03-15T15:00:00.000Z',
  )
  for (const originalClosesAt of ['2024-03-18', '2024-03-19', '3月15日'])
    expect(Object.keys(refusals({ originalClosesAt }))).toEqual(['originalClosesAt'])
})

test('a period that ends before it begins is refused', () => {
  expect(Object.keys(refusals({ opensAt: '2024-03-19', closesAt: '2024-03-18' }))).toEqual(['closesAt'])
})

test('all that is wrong is named at once, an unknown key too', () => {
  const wrong = refusals({ colour: 'blue', constructor: 'x', fiscalYear: 'x', issuedOn: 'x' })
  expect(Object.keys(wrong).toSorted()).toEqual(['colour', 'constructor', 'fiscalYear', 'issuedOn'])
})

test('every setting has a label of its own', () => {
  expect(Object.keys(SETTING_LABELS)).toEqual(Object.keys(SETTING_DEFAULTS))
  expect(new Set(Object.values(SETTING_LABELS)).size).toBe(Object.keys(SETTING_DEFAULTS).length)
})

test('results stay unpublished and answers are kept for five years unless told', () => {
  expect(settings()).toMatchObject({ resultsPublished: false, retentionYears: 5 })
  expect(settings({ resultsPublished: 'yes', retentionYears: '10' })).toMatchObject({
    resultsPublished: true,
    retentionYears: 10,
  })
})
