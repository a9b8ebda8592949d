import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillDemo } from '../../src/demo/fill.ts'
import type { Hospital } from '../../src/domain/master/hospital.ts'
import type { SelectionResult } from '../../src/domain/selection/result.ts'
import { hashPassword } from '../../src/office/password.ts'
import { expectAccessible, startSite, visit } from '../support/browser.ts'
import { startCommands } from '../support/command.ts'
import { logIn } from '../support/steps.ts'
import { readXlsx } from '../support/xlsx.ts'

const NOW = '2024-03-14T05:00:00Z'
const AFTER_DEADLINE = '2024-03-19T00:00:00Z'
const PASSWORD = 'workbench-journey'

const commands = startCommands({ now: AFTER_DEADLINE })
let site: Awaited<ReturnType<typeof startSite>>
let proposer: Page
let approver: Page
const complaints: string[][] = []

beforeAll(async () => {
  site = await startSite({ now: NOW, databasePath: commands.databasePath })
  fillDemo(site.stores, new Date(NOW))
  const passwordHash = await hashPassword(PASSWORD)
  for (const [login, name] of [
    ['kian', '起案 一子'],
    ['kessai', '決裁 二郎'],
  ] as const) {
    const officer = { login, name, role: 'admin' as const, passwordHash, mustChangePassword: false }
    site.stores.staff.add(officer, { actor: 'test', at: new Date(NOW) })
  }
  site.stores.settings.change({ secondApproval: 'yes' }, { actor: 'test', at: new Date(NOW) })
  site.setNow(AFTER_DEADLINE)
  const visitors = [await visit(), await visit()]
  complaints.push(...visitors.map((visitor) => visitor.complaints))
  proposer = visitors[0]!.page
  approver = visitors[1]!.page
  await logIn(proposer, site.address, 'kian', PASSWORD)
  await logIn(approver, site.address, 'kessai', PASSWORD)
})
afterAll(async () => {
  for (const page of [proposer, approver]) await page.context().close()
  await site.close()
  commands.remove()
})

const open = (page: Page, path: string) => page.goto(site.address + path)
const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()
const main = async (page: Page) => (await page.locator('main').textContent())!

async function download(page: Page, path: string): Promise<Buffer> {
  const reply = await page.request.get(site.address + path)
  expect([path, reply.status()]).toEqual([path, 200])
  return reply.body()
}

async function result(path: string): Promise<SelectionResult> {
  return JSON.parse((await download(proposer, path)).toString('utf8'))
}

const draft = () => result('/admin/selection/result.json')
const decisionOf = ({ results }: SelectionResult, code: string) =>
  results.find((row) => row.code === code)!.decision

/** Hospitals of 400–499 beds, where there is one seat, that did not answer or are not eligible. */
async function withoutSeatIn(band: string): Promise<Hospital[]> {
  const { results } = await draft()
  const codes = results
    .filter((row) => row.band === band && row.decision === 'ineligible')
    .map(({ code }) => code)
  return codes.map((code) => site.stores.hospitals.byCode(code)!)
}

async function decide(hospital: Hospital, path: string, reason: string): Promise<void> {
  await open(proposer, `/admin/hospitals/${hospital.key}/${path}`)
  await proposer.getByLabel('理由').fill(reason)
  await proposer.locator('main form[method="post"] button').last().click()
  await proposer.waitForLoadState()
}

test('the points are changed: a new version with its reason', async () => {
  await open(proposer, '/admin/policy')
  await proposer.getByLabel('救急医療', { exact: false }).first().fill('40')
  await proposer.getByLabel('変更の理由').fill('救急を重く見るため')
  await press(proposer, '新しい版として保存する')
  expect(site.stores.policies.current()).toMatchObject({
    version: 2,
    policy: { criteria: { emergency: 40 } },
  })
})

test('two scenarios are laid side by side, and looking saves nothing', async () => {
  for (const [name, label, points] of [
    ['離島を重く見る案', 'へき地医療', '80'],
    ['災害を重く見る案', '災害医療', '80'],
  ] as const) {
    await open(proposer, '/admin/scenarios')
    await proposer.getByLabel('名前').fill(name)
    await press(proposer, '検討案を作成する')
    await proposer.getByLabel(label, { exact: false }).first().fill(points)
    await press(proposer, '検討案を保存する')
  }
  const before = site.stores.audit.all().length
  const [a, b] = ['離島を重く見る案', '災害を重く見る案'].map(encodeURIComponent)
  await open(proposer, `/admin/scenarios/compare?a=${a}&b=${b}`)
  expect(await main(proposer)).toMatch(/医療圏[\s\S]*医療機能/)
  await expectAccessible(proposer)
  expect(site.stores.audit.all()).toHaveLength(before)
})

test('designating one that did not answer makes a problem, which blocks the way until it is resolved', async () => {
  const [first, second] = await withoutSeatIn('400-499')
  const { results } = await draft()
  const excluded = results.find((row) => row.band === '20-99' && row.decision === 'selected')!
  await decide(first!, 'designate', '地域の救急を担っているため')
  await decide(second!, 'designate', '災害拠点のため')
  expect((await draft()).problems).toEqual([{ kind: 'designated_over_seats', band: '400-499', over: 1 }])
  await open(proposer, '/admin/selection/confirm')
  expect(await proposer.getByRole('button', { name: '起案する' }).count()).toBe(0)
  await decide(second!, 'undo-override', '枠が1つのため')
  await decide(site.stores.hospitals.byCode(excluded.code)!, 'exclude', '今年度に建て替えるため')
  const after = await draft()
  expect(after.problems).toEqual([])
  expect(decisionOf(after, first!.key)).toBe('selected')
  expect(decisionOf(after, excluded.code)).toBe('ineligible')
})

test('one person proposes, who cannot approve; another approves', async () => {
  await open(proposer, '/admin/selection/confirm')
  await proposer
    .getByLabel('確認待ちの回答を残したまま確定する理由')
    .fill('電話で確認し、選定に影響しないため')
  for (const box of await proposer.getByRole('checkbox').all()) await box.check()
  await press(proposer, '起案する')
  await proposer.waitForURL(/\/admin\/proposals\/\d+$/)
  const proposal = new URL(proposer.url()).pathname
  expect((await proposer.request.get(`${site.address}${proposal}/approve`)).status()).toBe(403)
  await open(approver, `${proposal}/approve`)
  await approver.getByRole('checkbox').check()
  await press(approver, '決裁して確定する')
  await approver.waitForURL(/\/admin\/rounds\/1$/)
  expect(await main(approver)).toContain('起案 一子')
  await expectAccessible(approver)
})

async function selectedOf(path: string): Promise<string[]> {
  const bytes = await download(approver, `${path}/ministry.csv`)
  const rows = parse(bytes, { columns: true, bom: true }) as Record<string, string>[]
  return rows.map((row) => row.医療機関コード!)
}

test('every file of the round can be opened again and says the same', async () => {
  const { results } = await result('/admin/rounds/1/result.json')
  const selected = results.filter((row) => row.decision === 'selected').map(({ code }) => code)
  expect(selected).toHaveLength(50)
  expect(await selectedOf('/admin/rounds/1')).toEqual(selected)
  const cp932 = await download(approver, '/admin/rounds/1/ministry.csv?encoding=cp932')
  const rows = parse(iconv.decode(cp932, 'CP932'), { columns: true }) as Record<string, string>[]
  expect(rows.map((row) => row.医療機関コード)).toEqual(selected)
  for (const name of ['ministry.xlsx', 'internal.xlsx']) {
    const sheet = await readXlsx(await download(approver, `/admin/rounds/1/${name}`))
    expect(sheet.ok && sheet.rows.flat()).toEqual(expect.arrayContaining(selected))
  }
  const snapshot = commands.file('snapshot.json', await download(approver, '/admin/rounds/1/snapshot.json'))
  expect(JSON.parse((await commands.run(['select', snapshot])).out)).toEqual(
    await result('/admin/rounds/1/result.json'),
  )
})

test('the archive verifies, and one changed byte is named by its place', async () => {
  await approver.getByText('検証用のファイルと、改ざんがないことの確認').click()
  await press(approver, '改ざんがないか確認する')
  expect(await main(approver)).toContain('一致')
  const archive = await download(approver, '/admin/rounds/1/archive.json')
  const same = await commands.run(['verify', commands.file('archive.json', archive)])
  expect([same.code, same.out]).toEqual([0, expect.stringContaining('一致')])
  const at = archive.indexOf('"beds":') + '"beds":'.length
  archive[at] = archive[at]! === 0x39 ? 0x38 : archive[at]! + 1
  const changed = await commands.run(['verify', commands.file('changed.json', archive)])
  expect([changed.code, changed.errorLines]).toEqual([1, 1])
  expect(changed.error).toMatch(/snapshot/)
})

async function decline(code: string, round: number): Promise<void> {
  await open(proposer, `/admin/rounds/${round}/decline/${code}`)
  await proposer.getByLabel('辞退の理由').fill('3月19日に電話で申出（病院の都合）')
  await press(proposer, '起案する')
  await proposer.waitForURL(/\/admin\/proposals\/\d+$/)
  await approve(new URL(proposer.url()).pathname)
}

async function approve(proposal: string): Promise<void> {
  await open(approver, `${proposal}/approve`)
  await approver.getByRole('checkbox').check()
  await press(approver, '決裁して確定する')
  await approver.waitForURL(/\/admin\/rounds\/\d+/)
}

test('one declines: the first reserve of its band moves up, and the earlier edition stays', async () => {
  const first = await result('/admin/rounds/1/result.json')
  const before = await download(approver, '/admin/rounds/1/ministry.csv')
  const leaving = first.results.find((row) => row.band === '100-199' && row.decision === 'selected')!.code
  const reserve = first.results.find((row) => row.band === '100-199' && row.waitlistPosition === 1)!.code
  await decline(leaving, 1)
  const after = await selectedOf('/admin/rounds/1')
  expect(after).toHaveLength(50)
  expect(after).not.toContain(leaving)
  expect(after.at(-1)).toBe(reserve)
  expect(await download(approver, '/admin/rounds/1/editions/1/ministry.csv')).toEqual(before)
  const archive = commands.file('amended.json', await download(approver, '/admin/rounds/1/archive.json'))
  expect(await commands.run(['verify', archive])).toMatchObject({ code: 0 })
})

test('another declines where nobody waits; an additional round fills the seat that came free', async () => {
  const first = await result('/admin/rounds/1/result.json')
  const alone = first.results.find((row) => row.band === '500-' && row.decision === 'selected')!.code
  await decline(alone, 1)
  expect(await selectedOf('/admin/rounds/1')).toHaveLength(49)
  const [candidate] = (await withoutSeatIn('500-')).filter(({ key: code }) => code !== alone)
  await decide(candidate!, 'designate', '追加選定で県が必要と認めたため')
  await open(proposer, '/admin/selection/confirm')
  await proposer
    .getByLabel('確認待ちの回答を残したまま確定する理由')
    .fill('電話で確認し、選定に影響しないため')
  for (const box of await proposer.getByRole('checkbox').all()) await box.check()
  await press(proposer, '起案する')
  await proposer.waitForURL(/\/admin\/proposals\/\d+$/)
  await approve(new URL(proposer.url()).pathname)
  expect(new URL(approver.url()).pathname).toBe('/admin/rounds/2')
  expect(await selectedOf('/admin/rounds/2')).toEqual([candidate!.key])
  const taken = new Set(await selectedOf('/admin/rounds/1'))
  expect(taken.has(candidate!.key)).toBe(false)
})

test('the record of every step holds, and no page complained', () => {
  expect(site.stores.audit.verify()).toBeNull()
  expect(complaints.flat()).toEqual([])
})
