import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { select } from '../../../src/domain/selection/select.ts'
import { parseSnapshot } from '../../../src/domain/selection/snapshot.ts'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { decodeText } from '../../../src/files/table/encoding.ts'
import { tableRows } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const NOW = '2024-03-14T01:00:00Z'
const office = officeWith({ now: NOW })
const browser = office.officer()

/** The demo's 225 hospitals, confirmed in the middle of the survey. */
async function confirm(): Promise<void> {
  await office.restock({
    demo: NOW,
    confirmed: { acknowledged: 'yes', freeSeatsReason: '試験のため', waitingReason: '試験のため' },
  })
  expect(office.stores.editions.newestOf(1)).not.toBeNull()
}

const FILES = [
  '/admin/rounds/1/snapshot.json',
  '/admin/rounds/1/result.json',
  '/admin/rounds/1/ministry.csv',
  '/admin/rounds/1/ministry.csv?encoding=cp932',
  '/admin/rounds/1/ministry.xlsx',
  '/admin/rounds/1/internal.xlsx',
  '/admin/rounds/1/register.json',
  '/admin/rounds/1/checks.json',
  '/admin/rounds/1/archive.json',
]

describe('a confirmed round', () => {
  test('shows the selected in order, who confirmed when, and the hash of every file', async () => {
    await confirm()
    const page = await browser.page('/admin/rounds/1')
    expect(page.querySelector('h1')!.textContent).toBe('初回選定の結果')
    expect(page.querySelector('.lead')!.textContent).toBe(
      '令和6年3月14日（木）10時00分に試験 officerが確定しました。',
    )
    const selected = tableRows(page.querySelector('[aria-label="選定した病院"] table'))
    expect(selected.map(([order]) => Number(order))).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    )
    for (const url of FILES) {
      const sha256 = createHash('sha256')
        .update((await browser.get(url)).rawPayload)
        .digest('hex')
      const link = page.querySelector(`[aria-label="ファイル"] a[href="${url}"]`)!
      expect(link.closest('tr')!.querySelector('.hash')!.textContent).toBe(sha256)
    }
    expect(page.querySelector('main')!.textContent).toContain('救急医療')
  })

  test('gives the same bytes for ever, whatever changes afterwards', async () => {
    await confirm()
    const before = await Promise.all(FILES.map((url) => browser.get(url)))
    const { stores } = office
    const [hospital] = stores.hospitals.all()
    addHospitals(stores, { ...hospital!, name: '改称した病院', beds: 700 })
    saveSubmission(stores, { hospital: hospital!.key, intent: 'none' })
    const { policy } = stores.policies.current()
    stores.policies.save(
      { ...policy, regionFloor: 3, bands: [] },
      { actor: 'x', at: new Date(), note: '変更' },
    )
    stores.settings.change({ prefecture: '別の県' }, { actor: 'x', at: new Date() })
    const after = await Promise.all(FILES.map((url) => browser.get(url)))
    for (const [index, reply] of after.entries())
      expect(reply.rawPayload.equals(before[index]!.rawPayload), FILES[index]).toBe(true)
    const page = await browser.page('/admin/rounds/1')
    for (const table of ['[aria-label="選定した病院"]', '[aria-label="補欠の病院"]'])
      expect(page.querySelector(table)!.textContent).not.toContain('改称した病院')
    expect(page.querySelector('[aria-label="訂正の内容"]')!.textContent).toContain('改称した病院')
  })

  test('can be recomputed from its snapshot by anyone', async () => {
    await confirm()
    const snapshot = await browser.get(FILES[0]!)
    const result = JSON.parse((await browser.get(FILES[1]!)).body)
    const parsed = parseSnapshot(JSON.parse(snapshot.body))
    expect(parsed.ok && select(parsed.snapshot)).toEqual(result)
    expect(result.snapshotSha256).toBe(createHash('sha256').update(snapshot.rawPayload).digest('hex'))
  })

  test('reports the same rows in both encodings', async () => {
    await confirm()
    const texts = await Promise.all(
      FILES.slice(2, 4).map(async (url) => decodeText((await browser.get(url)).rawPayload)),
    )
    expect(texts.map((text) => text.ok && text.encoding)).toEqual(['utf-8', 'cp932'])
    const [utf8, cp932] = texts.map((text) => parseCsv(text.ok ? text.text : ''))
    expect(utf8).toEqual(cp932)
    const rows = utf8!.ok ? utf8!.rows : []
    expect(rows).toHaveLength(51)
    expect(rows.slice(1).map(([prefecture, order]) => [prefecture, Number(order)])).toEqual(
      Array.from({ length: 50 }, (_, index) => ['鹿児島県', index + 1]),
    )
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([19]))
  })

  test('sends its files by name, never to be cached, and on the record', async () => {
    await confirm()
    const csv = await browser.get(FILES[3]!)
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=windows-31j',
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="round-1-ministry.csv"; filename*=UTF-8''${encodeURIComponent('初回選定_厚生労働省報告.csv')}`,
    })
    expect(office.stores.audit.latest(1)).toMatchObject([
      {
        actor: 'officer',
        action: 'round.downloaded',
        subject: 'round 1',
        detail: { file: 'ministry.cp932.csv' },
      },
    ])
    expect((await browser.get(FILES[2]!)).headers['content-type']).toBe('text/csv; charset=utf-8')
  })

  test('stands in the list and on the dashboard', async () => {
    expect((await browser.page('/admin/rounds')).querySelector('main')!.textContent).toContain(
      'まだありません',
    )
    await confirm()
    expect(tableRows((await browser.page('/admin/rounds')).querySelector('table'))).toEqual([
      ['初回選定', '令和6年3月14日（木）10時00分', '50', '0', 'なし'],
    ])
    for (const url of ['/admin', '/admin/selection'])
      expect((await browser.page(url)).querySelector('main p a[href="/admin/rounds/1"]'), url).not.toBeNull()
  })

  test('is read by a viewer', async () => {
    await confirm()
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    for (const url of ['/admin/rounds/1', ...FILES]) expect((await viewer.get(url)).statusCode).toBe(200)
  })
})

test.each(['1', '2', '0', '-1', '01', 'x', '1e0', '99999', '%00'])(
  'a round that is none is a 404: %s',
  async (number) => {
    for (const path of ['', '/snapshot.json', '/result.json', '/ministry.csv'])
      expect((await browser.get(`/admin/rounds/${number}${path}`)).statusCode).toBe(404)
  },
)
