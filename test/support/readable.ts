import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const IN_PAGE = readFileSync(resolve(import.meta.dirname, 'in-page.js'), 'utf8')

/** Asks one of the functions of in-page.js. */
export async function ask<T>(page: Page, question: string): Promise<T> {
  await page.evaluate(IN_PAGE)
  return page.evaluate(question)
}

/** WCAG 1.4.10: at 320 px nothing but a table of its own needs a second direction to scroll in. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await page.evaluate('document.documentElement.scrollWidth'), 'wide at 320 px').toBeLessThanOrEqual(
    320,
  )
}

/** WCAG 1.4.4: letters of twice the size, and the page twice as large, lose nothing. */
export async function expectReadableAtDouble(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 })
  await ask(page, 'setLetterSize("200%")')
  expect(await ask(page, 'lostText()'), 'cut off at letters of 200 %').toEqual([])
  await ask(page, 'setLetterSize("")')
  await page.setViewportSize({ width: 640, height: 450 })
  expect(await ask(page, 'lostText()'), 'cut off at 200 %').toEqual([])
}

/** In the reader's own colours every control has an edge, and where the focus is can be seen. */
export async function expectReadableInForcedColours(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' })
  expect(await ask(page, 'controlsWithoutEdge()'), 'without an edge').toEqual([])
  // A key first, so that the browser takes the focus that follows for a keyboard's.
  await page.keyboard.press('Tab')
  expect(await ask(page, 'unseenFocus()'), 'focus not to be seen').toEqual([])
  await page.emulateMedia({ forcedColors: 'none' })
}
