import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, startSite, type Visitor, visit } from '../support/browser.ts'
import {
  expectNoSidewaysScroll,
  expectReadableAtDouble,
  expectReadableInForcedColours,
} from '../support/readable.ts'
import { addHospitals } from '../support/submissions.ts'
import { AFTER_SENDING, environmentOf } from './states-after-sending.ts'
import { BEFORE_SENDING } from './states-before-sending.ts'

let visitor: Visitor
beforeAll(async () => {
  visitor = await visit()
})
afterAll(() => visitor.context.close())

/** docs/accessibility.md lists the same. */
const states = Object.entries({ ...BEFORE_SENDING, ...AFTER_SENDING }).flatMap(([page, each]) =>
  Object.entries(each).map(([state, [shows, open]]) => ({ page, state, shows, open })),
)

describe('every page in every state', () => {
  test.each(states)('$page：$state', async ({ state, shows, open }) => {
    const site = await startSite({ environment: environmentOf(state) })
    addHospitals(site.stores, {}, { key: '4619900029', name: '第二試験病院' })
    const { page, complaints } = visitor
    await page.setViewportSize({ width: 1280, height: 900 })
    await open(site, page)
    expect(await page.locator('main').textContent()).toContain(shows)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await expectReadableAtDouble(page)
    await expectReadableInForcedColours(page)
    expect(await toPressOnPaper(page)).toEqual([])
    expect(complaints).toEqual([])
    await site.close()
  })
})

/** Nobody can press what is printed: where there is something to press, what it is for is for the screen as well. */
async function toPressOnPaper(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' })
  const seen = await page.locator('main :is(button, a.button)').filter({ visible: true }).allInnerTexts()
  await page.emulateMedia({ media: null })
  return seen
}

test('the checks see a page that is not accessible', async () => {
  const { page, context } = await visit()
  await page.setContent(BAD_PAGE)
  await expect(expectAccessible(page)).rejects.toThrow('about:blank')
  await expect(expectNoSidewaysScroll(page)).rejects.toThrow('wide at 320 px')
  await expect(expectReadableAtDouble(page)).rejects.toThrow('cut off')
  await expect(expectReadableInForcedColours(page)).rejects.toThrow('without an edge')
  expect(await toPressOnPaper(page)).toEqual(['押す'])
  await page.setContent(BAD_FOCUS)
  await expect(expectReadableInForcedColours(page)).rejects.toThrow('focus not to be seen')
  await context.close()
})

test('the document lists the same pages and states', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/accessibility.md'), 'utf8')
  const rows = [...text.matchAll(/^\| ([^|]+) \| ([^|]+) \| ✓ \| ✓ \| ✓ \| ✓ \|$/gm)]
  expect(rows.map(([, page, state]) => `${page}：${state}`)).toEqual(
    states.map(({ page, state }) => `${page}：${state}`),
  )
})

const BAD_PAGE = `<!doctype html><html lang="ja"><title>悪い例</title><main><h1>悪い例</h1>
<input style="width: 400px; border: 0"><p style="width: 6em; overflow: hidden; white-space: nowrap">切れてしまう文です</p><button>押す</button></main>`
const BAD_FOCUS =
  '<!doctype html><html lang="ja"><style>a:focus { outline: 0 }</style><main><a href="/">見えない</a></main>'
