import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ORDER_COLUMNS, type OrderLine, orderSheetOf } from '../../../src/files/reports/order-sheet.ts'
import { toCsv } from '../../../src/files/table/csv.ts'
import { encodeCsv } from '../../../src/files/table/encoding.ts'
import { sheetOf, toXlsx } from '../../../src/files/xlsx/write.ts'

const line = (rank: number): OrderLine => ({
  rank,
  medicalCode: `461000000${rank}`,
  naviiCode: null,
  name: `試験第${rank}病院`,
  region: '鹿児島',
  band: '20～99床',
  beds: 100 - rank,
  score: 50.5 - rank,
  decision: rank < 3 ? '選定' : `補欠${rank - 2}位`,
})
const LINES = [1, 2, 3, 4, 5].map(line)
const HEADERS = ORDER_COLUMNS.map(({ header }) => header)
type Cell = string | number | Date | null
const ROWS: Cell[][] = LINES.map((each) => ORDER_COLUMNS.map(({ value }) => value(each)))

/** The sheet as it went out, after somebody worked on its rows. */
function edited(work: (rows: Cell[][]) => Cell[][], headers = HEADERS): Promise<Buffer> {
  return toXlsx([{ name: '順位表', headers, rows: work(ROWS.map((cells) => [...cells])) }])
}

async function ranksOf(bytes: Uint8Array): Promise<string> {
  const read = await orderSheetOf(bytes)
  return read.ok ? read.codes.map((code) => code.at(-1)).join('') : JSON.stringify(read.problems)
}

async function problemsOf(bytes: Uint8Array): Promise<string[]> {
  const read = await orderSheetOf(bytes)
  if (read.ok) throw new Error(`read as ${read.codes.join(' ')}`)
  return read.problems.map(({ row, message }) => (row === null ? message : `${row}: ${message}`))
}

const withRanks = (...ranks: Cell[]) =>
  edited((rows) => rows.map((cells, index) => cells.with(0, ranks[index]!)))
const inRows = (...places: number[]) => edited((rows) => places.map((place) => rows[place - 1]!))

describe('the order in a sheet', () => {
  test('that comes back as it went out is the same', async () => {
    expect(await ranksOf(await toXlsx([sheetOf('順位表', ORDER_COLUMNS, LINES)]))).toBe('12345')
  })

  test('is that of the rows where they were moved', async () => {
    expect(await ranksOf(await inRows(5, 1, 2, 4, 3))).toBe('51243')
  })

  test('is that of the numbers where they were changed, whole or between two others', async () => {
    expect(await ranksOf(await withRanks(2, 1, 3, 5, 4))).toBe('21354')
    expect(await ranksOf(await withRanks(1, 2, 3, 4, 1.5))).toBe('15234')
    expect(await ranksOf(await withRanks('１', '２．５', '３', '４', '２'))).toBe('15234')
  })

  test('is either where the numbers were changed and the rows sorted by them', async () => {
    const sorted = edited((rows) => [
      rows[4]!.with(0, 1),
      ...rows.slice(0, 4).map((row, i) => row.with(0, i + 2)),
    ])
    expect(await ranksOf(await sorted)).toBe('51234')
  })

  test('is refused where rows and numbers say different things', async () => {
    const both = edited((rows) => [rows[1]!, rows[0]!, rows[2]!.with(0, 9), rows[3]!, rows[4]!])
    expect(await problemsOf(await both)).toEqual([
      '行の並びと「順位」の数字が合いません。行を並べ替えた場合は数字を元に戻し、数字を変えた場合は「順位」の小さい順に並べ替えてから、もう一度選択してください。',
    ])
  })

  test('by rows and by numbers is the same order, whatever it is', async () => {
    const order = fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 })
    await fc.assert(
      fc.asyncProperty(order, async (places) => {
        const numbers = LINES.map(({ rank }) => places.indexOf(rank) + 1)
        expect(await ranksOf(await inRows(...places))).toBe(places.join(''))
        expect(await ranksOf(await withRanks(...numbers))).toBe(places.join(''))
      }),
      { numRuns: 20 },
    )
  })

  test('needs the codes only: other columns may be gone, or in another order, below a blank row', async () => {
    const codes = edited((rows) => [rows[2]!, rows[0]!, rows[1]!].map((row) => [row[1]!]), ['医療機関コード'])
    expect(await ranksOf(await codes)).toBe('312')
    const swapped = edited(
      (rows) => rows.map(([rank, code]) => [code!, rank === 3 ? 0.5 : rank!]),
      ['医療機関コード', '順位'],
    )
    expect(await ranksOf(await swapped)).toBe('31245')
    const below = toXlsx([
      { name: 'x', headers: ['', ''], rows: [['順位', '医療機関コード'], ...ROWS.toReversed()] },
    ])
    expect(await ranksOf(await below)).toBe('12345')
  })

  test.each(['utf-8', 'cp932'] as const)('may be a CSV in %s', async (encoding) => {
    const encoded = encodeCsv(toCsv(ORDER_COLUMNS, LINES.toReversed()), encoding)
    expect(await ranksOf(encoded)).toBe('54321')
  })

  test('may have the codes as numbers, as Excel makes them of a CSV', async () => {
    const numbers = edited((rows) => rows.map((row) => row.with(1, Number(row[1]))).toReversed())
    expect(await ranksOf(await numbers)).toBe('54321')
  })
})

describe('a sheet is refused', () => {
  test('with the rows of what is wrong, all at once', async () => {
    const bytes = edited((rows) => [
      rows[0]!,
      rows[0]!,
      rows[1]!.with(1, ''),
      rows[2]!.with(0, '三位'),
      rows[3]!.with(0, ''),
      rows[4]!.with(0, 1),
    ])
    expect(await problemsOf(await bytes)).toEqual([
      '3: 医療機関コード「4610000001」が2行目と重複しています。',
      '4: 「医療機関コード」も「機関コード」もありません。どちらかを入力してください。',
      '5: 「順位」が「三位」となっています。数字を入力してください。',
      '6: 「順位」がありません。数字を入力してください。',
      '7: 「順位」の1が2行目と重複しています。2位と3位の間に入れる場合は「2.5」のように入力できます。',
    ])
  })

  test.each([
    ['a text', Buffer.from('ただの文章です'), '1行目に「医療機関コード」の見出しがありません。'],
    ['nothing', Buffer.alloc(0), '1行目に「医療機関コード」の見出しがありません。'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'PDFのようです。'],
    [
      'an old workbook',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]),
      '以前の形式のExcelブック（.xls）のようです。',
    ],
    ['a broken workbook', Buffer.from('PK\u0003\u0004broken'), 'Excelブックを読み取れませんでした。'],
    ['an open quote', Buffer.from('医療機関コード\n"46'), '引用符（"）が閉じられていません。'],
  ])('where it is %s', async (_what, bytes, message) => {
    const [only, ...more] = await problemsOf(bytes)
    expect(only).toContain(message)
    expect(more).toEqual([])
  })

  test('whatever the bytes: never an error of the program', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await orderSheetOf(bytes)).toHaveProperty('ok', false)
      }),
    )
  })
})

describe('what a spreadsheet does to a code', () => {
  const withCode = (code: Cell) => edited((rows) => [rows[0]!, rows[1]!.with(1, code), ...rows.slice(2)])

  test.each(['4.61107E+09', '4.61e+09', '４．６１Ｅ＋０９', '4.6E9', '46.1E+08'])(
    '%s is named',
    async (code) => {
      const [only, ...more] = await problemsOf(await withCode(code))
      expect(only).toContain('3: 「医療機関コード」は、Excelで指数の表示になったまま')
      expect(more).toEqual([])
    },
  )

  test('in every row that has one, though they are all the same', async () => {
    const all = edited((rows) => rows.map((row) => row.with(1, '4.61E+09')))
    expect((await problemsOf(await all)).map((line) => line.slice(0, 12))).toEqual(
      [2, 3, 4, 5, 6].map((row) => `${row}: 「医療機関コード」`.slice(0, 12)),
    )
  })

  test('another fraction is refused, .0 goes', async () => {
    expect(await problemsOf(await withCode('461000000.2'))).toEqual([
      expect.stringContaining('3: 「医療機関コード」は、小数'),
    ])
    expect(await ranksOf(await withCode('4610000002.0'))).toBe('12345')
  })

  test.each(['#N/A', '#REF!', '#VALUE!', '＃Ｎ／Ａ'])(
    '%s in any column is named with its row',
    async (text) => {
      for (const [column, name] of HEADERS.entries())
        expect(
          await problemsOf(
            await edited((rows) => [...rows.slice(0, 3), rows[3]!.with(column, text), rows[4]!]),
          ),
        ).toEqual([
          `5: 「${name}」は、Excelのエラー値です。元のファイルで値を修正して、保存し直してください。`,
        ])
    },
  )

  test('a row of what nobody sees is none', async () => {
    const bytes = edited((rows) => [...rows, rows[0]!.map(() => '\u200b'), rows[0]!.map(() => '\u00a0')])
    expect(await ranksOf(await bytes)).toBe('12345')
  })
})

describe('the columns of a sheet', () => {
  const headed = (place: number, header: string) =>
    edited((rows) => rows.toReversed(), HEADERS.with(place, header))

  test.each([
    [1, '医療機関コード（10桁）'],
    [1, '保険医療機関コード'],
    [1, '医療機関ｺｰﾄﾞ'],
    [2, '病院名'],
    [0, '順　位'],
    [1, '\u200b医療機関コード'],
  ])('may be headed in another way: %d %s', async (place, header) => {
    expect(await ranksOf(await headed(place, header))).toBe('54321')
  })

  test.each(['新順位', '順位（変更後）', '支援順位', '変更順位'])(
    'of ranks are asked about: %s',
    async (header) => {
      expect(await problemsOf(await headed(0, header))).toEqual([
        expect.stringMatching(/^見出し「.*」は「順位」に似ていますが/),
      ])
    },
  )
})

describe('of a workbook with several sheets', () => {
  const ranking = { name: '順位表', headers: HEADERS, rows: ROWS.toReversed() }
  const cover = { name: '表紙', headers: ['起案用'], rows: [['順位表（内部資料）']] }

  test('the one that has the column is read', async () => {
    expect(await ranksOf(await toXlsx([cover, ranking]))).toBe('54321')
    expect(await ranksOf(await toXlsx([cover, { ...cover, name: '目次' }, ranking, cover]))).toBe('54321')
  })

  test('where none has it, the one that was read is named', async () => {
    expect(await problemsOf(await toXlsx([cover, { ...cover, name: '目次' }]))).toEqual([
      expect.stringContaining('シート「表紙」の1行目に「医療機関コード」の見出しがありません。'),
    ])
  })
})

describe('the ranking that a sheet went out with', () => {
  const orderBefore = async (bytes: Promise<Buffer>) => {
    const read = await orderSheetOf(await bytes)
    return read.ok && read.before?.map((code) => code.at(-1)).join('')
  }

  test('is in it, however its rows are put', async () => {
    expect(await orderBefore(inRows(5, 1, 2, 4, 3))).toBe('12345')
    expect(await orderBefore(withRanks(2, 1, 3, 5, 4))).toBe('12345')
  })

  test('is not known where that column is gone or spoilt', async () => {
    expect(
      await orderBefore(edited((rows) => rows.map((row) => row.slice(0, 9)), HEADERS.slice(0, 9))),
    ).toBeUndefined()
    expect(await orderBefore(edited((rows) => rows.map((row) => row.with(9, ''))))).toBeUndefined()
    expect(await orderBefore(edited((rows) => rows.map((row) => row.with(9, 1))))).toBeUndefined()
    expect(await orderBefore(edited((rows) => rows.slice(1)))).toBeUndefined()
  })
})
