import { expect, test } from 'vitest'
import { accountOf } from '../../../src/domain/record/archive-account.ts'
import { type Archive, sealArchive } from '../../../src/domain/selection/archive/archive.ts'
import { amendedContents, contentsOf, RECORD_2 } from '../selection/archive/archives.ts'
import { drawnArchive, RECEIPTS } from '../selection/archive/drawn-archive.ts'

const read = (text: string) => accountOf(JSON.parse(text) as Archive)

test('an archive is told by who decided, what was checked, and the seats of every band', () => {
  const { title, facts, checks, bands, files } = read(drawnArchive(RECEIPTS))
  expect(title).toBe('初回選定')
  expect(facts.map(({ label, text }) => `${label}：${text}`)).toEqual([
    '都道府県：鹿児島県',
    '起案：令和6年3月19日（火）10時00分　担当 一郎',
    '決裁：令和6年3月19日（火）11時00分　課長 花子',
    '選定の入力の時点：令和6年3月19日（火）9時00分',
    '病院：3病院',
  ])
  expect(bands[0]).toEqual({
    label: '0～99床',
    seats: 2,
    eligible: 3,
    selected: 2,
    waitlisted: 1,
    balance: '充足',
  })
  expect(bands.at(-1)).toMatchObject({ label: '合計', seats: 2, selected: 2 })
  expect(files[0]!.label).toBe('抽選の記録（JSON形式）')
  expect(files.map(({ name }) => name)).toEqual([
    'lottery.json',
    'questions.json',
    'register.json',
    'reasons.json',
    'ministry.csv',
  ])
  const text = checks.join('')
  for (const part of ['抽選の記録', '質問の文と選択肢', '病院台帳と回答の写し', '追加選定（第2回）の後'])
    expect(text).toContain(part)
})

test('of what it has not got nothing is said', () => {
  const { facts, checks } = read(
    sealArchive(contentsOf({ record: { ...RECORD_2, follows: [], proposed: null } })),
  )
  expect(facts.map(({ label }) => label)).toEqual(['都道府県', '確定', '選定の入力の時点', '病院'])
  expect(checks).toHaveLength(3)
})

test('after a decline the counts are those of who has the seats now', () => {
  const { title, facts, checks, bands } = read(sealArchive(amendedContents([{ code: '3', reason: '申出' }])))
  expect(title).toBe('初回選定（第2版）')
  expect(facts.at(-1)).toEqual({ label: '確定後の辞退など', text: '1件' })
  expect(checks.join('')).toContain('辞退を反映して')
  expect(bands[0]).toMatchObject({ selected: 2, waitlisted: 0 })
})
