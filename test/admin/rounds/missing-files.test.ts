import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { AFTER_DEADLINE, SELECTION } from '../../support/decisions.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const browser = office.officer({ role: 'admin' })

/** What the pages are made of, and what they can do without. */
const READ = ['snapshot.json', 'result.json', 'register.json', 'checks.json']
const OTHERS = ['ministry.csv', 'archive.json']

const PAGES = [
  ...['/admin', '/admin/selection', '/admin/selection.xlsx', '/admin/selection/confirm', '/admin/rounds'],
  ...['/admin/rounds/1', '/admin/rounds/1/paper', '/admin/rounds/1/reasons', '/admin/rounds/1/reopen'],
  ...[
    '/admin/hospitals',
    '/admin/tally',
    '/admin/publication',
    '/admin/letters',
    '/admin/reports',
    '/admin/lot',
  ],
  ...['/admin/fairness', '/admin/audit', '/admin/package'],
]

/** As nobody can who does not first take away what guards them. */
function spoil(...statements: ReturnType<typeof sql>[]): void {
  for (const guard of ['written_once', 'never_deleted'])
    office.database.db.run(sql.raw(`DROP TRIGGER edition_files_${guard}`))
  for (const statement of statements) office.database.db.run(statement)
}
const removed = (name: string) => sql`DELETE FROM edition_files WHERE name = ${name}`
const broken = (name: string) =>
  sql`UPDATE edition_files SET bytes = ${Buffer.from('{"results":')} WHERE name = ${name}`

describe.each([
  ['missing', removed],
  ['broken', broken],
])('%s', (_how, spoilt) => {
  test.each([...READ, ...OTHERS])('%s of a round: every page is there all the same', async (name) => {
    spoil(spoilt(name))
    const failed: string[] = []
    for (const url of PAGES) if ((await browser.get(url)).statusCode >= 500) failed.push(url)
    expect(failed).toEqual([])
    for (const url of ['/admin', '/admin/rounds/1'])
      expect(textOf(await browser.page(url), 'main').includes(`（${name}）`), url).toBe(READ.includes(name))
    expect((await browser.post('/admin/rounds/1/verify')).statusCode).toBeLessThan(500)
  })
})

test('without its copy either, the page says which file of which round it is', async () => {
  spoil(removed('result.json'), removed('archive.json'))
  const reply = await browser.get('/admin/rounds/1')
  expect(reply.statusCode).toBe(500)
  expect(textOf(htmlOf(reply), 'main')).toContain(
    '初回選定の「選定の結果（JSON形式）」（result.json）がないか、内容が壊れています',
  )
})
