import { expect, test } from 'vitest'
import { htmlOf } from '../support/html.ts'
import type { OfficersBrowser } from '../support/officer.ts'
import { startOnVersionZero } from './version-0.ts'

/** Of many hospitals, answers and rounds two each are opened. */
const OF_A_KIND = 2

test('on a database of before 0001 every page opens that an administrator is led to', async () => {
  const opened = await startOnVersionZero()
  const { browser } = await opened.logIn('kanri')
  const seen = await followed(browser)
  await opened.close()
  expect(seen.filter(({ status }) => ![200, 303].includes(status))).toEqual([])
  const paths = seen.map(({ path }) => path)
  expect(PAGES.filter((page) => !paths.some((path) => path.startsWith(`/admin/${page}`)))).toEqual([])
})

/** One of each part that such a database knows nothing of. */
const PAGES = [
  'rounds/2/acceptance',
  'audit',
  'gmis',
  'hospitals/import',
  'hospitals/matches',
  'invitations',
  'letters',
  'next-edition',
  'nonrespondents',
  'notice',
  'reminders',
  'reports',
  'tally',
  'users',
]

async function followed(browser: OfficersBrowser): Promise<{ path: string; status: number }[]> {
  const seen: { path: string; status: number }[] = []
  const [known, ofKind] = [new Set(['/admin']), new Map<string, number>()]
  for (const path of known) {
    const reply = await browser.get(path)
    seen.push({ path, status: reply.statusCode })
    if (!String(reply.headers['content-type']).startsWith('text/html')) continue
    for (const link of htmlOf(reply).querySelectorAll('a[href^="/admin"]')) {
      const address = link.getAttribute('href')!.split(/[?#]/)[0]!
      const kind = address.replace(/(?<=\/)[^/]*\d[^/]*/g, ':')
      const count = ofKind.get(kind) ?? 0
      if (known.has(address) || count >= OF_A_KIND) continue
      ofKind.set(kind, count + 1)
      known.add(address)
    }
  }
  return seen
}
