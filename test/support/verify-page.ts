import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Visitor, visit } from './browser.ts'

/** The page that verifies, kept as a file and opened with no network at all. */
export interface OfflineCheck {
  visitor: Visitor
  /** Every address that the page asked for, its own included. */
  asked: string[]
  /** Hands it a file. @returns the sentence that it says of it */
  check(name: string, bytes: Buffer): Promise<string>
}

export async function openVerifyPage(path: string): Promise<OfflineCheck> {
  if (!readFileSync(path, 'utf8').startsWith('<!')) throw new Error(`${path} is no page`)
  const visitor = await visit()
  const { page } = visitor
  await visitor.context.setOffline(true)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(pathToFileURL(path).href)
  return {
    visitor,
    asked,
    async check(name, bytes) {
      const outcome = page.locator('#outcome')
      await page.setInputFiles('#file', { name, mimeType: 'application/json', buffer: bytes })
      await page.locator('#details', { hasText: name }).waitFor()
      await page.locator('#outcome:not([data-kind="busy"])').waitFor()
      return (await outcome.locator('.result').allTextContents())[0] ?? (await outcome.innerText())
    },
  }
}
