import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillDemo } from '../../../src/demo/fill.ts'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { VIEWS_ROOT } from '../../../src/web/views.ts'
import { tableRows, textIn } from '../../support/html.ts'
import { type OfficersBrowser, signedIn } from '../../support/officer.ts'
import { startWithRoutes } from '../../support/route-table.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { readXlsx } from '../../support/xlsx.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

let office: Awaited<ReturnType<typeof startWithRoutes>>
let browser: OfficersBrowser
beforeAll(async () => {
  office = await startWithRoutes()
  const { stores } = office
  fillDemo(stores, new Date('2024-03-14T01:00:00Z'))
  const by = { actor: 'test', at: new Date('2024-03-14T01:00:00Z') }
  const expiresAt = new Date('2024-03-25T15:00:00Z')
  for (const { key } of stores.hospitals.all().slice(0, 120))
    stores.lateLinks.create({ hospitalCode: key, expiresAt, reason: '災害対応のため' }, by)
  // Known by the code they first came with: two answer, one of them without a 医療機関コード, and one does not.
  const known = Object.entries(CODES).map(([name, code], index) => {
    const key = `046123456789${index}`
    return { key, naviiCode: key, medicalCode: code || null, name }
  })
  addHospitals(stores, ...known)
  for (const { key } of known.slice(0, 2)) saveSubmission(stores, { hospital: key })
  browser = await signedIn(office, { role: 'officer' })
})
const CODES: Record<string, string> = { 符号病院: '4610000078', 未登録病院: '', 無回答病院: '4610000086' }
afterAll(() => office.close())

/** What a page has room for of a file's header. */
const SHORT: Record<string, string> = {
  医療機関名: '病院',
  二次医療圏: '医療圏',
  許可病床数: '病床数',
  電子カルテ導入状況: '電子カルテ',
  希望する支援内容: '活用意向',
  GMIS調査回答の活用: 'GMIS活用',
}

/** Every list that has files: its tables, which together are the file's rows, and what only the page says. */
const LISTS = [
  { url: '/admin/submissions', tables: ['回答一覧'], pageOnly: [] },
  {
    url: '/admin/hospitals',
    tables: ['病院台帳'],
    pageOnly: ['病床規模区分', '回答', '選定案での判定'],
  },
  { url: '/admin/nonrespondents', tables: ['未回答の病院'], pageOnly: ['連絡の状況', '連絡の記録'] },
  { url: '/admin/invitations', tables: ['調査依頼'], pageOnly: ['選択', '最初の閲覧', '回答'] },
  { url: '/admin/selection?view=points', tables: ['順位', '選定の対象にならない病院'], pageOnly: [] },
]

const fileOf = (url: string, type: string) => url.replace(/(\?|$)/, `.${type}$1`)

async function csvOf(url: string): Promise<string[][]> {
  const parsed = parseCsv((await browser.get(fileOf(url, 'csv'))).body)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.rows
}

function tableIn(page: Awaited<ReturnType<OfficersBrowser['page']>>, label: string) {
  const table = page.querySelector(`[aria-label="${label}"] table`)
  const heads = [...table!.querySelectorAll('thead th')].map((head) => head.textContent!.trim())
  return { heads, rows: tableRows(table).filter((row) => row.length === heads.length) }
}

/** The rows of every page of a table, reached by the numbers of the pages. */
async function allRows(url: string, label: string): Promise<Record<string, string>[]> {
  const found: Record<string, string>[] = []
  const seen = new Set<string>()
  for (let next: string | undefined = url; next; ) {
    const page: Awaited<ReturnType<OfficersBrowser['page']>> = await browser.page(next.split('#')[0]!)
    const { heads, rows } = tableIn(page, label)
    found.push(...rows.map((row) => Object.fromEntries(heads.map((head, index) => [head, row[index]!]))))
    const name = `${label}のページ`
    const pager = page.querySelector(`nav[aria-label="${name}"]`)
    const current = pager?.querySelector('[aria-current="page"]')
    if (pager) expect(current!.getAttribute('aria-label'), next).toBe(`${seen.size + 1}ページ`)
    seen.add(next)
    const number = `a[aria-label="${seen.size + 1}ページ"]`
    next = pager?.querySelector(number)?.getAttribute('href') ?? undefined
    expect(next ?? null, url).toBe(pager?.querySelector('[rel="next"]')?.getAttribute('href') ?? null)
  }
  return found
}

describe.each(LISTS)('$url', ({ url, tables, pageOnly }) => {
  test('heads its columns as its files do', async () => {
    const page = await browser.page(url)
    expect(htmlFlaws(page)).toEqual([])
    const [headers] = await csvOf(url)
    const known = new Set(headers!.map((header) => SHORT[header] ?? header))
    const unknown = tables.flatMap((label) => tableIn(page, label).heads).filter((head) => !known.has(head))
    expect([...new Set(unknown)].sort()).toEqual([...pageOnly].sort())
  })

  test('leads by its page numbers to every row of its files once, in their order', async () => {
    const [headers, ...file] = await csvOf(url)
    const rows: Record<string, string>[] = []
    for (const label of tables) rows.push(...(await allRows(url, label)))
    expect(file.length).toBeGreaterThan(50)
    for (const header of ['医療機関名', '許可病床数']) {
      const column = file.map((row) => row[headers!.indexOf(header)])
      expect(
        rows.map((row) => row[SHORT[header]!]),
        header,
      ).toEqual(column)
    }
    const book = await readXlsx((await browser.get(fileOf(url, 'xlsx'))).rawPayload)
    if (!book.ok) throw new Error(book.message)
    expect(book.rows[0]).toEqual(headers)
    expect(book.rows).toHaveLength(file.length + 1)
  })

  test('prints no key for a 医療機関コード', async () => {
    const [headers, ...file] = await csvOf(url)
    const [name, code] = [headers!.indexOf('医療機関名'), headers!.indexOf('医療機関コード')]
    const printed = file.flatMap((row) => {
      const expected = CODES[row[name]!]
      return expected === undefined ? [] : [[row[code], expected]]
    })
    expect(printed.length).toBeGreaterThan(0)
    for (const [found, expected] of printed) expect(found).toBe(expected)
  })

  test('narrows nothing by what it does not know', async () => {
    const mark = url.includes('?') ? '&' : '?'
    const asked = `${url}${mark}colour=red&constructor=x&__proto__=y&sort=toString&page=-1&out=x`
    const [plain, odd] = [await browser.page(url), await browser.page(asked)]
    const counts = '.list-head p'
    expect(odd.querySelector(counts)!.textContent).toBe(plain.querySelector(counts)!.textContent)
    expect(odd.querySelector('[role="search"] a')).toBeNull()
    expect(await csvOf(asked)).toEqual(await csvOf(url))
  })

  test('says what is chosen, keeps it on every page and in the files, and clears it', async () => {
    const page = await browser.page(url)
    const choices = '#region option, .facets a[href*="region="] > span:first-child'
    const region = textIn([...page.querySelectorAll(choices)].find((each) => textIn(each) !== 'すべて')!)
    const mark = url.includes('?') ? '&' : '?'
    const asked = `${url}${mark}region=${encodeURIComponent(region)}`
    const narrowed = await browser.page(asked)
    const chosen = '#region option[selected], .facets a[aria-current][href*="region="] > span:first-child'
    expect([...narrowed.querySelectorAll(chosen)].map(textIn)).toContain(region)
    expect(narrowed.querySelector('[role="search"] a')!.getAttribute('href')!.split('#')[0]).toBe(
      url.split('?')[0],
    )
    for (const link of narrowed.querySelectorAll('.pager a, .list-head a, thead a'))
      expect(link.getAttribute('href')).toContain('region=')
    const [headers, ...rows] = await csvOf(asked)
    const regions = new Set(rows.map((row) => row[headers!.indexOf('二次医療圏')]))
    expect([...regions]).toEqual([region])
  })
})

test('a list without files has its pages by number too', async () => {
  const rows = await allRows('/admin/late-links', '発行したリンク')
  expect(rows).toHaveLength(120)
  expect(new Set(rows.map((row) => row.病院)).size).toBe(120)
})

/** Of other things than hospitals and answers: each has its own test. */
const OTHER_LISTS = ['/admin/audit', '/admin/fairness', '/admin/reminders/log']

/** Files that are no list: what was frozen, letters to merge, and the sheet that is sent in again. */
const NO_LISTS = [
  /^\/admin\/tally/,
  /\/template\./,
  /\/(rounds|proposals|reports)\/:/,
  /^\/admin\/letters\.xlsx$/,
  /^\/admin\/selection\/(order\.xlsx|reasons\.csv)$/,
]

test('every file of rows is a list’s own, with the page that shows the same rows', () => {
  const files = office.routes.filter(
    ({ url, method }) => method === 'GET' && /^\/admin\/.*\.(csv|xlsx)$/.test(url),
  )
  const foreign = files.filter(
    ({ url, config }) => !config.isListFile && !NO_LISTS.some((pattern) => pattern.test(url)),
  )
  expect(foreign.map(({ url }) => url)).toEqual([])
  const lists = new Set(files.filter(({ config }) => config.isListFile).map(({ url }) => url))
  const urls = [...LISTS.map(({ url }) => url.split('?')[0]), ...OTHER_LISTS]
  const tested = urls.flatMap((url) => ['csv', 'xlsx'].map((type) => `${url}.${type}`))
  expect([...lists].sort()).toEqual([...new Set(tested)].sort())
})

/** Tables that are no list of rows: drawings of one thing, forms, papers, and what is compared. */
const DRAWINGS = [
  'admin/dashboard/*',
  'admin/disclosure/*',
  'admin/gmis/*',
  'admin/tally/*',
  'admin/hospitals/import',
  'admin/hospitals/public-facts',
  'admin/hospitals/filings-ahead',
  'admin/hospitals/master-history',
  'admin/hospitals/match*',
  'admin/hospitals/merge',
  'admin/notice/notice',
  'admin/questions/questions',
  'admin/submissions/versions',
  'admin/hospitals/neighbours',
  'admin/nonrespondents/calls',
  'admin/partials/contacts',
  'admin/hospitals/points',
  'admin/letters/letters',
  'admin/lot/lot',
  'admin/partials/band-board',
  'admin/partials/history',
  'admin/policy/*',
  'admin/help/security-sheet',
  'admin/purge/purge',
  'admin/undelivered/list',
  'admin/rounds/*',
  'admin/selection/order*',
  'admin/selection/ranking',
  'admin/selection/regions',
  'admin/settings/ministry-columns',
  'admin/submissions/comparison',
  'admin/submissions/submission',
]

test('no view draws the table, the filter or the pages of a list by itself', () => {
  const views = readdirSync(resolve(VIEWS_ROOT, 'admin'), { recursive: true, encoding: 'utf8' })
  const ours = views.filter((view) => view.endsWith('.eta') && !view.startsWith('list/'))
  const isDrawing = (view: string) =>
    DRAWINGS.some((name) =>
      name.endsWith('*') ? `admin/${view}`.startsWith(name.slice(0, -1)) : `admin/${view}` === `${name}.eta`,
    )
  const drawn = (pattern: RegExp) =>
    ours.filter((view) => pattern.test(readFileSync(resolve(VIEWS_ROOT, 'admin', view), 'utf8')))
  expect(drawn(/<table/).filter((view) => !isDrawing(view))).toEqual([])
  expect(drawn(/class="(filter|pager)"/)).toEqual([])
})
