import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, type Visitor, visit } from '../support/browser.ts'
import { expectNoSidewaysScroll } from '../support/readable.ts'
import { addresses } from '../support/route-table.ts'
import { cookieOf, sampleOf, startWholeOffice, type WholeOffice } from '../support/whole-office.ts'

/** What is saved; what verifies archives is looked at by a journey of its own. */
const FILE = /\.(?:csv|xlsx|json|db|zip|html|pem)$|\/pictures\//

/** An office with something of everything; what its route table has is what is looked at. */
const office: WholeOffice = await startWholeOffice()
const pages = addresses(office.routes, 'GET').filter((url) => url.startsWith('/admin') && !FILE.test(url))

let address: string
let visitor: Visitor
beforeAll(async () => {
  address = await office.app.listen({ host: '127.0.0.1', port: 0 })
  visitor = await visit()
  const cookies = cookieOf(office.admin).split('; ')
  await visitor.context.addCookies(
    cookies.map((cookie) => {
      const [name, value] = cookie.split('=') as [string, string]
      return { name, value, url: address }
    }),
  )
})
afterAll(async () => {
  await visitor.context.close()
  await office.close()
})

/** Tables that a phone has no room for, sheets of paper and the answers side by side aside; folded ones too. */
const SCROLLED_WITHIN = `(() => {
  for (const fold of document.querySelectorAll('main details')) fold.open = true
  return [...document.querySelectorAll('main [role=region]:not(.paper__table)')]
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => box.ariaLabel)
})()`

describe('every page of the officers’ side', () => {
  test('is looked at', () => expect(pages.length).toBeGreaterThan(45))

  test.each(pages)('%s', async (url) => {
    const { page, complaints } = visitor
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(address + sampleOf(url))
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.setViewportSize({ width: 360, height: 800 })
    expect(await page.evaluate(SCROLLED_WITHIN)).toEqual([])
    expect(complaints).toEqual([])
  })
})

/** Each is the page that an officer is sent back to, with what is wrong first. */
describe('every form of the officers’ side, sent with nothing filled in', () => {
  const forms = [
    '/admin/settings',
    '/admin/policy',
    '/admin/late-links',
    '/admin/password',
    '/admin/scenarios',
    '/admin/users',
  ]
  test.each(forms)('%s', async (url) => {
    const { page } = visitor
    await page.setViewportSize({ width: 360, height: 800 })
    await page.goto(address + url)
    const fields = page.locator(
      'main form:has(button) :is(input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea):visible',
    )
    for (const field of await fields.all()) await field.fill('').catch(() => {})
    await page.locator('main form button').last().click()
    await page.locator('h1').first().waitFor()
    expect(await page.title()).toMatch(/エラー/)
    await expectAccessible(page)
  })
})
