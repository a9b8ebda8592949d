import { expect, test } from 'vitest'
import { parseContact } from '../../../src/domain/survey/contact.ts'

const NOW = new Date('2024-03-15T03:00:00Z')
const typed = {
  way: 'phone',
  contactedAt: '令和6年3月15日11時30分',
  caller: ' 担当 太郎 ',
  reached: '',
  result: 'absent',
  note: '',
}

test('a contact is kept as it was written down', () => {
  expect(parseContact({ ...typed, reached: '総務課　鈴木', note: '夕方に\n折返し ' }, NOW)).toEqual({
    ok: true,
    contact: {
      way: 'phone',
      contactedAt: new Date('2024-03-15T02:30:00Z'),
      caller: '担当 太郎',
      reached: '総務課　鈴木',
      result: 'absent',
      note: '夕方に\n折返し',
    },
  })
  expect(parseContact(typed, NOW)).toMatchObject({ contact: { reached: null, note: null } })
})

test.each([
  [{ way: 'pigeon' }, { way: '連絡の方法を選択してください。' }],
  [{ result: '' }, { result: '結果を選択してください。' }],
  [{ caller: '　' }, { caller: '連絡した人を入力してください。' }],
  [{ contactedAt: '' }, { contactedAt: '連絡した日時を入力してください。' }],
  [{ contactedAt: 'きのう' }, { contactedAt: expect.stringContaining('のように入力してください。') }],
  [{ contactedAt: '令和6年2月30日' }, { contactedAt: expect.stringContaining('という日付はありません') }],
  [{ contactedAt: '令和6年3月16日9時' }, { contactedAt: expect.stringContaining('現在より後') }],
  [{ note: 'あ'.repeat(501) }, { note: expect.stringContaining('500文字以内') }],
  [{ reached: 'あ'.repeat(61) }, { reached: expect.stringContaining('60文字以内') }],
])('%j is refused by its field', (changes, errors) => {
  expect(parseContact({ ...typed, ...changes }, NOW)).toEqual({ ok: false, errors })
})
