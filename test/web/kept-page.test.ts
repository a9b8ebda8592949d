import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SHOWN_TABLES } from '../../src/db/shown-changes.ts'
import type { Stores } from '../../src/db/stores.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { chooseLot } from '../support/contents.ts'
import { NOON } from '../support/database.ts'
import { damage } from '../support/faults.ts'
import { aFurther, askFurther } from '../support/further.ts'
import { drawAndPublish } from '../support/lots.ts'
import { startWithRoutes } from '../support/route-table.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'
import { startWholeOffice } from '../support/whole-office.ts'

/** One survey that is served, and another program on the same file that keeps nothing. */
let folder: string
let served: Awaited<ReturnType<typeof startWithRoutes>>
let other: TestApp
let kept: string[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-kept-page-'))
  const databasePath = join(folder, 'survey.db')
  served = await startWithRoutes({ databasePath })
  addHospitals(served.stores, { key: HERE }, { key: '4619900029', name: '第二試験病院' })
  other = await startTestApp({ databasePath })
  kept = served.routes.filter(({ method, config }) => method === 'GET' && config.isKept).map(({ url }) => url)
})
afterEach(async () => {
  await served.close()
  await other.close()
  rmSync(folder, { recursive: true })
})

const HERE = '4619900011'
const BY = { actor: 'test', at: NOON }

function sqliteOf({ database: { db } }: Pick<TestApp, 'database'>): Database.Database {
  return (db as typeof db & { $client: Database.Database }).$client
}

/** Has the program read and render everything anew, without writing anything. */
const forget = (testApp: Pick<TestApp, 'database'>) =>
  sqliteOf(testApp).prepare('SELECT shown_changed()').get()

async function answer(testApp: Pick<TestApp, 'app'>, url: string, encoding = 'identity') {
  const reply = await testApp.app.inject({ url, headers: { 'accept-encoding': encoding } })
  const { date: _, 'x-request-id': id, ...headers } = reply.headers
  // An error names its request.
  const body = reply.rawPayload.toString('latin1').replaceAll(String(id), '')
  return { url, status: reply.statusCode, headers, body }
}

/** Every kept page as it is served, and as it is rendered afresh at the same moment. */
async function expectSame(now: string): Promise<void> {
  served.setNow(now)
  other.setNow(now)
  for (const url of kept) {
    const asServed = await answer(served, url)
    forget(other)
    expect(asServed).toEqual(await answer(other, url))
  }
}

/** Around everything that a date or an hour may end: midnights, the opening, the deadline, and the days of the facts. */
const DAYS = [
  '2024-03-07',
  '2024-03-08',
  '2024-03-11',
  '2024-03-17',
  '2024-03-18',
  '2024-03-19',
  '2025-04-01',
]
const moments = fc
  .tuple(
    fc.constantFrom(...DAYS),
    fc.constantFrom('00:00', '12:00', '17:00', '23:00'),
    fc.constantFrom(-1, 0, 1),
  )
  .map(([day, hour, offset]) => new Date(Date.parse(`${day}T${hour}:00+09:00`) + offset).toISOString())

/** What may become of what everybody is shown, and of what nobody is: by this program, or by another. */
const CHANGES: Record<string, (stores: Stores, n: number) => unknown> = {
  nothing: () => {},
  'a title': ({ settings }, n) => settings.change({ title: `調査${n}` }, BY),
  'the deadline': ({ settings }, n) =>
    settings.change({ closesAt: ['2024-03-18', '2024-03-17 17:00', '2024-03-18 12:00'][n % 3]! }, BY),
  'the opening': ({ settings }, n) =>
    settings.change({ opensAt: ['2024-03-08', '2024-03-08 12:00', ''][n % 3]! }, BY),
  'a dated fact': ({ settings }, n) => settings.change({ issuedOn: n % 2 ? '2024-03-08' : '' }, BY),
  'the notice': ({ notice }, n) => {
    const { version, notice: stood } = notice.current()
    const sections = stood.sections.map((each, index) => (index === 0 ? { ...each, text: `本文${n}` } : each))
    notice.saveAfter(version, { ...stood, sections }, { ...BY, change: '変更' })
  },
  'the questions': (stores, n) => askFurther(stores as never, [aFurther({ label: `質問${n}` })]),
  'a hospital': (stores, n) => addHospitals(stores, { key: HERE, name: `試験${n}病院` }),
  'an attachment': ({ attachments }, n) =>
    attachments.add({ title: `別添${n}`, bytes: Buffer.from('%PDF-1.7') }, BY),
  'a withdrawn attachment': ({ attachments }) => {
    const [first] = attachments.current()
    if (first) attachments.withdraw(first.id, BY)
  },
  'how equal hospitals are ordered': (stores, n) => chooseLot(stores, n % 2 ? 'receipts' : 'text'),
  'the policy': ({ policies }, n) => {
    const { policy } = policies.current()
    policies.save({ ...policy, lotterySeed: `文字列${n}` }, { ...BY, note: '試験' })
  },
  'a draw': (stores) => drawAndPublish(stores),
  'an answer': (stores) => saveSubmission(stores),
  'an entry of the record': ({ audit }) =>
    audit.append({ ...BY, action: 'test.done', subject: 'test', detail: {} }),
  'what was given up': (stores, n) => {
    const givenUp = () =>
      stores.together(() => {
        stores.settings.change({ title: `取消${n}` }, BY)
        // What an act reads of its own is what it has written.
        expect(stores.settings.read().title).toBe(`取消${n}`)
        throw new Error('given up')
      })
    expect(givenUp).toThrow('given up')
  },
}
let turn = 0
const steps = fc.record({
  change: fc.constantFrom(...Object.keys(CHANGES)),
  by: fc.constantFrom('served', 'other'),
  now: moments,
})

test('after whatever change, by whomever, and at whatever moment, a kept page is the page rendered afresh', async () => {
  expect(kept).toEqual(expect.arrayContaining(['/', '/qa', '/survey', '/lot', '/survey/blank', '/receipts']))
  // Each kind of change once by each of the two, then as it comes.
  for (const change of Object.values(CHANGES))
    for (const { stores } of [served, other]) {
      turn += 1
      change(stores, turn)
      await expectSame('2024-03-11T01:00:00.000Z')
    }
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 4 }), async (sequence) => {
      for (const { change, by, now } of sequence) {
        turn += 1
        CHANGES[change]!((by === 'served' ? served : other).stores, turn)
        await expectSame(now)
      }
    }),
    { numRuns: 8 },
  )
})

test('at every midnight of the survey, and a moment before and after, with nothing else changed', async () => {
  const period = { opensAt: '2024-03-08 08:30', closesAt: '2024-03-18 17:15' }
  expect(served.stores.settings.change(period, BY)).toEqual([])
  const boundaries = ['2024-03-08T08:30:00+09:00', '2024-03-18T17:15:00+09:00']
  for (let day = 6; day <= 20; day += 1)
    boundaries.push(`2024-03-${String(day).padStart(2, '0')}T00:00:00+09:00`)
  const instants = boundaries.map(Date.parse).flatMap((at) => [at - 1, at])
  const pages = new Map<string, Set<string>>()
  for (const at of instants.sort()) {
    await expectSame(new Date(at).toISOString())
    for (const url of ['/', '/survey'])
      pages.set(url, (pages.get(url) ?? new Set()).add((await answer(served, url)).body))
  }
  // The days that are left change the notice, the opening and the deadline both.
  expect([pages.get('/survey')!.size, pages.get('/')!.size]).toEqual([3, expect.any(Number)])
  expect(pages.get('/')!.size).toBeGreaterThan(2)
})

test('nothing of whoever asks is in it, and who has it is told so', async () => {
  served.setNow('2024-03-11T01:00:00.000Z')
  const strange = {
    cookie: 'session=x; kakuho-rehearsal=x',
    host: 'somewhere.example',
    referer: 'https://somewhere.example/i/secret',
    'user-agent': '<script>',
    'accept-language': 'en',
  }
  for (const url of kept.filter((each) => each !== '/lot')) {
    const plain = await answer(served, `${url}?a=<b>`)
    const { cookie: _, ...without } = strange
    const reply = await served.app.inject({ url, headers: without })
    expect([reply.statusCode, reply.rawPayload.toString('latin1')]).toEqual([200, plain.body])
    for (const encoding of ['identity', 'gzip', 'br']) {
      const { headers, body } = await answer(served, url, encoding)
      expect(headers).toMatchObject({ 'cache-control': 'public, no-cache', vary: 'accept-encoding' })
      expect(headers['set-cookie']).toBeUndefined()
      const asked = { 'accept-encoding': encoding, 'if-none-match': headers.etag as string }
      const again = await served.app.inject({ url, headers: asked })
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', headers.etag])
      const head = await served.app.inject({ method: 'HEAD', url, headers: { 'accept-encoding': encoding } })
      expect([head.statusCode, head.body]).toEqual([200, ''])
      expect(head.headers).toMatchObject({ etag: headers.etag, 'content-length': headers['content-length'] })
      expect(Buffer.from(body, 'latin1').length).toBe(Number(headers['content-length']))
    }
  }
})

test('answers change nothing of it: it is not even rendered again', async () => {
  served.setNow('2024-03-11T01:00:00.000Z')
  const pages = ['/survey', '/', '/qa']
  for (const url of pages) await answer(served, url)
  const { render } = served.app.eta
  let rendered = 0
  served.app.eta.render = (...args) => {
    rendered += 1
    return render.apply(served.app.eta, args)
  }
  saveSubmission(served.stores)
  for (const url of pages) await answer(served, url)
  expect(rendered).toBe(0)
  served.stores.settings.change({ title: 'ほかの調査' }, BY)
  await answer(served, '/survey')
  expect(rendered).toBeGreaterThan(0)
})

test('what is read for it stands in the tables that count, and in no other', async () => {
  const office = await startWholeOffice((testApp) => drawAndPublish(testApp.stores))
  const { app, routes } = office
  const urls = routes.filter(({ method, config }) => method === 'GET' && config.isKept).map(({ url }) => url)
  const before = await Promise.all(urls.map((url) => answer(office, url)))
  expect(before.map(({ status }) => status)).toEqual(urls.map(() => 200))
  const sqlite = sqliteOf(office)
  sqlite.pragma('foreign_keys = OFF')
  const tables = sqlite
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")
    .pluck()
    .all() as string[]
  const shown = new Set<string>(SHOWN_TABLES)
  const triggers = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all()
  for (const name of triggers) sqlite.exec(`DROP TRIGGER ${name}`)
  for (const table of tables.filter((each) => !shown.has(each))) sqlite.exec(`DROP TABLE "${table}"`)
  forget(office)
  expect(await Promise.all(urls.map((url) => answer(office, url)))).toEqual(before)
  await app.close()
})

test('while the storage cannot be read it says what it said last, and afterwards what is so then', async () => {
  const survey = await startTestApp()
  addHospitals(survey.stores, { key: HERE })
  const before = await answer(survey, '/survey')
  const mend = damage(survey.database, 'settings', 'notice_versions', 'hospitals', 'question_lists', 'purges')
  forget(survey)
  expect((await answer(survey, '/survey')).status).toBe(200)
  expect((await answer(survey, '/qa')).status).toBe(200)
  mend()
  survey.database.db.run(sql`UPDATE settings SET value = value`)
  expect(await answer(survey, '/survey')).toEqual(before)
  survey.stores.settings.change({ title: 'ほかの調査' }, BY)
  expect((await answer(survey, '/survey')).body).not.toBe(before.body)
  await survey.close()
})
