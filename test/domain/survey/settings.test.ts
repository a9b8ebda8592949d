import { expect, test } from 'vitest'
import { MINISTRY_COLUMN_IDS } from '../../../src/domain/survey/ministry-columns.ts'
import { settingText, settingWords } from '../../../src/domain/survey/setting-words.ts'
import { SETTING_DEFAULTS, SETTING_LABELS, type SettingKey } from '../../../src/domain/survey/settings.ts'
import { parseSettings } from '../../../src/domain/survey/settings-schema.ts'
import { isSameSetting, storedSetting } from '../../../src/domain/survey/stored-setting.ts'

function settings(changes: Record<string, string> = {}) {
  const parsed = parseSettings(changes)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals))
  return parsed.settings
}

function refusals(changes: Record<string, string>) {
  const parsed = parseSettings(changes)
  return parsed.ok ? {} : Object.fromEntries(parsed.refusals.map(({ key, message }) => [key, message]))
}

test('the defaults are the office’s, and nothing that has a date', () => {
  expect(settings()).toEqual({
    prefecture: '鹿児島県',
    prefectureCode: '46',
    title: '医療機関におけるサイバーセキュリティ確保事業の対象病院選定に係る調査',
    issuer: '鹿児島県くらし保健福祉部保健医療福祉課',
    issuedOn: null,
    opensAt: null,
    closesAt: null,
    originalClosesAt: null,
    contactSection: '医務係',
    contactPhone: '099-286-2707',
    contactEmail: 'imushika@pref.kagoshima.lg.jp',
    contactFax: '',
    systemContact: '',
    nationalSeats: null,
    prefectureSeats: 50,
    contractorContactFrom: null,
    fiscalYear: null,
    gmisSurveyOn: null,
    noticeConfirmed: false,
    resultsPublished: false,
    unmatchedAnswersWait: false,
    reminderDays: [3],
    retentionYears: 5,
    secondApproval: false,
    adminSecondFactor: false,
    retentionUntil: null,
    approvalTitles: ['課長', '課長補佐', '係長', '担当'],
    ministryColumns: [...MINISTRY_COLUMN_IDS],
  })
})

test('a day of opening begins at midnight, a day of closing ends at midnight, in Tokyo', () => {
  const { opensAt, closesAt } = settings({ opensAt: '2024-03-08', closesAt: '2024-03-18' })
  expect(opensAt?.toISOString()).toBe('2024-03-07T15:00:00.000Z')
  expect(closesAt?.toISOString()).toBe('2024-03-18T15:00:00.000Z')
})

test('dates and numbers are read as an officer writes them', () => {
  const read = settings({
    issuedOn: '令和8年12月1日（火）',
    opensAt: 'Ｒ８．１２．１',
    closesAt: '令和8年12月18日（金）17時05分',
    contractorContactFrom: '令和9年4月',
    fiscalYear: '令和9年度',
    gmisSurveyOn: '2026/10/30',
    nationalSeats: '２，０００',
    prefectureSeats: '50',
    retentionYears: '１０',
    prefectureCode: '２７',
    approvalTitles: '部長、課長、担当',
  })
  expect(read).toMatchObject({
    issuedOn: '2026-12-01',
    opensAt: new Date('2026-11-30T15:00:00Z'),
    closesAt: new Date('2026-12-18T08:05:00Z'),
    contractorContactFrom: '2027-04',
    fiscalYear: 2027,
    gmisSurveyOn: '2026-10-30',
    nationalSeats: 2000,
    retentionYears: 10,
    prefectureCode: '27',
    approvalTitles: ['部長', '課長', '担当'],
  })
})

test.each<[SettingKey, string, string]>([
  ['closesAt', '令和8年12月18日17時', '2026-12-18T17:00'],
  ['closesAt', '令和8年12月18日（金）', '2026-12-18'],
  ['closesAt', '令和8年12月18日24時', '2026-12-18'],
  ['closesAt', '2026/12/19 0:00', '2026-12-18'],
  ['closesAt', '2026-12-18T17:00:00+09:00', '2026-12-18T17:00:00+09:00'],
  ['closesAt', '2026-12-18 17:00:30', '2026-12-18T17:00:30'],
  ['originalClosesAt', 'R8.12.15', '2026-12-15'],
  ['opensAt', '令和8年12月1日9時', '2026-12-01T09:00'],
  ['opensAt', '2026/12/1 0:00', '2026-12-01'],
  ['issuedOn', '令和8年12月1日', '2026-12-01'],
  ['contractorContactFrom', '2027年4月', '2027-04'],
  ['fiscalYear', 'R9', '2027'],
  ['nationalSeats', '2,000', '2000'],
  ['approvalTitles', '課長、 担当', '課長,担当'],
  ['reminderDays', '７日前、3日前　1', '7,3,1'],
  ['title', ' 調査２ ', '調査２'],
  ['closesAt', '来週', '来週'],
])('%s typed as %s is stored as %s, and means the same', (key, typed, stored) => {
  expect(storedSetting(key, typed)).toBe(stored)
  expect(storedSetting(key, stored)).toBe(stored)
  if (typed === '来週') return
  expect(isSameSetting(key, typed, stored)).toBe(true)
  expect(isSameSetting(key, settingText(key, stored), stored)).toBe(true)
})

test.each([
  ['nationalSeats', '2000', '2,000病院', '2000'],
  ['prefectureSeats', '50', '50病院', '50'],
  ['nationalSeats', '', '（未設定）', ''],
  ['nationalSeats', '約2000', '約2000', '約2000'],
] as const)('%s of %j is read as %s and typed as %j', (key, stored, words, text) => {
  expect([settingWords(key, stored), settingText(key, stored)]).toEqual([words, text])
})

test('what cannot be is refused, saying so', () => {
  expect(refusals({ title: ' ' })).toEqual({ title: '調査の名称を入力してください。' })
  expect(refusals({ closesAt: '明日' })).toEqual({
    closesAt:
      '回答期限は、「令和8年12月18日」または「令和8年12月18日17時」のように入力してください（2026-12-18 17:00 も使えます）。',
  })
  expect(refusals({ closesAt: '令和8年2月30日' })).toEqual({
    closesAt: '回答期限：「令和8年2月30日」という日付はありません。日付を確認してください。',
  })
  expect(refusals({ issuedOn: '令和8年12月1日9時' }).issuedOn).toContain('年月日を入力してください')
  expect(refusals({ contractorContactFrom: '4月' })).toEqual({
    contractorContactFrom:
      '受託事業者からの連絡開始時期は、「令和9年4月」または「2027-04」のように、年と月を入力してください。',
  })
})

test('the examples in a refusal are of the edition’s own year', () => {
  const wrong = refusals({ fiscalYear: '令和12年度', closesAt: 'x', contractorContactFrom: 'x' })
  expect(wrong.closesAt).toContain('「令和11年12月18日17時」')
  expect(wrong.contractorContactFrom).toContain('「令和12年4月」または「2030-04」')
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
  ['fiscalYear', '来年度'],
  ['gmisSurveyOn', '2024'],
  ['resultsPublished', 'はい'],
  ['unmatchedAnswersWait', 'はい'],
  ['reminderDays', '三日前'],
  ['reminderDays', '61'],
  ['reminderDays', '1,2,3,4,5,6'],
  ['retentionYears', '0'],
  ['retentionYears', '永年'],
  ['approvalTitles', '、'],
  ['approvalTitles', '一,二,三,四,五,六,七,八,九'],
  ['approvalTitles', 'あ'.repeat(11)],
  ['systemContact', 'あ'.repeat(201)],
])('%s=%s is refused by its name, saying what to enter', (key, value) => {
  expect(refusals({ [key]: value })).toEqual({ [key]: expect.stringMatching(/ください(（.*）)?。$/) })
})

test('a deadline was extended from an earlier one, or not at all', () => {
  expect(settings().originalClosesAt).toBeNull()
  expect(settings({ originalClosesAt: '' }).originalClosesAt).toBeNull()
  expect(
    settings({ closesAt: '2024-03-18', originalClosesAt: '2024-03-15' }).originalClosesAt?.toISOString(),
  ).toBe('2024-03-15T15:00:00.000Z')
  for (const originalClosesAt of ['2024-03-18', '2024-03-19', '3月15日'])
    expect(Object.keys(refusals({ closesAt: '2024-03-18', originalClosesAt }))).toEqual(['originalClosesAt'])
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

test('characters that nobody sees are part of no setting, whoever sets it', () => {
  const texts = Object.keys(SETTING_DEFAULTS).filter((key) =>
    /^(title|issuer|contact|systemContact|prefecture$)/.test(key),
  )
  expect(texts.length).toBeGreaterThan(6)
  for (const key of texts as SettingKey[]) {
    const value = SETTING_DEFAULTS[key] || '099-286-2707'
    const hidden = `\u202e${value.slice(0, 1)}\u200b${value.slice(1)}\u2069`
    expect(storedSetting(key, hidden), key).toBe(storedSetting(key, value))
    expect(settings({ [key]: hidden })[key], key).toEqual(settings({ [key]: value })[key])
  }
})

test.each(['title', 'issuer', 'contactSection', 'systemContact', 'approvalTitles'] as const)(
  '%s is one line, however it was pasted',
  (key) => {
    const [typed, stored] = ['\t一\r\n二\v三\u00a0四\u3000五\f', '一 二 三 四\u3000五']
    expect(storedSetting(key, typed)).toBe(stored)
    expect([settings({ [key]: typed })[key]].flat()).toEqual([stored])
  },
)

test.each(['\u202e', '\u202e,', '、', '医務係', '1234'])(
  'a telephone to ask at is a number, which %j is not',
  (value) => {
    expect(refusals({ contactPhone: value })).toHaveProperty('contactPhone')
  },
)

test('a telephone may have an extension and hours beside it', () => {
  const value = '099-286-2707（内線2707、平日８時30分から）'
  expect(settings({ contactPhone: value }).contactPhone).toBe(value)
})
