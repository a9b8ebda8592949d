import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DocumentRules } from '../../../src/domain/disclosure/classes.ts'
import { DOCUMENTS, documentOf, documentOfFile, ruleOf } from '../../../src/domain/disclosure/documents.ts'
import { parseCsv, plainCell } from '../../../src/files/table/csv.ts'
import { readSheets } from '../../../src/files/xlsx/read.ts'
import { disclosureClasses } from '../../../src/office/rounds/disclosure-classes.ts'
import { documentOfAddress, pathsIn } from '../../support/disclosure.ts'
import { addresses } from '../../support/route-table.ts'
import { cookieOf, sampleOf, startWholeOffice, type WholeOffice } from '../../support/whole-office.ts'

/**
 * The columns come from the files as the program writes them, and the files from its addresses: a new file or a new
 * column fails here until it has a class in `domain/disclosure`.
 */

let office: WholeOffice
beforeAll(async () => {
  office = await startWholeOffice()
}, 60_000)
afterAll(() => office.close())

/** What is made of other files, a survey as a whole, and the numbers of tally.csv in another shape, which no set has. */
const NO_DOCUMENT = [
  '/admin/package.zip',
  '/admin/rounds/:number/disclosure.zip',
  '/admin/next-edition.db',
  '/admin/tally.xlsx',
]

test('every file of the officers’ side has its document, and every column of it a class', async () => {
  const files = addresses(office.routes, 'GET').filter(
    (url) => url.startsWith('/admin/') && /\.(?:csv|xlsx|json|zip|db|pdf)$/.test(url),
  )
  expect(files.length).toBeGreaterThan(30)
  const seen = new Set<string>()
  const unclassed: string[] = []
  for (const url of files.filter((each) => !NO_DOCUMENT.includes(each))) {
    const document = inForce(documentOfAddress(url))
    if (!document) unclassed.push(`${url}: no document`)
    const reply = await office.app.inject({ url: sampleOf(url), headers: { cookie: cookieOf(office.admin) } })
    if (reply.statusCode === 404 || !document) continue
    expect([url, reply.statusCode]).toEqual([url, 200])
    seen.add(document.id)
    for (const column of columnsOf(url, reply.rawPayload))
      if (!isClassed(document.columns, column)) unclassed.push(`${url}: ${column}`)
  }
  expect(unclassed).toEqual([])
  expect([...seen].length).toBeGreaterThan(12)
})

test('every file that is frozen with a round has a document of its own', () => {
  const names = office.stores.editions.files(office.stores.editions.newestOf(1)!).map(({ name }) => name)
  expect(names).toContain('classes.json')
  expect(names.filter((name) => documentOfFile(name) === null)).toEqual([])
})

test('no column is named twice in a document, and no document twice', () => {
  const ids = DOCUMENTS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, columns } of DOCUMENTS) {
    const names = columns.map(({ column }) => column)
    expect([id, names.filter((name, place) => names.indexOf(name) !== place)]).toEqual([id, []])
  }
})

test('a class of the table is of something that is there', () => {
  // What only some editions have, or only with declines, lots and further questions.
  const sheet = documentOf('ministry')!.columns.map(({ column }) => column)
  expect(sheet).toEqual(expect.arrayContaining(['都道府県名', '選定理由', '備考']))
})

/** With the further questions of this edition. */
function inForce(document: DocumentRules | null): DocumentRules | null {
  return disclosureClasses(office.stores).documents.find(({ id }) => id === document?.id) ?? null
}

function columnsOf(url: string, bytes: Buffer): string[] {
  if (url.endsWith('.json')) return pathsIn(JSON.parse(bytes.toString('utf8')))
  if (url.endsWith('.csv')) {
    const read = parseCsv(bytes.toString('utf8'))
    return read.ok ? read.rows[0]!.map(plainCell) : [`not read: ${read.message}`]
  }
  return readSheets(bytes).flatMap(({ rows }) => rows[0] ?? [])
}

/** By itself, or by what it is part of. */
function isClassed(columns: Parameters<typeof ruleOf>[0], column: string): boolean {
  if (ruleOf(columns, column)) return true
  // Nothing at all, where there might be something that is classed.
  if (columns.some((rule) => rule.column.startsWith(`${column}.`))) return true
  return columns.some(
    (rule) =>
      (rule.isWhole || rule.grounds.length > 0) &&
      (column.startsWith(`${rule.column}.`) || column.startsWith(`${rule.column}[]`)),
  )
}
