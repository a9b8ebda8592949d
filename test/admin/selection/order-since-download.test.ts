import { describe, expect, test } from 'vitest'
import { toXlsx } from '../../../src/files/xlsx/write.ts'
import { htmlOf, tableRows, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { A, B, C, D, E, LARGE, rankingOf, WORKBENCH } from '../../support/workbench.ts'
import { readXlsx } from '../../support/xlsx.ts'

const office = officeWith(WORKBENCH)
const browser = office.officer()

const download = async () => (await browser.get('/admin/selection/order.xlsx')).rawPayload

/** The sheet with its rows, header first, worked on. */
async function edited(bytes: Uint8Array, work: (rows: string[][]) => string[][]): Promise<Buffer> {
  const read = await readXlsx(bytes)
  if (!read.ok) throw new Error(read.message)
  const [headers, ...rows] = work(read.rows)
  return toXlsx([{ name: '順位表', headers: headers!, rows }])
}

async function upload(bytes: Uint8Array) {
  await browser.get('/admin/selection/order')
  return browser.upload('/admin/selection/order/upload', { name: '順位表.xlsx', bytes })
}

function apply(page: ReturnType<typeof htmlOf>, reason: string) {
  const names = ['codes', 'before', 'outcome']
  const fields = names.map((name) => [
    name,
    page.querySelector(`main input[name="${name}"]`)!.getAttribute('value')!,
  ])
  return browser.post('/admin/selection/order', { ...Object.fromEntries(fields), reason })
}

const move = (hospitalCode: string, position: number) =>
  office.stores.rankMoves.add(
    1,
    { hospitalCode, position },
    { actor: 'officer', at: new Date('2024-03-11T00:30:00Z'), reason: '圏域の拠点' },
  )
const SINCE = '[aria-label="順位表を保存した後に順位が変わった病院"] table'
const MOVED = '[aria-label="順位を変更する病院"] table'

describe('a ranking that has changed since its sheet was saved', () => {
  test('stays as it is where the sheet comes back as it was, and what changed is said', async () => {
    const sheet = await download()
    move(D, 1)
    for (const bytes of [sheet, await edited(sheet, (rows) => rows)]) {
      const page = htmlOf(await upload(bytes))
      expect(tableRows(page.querySelector(SINCE))).toEqual([['丁病院', '5位', '1位']])
      expect(textIn(page.querySelector('main'))).toContain('順位表では、順位は変更されていません。')
      expect(page.querySelector(MOVED)).toBeNull()
      expect(page.querySelector('main form')).toBeNull()
    }
    expect(await rankingOf(browser)).toEqual([D, A, B, C, LARGE])
    expect(office.stores.rankMoves.all()).toHaveLength(1)
  })

  test('gets the moves of the sheet alone', async () => {
    const sheet = await download()
    move(D, 1)
    const worked = await edited(sheet, ([header, a, b, c, large, d]) => [header!, a!, c!, b!, large!, d!])
    const page = htmlOf(await upload(worked))
    expect(tableRows(page.querySelector(SINCE))).toEqual([['丁病院', '5位', '1位']])
    expect(tableRows(page.querySelector(MOVED)).map(([name]) => name)).toEqual(['丙病院'])
    const again = htmlOf(await apply(page, ''))
    expect(tableRows(again.querySelector(SINCE))).toHaveLength(1)
    expect((await apply(again, '並べ替え')).statusCode).toBe(303)
    expect(await rankingOf(browser)).toEqual([D, A, C, B, LARGE])
    expect(
      office.stores.rankMoves.active(1).map(({ hospitalCode, reason }) => [hospitalCode, reason]),
    ).toEqual([
      [D, '圏域の拠点'],
      [C, '並べ替え'],
    ])
  })

  test('by points is no move either', async () => {
    const sheet = await download()
    const { hospitals } = office.stores
    const changed = {
      ...hospitals.byCode(C)!,
      functions: ['emergency' as const, 'disaster' as const],
      beds: 95,
    }
    hospitals.import(
      { hospitals: [changed], fields: ['functions', 'beds'] },
      { actor: 'officer', at: new Date('2024-03-11T00:30:00Z'), source: 'x' },
    )
    const now = await rankingOf(browser)
    expect(now).not.toEqual([A, B, C, LARGE, D])
    const page = htmlOf(await upload(sheet))
    expect(tableRows(page.querySelector(SINCE)).map(([name]) => name)).toEqual(['丙病院'])
    expect(page.querySelector('main form')).toBeNull()
    expect(office.stores.rankMoves.all()).toEqual([])
  })

  test('is put as a list without the ranks of then says it, as before', async () => {
    const sheet = await download()
    move(D, 1)
    const page = htmlOf(await upload(await edited(sheet, (rows) => rows.map((row) => row.slice(0, 9)))))
    expect(page.querySelector(SINCE)).toBeNull()
    await apply(page, '並べ替え')
    expect(await rankingOf(browser)).toEqual([A, B, C, LARGE, D])
  })
})

test('hospitals that joined since then are named, and so is what to do', async () => {
  const sheet = await download()
  saveSubmission(office.stores, { hospital: E })
  const reply = await upload(sheet)
  expect(reply.statusCode).toBe(422)
  expect([...htmlOf(reply).querySelectorAll('.error-summary li')].map(textIn)).toEqual([
    `順位表にない病院があります：戊病院（${E}）`,
    '順位表を保存した後に選定の対象となる病院が変わったか、行が削除されています。順位表を保存し直してください。',
  ])
})

describe('a sheet of which one column was moved by itself is refused, with the rows', () => {
  const problems = async (work: (rows: string[][]) => string[][]) => {
    const reply = await upload(await edited(await download(), work))
    expect(reply.statusCode).toBe(422)
    expect(office.stores.rankMoves.all()).toEqual([])
    return [...htmlOf(reply).querySelectorAll('.error-summary li')].map(textIn)
  }
  const columnTurned = (column: number) => (rows: string[][]) =>
    rows.map((row, index) => (index === 0 ? row : row.with(column, rows[rows.length - index]![column]!)))

  test.each([
    ['the codes', 1],
    ['the names', 2],
  ])('%s', async (_what, column) => {
    const found = await problems(columnTurned(column))
    expect(found[0]).toContain('1つの列だけを並べ替えた')
    // The one in the middle stays where it is.
    expect(found.slice(1).map((line) => line.slice(0, 4))).toEqual([
      '2行目：',
      '3行目：',
      '5行目：',
      '6行目：',
    ])
    expect(found[1]).toMatch(/「(甲|丁)病院」.*（(丁|甲)病院）が、別の病院のものです。$/)
  })

  test('a name pasted over all', async () => {
    const found = await problems((rows) =>
      rows.map((row, index) => (index === 0 ? row : row.with(2, '乙病院'))),
    )
    expect(found.slice(1).map((line) => line.slice(0, 4))).toEqual([
      '2行目：',
      '4行目：',
      '5行目：',
      '6行目：',
    ])
  })
})

describe('a list of one’s own, without the ranks that went out with it', () => {
  const without = (rows: string[][], ...headers: string[]) =>
    rows.map((row) => row.filter((_, place) => !headers.includes(rows[0]![place]!)))
  const swapped = ([header, a, b, ...rest]: string[][]) => [header!, b!, a!, ...rest]

  test('is refused where its rows were moved and its numbers are those of today', async () => {
    const sheet = await edited(await download(), (rows) => swapped(without(rows, 'ダウンロード時の順位')))
    const reply = await upload(sheet)
    expect(reply.statusCode).toBe(422)
    expect(textIn(htmlOf(reply).querySelector('main'))).toContain('「順位」の列を削除してから')
  })

  test('is read by its rows where it has no numbers, and is no change where neither moved', async () => {
    const rows = await edited(await download(), (all) =>
      swapped(without(all, 'ダウンロード時の順位', '順位')),
    )
    expect(tableRows(htmlOf(await upload(rows)).querySelector(MOVED))).toHaveLength(1)
    const same = await upload(await edited(await download(), (all) => without(all, 'ダウンロード時の順位')))
    expect([same.statusCode, htmlOf(same).querySelector(MOVED)]).toEqual([200, null])
  })
})
