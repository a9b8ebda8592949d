import { expect, test } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { keysInMemory, startTestApp } from '../support/app.ts'
import { emptyImage, openImage } from '../support/database.ts'
import { formPost } from '../support/html.ts'

async function linesAfter(environment: Record<string, string>, headers: Record<string, string>) {
  const lines: { level: number; msg: string }[] = []
  const logger = { level: 'warn', stream: { write: (line: string) => void lines.push(JSON.parse(line)) } }
  const config = readConfig({ NODE_ENV: 'test', DATABASE_PATH: ':memory:', ...environment })
  const database = openImage(emptyImage(), ':memory:')
  const keys = keysInMemory()
  const now = () => new Date('2024-03-11T01:00:00Z')
  const apps = await Promise.all(
    (['public', 'admin'] as const).map((side) => buildApp({ config, database, now, keys, side, logger })),
  )
  for (const app of apps)
    for (const url of ['/', '/receipts/R-0001/WXYZ-9999', '/nowhere']) await app.inject({ url, headers })
  for (const app of apps) await app.close()
  database.close()
  return lines.filter(({ msg }) => msg.includes('TRUST_PROXY'))
}

const FORWARDED = { 'x-forwarded-for': '203.0.113.7' }

test('a proxy that nobody named is said once, with the setting, for both listeners', async () => {
  const lines = await linesAfter({}, FORWARDED)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({ level: 40, msg: expect.stringMatching(/TRUST_PROXY.*設定されていません/) })
  expect(JSON.stringify(lines)).not.toContain('203.0.113.7')
})

test('nothing is said of one that is named, or where there is none', async () => {
  expect(await linesAfter({ TRUST_PROXY: '127.0.0.1' }, FORWARDED)).toEqual([])
  expect(await linesAfter({}, {})).toEqual([])
})

test.each([
  ['nobody named a proxy', {}, '198.51.100.9, 203.0.113.7', '127.0.0.1'],
  [
    'the proxy is named, and adds whom it sees',
    { TRUST_PROXY: '127.0.0.1' },
    '198.51.100.9, 203.0.113.7',
    '203.0.113.7',
  ],
])('nobody chooses the address by which he is known: %s', async (_name, environment, forwarded, known) => {
  const lines: string[] = []
  const { app, close } = await startTestApp({ environment, log: (line) => lines.push(line) })
  const headers = { 'x-forwarded-for': forwarded, 'sec-fetch-site': 'cross-site' }
  await app.inject({
    ...formPost('/survey', {}),
    headers: { ...formPost('/survey', {}).headers, ...headers },
  })
  await close()
  const [refused] = lines.map((line) => JSON.parse(line)).filter(({ res }) => res?.status === 403)
  expect(refused.ip).toBe(known)
  expect(lines.join()).not.toContain('198.51.100.9')
})
