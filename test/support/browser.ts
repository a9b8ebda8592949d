import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { beforeAll, beforeEach, expect } from 'vitest'
import { startTestApp, type TestAppOptions } from './app.ts'
import { type Office, type OfficeOptions, officeWith } from './office.ts'

const PATHS = [
  process.env.CHROMIUM_PATH,
  // The same browser without its windows: a quarter less work.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** A real Chromium that asks nothing of the network but the page it is given. */
export function launchBrowser({ handleSIGTERM = true } = {}): Promise<Browser> {
  const executablePath = PATHS.find((path) => path && existsSync(path))
  if (!executablePath) throw new Error('Chromium is missing. Run npm test, which installs it or says how.')
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
  const args = [...quiet, '--disable-component-update', '--disable-sync', '--no-sandbox', '--lang=ja']
  return chromium.launch({ executablePath, args, handleSIGTERM })
}

let shared: Promise<Browser> | undefined

/**
 * One for all files of a worker: each visitor has a profile of its own in it. A worker is ended by a signal, and has
 * no time for more than to leave at once, with its browser and what that keeps on the disk.
 */
function sharedBrowser(): Promise<Browser> {
  if (!shared) {
    shared = launchBrowser({ handleSIGTERM: false })
    process.once('SIGTERM', () => process.exit())
  }
  return shared
}

/** The whole program on a free port, and the address to open. */
export async function startSite(options: TestAppOptions = {}) {
  const running = await startTestApp(options)
  const address = await running.app.listen({ host: '127.0.0.1', port: 0 })
  return { ...running, address }
}

/** The same for every test of a file, anew for each unless shared. */
export function siteWith(options: OfficeOptions = {}): Office {
  const office = officeWith(options)
  const start = options.shared ? beforeAll : beforeEach
  start(async () => void (await office.app.listen({ host: '127.0.0.1', port: 0 })))
  return office
}

export interface Visitor {
  context: BrowserContext
  page: Page
  /** What went wrong in the page itself: script errors and everything the security policy blocked. */
  complaints: string[]
}

/** A visitor with a browser profile of its own. */
export async function visit({ javaScriptEnabled = true, width = 1280 } = {}): Promise<Visitor> {
  const browser = await sharedBrowser()
  const context = await browser.newContext({
    javaScriptEnabled,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    viewport: { width, height: 900 },
    acceptDownloads: true,
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4\d\d|503)/.test(message.text()))
      complaints.push(message.text())
  })
  return { context, page, complaints }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** No violation of WCAG 2.2 A and AA that axe can find on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate('"axe" in window'))) await bringAxe(page)
  const violations = await page.evaluate(RUN_AXE)
  expect(violations, `on ${page.url()}`).toEqual([])
}

/**
 * Evaluated by the debugger, so that the page's own security policy stays as it is; and not by `page.evaluate`, which
 * takes three times as long over half a megabyte.
 */
async function bringAxe(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: `${AXE};0` })
  await session.detach()
}

const RUN_AXE = `axe
  .run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    // What passes is not described node by node.
    resultTypes: ['violations'],
  })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')))`
