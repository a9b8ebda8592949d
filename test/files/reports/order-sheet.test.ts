import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ORDER_COLUMNS, type OrderLine, readOrderSheet } from '../../../src/files/reports/order-sheet.ts'
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
type Cell = ReturnType<(typeof ORDER_COLUMNS)[number]['value']>
const ROWS: Cell[][] = LINES.map((each) => ORDER_COLUMNS.map(({ value }) => value(each)))

/** The sheet as it went out, after somebody worked on its rows. */
function edited(work: (rows: Cell[][]) => Cell[][], headers = HEADERS): Promise<Buffer> {
  return toXlsx([{ name: '順位表', headers, rows: work(ROWS.map((cells) => [...cells])) }])
}

async function ranksOf(bytes: Uint8Array): Promise<string> {
  const read = await readOrderSheet(bytes)
  return read.ok ? read.codes.map((code) => code.at(-1)).join('') : JSON.stringify(read.problems)
}

async function problemsOf(bytes: Uint8Array): Promise<string[]> {
  const read = await readOrderSheet(bytes)
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
    if (!encoded.ok) throw new Error(encoded.message)
    expect(await ranksOf(encoded.bytes)).toBe('54321')
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
        expect(await readOrderSheet(bytes)).toHaveProperty('ok', false)
      }),
    )
  })
})
