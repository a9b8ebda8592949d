import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseCsv } from '../../src/files/table/csv.ts'
import { decodeText } from '../../src/files/table/encoding.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { AFTER_DEADLINE, confirm, fillSelection, savePolicy, TWO_BANDS } from '../support/decisions.ts'
import { htmlOf } from '../support/html.ts'
import { type OfficersBrowser, signedIn } from '../support/officer.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'
import { readXlsx } from '../support/xlsx.ts'

/** 機関コード, under which each came into the master: the keys by which it knows them. */
const [LATER_KNOWN, UNKNOWN] = ['0461234567890', '0461234567891']
const MEDICAL = '4610000078'

let testApp: TestApp
let browser: OfficersBrowser
beforeEach(async () => {
  testApp = await startTestApp({ now: AFTER_DEADLINE })
  const { stores } = testApp
  fillSelection(testApp)
  // Every hospital has a seat or waits for one, so that each is on every page.
  const bands = TWO_BANDS.bands.map((band) => ({ ...band, seats: band.id === 'small' ? 3 : 2 }))
  stores.settings.change({ prefectureSeats: '5' }, { actor: 'test', at: new Date('2024-03-01') })
  savePolicy(stores, { ...TWO_BANDS, bands })
  const fromOpenData = { medicalCode: null, beds: 95, region: '奄美' }
  addHospitals(
    stores,
    { ...fromOpenData, key: LATER_KNOWN, naviiCode: LATER_KNOWN, name: '後知病院' },
    { ...fromOpenData, key: UNKNOWN, naviiCode: UNKNOWN, name: '未知病院' },
  )
  addHospitals(stores, {
    key: MEDICAL,
    medicalCode: MEDICAL,
    naviiCode: LATER_KNOWN,
    name: '後知病院',
    beds: 95,
  })
  for (const hospital of [LATER_KNOWN, UNKNOWN]) saveSubmission(stores, { hospital })
  browser = await signedIn(testApp, { role: 'admin' })
})
afterEach(() => testApp.close())

describe('a hospital that came first with its 機関コード', () => {
  test('keeps that as its key, also when its 医療機関コード becomes known', () => {
    expect(testApp.stores.hospitals.byCode(LATER_KNOWN)).toMatchObject({
      key: LATER_KNOWN,
      medicalCode: MEDICAL,
    })
  })

  test.each([
    'submissions',
    'hospitals',
    'nonrespondents',
    'selection',
    'rounds/1/ministry',
    'rounds/1/internal',
    'selection/order',
  ])('has its own 医療機関コード in %s, or none', async (file) => {
    if (file.startsWith('rounds')) await confirmed()
    for (const ending of ['csv', 'xlsx']) {
      const reply = await browser.get(`/admin/${file}.${ending}`)
      if (reply.statusCode === 404) continue
      const codes = columnOf(await rowsOf(reply.rawPayload, ending), '医療機関コード')
      expect(codes).not.toContain(LATER_KNOWN)
      expect(codes).not.toContain(UNKNOWN)
      if (file !== 'nonrespondents') expect(codes).toEqual(expect.arrayContaining([MEDICAL, '']))
    }
  })

  test('no page of the officers’ side shows its key for a code', async () => {
    await confirmed()
    const pages = [
      '/admin/hospitals',
      '/admin/selection',
      '/admin/selection/order',
      '/admin/selection/preflight?round=1',
      '/admin/rounds/1',
      '/admin/rounds/1/list',
      '/admin/rounds/1/reasons',
      `/admin/rounds/1/decline/${LATER_KNOWN}`,
      '/admin/rounds/1/reopen',
      `/admin/hospitals/${LATER_KNOWN}/designate`,
      '/admin/submissions/R-0006',
    ]
    for (const url of pages) {
      const reply = await browser.get(url)
      expect(reply.statusCode, url).toBe(200)
      const main = htmlOf(reply).querySelector('main')!.textContent
      expect(main, url).not.toContain(LATER_KNOWN)
    }
  })

  test('whose 医療機関コード is not known is pointed out before the report goes out', async () => {
    const text = htmlOf(await browser.get('/admin/selection/preflight')).querySelector('main')!.textContent
    expect(text.replace(/\s+/g, '')).toContain('未知病院（登録なし）医療機関コード空欄')
  })

  test('leaves a blank in the report, and who sends it is told', async () => {
    await confirmed()
    const text = htmlOf(await browser.get('/admin/rounds/1')).querySelector('main')!.textContent
    expect(text).toContain('医療機関コードの登録がない病院が1病院あり')
    expect(text).not.toContain('機関コードが入っています')
  })

  test('is said to whoever is about to approve the proposal', async () => {
    testApp.stores.settings.change({ secondApproval: 'yes' }, { actor: 'test', at: new Date(AFTER_DEADLINE) })
    const proposal = await confirm(browser)
    const approver = await signedIn(testApp, { login: 'approver', role: 'officer' })
    for (const page of [proposal, `${proposal}/approve`])
      expect(htmlOf(await approver.get(page)).querySelector('main')!.textContent, page).toContain(
        '医療機関コードの登録がない病院が1病院あり',
      )
  })

  test.each([LATER_KNOWN, MEDICAL])('is found under %s in addresses', async (code) => {
    for (const path of [`/admin/hospitals/${code}`, `/admin/hospitals/${code}/move`])
      expect(htmlOf(await browser.get(path)).querySelector('main')!.textContent, path).toContain('後知病院')
  })

  test('comes back in an order sheet by either code', async () => {
    const lines = columnsOf(
      await rowsOf((await browser.get('/admin/selection/order.xlsx')).rawPayload, 'xlsx'),
      ['医療機関コード', '機関コード'],
    )
    const csv = ['医療機関コード,機関コード', ...lines.toReversed().map((cells) => cells.join(','))].join(
      '\n',
    )
    await browser.get('/admin/selection/order')
    const reply = await browser.upload('/admin/selection/order/upload', {
      name: 'order.csv',
      bytes: Buffer.from(csv),
    })
    expect(reply.statusCode).toBe(200)
    expect(htmlOf(reply).querySelector('h1')!.textContent).toContain('順位')
  })
})

async function confirmed(): Promise<void> {
  await confirm(browser)
}

async function rowsOf(bytes: Buffer, ending: string): Promise<string[][]> {
  if (ending === 'xlsx') {
    const read = await readXlsx(bytes)
    if (!read.ok) throw new Error(read.message)
    return read.rows
  }
  const decoded = decodeText(bytes)
  const parsed = decoded.ok ? parseCsv(decoded.text) : decoded
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.rows
}

function columnOf([headers, ...rows]: string[][], header: string): string[] {
  const at = headers!.indexOf(header)
  expect(at).toBeGreaterThanOrEqual(0)
  return rows.map((cells) => cells[at] ?? '')
}

function columnsOf(table: string[][], headers: readonly string[]): string[][] {
  const columns = headers.map((header) => columnOf(table, header))
  return columns[0]!.map((_, row) => columns.map((cells) => cells[row]!))
}
