import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Visitor } from './browser.ts'

export const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

export const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()

/** What stands there, every run of blanks as one. */
export const textOn = async ({ page }: Visitor, selector = 'main') =>
  (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ')

/** Follows a link to a file, which is kept in the folder under its own name. */
export async function saved(
  { page }: Visitor,
  link: string | RegExp,
  folder: string,
): Promise<{ path: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), follow(page, link)])
  const path = join(folder, download.suggestedFilename())
  await download.saveAs(path)
  return { path, bytes: readFileSync(path) }
}
