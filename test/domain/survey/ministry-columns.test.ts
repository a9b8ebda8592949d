import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DEFAULT_MINISTRY_COLUMNS,
  MINISTRY_COLUMN_CHOICES,
  MINISTRY_COLUMN_IDS,
  ministryColumnsText,
  parseMinistryColumns,
} from '../../../src/domain/survey/ministry-columns.ts'

test('the default is the contract’s line of headers', () => {
  expect(DEFAULT_MINISTRY_COLUMNS).toBe(
    '都道府県名,順位,医療機関コード,医療機関名,所在地,二次医療圏,許可病床数,病床規模区分,電子カルテ導入状況,導入予定時期,希望する支援内容,GMIS調査回答の活用,選定区分,選定理由,担当部署,担当者名,電話番号,メールアドレス,備考',
  )
  expect(parseMinistryColumns(DEFAULT_MINISTRY_COLUMNS)).toEqual({
    ok: true,
    columns: [...MINISTRY_COLUMN_IDS],
  })
})

test('any columns in any order come back as they were', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...MINISTRY_COLUMN_IDS], { minLength: 1 }), (columns) => {
      expect(parseMinistryColumns(ministryColumnsText(columns))).toEqual({ ok: true, columns })
    }),
  )
  expect(MINISTRY_COLUMN_CHOICES.map(({ id }) => id)).toEqual(MINISTRY_COLUMN_IDS)
})

test('blanks and Japanese commas are taken as they are meant', () => {
  expect(parseMinistryColumns(' 順位、医療機関名，備考, ')).toEqual({
    ok: true,
    columns: ['order', 'name', 'remarks'],
  })
})

test.each([
  ['', '列を1つ以上選んでください。'],
  ['順位,順番', '「順番」という列はありません。'],
  ['順位,備考,順位', '「順位」が2回あります。'],
])('%j is refused', (text, message) => {
  expect(parseMinistryColumns(text)).toEqual({ ok: false, message: expect.stringContaining(message) })
})
