import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../scripts/torture/program.ts'
import { openDatabase } from '../../src/db/open.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { hashPassword } from '../../src/office/password.ts'
import { aForm } from '../support/builders.ts'
import { rowsButForRehearsals } from '../support/rehearsal.ts'
import { SERVER } from '../support/started.ts'
import { addHospitals } from '../support/submissions.ts'

const SURVEY = 'https://survey.example.jp'
const OFFICE = 'https://office.example.jp'

let folder: string
let running: ChildProcess | null = null
const ports: Record<string, number> = {}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  const by = { actor: 'test', at: new Date() }
  const passwordHash = await hashPassword('a long password')
  stored((stores) => {
    addHospitals(stores, {})
    stores.staff.add(
      { login: 'tanto', name: '担当', role: 'officer', passwordHash, mustChangePassword: false },
      by,
    )
  })
})
afterEach(async () => {
  if (running?.exitCode === null && running.signalCode === null) await stop('SIGTERM')
})
afterAll(() => rmSync(folder, { recursive: true }))

function stored<Found>(look: (stores: Stores) => Found): Found {
  const database = openDatabase(join(folder, 'survey.db'))
  try {
    return look(openStores(database.db, () => new Date()))
  } finally {
    database.close()
  }
}

function survey() {
  const database = openDatabase(join(folder, 'survey.db'))
  try {
    return rowsButForRehearsals(database)
  } finally {
    database.close()
  }
}

/** The real program with two listeners, as behind a proxy that speaks https to the world. */
async function start(): Promise<void> {
  ports[SURVEY] = await freePort()
  ports[OFFICE] = await freePort()
  const env = {
    ...{ DATABASE_PATH: 'survey.db', PORT: String(ports[SURVEY]), ADMIN_PORT: String(ports[OFFICE]) },
    ...{ PUBLIC_URL: SURVEY, TRUST_PROXY: '127.0.0.1', LOG_LEVEL: 'silent' },
  }
  running = spawn(process.execPath, [SERVER], { cwd: folder, env })
  for (let tries = 0; tries < 400; tries += 1) {
    const reply = await fetch(`http://127.0.0.1:${ports[OFFICE]}/healthz`).catch(() => null)
    if (reply?.ok) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('the program does not listen')
}

async function stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  running!.kill(signal)
  await once(running!, 'close')
}

/** A browser in front of the proxy: cookies by host, the origin with every form. */
function browser() {
  const cookies = new Map<string, string>()
  async function ask(method: string, url: string, fields: Record<string, string> = {}) {
    const { origin, host, pathname, search } = new URL(url)
    const own = [...cookies].filter(([name]) => name.startsWith(`${origin} `))
    const sent = request({
      ...{ method, host: '127.0.0.1', port: ports[origin]!, path: pathname + search },
      headers: {
        ...{ host, 'x-forwarded-proto': 'https', 'x-forwarded-host': host },
        ...(own.length > 0 && {
          cookie: own.map(([name, value]) => `${name.split(' ')[1]}=${value}`).join('; '),
        }),
        ...(method === 'POST' && { origin, 'content-type': 'application/x-www-form-urlencoded' }),
      },
    })
    sent.end(method === 'POST' ? new URLSearchParams(fields).toString() : undefined)
    const [reply] = await once(sent, 'response')
    for (const line of reply.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      expect(line).toContain('Secure')
      if (value && !line.includes('Max-Age=0')) cookies.set(`${origin} ${name}`, value)
      else cookies.delete(`${origin} ${name}`)
    }
    return {
      status: reply.statusCode as number,
      location: reply.headers.location as string,
      body: await text(reply),
    }
  }
  return {
    get: (url: string) => ask('GET', url),
    /** A form of a page, at the address that it names. */
    async send(url: string, to: string, typed: Record<string, string> = {}) {
      const { body } = await ask('GET', url)
      const action = new RegExp(`action="(${to.replace('/', '\\/')}(?:\\?[^"]*)?)"`).exec(body)?.[1]
      if (action === undefined) throw new Error(`${url} has no form for ${to}`)
      const _csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
      return ask('POST', new URL(url).origin + action, { _csrf, ...typed })
    },
  }
}

async function logIn(officer: ReturnType<typeof browser>): Promise<void> {
  const typed = { login: 'tanto', password: 'a long password' }
  const reply = await officer.send(`${OFFICE}/admin/login`, '/admin/login', typed)
  expect(reply.status).toBe(303)
}

test('two listeners behind a proxy: the officers’ and the hospitals’ side of one copy; and a kill leaves nothing', async () => {
  await start()
  const officer = browser()
  await logIn(officer)
  const before = survey()
  const files = readdirSync(folder).filter((name) => !/-(?:wal|shm)$/.test(name))
  expect((await officer.send(`${OFFICE}/admin/rehearsal`, '/admin/rehearsal/start')).status).toBe(303)

  const { body } = await officer.get(`${OFFICE}/admin/rehearsal`)
  const link = /href="(https:[^"]+\/rehearsal\/[^"]+)"/.exec(body)![1]!
  expect(link.startsWith(`${SURVEY}/rehearsal/`)).toBe(true)
  expect((await officer.get(link)).location).toBe('/')
  expect((await officer.get(`${SURVEY}/survey`)).body).toContain('（試験）')
  expect((await browser().get(`${SURVEY}/survey`)).body).toContain('準備中')

  const answer = { ...aForm({ hospitalCode: '4619900011' }), ...{ submissionId: crypto.randomUUID() } }
  const sent = await officer.send(`${SURVEY}/survey`, '/survey/confirm', answer)
  expect(sent.body).toContain('回答内容の確認')

  expect((await officer.send(`${OFFICE}/admin/rehearsal`, '/admin/rehearsal/enter')).location).toBe('/admin')
  expect((await officer.get(`${OFFICE}/admin`)).body).toContain('（試験）')
  expect((await browser().get(`${OFFICE}/admin`)).location).toContain('/admin/login')

  await stop('SIGKILL')
  expect(readdirSync(folder).filter((name) => !/-(?:wal|shm)$/.test(name))).toEqual(files)
  expect(survey()).toEqual(before)
  expect(stored(({ rehearsal }) => rehearsal.last()!.action)).toBe('rehearsal.started')

  await start()
  expect(stored(({ rehearsal }) => rehearsal.last()!)).toMatchObject({
    ...{ action: 'rehearsal.ended', actor: 'system', detail: { why: 'stopped' } },
  })
  const gone = await officer.get(`${SURVEY}/survey`)
  expect([gone.status, gone.body]).toEqual([410, expect.stringContaining('調査の試験は終わりました')])
  expect((await officer.get(`${SURVEY}/survey`)).body).toContain('準備中')
})

test('a stop ends it in its time, and says so on the record', async () => {
  await start()
  const officer = browser()
  await logIn(officer)
  await officer.send(`${OFFICE}/admin/rehearsal`, '/admin/rehearsal/start')
  await stop('SIGTERM')
  expect(running!.exitCode).toBe(0)
  expect(stored(({ rehearsal }) => rehearsal.last()!.detail)).toEqual({ why: 'stopped' })
})
