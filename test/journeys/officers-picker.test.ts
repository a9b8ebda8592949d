import { describe, expect, test } from 'vitest'
import { expectAccessible, siteWith, visit } from '../support/browser.ts'
import { addOfficer, PASSWORD } from '../support/officer.ts'
import { logIn } from '../support/steps.ts'
import { saveSubmission } from '../support/submissions.ts'

const FIRST = '4619900011'
const SECOND = '4619900029'

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('an officer chooses a hospital, %s', (_name, javaScriptEnabled) => {
  const site = siteWith({
    hospitals: [
      { key: FIRST, name: '濵﨑第一病院', kana: 'ハマサキダイイチビョウイン' },
      {
        key: SECOND,
        naviiCode: '46990029',
        name: '若竹病院',
        kana: 'ワカタケビョウイン',
        region: '奄美',
        municipality: '奄美市',
      },
    ],
  })

  test('for an answer, a link and a merger: narrowed as hospitals do, from one list', async () => {
    await addOfficer(site)
    const unknown = { name: '若竹医院', address: '奄美市架空町1', beds: 40 }
    const { number } = saveSubmission(site.stores, { hospital: unknown })
    const { page, context, complaints } = await visit({ javaScriptEnabled })
    await logIn(page, site.address, 'officer', PASSWORD)
    for (const [address, name] of [
      [`/admin/submissions/${number}`, 'hospitalCode'],
      ['/admin/late-links', 'hospitalCode'],
      [`/admin/hospitals/${FIRST}/merge`, 'with'],
    ] as const) {
      await page.goto(site.address + address)
      const select = page.locator(`#${name}`)
      expect(await select.locator('option').count()).toBeGreaterThan(1)
      if (!javaScriptEnabled) continue
      const filter = page.locator(`#${name}-filter`)
      for (const typed of ['わかたけ', '奄美市', '46990029', SECOND]) {
        await filter.fill(typed)
        expect(await page.locator('.picker__count').textContent(), typed).toContain('1病院が該当します')
      }
      await filter.fill('どこにもない')
      expect(await page.locator('.picker__count').textContent()).toBe(
        '該当する病院がありません。言葉を短くしてください。',
      )
      await filter.fill('若竹')
      await filter.press('Enter')
      expect(await select.inputValue()).toBe(SECOND)
      await expectAccessible(page)
    }
    await page.goto(`${site.address}/admin/submissions/${number}`)
    await page.locator('#hospitalCode').selectOption(SECOND)
    await page.getByLabel('理由').fill('電話で確認')
    await page.getByRole('button', { name: '病院を特定する' }).click()
    await page.getByText('回答した病院を特定しました').waitFor()
    expect(site.stores.submissions.byNumber(number)).toMatchObject({ hospitalCode: SECOND, state: 'current' })
    await context.close()
    expect(complaints).toEqual([])
  })
})
