import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gmisFileOf, readGmisFile } from '../../../src/files/gmis/gmis.ts'
import { toXlsx } from '../../../src/files/xlsx/write.ts'
import { opened } from '../../support/gmis.ts'

const EXPORT = readFileSync(new URL('../../fixtures/gmis-r5.csv', import.meta.url))

function parse(file: string | Uint8Array) {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  return gmisFileOf(bytes, { prefectureCode: '46' })
}

function read(file: string | Uint8Array) {
  const parsed = parse(file)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed
}

describe('an export with the questions of 令和5年度', () => {
  const parsed = read(EXPORT)

  it('gives the codes of every hospital, and its answers sealed', async () => {
    const file = await readGmisFile(EXPORT, { prefectureCode: '46' })
    if (!file.ok) throw new Error(file.message)
    expect(file.rows.map(({ answers, ...row }) => [Object.values(row), opened(answers).slice(0, 3)])).toEqual(
      [
        [
          [2, '髙﨑病院', '4619900014', '46990001', null],
          ['はい', 'いいえ', 'はい'],
        ],
        [
          [3, '濵田病院', null, '46990002', null],
          ['いいえ', 'はい', 'いいえ'],
        ],
        [
          [4, '南架空病院', '4619900030', '46990003', null],
          ['', '', 'はい'],
        ],
      ],
    )
    expect(JSON.stringify(file.rows)).not.toMatch(/はい|いいえ/)
  })

  it('gives every column that may hold an answer', () => {
    expect(parsed.columns.slice(0, 3)).toEqual([
      'Q6 サイバー攻撃を想定したBCPを策定しているか',
      'Q6-1 訓練',
      'Ｑ７　電子カルテ',
    ])
  })

  it('names repeated and missing codes by row', () => {
    expect(parsed.errors.map(({ row, message }) => [row, message])).toEqual([
      [5, '「4619900014」は、2行目と重複しています。'],
      [6, '医療機関コード、機関コードが空欄です。'],
    ])
    expect(parsed.warnings).toEqual([])
  })
})

describe('the header', () => {
  it('is found below a title and a day, and rows keep their numbers', () => {
    const file = read('G-MIS調査結果\n令和6年1月31日現在\n\n機関コード,Q6\n46990001,はい\n,いいえ\n')
    expect([file.headerRow, file.rows.map(({ row }) => row), file.errors.map(({ row }) => row)]).toEqual([
      4,
      [5],
      [6],
    ])
  })

  it('takes the numbers of the questions from the row above', () => {
    const file = read(',,Q6,Q9-1\n機関コード,医療機関名,BCPの策定,媒体\n46990001,架空病院,はい,いいえ\n')
    expect(file.columns).toEqual(['Q6 BCPの策定', 'Q9-1 媒体'])
  })

  it('may have the same text twice: the columns are told apart by their place', () => {
    expect(read('機関コード,Q6,理由,Q11,理由\n46990001,はい,a,はい,b\n').columns).toEqual([
      'Q6',
      '理由（C列）',
      'Q11',
      '理由（E列）',
    ])
  })

  it('is looked for in every sheet of a workbook', async () => {
    const bytes = toXlsx([
      { name: '説明', headers: ['この調査について'], rows: [['回答の一覧は次のシート']] },
      { name: '回答', headers: ['G-MIS ID', 'Q6'], rows: [['ABC1234', 'はい']] },
    ])
    const file = await readGmisFile(await bytes, { prefectureCode: '46' })
    expect(file).toMatchObject({ ok: true, sheet: '回答', rows: [{ gmisId: 'ABC1234' }] })
  })
})

describe('the columns that tell hospitals', () => {
  it.each(['医療機関コード（10桁）', '保険医療機関コード', '医療機関番号', '医療機関ｺｰﾄﾞ'])('%s', (header) => {
    expect(read(`${header},病院名,Q6\n4619900014.0,架空病院,はい\n`).rows).toMatchObject([
      { medicalCode: '4619900014', name: '架空病院' },
    ])
  })

  it.each(['G-MIS ID', 'Ｇ－ＭＩＳ　ＩＤ', 'GMISID', 'G-MISユーザID', 'g-mis id'])('%s', (header) => {
    expect(read(`${header},Q6\nabc１２34,はい\n`).rows).toMatchObject([{ gmisId: 'abc1234' }])
  })

  it.each(['病院コード', '医療機関ID', '医療期間コード'])('%s is asked about', (header) => {
    expect(parse(`${header},Q6\n4619900014,はい\n`)).toEqual({
      ok: false,
      sheet: '',
      message: expect.stringMatching(`「${header}」は「医療機関コード」に似ていますが`),
    })
  })

  it('leave questions about beds and functions alone', () => {
    const { columns, errors } = read(
      '機関コード,Q1 病床数,病床機能,医療機能の種類,Q6\n46990001,50,急性期,救急,はい\n',
    )
    expect([columns.length, errors]).toEqual([4, []])
  })

  it.each(['46199000145', '4.61E+09', '4619900014.5'])('with %s are an error', (code) => {
    const { rows, errors } = read(`医療機関コード,Q6\n${code},はい\n`)
    expect([rows, errors.map(({ row, column }) => [row, column])]).toEqual([[], [[2, '医療機関コード']]])
  })
})

describe('a file', () => {
  it.each([
    ['Q6,Q9-1\nはい,はい\n', '「医療機関コード」「機関コード」「G-MIS ID」のいずれの列もありません'],
    ['機関コード,医療機関名\n46990001,架空病院\n', '設問の列がありません'],
    ['PK\u0003\u0004', 'PK'],
    ['医療機関コード,Q6\n4019900010,はい\n', 'ほかの都道府県の病院だけのファイルのようです'],
    [
      '医療機関コード,医療機関名,フリガナ,一般病床,療養病床,許可病床数\n4619900014,架空病院,カ,50,0,50\n',
      '病院台帳のファイルのようです',
    ],
    ['ID,正式名称,機関区分\n1,架空病院,1\n', '医療情報ネットの施設票のようです'],
    ['項番,医療機関番号,医療機関名称,受理届出名称\n1,9900014,a,b\n', '届出受理医療機関名簿のようです'],
    ['順位,医療機関コード,ダウンロード時の順位\n1,4619900014,1\n', '選定案の順位表のようです'],
    ['受付番号,受付日時,医療機関コード\nR-0001,x,4619900014\n', '回答一覧のようです'],
  ])('%j is refused, and named as what it is', (csv, message) => {
    const parsed = parse(csv)
    expect(parsed.ok).toBe(false)
    if (!message.startsWith('PK')) expect(parsed).toMatchObject({ message: expect.stringContaining(message) })
  })

  it('of other questions is no other file: its columns can be chosen from', () => {
    expect(read('機関コード,設問A,設問B\n46990001,はい,いいえ\n').columns).toEqual(['設問A', '設問B'])
  })

  it('of the whole country gives the prefecture’s own rows, and counts the others', () => {
    const { rows, elsewhere, warnings } = read(
      '医療機関コード,Q6\n4619900014,はい\n4019900010,はい\n0119900017,いいえ\n',
    )
    expect([rows.length, elsewhere, warnings]).toEqual([1, 2, []])
  })

  it('may hold doubtful codes, and rows that do not fit', () => {
    const parsed = read('医療機関コード,Q6\n4619900015,はい\n4619900022,はい,はい\n病院,はい\n4619900022\n')
    expect(parsed.rows.map(({ medicalCode }) => medicalCode)).toEqual(['4619900015', '4619900022'])
    expect(parsed.warnings.map(({ row }) => row)).toEqual(expect.arrayContaining([2, 5]))
    expect(parsed.errors.map(({ row }) => row)).toEqual([3, 4])
  })
})
