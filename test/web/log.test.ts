import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { OTHER_HOSPITAL } from '../../src/domain/answer/questions.ts'
import { factsOf } from '../../src/web/error-facts.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { aForm } from '../support/builders.ts'
import { formPost } from '../support/html.ts'
import { signedIn } from '../support/officer.ts'
import { ask } from '../support/sockets.ts'

let running: TestApp
let address: string
const lines: string[] = []
beforeAll(async () => {
  running = await startTestApp({ log: (line) => lines.push(line) })
  address = await running.app.listen({ host: '127.0.0.1', port: 0 })
})
beforeEach(() => {
  lines.length = 0
})
afterAll(() => running.close())

const SECRET = 'k7qw4zpd'
const written = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line))

/** Where codes, tokens and what people search for stand. */
const ADDRESSES = [
  `/receipts/R-0001/${SECRET}`,
  `/receipts/R-0001/${SECRET}/edit`,
  `/receipts/R-0001/${SECRET}/withdraw`,
  `/survey/resume?d=${SECRET}`,
  `/i/${SECRET}`,
  `/i/${SECRET}/resume?d=${SECRET}`,
  `/late/${SECRET}`,
  `/rehearsal/${SECRET}`,
  `/admin/setup?token=${SECRET}`,
  `/admin/submissions?q=${SECRET}`,
  `/admin/login?next=/admin/${SECRET}`,
  `/attachments/${SECRET}`,
  `/${SECRET}`,
]

/** How one address can be written without being another, and how it cannot. */
const SPELLINGS: ((path: string) => string)[] = [
  (path) => path,
  (path) => path.replace('/r', '/%72').replace('/i', '/%69').replace('/l', '/%6c').replace('/a', '/%61'),
  (path) => `/${path}`,
  (path) => path.replaceAll('/', '//'),
  (path) => `http://kakuho.example${path}`,
  (path) => `HTTPS://user:${SECRET}@kakuho.example${path}`,
  (path) => path.toUpperCase(),
  (path) => path.replaceAll('/', '%2F').replace('%2F', '/'),
  (path) => `/.${path}`,
  (path) => `${path}/`,
  (path) => `${path}#${SECRET}`,
  (path) => `${path}?${SECRET}`,
  (path) => `${path};${SECRET}`,
  (path) => `${path}%`,
  (path) => `${path}%FF`,
  (path) => `${path}%00`,
  (path) => `${path}%E3%80%82`,
  (path) => path.replace('-', '\u2010'),
]

test('no address, however it is spelt, stands in the log: only the route, the method, the status and the time', async () => {
  const cases = fc.tuple(
    fc.constantFrom(...ADDRESSES),
    fc.constantFrom(...SPELLINGS),
    fc.constantFrom(...SPELLINGS),
    fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'TRACE', 'PROPFIND'),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ([path, first, second, method]) => {
      lines.length = 0
      const headers = `Host: kakuho.example\r\nConnection: close\r\nContent-Length: 0\r\nReferer: http://a${path}\r\nCookie: kakuho=${SECRET}`
      await ask(address, `${method} ${second(first(path))} HTTP/1.1\r\n${headers}\r\n\r\n`)
      expect(lines.join('').toLowerCase()).not.toContain(SECRET)
      expect(lines.join('')).not.toMatch(/kakuho\.example|R-0001/i)
    }),
    { numRuns: 150 },
  )
})

test('a request has one line, with its route', async () => {
  await running.app.inject({ url: `/receipts/R-0001/${SECRET}?x=${SECRET}`, remoteAddress: '192.0.2.7' })
  await running.app.inject({ url: `/nothing/${SECRET}`, remoteAddress: '192.0.2.7' })
  const [receipt, nothing] = written()
  expect(receipt).toMatchObject({
    req: { method: 'GET', route: '/receipts/:number/:code' },
    res: { status: 404 },
    reqId: expect.any(String),
    ms: expect.any(Number),
  })
  expect(nothing).toMatchObject({ req: { method: 'GET', route: null }, res: { status: 404 } })
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toContain('192.0.2.7')
})

test('whoever is refused for what looks like an attack is known by address, and nobody else', async () => {
  const headers = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' }
  const sent = { url: '/survey', headers, payload: `remarks=${SECRET}`, remoteAddress: '192.0.2.7' }
  await running.app.inject({ method: 'POST', ...sent })
  const line = written().find(({ res }) => res)!
  expect(line).toMatchObject({ res: { status: 403 }, ip: '192.0.2.7' })
  expect(lines.join('')).not.toContain(SECRET)
})

test('an officer who may not do something is known by the login', async () => {
  const browser = await signedIn(running, { login: 'ido', role: 'viewer' })
  await browser.get('/admin/users')
  expect(written().filter(({ login }) => login !== undefined)).toEqual([
    expect.objectContaining({ level: 40, login: 'ido', msg: 'refused for want of a right' }),
  ])
})

test('what a failure was about is not written down, only what and where', async () => {
  running.database.db.run(
    "create trigger refused before insert on submissions begin select raise(abort, 'full'); end",
  )
  const typed = aForm({
    hospitalCode: OTHER_HOSPITAL,
    hospitalName: SECRET,
    remarks: SECRET,
    contactName: SECRET,
  })
  const other = { hospitalAddress: `鹿児島県鹿児島市${SECRET}`, hospitalBeds: '80' }
  const reply = await running.app.inject(formPost('/survey', { ...typed, ...other }))
  expect(reply.statusCode).toBeGreaterThanOrEqual(500)
  expect(lines.join('')).toContain('SQLITE_CONSTRAINT_TRIGGER')
  expect(lines.join('')).not.toContain(SECRET)
})

class SqliteError extends Error {
  readonly code: string
  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}
class DrizzleQueryError extends Error {
  readonly query = 'insert into "a" values (?)'
  readonly params = [SECRET]
  constructor(cause: Error) {
    super(`Failed query: insert into "a" values (?)\nparams: ${SECRET}\n    at ${SECRET}`, { cause })
  }
}
const thrown = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return error
  }
}

test.each([
  [
    'a statement with its values',
    new DrizzleQueryError(new SqliteError('UNIQUE constraint failed: a.b', 'SQLITE_CONSTRAINT')),
  ],
  ['what is no JSON', thrown(() => JSON.parse(`{"${SECRET}`))],
  ['what is no address', thrown(() => new URL(SECRET))],
  ['what Node repeats', thrown(() => Buffer.alloc(1, SECRET, SECRET as never))],
  ['what is no number', thrown(() => BigInt(SECRET))],
  ['an error of ours', new Error(`no such thing: ${SECRET}`)],
  ['an error that looks like places', new Error(`x\n    at ${SECRET} (file:1:2)`)],
  [
    'what holds more',
    Object.assign(new Error('x'), { query: SECRET, params: [SECRET], rawPacket: SECRET, input: SECRET }),
  ],
  ['a text', SECRET],
  ['a thing', { message: SECRET }],
])('%s: the log says what kind, and where', (_name, error) => {
  const facts = factsOf(error)
  expect(JSON.stringify(facts)).not.toContain(SECRET)
  expect(facts.type).not.toBe('')
  if (error instanceof Error) expect(facts.stack).toContain('log.test.ts')
})

test('what names things of the program is kept', () => {
  const facts = factsOf(new DrizzleQueryError(new SqliteError('no such column: b', 'SQLITE_ERROR')))
  expect(facts).toMatchObject({
    ...{ type: 'DrizzleQueryError', message: '', query: 'insert into "a" values (?)' },
    cause: { type: 'SqliteError', code: 'SQLITE_ERROR', message: 'no such column: b' },
  })
  const missing = thrown(() => (undefined as unknown as { name: string }).name)
  expect(factsOf(missing).message).toContain("reading 'name'")
})
