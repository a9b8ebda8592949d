import { expect, test } from 'vitest'
import { EXAMPLE_2026 } from '../../src/domain/answer/further-example.ts'
import { startSite, visit } from '../support/browser.ts'
import { askFurther } from '../support/further.ts'
import type { OpenState } from '../support/page-states.ts'
import { addHospitals } from '../support/submissions.ts'
import { BEFORE_SENDING } from './states-before-sending.ts'

const statesOf = (page: string) =>
  Object.entries(BEFORE_SENDING[page]!).map(([state, [, open]]) => [page, state, open] as const)

/** What a hospital files or passes round. */
test.each<readonly [page: string, state: string, open: OpenState, sheets: number]>([
  ...statesOf('調査の御案内').map((each) => [...each, 2] as const),
  ...statesOf('回答内容の確認').map((each) => [...each, 1] as const),
])('%s：%s takes no sheet more for a line or two', async (name, _state, open, sheets) => {
  const site = await startSite()
  addHospitals(site.stores, {}, { key: '4619900029', name: '第二試験病院' })
  const { page, context } = await visit()
  await open(site, page)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(sheets)
  await page.emulateMedia({ media: 'print' })
  const paper = await page.locator('main').innerText()
  if (name === '調査の御案内') expect(paper).toContain('令和6年3月')
  await context.close()
  await site.close()
})

test('the empty 回答票 is one sheet, also with a fax number and a long name of the office', async () => {
  const site = await startSite()
  const by = { actor: 'test', at: new Date('2024-03-01') }
  const changes = {
    contactFax: '099-286-5928',
    gmisSurveyOn: '2024-02-01',
    contactSection: '医務企画・医療安全第二係',
  }
  expect(site.stores.settings.change(changes, by)).toEqual([])
  const { page, context } = await visit()
  await page.goto(`${site.address}/survey/blank`)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  await context.close()
  await site.close()
})

test('the empty 回答票 of an edition that asks more begins on its first sheet', async () => {
  const site = await startSite()
  askFurther(site.stores, EXAMPLE_2026)
  const { page, context } = await visit()
  await page.goto(`${site.address}/survey/blank`)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(2)
  await context.close()
  await site.close()
})
