import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, startSite, visit } from '../support/browser.ts'
import { startCommands } from '../support/command.ts'
import { emptyImage } from '../support/database.ts'
import { type ClerkAnswer, fillForm, logIn, send } from '../support/steps.ts'

const FIXTURES = resolve(import.meta.dirname, '../fixtures')
const NOW = '2024-03-11T01:00:00Z'
const AFTER_DEADLINE = '2024-03-19T00:00:00Z'

const wantsBoth = { intent: '両方の支援を希望する', gmisConsent: '活用してよい' }
const ANSWERS: ClerkAnswer[] = [
  { ...wantsBoth, hospital: '試験導入遅延病院', emr: '導入予定', emrPlannedMonth: '2025-04' },
  {
    ...wantsBoth,
    hospital: '試験一部導入病院',
    emr: '一部導入済み（一部の診療科など）',
    remarks: '=1+1 は式ではありません',
  },
  { ...wantsBoth, hospital: '試験導入予定病院', emr: '導入予定', emrPlannedMonth: '令和7年3月' },
  { ...wantsBoth, hospital: '試験未導入病院', emr: '導入していない（予定もない）' },
  { ...wantsBoth, hospital: '試験全部導入病院', emr: '導入済み（病院全体）', contactName: '髙﨑 濵子' },
]

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('from an empty database to the ministry’s file, %s', (_name, javaScriptEnabled) => {
  const commands = startCommands({ now: NOW, image: emptyImage() })
  let site: Awaited<ReturnType<typeof startSite>>
  let clerk: Page
  let officer: Page
  const complaints: string[][] = []

  beforeAll(async () => {
    site = await startSite({ now: NOW, databasePath: commands.databasePath })
    const visitors = [await visit({ javaScriptEnabled }), await visit({ javaScriptEnabled })]
    clerk = visitors[0]!.page
    officer = visitors[1]!.page
    complaints.push(...visitors.map((visitor) => visitor.complaints))
  })
  afterAll(async () => {
    for (const page of [clerk, officer]) await page.context().close()
    await site.close()
    commands.remove()
  })

  test('the master comes in: the real open data, and five hospitals that do not exist', async () => {
    for (const file of ['navii-kagoshima.csv', 'fictional-five.csv']) {
      expect(await commands.run(['import', 'hospitals', resolve(FIXTURES, file)])).toMatchObject({ code: 0 })
    }
    const added = await commands.run(
      ['user', 'add', 'tanto', '--role', 'officer', '--password-stdin'],
      'journey-password',
    )
    expect(added.code).toBe(0)
    expect(site.stores.hospitals.all()).toHaveLength(144)
  })

  test('five hospitals answer', async () => {
    for (const answer of ANSWERS) {
      await fillForm(clerk, site.address, answer)
      expect(await clerk.locator('main').textContent()).toContain('099-000-0000')
      await send(clerk)
    }
    expect(site.stores.submissions.all().map(({ state }) => state)).toEqual(Array(5).fill('current'))
  })

  test('the officer sees who is eligible, in the right order', async () => {
    site.setNow(AFTER_DEADLINE)
    await logIn(officer, site.address, 'tanto', 'journey-password')
    await officer.goto(`${site.address}/admin/selection`)
    const ranked = officer.getByRole('table', { name: '順位' })
    const names = await ranked.getByRole('rowheader').getByRole('link').allTextContents()
    expect(names.map((name) => name.trim())).toEqual([
      '試験全部導入病院',
      '試験一部導入病院',
      '試験導入予定病院',
    ])
    for (const [reason, name] of [
      ['emr_too_late', '試験導入遅延病院'],
      ['no_emr', '試験未導入病院'],
    ] as const) {
      await officer.goto(`${site.address}/admin/selection`)
      await officer.locator(`a[href*="reason=${reason}"]`).first().click()
      expect(await officer.locator('main').textContent()).toContain(name)
    }
    await officer.goto(`${site.address}/admin/selection`)
  })

  test('and confirms, with a reason for the seats that stay free', async () => {
    await officer.getByRole('link', { name: '確定前の確認へ' }).click()
    await officer.getByRole('button', { name: '初回選定を確定する' }).click()
    expect(await officer.title()).toContain('エラー')
    await officer.getByLabel('枠を残す理由').fill('希望する病院が枠より少なかったため')
    await officer.getByLabel('「注意」の項目を確認しました。').check()
    await officer.getByRole('button', { name: '初回選定を確定する' }).click()
    await officer.waitForURL(/\/admin\/rounds\/1$/)
    expect(await officer.locator('main').textContent()).toContain('希望する病院が枠より少なかったため')
  })

  test.each([
    ['utf-8', 'UTF-8', 'UTF-8'],
    ['cp932', 'CP932', 'Shift_JIS'],
  ])(
    'the downloaded file in %s, parsed back, holds exactly the selected in order',
    async (encoding, decoder, label) => {
      const link = officer.locator('a[href*="ministry.csv"]').filter({ hasText: label })
      const [download] = await Promise.all([officer.waitForEvent('download'), link.click()])
      const bytes = await bytesOf(download)
      expect(bytes.subarray(0, 3).equals(Buffer.from('\uFEFF'))).toBe(encoding === 'utf-8')
      const rows = parse(iconv.decode(bytes, decoder), {
        columns: true,
        record_delimiter: '\r\n',
        bom: true,
      }) as Record<string, string>[]
      expect(
        rows.map((row) => [
          row.順位,
          row.医療機関コード,
          row.医療機関名,
          row.電子カルテ導入状況,
          row.導入予定時期,
        ]),
      ).toEqual([
        ['1', '4619990015', '試験全部導入病院', expect.stringContaining('導入済み'), ''],
        ['2', '4619990023', '試験一部導入病院', expect.stringContaining('一部'), ''],
        ['3', '4619990031', '試験導入予定病院', expect.stringContaining('予定'), '令和7年3月'],
      ])
      expect(rows[0]).toMatchObject({
        都道府県名: '鹿児島県',
        担当者名: '髙﨑 濵子',
        電話番号: '099-000-0000',
        二次医療圏: '鹿児島',
      })
      expect(rows[1]!.備考).toBe("'=1+1 は式ではありません")
      const again = await officer.request.get(
        `${site.address}/admin/rounds/1/ministry.csv?encoding=${encoding}`,
      )
      expect((await again.body()).equals(bytes)).toBe(true)
    },
  )

  test('anyone recomputes the result from the snapshot alone', async () => {
    const snapshot = await officer.request.get(`${site.address}/admin/rounds/1/snapshot.json`)
    const result = await officer.request.get(`${site.address}/admin/rounds/1/result.json`)
    const { code, out } = await commands.run([
      'select',
      commands.file('snapshot.json', await snapshot.body()),
    ])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual(await result.json())
  })

  test('every page of the way is accessible, and no script or policy complained', async () => {
    if (javaScriptEnabled) {
      for (const page of [clerk, officer]) await expectAccessible(page)
      await officer.goto(`${site.address}/admin/selection`)
      await expectAccessible(officer)
    }
    expect(complaints.flat()).toEqual([])
  })
})

async function bytesOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path())
}
