import { afterAll, describe, expect, test } from 'vitest'
import { parseCsv } from '../../src/files/table/csv.ts'
import { decodeText } from '../../src/files/table/encoding.ts'
import { confirm, SELECTION } from '../support/decisions.ts'
import { htmlOf, tableRows } from '../support/html.ts'
import { officeWith } from '../support/office.ts'
import { WORKBENCH } from '../support/workbench.ts'
import { readXlsx } from '../support/xlsx.ts'
import { LibreOffice } from './libreoffice.ts'

/** As they stand in databases of every age: with hyphens and without, of every length of the numbering plan. */
const PHONES = [
  '0992862707',
  '099-286-2707',
  '0120000000',
  '09000000000',
  '05000000000',
  '0997000000',
  '0335811111',
]

const libreOffice = new LibreOffice()
afterAll(() => libreOffice.close())

describe('CSV files, opened and saved by LibreOffice', () => {
  const office = officeWith({
    now: '2024-03-19T00:00:00Z',
    ...SELECTION,
    hospitals: SELECTION.hospitals!.map((hospital, index) => ({ ...hospital, phone: PHONES[index]! })),
    answers: SELECTION.answers!.map((answer, index) => ({
      ...answer,
      phone: PHONES[(index + 3) % PHONES.length]!,
    })),
  })
  const browser = office.officer({ role: 'admin' })

  test.each([
    ['/admin/submissions.csv', 'utf-8'],
    ['/admin/hospitals.csv', 'utf-8'],
    ['/admin/nonrespondents.csv', 'utf-8'],
    ['/admin/rounds/1/ministry.csv', 'utf-8'],
    ['/admin/rounds/1/ministry.csv?encoding=cp932', 'cp932'],
  ] as const)('%s keeps every phone and every code', async (url, encoding) => {
    await confirm(browser)
    const reply = await browser.get(url)
    expect(reply.statusCode).toBe(200)
    const before = columnsOf(textOf(reply.rawPayload))
    const after = columnsOf(await libreOffice.csvSaved(reply.rawPayload, encoding))
    expect(Object.keys(before)).toEqual(Object.keys(after))
    const kept = Object.keys(before).filter((header) => /電話番号|FAX番号|コード$/.test(header))
    expect(kept.length).toBeGreaterThanOrEqual(2)
    for (const header of kept)
      expect({ header, cells: after[header] }).toEqual({ header, cells: before[header] })
    const phones = Object.entries(before).flatMap(([header, cells]) => (header === '電話番号' ? cells : []))
    expect(phones.filter(Boolean).length).toBeGreaterThan(0)
  })
})

describe('the ranking as a spreadsheet, sorted anew and saved by LibreOffice', () => {
  const office = officeWith(WORKBENCH)
  const browser = office.officer()

  test('is read back in the order in which it was put', async () => {
    const { rawPayload } = await browser.get('/admin/selection/order.xlsx')
    const before = await rowsOf(rawPayload)
    const name = before[0]!.indexOf('医療機関名')
    const sorted = await libreOffice.xlsxSorted(rawPayload, name)
    const order = (await rowsOf(sorted)).slice(1).map((row) => row[name])
    expect(order).not.toEqual(before.slice(1).map((row) => row[name]))
    expect(order.toSorted()).toEqual(
      before
        .slice(1)
        .map((row) => row[name])
        .toSorted(),
    )

    await browser.get('/admin/selection/order')
    const page = htmlOf(
      await browser.upload('/admin/selection/order/upload', { name: '順位表.xlsx', bytes: sorted }),
    )
    expect(page.querySelector('main input[name="codes"]')).not.toBeNull()
    expect(tableRows(page.querySelector('[aria-label="順位を変更する病院"] table')).length).toBeGreaterThan(0)
  })
})

function textOf(bytes: Uint8Array): string {
  const decoded = decodeText(bytes)
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.text
}

/** By heading, the cells below it. */
function columnsOf(csv: string): Record<string, string[]> {
  const read = parseCsv(csv.replace(/^\ufeff/, ''))
  if (!read.ok) throw new Error(read.message)
  const [headers = [], ...rows] = read.rows
  return Object.fromEntries(headers.map((header, column) => [header, rows.map((row) => row[column] ?? '')]))
}

async function rowsOf(bytes: Uint8Array): Promise<string[][]> {
  const read = await readXlsx(bytes)
  if (!read.ok) throw new Error(read.message)
  return read.rows
}
