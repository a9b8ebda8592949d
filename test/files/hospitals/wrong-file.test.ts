import { expect, test } from 'vitest'
import { submissionColumns } from '../../../src/admin/submissions/columns.ts'
import { MINISTRY_COLUMN_CHOICES } from '../../../src/domain/survey/ministry-columns.ts'
import { prefectureOf } from '../../../src/domain/survey/prefecture.ts'
import { readGeography } from '../../../src/files/geography/municipalities.ts'
import { gmisFileOf } from '../../../src/files/gmis/gmis.ts'
import { hospitalFileOf } from '../../../src/files/hospitals/file.ts'
import { hospitalSheetColumns } from '../../../src/files/hospitals/sheet-columns.ts'
import { ORDER_COLUMNS, orderSheetOf } from '../../../src/files/reports/order-sheet.ts'
import { BUREAU_HEADERS, bureauSheet, bureauWorkbook } from '../../support/bureau-workbook.ts'

const geography = readGeography(new URL('../../../resources', import.meta.url).pathname, '46')
const prefecture = prefectureOf('鹿児島県')

const NAVII = [
  'ID,正式名称,正式名称（フリガナ）,機関区分,都道府県コード,市区町村コード',
  '所在地,一般病床,療養病床,精神病床,結核病床,感染症病床,合計病床数',
].join()
const naviiRow = (kind: string, code: string) =>
  `46990001,架空病院,カクウ,${kind},${code},201,架空町1,0,0,0,0,0,0`

/** One row, every cell the same. */
const under = (headers: readonly string[], text = '1') =>
  Buffer.from(`${headers.join()}\n${headers.map(() => text).join()}\n`)
const lines = (...texts: string[]) => Buffer.from(texts.join('\n'))

const FILES: Record<string, Buffer> = {
  answers: under(submissionColumns([]).map(({ header }) => header)),
  report: under(MINISTRY_COLUMN_CHOICES.map(({ label }) => label)),
  order: under(ORDER_COLUMNS.map(({ header }) => header)),
  gmis: under(['医療機関コード', '医療機関名', 'Q6 BCP', 'Q9-1', 'Q11']),
  designations: under(['項番', '医療機関番号', '医療機関名称', '医療機関所在地', '開設者氏名', '病床数']),
  clinics: lines(NAVII, naviiRow('2', '46'), naviiRow('2', '46')),
  dentists: lines('ID,正式名称,機関区分,都道府県コード', '1,架空歯科,3,46'),
  pharmacies: lines('ID,正式名称,機関区分,都道府県コード', '1,架空薬局,5,46'),
  neighbours: lines(NAVII, ...[1, 2, 3].map(() => naviiRow('1', '43'))),
  sheetElsewhere: lines(
    '医療機関コード,医療機関名,二次医療圏,許可病床数',
    ...['4310000012', '4310000020', '4310000038'].map((code) => `${code},架空病院,鹿児島,50`),
  ),
  sheet: under(hospitalSheetColumns.map(({ header }) => header)),
  bureau: bureauWorkbook(bureauSheet([Object.fromEntries(BUREAU_HEADERS.map((header) => [header, '1']))])),
  pdf: Buffer.from('%PDF-1.7'),
}

test.each([
  ['answers', '回答一覧のようです。病院台帳には取り込めません。'],
  ['report', '厚生労働省への報告のファイルのようです。'],
  ['order', '選定案の順位表のようです。'],
  ['gmis', 'GMIS調査の回答のファイルのようです。'],
  ['designations', 'コード内容別医療機関一覧表（保険医療機関の指定の一覧）のようです。'],
  ['clinics', '医療情報ネットの診療所の一覧のようです。'],
  ['dentists', '医療情報ネットの歯科診療所の一覧のようです。'],
  ['pharmacies', '医療情報ネットの薬局の一覧のようです。'],
  [
    'neighbours',
    '熊本県の病院の一覧のようです（「都道府県コード」が43）。鹿児島県の一覧を選択してください。',
  ],
  ['sheetElsewhere', '熊本県の病院の一覧のようです（「医療機関コード」が43で始まります）。'],
  ['pdf', 'PDFのようです。'],
])('%s is no list of hospitals, and named as what it is', (name, message) => {
  const read = hospitalFileOf(FILES[name]!, { prefectureCode: '46', prefecture, geography })
  expect(read).toMatchObject({ ok: false, message: expect.stringContaining(message) })
})

test.each([
  ['answers', '回答一覧のようです。'],
  ['report', '厚生労働省への報告のファイルのようです。'],
  ['order', '選定案の順位表のようです。'],
  ['sheet', '病院台帳のファイルのようです。'],
  ['bureau', '届出受理医療機関名簿のようです。'],
  ['clinics', '医療情報ネットの診療所の一覧のようです。'],
])('%s is no list of answers to GMIS, and named as what it is', (name, message) => {
  const read = gmisFileOf(FILES[name]!, { prefectureCode: '46' })
  expect(read).toMatchObject({ ok: false, message: expect.stringContaining(message) })
})

test.each([
  ['answers', '回答一覧のようです。'],
  ['report', '厚生労働省への報告のファイルのようです。'],
  ['gmis', 'GMIS調査の回答のファイルのようです。'],
  ['sheet', '病院台帳のファイルのようです。'],
  ['bureau', '届出受理医療機関名簿のようです。'],
])('%s is no order by hand, and named as what it is', (name, message) => {
  const read = orderSheetOf(FILES[name]!)
  expect(read.ok ? [] : read.problems.map((problem) => problem.message).join()).toContain(message)
})

test('a list that is older than what is known says so', () => {
  const row = {
    都道府県コード: '46',
    区分: '医科',
    医療機関番号: '9900014',
    医療機関名称: '架空病院',
    '医療機関所在地（住所）': '鹿児島市架空町',
    病床数: '一般　60',
  }
  const warnings = (knownAsOf: string) => {
    const read = hospitalFileOf(bureauWorkbook(bureauSheet([row])), {
      prefectureCode: '46',
      geography,
      knownAsOf,
    })
    return read.ok ? read.warnings.map(({ message }) => message).join() : read.message
  }
  expect(warnings('2026-04-01')).toContain(
    '令和7年10月1日（水）現在の名簿です。病院台帳には令和8年4月1日（水）の内容があります。',
  )
  expect(warnings('2025-10-01')).not.toContain('現在の名簿です')
})
