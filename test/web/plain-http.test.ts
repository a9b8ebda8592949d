import { expect, test } from 'vitest'
import { isUnprotected } from '../../src/web/plain-http.ts'
import { startTestApp } from '../support/app.ts'
import { type PageElement, textOf } from '../support/html.ts'
import { signedIn } from '../support/officer.ts'

const EARNEST = { NODE_ENV: 'production', SESSION_SECRET: 'x'.repeat(32) }

async function saidIn(environment: Record<string, string>) {
  const lines: string[] = []
  const running = await startTestApp({ environment, log: (line) => lines.push(line) })
  const officer = await signedIn(running, { role: 'admin' })
  const pages = await Promise.all(['/admin', '/admin/settings'].map((path) => officer.page(path)))
  await running.close()
  return {
    log: lines.filter((line) => line.includes('PUBLIC_URL')),
    pages: pages.map((page: PageElement) =>
      page.querySelector('.banner--warning') ? textOf(page, 'main') : '',
    ),
  }
}

test.each([{ PUBLIC_URL: 'http://kakuho.example' }, {}])(
  'in earnest without https, with %j: the log and the officers’ pages say so',
  async (environment) => {
    const { log, pages } = await saidIn({ ...EARNEST, ...environment })
    expect(log).toHaveLength(1)
    expect(JSON.parse(log[0]!)).toMatchObject({
      level: 40,
      msg: expect.stringMatching(/暗号化されず.*https:\/\//),
    })
    for (const page of pages) expect(page).toContain('通信が暗号化されていません')
  },
)

test('nothing is said with https, or where it is not in earnest', async () => {
  expect(isUnprotected({ production: true, publicUrl: 'https://kakuho.example' })).toBe(false)
  for (const environment of [{}, { PUBLIC_URL: 'http://kakuho.example' }]) {
    const { log, pages } = await saidIn(environment)
    expect(log).toEqual([])
    for (const page of pages) expect(page).not.toContain('暗号化')
  }
})
