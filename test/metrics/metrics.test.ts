import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { REFUSALS } from '../../src/metrics/kinds.ts'
import { startTestApp, type TestApp, type TestAppOptions } from '../support/app.ts'
import { aForm } from '../support/builders.ts'
import { freshImage } from '../support/database.ts'
import { wreck } from '../support/faults.ts'
import { formPost } from '../support/html.ts'
import { signedIn } from '../support/officer.ts'
import { answerWithin, BEFORE_OPENING, startAndEnter } from '../support/rehearsal.ts'
import { ask } from '../support/sockets.ts'
import { addHospitals } from '../support/submissions.ts'

const TOKEN = 'a token of the tests, 32 characters'
const BY_TOKEN = { authorization: `Bearer ${TOKEN}` }
const METRICS = '/admin/metrics'

let running: TestApp | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

async function start(options: TestAppOptions = {}): Promise<TestApp> {
  running = await startTestApp({ environment: { METRICS_TOKEN: TOKEN }, ...options })
  return running
}

/** Every sample, by its name and labels as they are written. */
async function samples({ app }: Pick<TestApp, 'app'>): Promise<Map<string, number>> {
  const reply = await app.inject({ url: METRICS, headers: BY_TOKEN })
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([
    200,
    expect.stringMatching(/^text\/plain/),
  ])
  const lines = reply.body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  )
}

const ANSWER = { ...aForm(), consent: 'yes' }

test.each([
  ['no token is set', {}, BY_TOKEN, 303],
  ['none is sent', { METRICS_TOKEN: TOKEN }, {}, 401],
  ['another is sent', { METRICS_TOKEN: TOKEN }, { authorization: `Bearer ${TOKEN}x` }, 401],
  ['it is sent otherwise', { METRICS_TOKEN: TOKEN }, { authorization: `Basic ${TOKEN}` }, 401],
])('where %s nothing is told', async (_name, environment, headers, status) => {
  const { app } = await start({ environment })
  const reply = await app.inject({ url: METRICS, headers })
  expect(reply.statusCode).toBe(status)
  expect(reply.body).not.toContain('kakuho_')
})

test('the name of the scheme may be written as it likes', async () => {
  const { app } = await start({ environment: { METRICS_TOKEN: TOKEN } })
  const headers = { authorization: `bearer ${TOKEN}` }
  expect((await app.inject({ url: METRICS, headers })).statusCode).toBe(200)
})

test('the hospitals’ own listener tells nothing, whatever is sent', async () => {
  const { app } = await start({ side: 'public' })
  for (const url of [METRICS, '/metrics', '/admin/metrics/'])
    expect((await app.inject({ url, headers: BY_TOKEN })).statusCode, url).toBe(404)
})

test('what is told has these names, and labels of lists alone', async () => {
  const { app, stores } = await start()
  addHospitals(stores, {})
  const secret = 'k7qw4zpd'
  for (const url of ['/', `/receipts/R-0001/${secret}`, `/${secret}`, `/admin/submissions?q=${secret}`])
    await app.inject({ url, headers: { 'x-request-id': secret, 'user-agent': secret, host: secret } })
  await app.inject({ method: 'PROPFIND' as 'GET', url: `/${secret}` })
  const told = await samples({ app })
  const own = [...told.keys()].filter((name) => name.startsWith('kakuho_'))
  expect([...told.keys()].join('\n')).not.toContain(secret)
  expect(
    [
      ...new Set(
        own.map((name) =>
          name.replace(/\{.*|_(?:bucket|sum|count)$/g, '').replace(/_(?:bucket|sum|count)$/, ''),
        ),
      ),
    ].sort(),
  ).toEqual([
    'kakuho_answers_total',
    'kakuho_commit_seconds',
    'kakuho_http_request_duration_seconds',
    'kakuho_info',
    'kakuho_last_backup_timestamp_seconds',
    'kakuho_logins_total',
    'kakuho_mail_given_up',
    'kakuho_mail_oldest_seconds',
    'kakuho_mail_waiting',
    'kakuho_record_entries',
    'kakuho_refusals_total',
    'kakuho_sessions',
    'kakuho_storage_free_bytes',
    'kakuho_storage_writable',
  ])
  const labels = (name: string, label: string) =>
    new Set(
      own
        .filter((each) => each.startsWith(name))
        .flatMap((each) => RegExp(`${label}="([^"]*)"`).exec(each)?.[1] ?? []),
    )
  expect(labels('kakuho_refusals_total', 'kind')).toEqual(new Set(Object.values(REFUSALS)))
  expect(labels('kakuho_http', 'route')).toEqual(
    new Set(['/', '/receipts/:number/:code', 'none', '/admin/submissions']),
  )
  expect(labels('kakuho_http', 'method')).toEqual(new Set(['GET', 'other']))
  for (const name of [
    'nodejs_eventloop_lag_p99_seconds',
    'process_resident_memory_bytes',
    'process_cpu_user_seconds_total',
  ])
    expect(told.has(name), name).toBe(true)
})

test('what is refused is counted by its kind, the connections too that never became a request', async () => {
  const { app, stores } = await start({ limits: { form: 40, lookEvery: 20 } })
  addHospitals(stores, {})
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const before = await samples({ app })
  await app.inject('/nothing')
  await app.inject(formPost('/survey', { ...ANSWER, contactName: '' }))
  await app.inject({
    method: 'POST',
    url: '/survey',
    headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'a=b',
  })
  await ask(address, 'nonsense\r\n\r\n')
  await ask(address, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
  await ask(
    address,
    'POST /survey HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\nremarks=',
  )
  const after = await samples({ app })
  const more = Object.values(REFUSALS).flatMap((kind) => {
    const name = `kakuho_refusals_total{kind="${kind}"}`
    const n = after.get(name)! - before.get(name)!
    return n === 0 ? [] : [[kind, n]]
  })
  expect(Object.fromEntries(more)).toEqual({
    ...{ 'not-found': 1, invalid: 1, forbidden: 1, unreadable: 1, 'head-too-large': 1, 'too-slow': 1 },
  })
})

test('an answer counts once it is stored, with the time of its commit, and what is refused does not', async () => {
  const { app, stores } = await start()
  addHospitals(stores, {})
  const received = 'kakuho_answers_total{act="received"}'
  expect((await samples({ app })).get(received)).toBe(0)
  const commits = (await samples({ app })).get('kakuho_commit_seconds_count')!
  expect((await app.inject(formPost('/survey', { ...ANSWER, contactName: '' }))).statusCode).toBe(422)
  expect((await app.inject(formPost('/survey', ANSWER))).statusCode).toBe(303)
  const told = await samples({ app })
  expect(told.get(received)).toBe(1)
  expect(told.get('kakuho_commit_seconds_count')).toBe(commits + 1)
  expect(
    told.get('kakuho_http_request_duration_seconds_count{method="POST",route="/survey",status="303"}'),
  ).toBe(1)
  // Counted by the record, and not by what this process has seen.
  expect((await samples({ app })).get(received)).toBe(1)
})

test('mails that wait, sessions and a login that failed', async () => {
  const environment = { METRICS_TOKEN: TOKEN, SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'kakuho@example.jp' }
  const office = await start({ environment })
  addHospitals(office.stores, {})
  await office.app.inject(formPost('/survey', ANSWER))
  await signedIn(office)
  office.setNow('2024-03-11T01:10:00Z')
  const told = await samples(office)
  expect(
    ['mail_waiting', 'mail_oldest_seconds', 'mail_given_up', 'sessions'].map((name) =>
      told.get(`kakuho_${name}`),
    ),
  ).toEqual([1, 600, 0, 1])
})

test('what cannot be read is left out, and the rest is told', async () => {
  const { app, database } = await start()
  expect((await samples({ app })).get('kakuho_storage_writable')).toBe(1)
  const mend = wreck(database)
  const told = await samples({ app })
  mend()
  expect([told.has('kakuho_mail_waiting'), told.has('kakuho_record_entries')]).toEqual([false, false])
  expect(told.has('nodejs_eventloop_lag_p99_seconds')).toBe(true)
  expect((await samples({ app })).has('kakuho_mail_waiting')).toBe(true)
})

test('a file that is gone from its place cannot be written, and the sizes are those of the files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-metrics-'))
  const databasePath = join(folder, 'survey.db')
  const { app } = await start({ databasePath, image: freshImage() })
  const told = await samples({ app })
  expect(told.get('kakuho_database_bytes{file="database"}')).toBe(statSync(databasePath).size)
  expect(told.get('kakuho_storage_free_bytes')).toBeGreaterThan(0)
  renameSync(databasePath, `${databasePath}.aside`)
  expect((await samples({ app })).get('kakuho_storage_writable')).toBe(0)
  renameSync(`${databasePath}.aside`, databasePath)
  rmSync(folder, { recursive: true })
})

test('what is done within a rehearsal counts nowhere', async () => {
  const office = await start({ now: BEFORE_OPENING })
  addHospitals(office.stores, {})
  const admin = await signedIn(office, { login: 'kanri', role: 'admin' })
  const [hospital] = office.stores.hospitals.all()
  await startAndEnter(admin)
  const before = await samples(office)
  await answerWithin(admin, hospital!.key)
  await admin.get('/admin/submissions')
  const after = await samples(office)
  const counted = (told: Map<string, number>) =>
    [...told].filter(
      ([name]) =>
        /answers|refusals|commit_seconds|http_request_duration_seconds_count/.test(name) &&
        !name.includes(METRICS),
    )
  expect(counted(after)).toEqual(counted(before))
})

test('every figure that an alert of deploy/ or the table of docs/operations.md names is told', async () => {
  const { app } = await start()
  const known = (await app.inject({ url: METRICS, headers: BY_TOKEN })).body.split('\n')
  const written = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
  const alerts = written('deploy/prometheus/kakuho-alerts.yml')
  const [table] = /(?<=^\| 指標[^\n]*\n)[\s\S]*?(?=\n\n)/m.exec(written('docs/operations.md'))!
  const inTable = table.split('\n').flatMap((row) => [...row.split('|')[1]!.matchAll(/`(\w+)/g)])
  const names = [
    ...inTable.map(([, name]) => `kakuho_${name}`),
    ...[...alerts.matchAll(/\b(?:kakuho|nodejs)_\w+/g)].map(([name]) => name.replace(/_bucket$/, '')),
  ]
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name) => !known.some((line) => line.startsWith(`# TYPE ${name}`)))).toEqual([])
  // What an alert asks for by a label is there from the start, so that its first increase is seen.
  const asked = [...alerts.matchAll(/(kakuho_\w+)\{(\w+)=~?"([^"]+)"\}/g)].flatMap(
    ([, name, label, values]) => values!.split('|').map((value) => `${name}{${label}="${value}"}`),
  )
  expect(asked.length).toBeGreaterThan(3)
  expect(asked.filter((sample) => !known.some((line) => line.startsWith(`${sample} `)))).toEqual([])
})
