import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type GmisFile, parseGmisFile } from '../../../src/files/gmis/gmis.ts'
import type { GmisMapping } from '../../../src/files/gmis/questions.ts'
import { readTable } from '../../../src/files/table/table.ts'

function parse(file: string | Uint8Array, mapping?: GmisMapping): GmisFile {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  return parseGmisFile(readTable(bytes), { prefectureCode: '46', ...(mapping && { mapping }) })
}

function read(file: string | Uint8Array, mapping?: GmisMapping): Extract<GmisFile, { ok: true }> {
  const parsed = parse(file, mapping)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed
}

describe('an export with the questions of 令和5年度', () => {
  const parsed = read(readFileSync(new URL('../../fixtures/gmis-r5.csv', import.meta.url)))

  it('gives the three facts and the claim of an EMR by hospital', () => {
    expect(parsed.rows).toEqual([
      {
        row: 2,
        code: '4619900014',
        medicalCode: '4619900014',
        naviiCode: '46990001',
        facts: { bcp: true, offlineBackup: false, networkControl: true },
        emrClaimed: true,
      },
      {
        row: 3,
        code: '46990002',
        medicalCode: null,
        naviiCode: '46990002',
        facts: { bcp: false, offlineBackup: true, networkControl: null },
        emrClaimed: false,
      },
      {
        row: 4,
        code: '4619900030',
        medicalCode: '4619900030',
        naviiCode: '46990003',
        facts: { bcp: null, offlineBackup: null, networkControl: false },
        emrClaimed: true,
      },
    ])
  })

  it('names repeated and missing codes by row, and counts answers that say neither yes nor no', () => {
    expect(parsed.errors.map(({ row, message }) => [row, message])).toEqual([
      [5, '「4619900014」は、2行目と重複しています。'],
      [6, '医療機関コードと機関コードが、どちらも空欄です。'],
    ])
    expect(parsed.warnings).toEqual([
      {
        row: 1,
        column: 'Q11：接続点の管理',
        message: '「はい」「いいえ」以外の回答が1件あり、不明として扱います。',
      },
    ])
  })
})

describe('a question', () => {
  const facts = (header: string, cells: string) =>
    read(`機関コード,${header}\n46990001,${cells}\n`).rows[0]?.facts

  it.each(['Q6', 'q6 BCP', 'Ｑ６　ＢＣＰ', 'Q6.BCP', 'Q6：BCP', 'Q6（BCP）', 'Q6-BCP'])(
    'Q6 is found in 「%s」',
    (header) =>
      expect(facts(header, 'はい')).toEqual({ bcp: true, offlineBackup: null, networkControl: null }),
  )

  it.each(['Q6-1', 'Q6－1 訓練', 'Q60', 'Q6a', 'BCP', 'AQ6', 'Q6.1'])('Q6 is not found in 「%s」', (header) =>
    expect(facts(`${header},Q11`, 'はい,いいえ')).toEqual({
      bcp: null,
      offlineBackup: null,
      networkControl: false,
    }),
  )

  it('Q9-1 is found beside Q9 and Q9-10', () => {
    expect(facts('Q9,Q9-10,Q9ー1 オフライン', 'はい,はい,いいえ')?.offlineBackup).toBe(false)
  })

  it.each(['', '1', '0', 'はい（一部）', '未回答', 'yes'])('answered 「%s」 is unknown', (answer) =>
    expect(facts('Q6', answer)?.bcp).toBeNull(),
  )

  it('may be mapped to another column, by its whole header too', () => {
    const mapping = { bcp: '問3', offlineBackup: 'バックアップはオフラインか', networkControl: 'Q12' }
    const csv = '機関コード,問3 計画,バックアップはオフラインか,Q12\n46990001,はい, はい　,いいえ\n'
    expect(read(csv, mapping).rows[0]!.facts).toEqual({
      bcp: true,
      offlineBackup: true,
      networkControl: false,
    })
  })

  it('without a column leaves its fact unknown, with a warning', () => {
    const { warnings } = read('機関コード,Q6,Q7\n46990001,はい,はい\n')
    expect(warnings).toEqual([
      { row: 1, column: 'Q9-1', message: expect.stringContaining('「オフライン・バックアップ」は不明') },
      { row: 1, column: 'Q11', message: expect.stringContaining('不明') },
    ])
  })

  it('with two columns is refused, unless one header is the number itself', () => {
    const parsed = parse('機関コード,Q6 計画,Q6 理由\n46990001,はい,いいえ\n')
    expect(parsed).toEqual({ ok: false, message: expect.stringContaining('「Q6 計画」、「Q6 理由」') })
    expect(facts('Q6 理由,Q6', 'いいえ,はい')?.bcp).toBe(true)
  })
})

describe('the columns that tell hospitals', () => {
  it.each(['医療機関コード（10桁）', '保険医療機関コード', '医療機関番号', '医療機関ｺｰﾄﾞ'])('%s', (header) => {
    expect(read(`${header},病院名,Q6\n4619900014.0,架空病院,はい\n`).rows).toMatchObject([
      { code: '4619900014' },
    ])
  })

  it.each(['病院コード', '医療機関ID', '医療期間コード'])('%s is asked about', (header) => {
    expect(parse(`${header},Q6\n4619900014,はい\n`)).toEqual({
      ok: false,
      message: expect.stringMatching(`「${header}」は「医療機関コード」に似ていますが`),
    })
  })

  it('leave questions about beds and functions alone', () => {
    const { rows, errors } = read(
      '機関コード,Q1 病床数,病床機能,医療機能の種類,Q6\n46990001,50,急性期,救急,はい\n',
    )
    expect([rows[0]!.facts.bcp, errors]).toEqual([true, []])
  })

  it.each(['46199000145', '4.61E+09', '4619900014.5'])('with %s are an error', (code) => {
    const { rows, errors } = read(`医療機関コード,Q6\n${code},はい\n`)
    expect([rows, errors.map(({ row, column }) => [row, column])]).toEqual([[], [[2, '医療機関コード']]])
  })
})

describe('a file', () => {
  it.each([
    ['Q6,Q9-1\nはい,はい\n', '「医療機関コード」または「機関コード」の列がありません'],
    ['機関コード,回答\n46990001,はい\n', '設問「Q6」、「Q9-1」、「Q11」の列が1つもありません'],
    ['PK\u0003\u0004', 'Excelブック'],
  ])('%j is refused', (csv, message) =>
    expect(parse(csv)).toEqual({ ok: false, message: expect.stringContaining(message) }),
  )

  it('may hold doubtful codes, and rows that do not fit', () => {
    const parsed = read('医療機関コード,Q6\n4619900015,はい\n4619900022,はい,はい\n病院,はい\n4619900022\n')
    expect(parsed.rows.map(({ code, facts }) => [code, facts.bcp])).toEqual([
      ['4619900015', true],
      ['4619900022', null],
    ])
    expect(parsed.warnings.map(({ row }) => row)).toEqual(expect.arrayContaining([2, 5]))
    expect(parsed.errors.map(({ row }) => row)).toEqual([3, 4])
  })
})
