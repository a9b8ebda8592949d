import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseCsv } from '../../src/files/table/csv.ts'
import { expectAccessible, startSite, type Visitor, visit } from '../support/browser.ts'
import { aForm } from '../support/builders.ts'
import { type FictionalInstitution, fictionalBureauWorkbook } from '../support/bureau-workbook.ts'
import { sendForm } from '../support/decisions.ts'
import { fieldsOf } from '../support/forms.ts'
import { formPost, htmlOf, textOf } from '../support/html.ts'
import { BROWSER, invitationPath } from '../support/invitations.ts'
import { type OfficersBrowser, officersBrowser } from '../support/officer.ts'
import { logIn, send } from '../support/steps.ts'
import { readXlsx } from '../support/xlsx.ts'

const MINE = 'はじめのことばをさがす2024'
const { bytes, hospitals: LIST } = fictionalBureauWorkbook()
/** The first forty of the smallest band answer; each name stands once among them. */
const ANSWERING = LIST.slice(0, 40)

let folder: string
let site: Awaited<ReturnType<typeof startSite>>
let office: Visitor
let clerk: Visitor
/** The same administrator, for what would be forty times the same in the browser. */
let quick: OfficersBrowser
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-year-'))
  site = await startSite({
    now: '2024-03-04T01:00:00Z',
    databasePath: join(folder, 'survey.db'),
    image: null,
    setupToken: 'printed-at-the-start',
  })
  office = await visit()
  clerk = await visit({ width: 360 })
  await clerk.context.setExtraHTTPHeaders({ 'user-agent': BROWSER['user-agent'] })
  quick = officersBrowser(site)
})
afterAll(async () => {
  await Promise.all([office.context.close(), clerk.context.close()])
  await site.close()
  rmSync(folder, { recursive: true })
})

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const open = (path: string) => office.page.goto(`${site.address}${path}`)
const saved = async (path: string): Promise<Buffer> => {
  const reply = await office.page.request.get(`${site.address}${path}`)
  expect([path, reply.status()]).toEqual([path, 200])
  return reply.body()
}
/** Sends a form over HTTP, and insists that it was taken. */
const sent = async (...args: Parameters<typeof sendForm> extends [unknown, ...infer Rest] ? Rest : never) => {
  const reply = await sendForm(quick, ...args)
  expect([
    args[0],
    reply.statusCode,
    reply.statusCode === 422 && textOf(htmlOf(reply), '.error-summary'),
  ]).toEqual([args[0], 303, false])
  return String(reply.headers.location)
}
const keyOf = ({ medicalCode }: FictionalInstitution) => site.stores.hospitals.byCode(medicalCode)!.key

/** The open data of the same hospitals: codes of its own, names spaced otherwise. */
function openData(): string {
  const places = parseCsv(
    readFileSync(new URL('../../resources/municipalities-46.csv', import.meta.url), 'utf8'),
  )
  if (!places.ok) throw new Error(places.message)
  const codeOf = (name: string) => places.rows.find((cells) => cells[1]!.endsWith(name))![0]!
  const header =
    'ID,正式名称,正式名称（フリガナ）,機関区分,都道府県コード,市区町村コード,所在地,一般病床,療養病床,精神病床,結核病床,感染症病床,合計病床数'
  return [
    header.split(','),
    ...LIST.map(({ name, municipality, beds }, index) => [
      `46${String(index + 1).padStart(6, '0')}`,
      name.replace(/^医療法人　架空会　/, '医療法人架空会　'),
      'カクウビョウイン',
      '1',
      '46',
      codeOf(municipality),
      `鹿児島県${municipality}架空町`,
      String(beds),
      '0',
      '0',
      '0',
      '0',
      String(beds),
    ]),
  ]
    .map((cells) => cells.join(','))
    .join('\r\n')
}

async function takeIn(name: string, buffer: Buffer): Promise<void> {
  const { page } = office
  await open('/admin/hospitals/import')
  await page.locator('#file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await press(page, '内容を確認する')
  await page.getByRole('heading', { name: '取込みの確認' }).waitFor({ timeout: 30_000 })
  await press(page, 'この内容で取り込む')
  await page.locator('.done').waitFor({ timeout: 30_000 })
}

/** Another day: nobody is logged in any more. */
async function letPass(now: string): Promise<void> {
  site.setNow(now)
  await quick.signIn('kanri')
  await logIn(office.page, site.address, 'kanri', MINE)
}

test('from no file to the first administrator', async () => {
  const { page } = office
  await page.goto(`${site.address}/admin/setup?token=printed-at-the-start`)
  await page.getByLabel('氏名').fill('管理 花子')
  await page.getByLabel('ログイン名').fill('kanri')
  await page.locator('#password').fill(MINE)
  await page.locator('#passwordAgain').fill(MINE)
  await press(page, '管理者を登録する')
  await page.getByRole('heading', { name: '調査の状況' }).waitFor()
  await quick.signIn('kanri')
  await page.getByRole('link', { name: '病院台帳を開く' }).click()
  await page.getByRole('heading', { name: '病院台帳の取込み' }).waitFor()
})

test('the bureau’s list, and the open data matched against it, name twins included', {
  timeout: 60_000,
}, async () => {
  await takeIn('届出受理医療機関名簿.xlsx', bytes)
  expect(site.stores.hospitals.all()).toHaveLength(LIST.length)
  await takeIn('施設票.csv', Buffer.from(openData()))
  const waiting = site.stores.hospitalMatches.waiting().length
  expect(site.stores.hospitals.all().length + waiting).toBeGreaterThanOrEqual(LIST.length)
  const { page } = office
  await open('/admin/hospitals/matches')
  await expectAccessible(page)
  await press(page, '選択した組を同じ病院として確認する')
  await page.locator('.banner--success').waitFor()
  // The twins bear one name: each is looked at by itself.
  const twinRows = site.stores.hospitalMatches.waiting()
  expect(twinRows.map(({ code }) => code)).toEqual(['46000104', '46000105'])
  for (const [index, { id }] of twinRows.entries()) {
    await open(`/admin/hospitals/matches/${id}`)
    await page.locator(`input[name="choice"][value="${keyOf(LIST[103 + index]!)}"]`).check()
    await page.locator('#reason').fill('所在地の市町村で確認した')
    await press(page, 'この内容で登録する')
    await page.locator('.banner--success').waitFor()
  }
  expect(site.stores.hospitals.all()).toHaveLength(LIST.length)
  expect(site.stores.hospitalMatches.waiting()).toEqual([])
  const twins = LIST.slice(103, 105).map(({ medicalCode }) => site.stores.hospitals.byCode(medicalCode)!)
  expect(twins.map(({ naviiCode }) => naviiCode)).toEqual(['46000104', '46000105'])
})

test('settings, notice, criteria: every preparation is ticked', async () => {
  const { page } = office
  await open('/admin/settings')
  for (const [id, text] of [
    ['opensAt', '令和6年3月8日'],
    ['closesAt', '令和6年3月18日17時'],
    ['fiscalYear', '令和6年度'],
    ['issuedOn', '令和6年3月8日'],
    ['contractorContactFrom', '令和6年5月'],
    ['gmisSurveyOn', '令和5年12月1日'],
  ] as const)
    await page.locator(`#${id}`).fill(text)
  await press(page, '設定を保存する')
  await page.locator('.banner--success').waitFor()
  await open('/admin/notice')
  await press(page, '今回の内容であることを確認した')
  await page.getByText('今回の内容であることを確認した、と記録しました').waitFor()
  await sent('/admin/policy', { lotterySeed: '令和6年3月18日', note: '決裁済み' })
  await open('/admin')
  expect(await page.locator('#preparations').textContent()).toContain('すべて済んでいます')
  await letPass('2024-03-11T01:00:00Z')
})

test('links are issued, and forty hospitals answer by link, form, fax and phone', {
  timeout: 60_000,
}, async () => {
  const { page } = office
  await open('/admin/invitations/issue')
  await press(page, /に発行する/)
  await page.locator('.done').waitFor()
  expect(site.stores.invitations.all()).toHaveLength(LIST.length)

  // In the browser: one by its link, one by the public form, one by telephone.
  const [first, second, third, ...others] = ANSWERING
  await clerk.page.goto(site.address + invitationPath(site, keyOf(first!)))
  await typeAnswer(clerk.page)
  await press(clerk.page, '確認画面へ進む')
  await clerk.page.getByRole('heading', { name: '回答内容の確認' }).waitFor()
  await send(clerk.page)
  await clerk.page.goto(`${site.address}/survey`)
  await clerk.page.locator('#hospitalCode').selectOption(keyOf(second!))
  await typeAnswer(clerk.page)
  await press(clerk.page, '確認画面へ進む')
  await clerk.page.getByRole('heading', { name: '回答内容の確認' }).waitFor()
  await send(clerk.page)
  await open('/admin/submissions/new')
  await page.locator('#hospitalCode').selectOption(keyOf(third!))
  await typeAnswer(page)
  await page.locator('input[name="channel"][value="phone"]').check()
  await page.locator('#receivedAt').fill('令和6年3月11日9時30分')
  await press(page, '確認画面へ進む')
  await page.getByRole('heading', { name: /確認/ }).first().waitFor()
  await page.locator('main form button.button:not(.button--link)').first().click()
  await page.waitForURL(/\/receipt\?done=saved/)

  // The others as they come: a third each by link, form and fax.
  for (const [index, hospital] of others.entries()) {
    const hospitalCode = keyOf(hospital)
    if (index % 3 === 2) await byFax(hospitalCode)
    else {
      const url = index % 3 === 0 ? invitationPath(site, hospitalCode) : '/survey'
      const reply = await site.app.inject(formPost(url, aForm({ hospitalCode })))
      expect([url, reply.statusCode]).toEqual([url, 303])
    }
  }
  const all = site.stores.submissions.all()
  expect(all).toHaveLength(40)
  // Who was invited and answers without the link waits for an officer, where the setting says so.
  for (const { number } of all.filter(({ state }) => state === 'unmatched')) await decide(number, 'current')
  expect(site.stores.submissions.all().every(({ state }) => state === 'current')).toBe(true)
})

async function typeAnswer(page: Page): Promise<void> {
  await page.getByLabel('担当者名').fill('試験 花子')
  await page.locator('#phone').fill('099-000-0000')
  await page.locator('#email').fill('hanako@hospital.example.jp')
  for (const [name, value] of Object.entries({ emr: 'full', intent: 'both', gmisConsent: 'yes' }))
    await page.locator(`input[name="${name}"][value="${value}"]`).check()
}

async function byFax(hospitalCode: string): Promise<void> {
  const url = '/admin/submissions/new'
  const typed = { ...aForm({ hospitalCode }), channel: 'fax', receivedAt: '令和6年3月11日 9:00' }
  const { submissionId: _, ...answers } = typed
  const form = fieldsOf(await quick.page(url), `${url}/confirm`)
  const confirm = await quick.post(`${url}/confirm`, { ...form, ...answers })
  expect(confirm.statusCode).toBe(200)
  expect((await quick.post(url, fieldsOf(htmlOf(confirm), url))).statusCode).toBe(303)
}

async function decide(number: string, act: 'current' | 'close'): Promise<void> {
  const url = `/admin/submissions/${number}/${act}`
  const page = await quick.page(act === 'current' ? `/admin/submissions/${number}` : url)
  const reply = await quick.post(url, { ...fieldsOf(page, url), reason: '電話で確認した' })
  expect([url, reply.statusCode]).toEqual([url, 303])
}

test('a duplicate is closed, GMIS is taken in, a consent withdrawn takes its data along', async () => {
  const { page } = office
  const twice = keyOf(ANSWERING[1]!)
  await site.app.inject(formPost('/survey', aForm({ hospitalCode: twice })))
  const duplicate = site.stores.submissions.all().find(({ state }) => state !== 'current')!
  await open(`/admin/submissions/${duplicate.number}/close`)
  await page.locator('#reason').fill('同じ病院から2回届いたため')
  await press(page, '採用しない')
  await page.locator('.banner--success').first().waitFor()

  const rows = ANSWERING.map(({ medicalCode, name }) => `${medicalCode},${name},はい,はい,いいえ,はい`)
  await open('/admin/gmis/import')
  const file = Buffer.from(['医療機関コード,医療機関名,Q6,Q7,Q9-1,Q11', ...rows].join('\r\n'))
  await page.locator('#file').setInputFiles({ name: 'gmis.csv', mimeType: 'text/csv', buffer: file })
  await page.locator('main form button.button:not(.button--link)').first().click()
  await page
    .getByRole('button', { name: /取り込む/ })
    .first()
    .click()
  await page.locator('.done, .banner--success').first().waitFor()
  expect(site.stores.gmis.all().size).toBe(40)

  const key = keyOf(ANSWERING[5]!)
  const { number, code } = site.stores.submissions.currentOf(key)!
  await clerk.page.goto(`${site.address}/receipts/${number}/${code}/edit`)
  await clerk.page.locator('input[name="gmisConsent"][value="no"]').check()
  await press(clerk.page, '確認画面へ進む')
  await clerk.page.getByRole('heading', { name: /確認/ }).first().waitFor()
  await clerk.page.locator('main form button.button:not(.button--link)').first().click()
  await clerk.page.waitForURL(/\/receipts\/R-\d{4}\/[0-9A-Z-]+(?:\?.*)?$/)
  expect(site.stores.gmis.all().size).toBe(39)
  await open(`/admin/hospitals/${key}`)
  expect(await page.locator('main').textContent()).toContain('GMIS')
})

test('who has not answered is called, and the reminder can be read', async () => {
  const { page } = office
  const silent = keyOf(LIST[60]!)
  await open(`/admin/nonrespondents/${silent}`)
  await expectAccessible(page)
  const form = await quick.page(`/admin/nonrespondents/${silent}`)
  const reply = await quick.post(`/admin/nonrespondents/${silent}`, {
    ...fieldsOf(form, `/admin/nonrespondents/${silent}`),
    way: 'phone',
    reached: '総務課',
    result: 'promised',
    note: '週明けに回答',
  })
  expect(reply.statusCode).toBe(303)
  await open('/admin/reminders')
  await expectAccessible(page)
  await open(`/admin/reminders/preview?hospital=${silent}`)
  expect(await page.locator('main').textContent()).toContain('令和6年3月18日')
  const calls = await readXlsx(await saved('/admin/nonrespondents.xlsx'))
  expect(calls.ok && calls.rows.length - 1).toBe(LIST.length - 40)
})

test('the selection is confirmed, accepted but for one, reported and told by letter', {
  timeout: 60_000,
}, async () => {
  const { page } = office
  await letPass('2024-03-19T00:00:00Z')
  await open('/admin/selection/confirm')
  for (const name of ['freeSeatsReason', 'waitingReason'])
    if (await page.locator(`[name="${name}"]`).count())
      await page.locator(`[name="${name}"]`).fill('回答のあった病院に限るため')
  await press(page, '初回選定を確定する')
  await page.getByRole('heading', { name: '初回選定を確定しました' }).waitFor()
  await page.getByRole('link', { name: '受諾確認を始める' }).first().click()
  await page.locator('#lastDay').fill('R6.3.25')
  await press(page, '受諾確認を始める')
  await page
    .getByText(/未回答\s*\d+病院/)
    .first()
    .waitFor()

  const report = await readXlsx(await saved('/admin/rounds/1/ministry.xlsx'))
  if (!report.ok) throw new Error(report.message)
  const selected = ANSWERING.filter(({ name }) => report.rows.some((cells) => cells.includes(name)))
  expect(selected.length).toBe(report.rows.length - 1)
  const receiptOf = (each: FictionalInstitution) => {
    const { number, code } = site.stores.submissions.currentOf(keyOf(each))!
    return `${site.address}/receipts/${number}/${code}`
  }
  const [declining, ...accepting] = selected
  await clerk.page.goto(receiptOf(accepting[0]!))
  await press(clerk.page, '支援を受ける（受諾する）')
  await clerk.page.getByText('支援を受ける旨の御連絡を').waitFor()
  for (const each of accepting.slice(1))
    await site.app.inject(formPost(`${new URL(receiptOf(each)).pathname}/accept`, {}))
  await clerk.page.goto(receiptOf(declining!))
  await clerk.page.getByRole('link', { name: '辞退する' }).first().click()
  await clerk.page.getByLabel('辞退の理由').fill('担当者が確保できないため')
  await press(clerk.page, '辞退する')
  await clerk.page.getByText('辞退の申出を').waitFor()
  await open('/admin')
  await page.getByRole('link', { name: '申出を見る' }).first().click()
  await page
    .getByRole('link', { name: /の辞退を記録する/ })
    .first()
    .click()
  await press(page, '辞退を記録する')
  await page.getByRole('heading', { name: /の辞退を記録し/ }).waitFor()

  await open('/admin/rounds/1')
  await page.getByRole('link', { name: '点検して報告する' }).first().click()
  await page.getByLabel('文書番号').fill('保医第101号')
  await page.getByLabel('電子メール').check()
  await press(page, '報告を記録する')
  await page.getByText('報告を記録し、送付したファイルを保存しました').waitFor()
  const reported = await readXlsx(await saved('/admin/reports/1/ministry.xlsx'))
  expect(reported.ok && reported.rows.some((cells) => cells.includes(declining!.name))).toBe(false)
  expect(reported.ok && reported.rows.length).toBe(report.rows.length)

  await open('/admin/letters')
  await page.getByLabel('文書番号').fill('保医第102号')
  await page.locator('#datedOn').fill('令和6年3月19日')
  await press(page, '文書番号と日付を登録する')
  await page.getByText('文書番号と日付を登録しました').waitFor()
  const merged = await readXlsx(await saved('/admin/letters.xlsx'))
  expect(merged.ok && merged.rows.length > 30).toBe(true)
})

test('everything goes out in one file, and every file of it opens', { timeout: 60_000 }, async () => {
  const files = unzipSync(await saved('/admin/package.zip'))
  expect(Object.keys(files).length).toBeGreaterThan(20)
  for (const [name, content] of Object.entries(files)) {
    if (name.endsWith('.xlsx')) {
      const read = await readXlsx(content)
      expect([name, read.ok && read.rows.length > 0]).toEqual([name, true])
    } else if (name.endsWith('.csv')) {
      const encoding = name.includes('Shift_JIS') ? 'shift_jis' : 'utf-8'
      const read = parseCsv(new TextDecoder(encoding, { fatal: true }).decode(content))
      expect([name, read.ok && read.rows.length > 0]).toEqual([name, true])
    } else if (name.endsWith('.json'))
      expect(() => JSON.parse(Buffer.from(content).toString('utf8'))).not.toThrow()
  }
  // A page of it, at a terminal that reaches nobody.
  const path = join(folder, 'letters.html')
  writeFileSync(path, files[Object.keys(files).find((name) => name.endsWith('通知文.html'))!]!)
  const offline = await visit()
  await offline.context.setOffline(true)
  await offline.page.goto(`file://${path}`)
  const letters = await offline.page.locator('.letter').count()
  expect(letters).toBeGreaterThan(30)
  const pdf = await offline.page.pdf({ format: 'A4' })
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(letters)
  expect(offline.complaints).toEqual([])
  await offline.context.close()
})

test('the next edition begins as one that is being prepared', async () => {
  const path = join(folder, 'next.db')
  writeFileSync(path, await saved('/admin/next-edition.db'))
  const next = await startSite({ now: '2025-01-10T01:00:00Z', databasePath: path, image: null })
  const reader = await visit()
  await reader.page.goto(next.address)
  expect(await reader.page.locator('main').textContent()).toContain('準備中')
  // A browser keeps its connections, and a server that closes waits for them.
  await reader.context.close()
  expect(next.stores.hospitals.all()).toHaveLength(LIST.length)
  expect(next.stores.submissions.all()).toEqual([])
  expect(next.stores.settings.read().noticeConfirmed).toBe(false)
  await next.close()
  expect(site.stores.audit.verify()).toBeNull()
  expect([office.complaints, clerk.complaints]).toEqual([[], []])
})
