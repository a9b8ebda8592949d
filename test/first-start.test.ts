import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../src/db/open.ts'
import { openStores } from '../src/db/stores.ts'
import { SERVER } from './support/started.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return String(port)
}

/** `npm start` until it listens. @returns what it has printed besides its log, and what `ask` found */
async function start<Found>(environment: Record<string, string>, ask: (printed: string) => Promise<Found>) {
  const port = await freePort()
  const env = { DATABASE_PATH: 'survey.db', PORT: port, LOG_LEVEL: 'silent', ...environment }
  const running = spawn(process.execPath, [SERVER], { cwd: folder, env })
  let printed = ''
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  try {
    const address = `http://127.0.0.1:${port}`
    for (let tries = 0; tries < 400; tries += 1) {
      const reply = await fetch(`${address}/healthz`).catch(() => null)
      if (reply?.ok) break
      await new Promise((done) => setTimeout(done, 50))
    }
    // Printed once it listens.
    for (let tries = 0; tries < 20 && printed === ''; tries += 1)
      await new Promise((done) => setTimeout(done, 20))
    return { printed, address, found: await ask(printed) }
  } finally {
    running.kill('SIGTERM')
    await once(running, 'close')
  }
}

const addressIn = (printed: string) => /\S+\/admin\/setup\?token=\S+/.exec(printed)?.[0] ?? ''

test('a file that does not exist yet: one address is printed, another at every start, none once somebody is there', async () => {
  const first = await start({}, async (printed) => (await fetch(addressIn(printed))).status)
  expect(first.printed.match(/token=/g)).toHaveLength(1)
  expect(addressIn(first.printed)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/admin\/setup\?token=[\w-]{32}$/)
  expect(addressIn(first.printed).startsWith(first.address)).toBe(true)
  expect(first.printed).toContain('最初の管理者を登録してください')
  expect(first.found).toBe(200)

  const adminPort = await freePort()
  const apart = await start(
    { ADMIN_PORT: adminPort, PUBLIC_URL: 'https://survey.example.jp' },
    async (printed) => [
      (await fetch(addressIn(printed))).status,
      // What the first start printed is worth nothing any more.
      (await fetch(addressIn(printed).replace(/token=.*/, /token=.*/.exec(addressIn(first.printed))![0])))
        .status,
    ],
  )
  expect(addressIn(apart.printed).startsWith(`http://127.0.0.1:${adminPort}/admin/setup?`)).toBe(true)
  expect(apart.found).toEqual([200, 404])

  const outside = await start({ PUBLIC_URL: 'https://survey.example.jp/' }, async () => null)
  expect(addressIn(outside.printed)).toMatch(/^https:\/\/survey\.example\.jp\/admin\/setup\?token=/)

  const database = openDatabase(join(folder, 'survey.db'))
  const user = {
    login: 'kanri',
    name: '管理',
    role: 'admin' as const,
    passwordHash: 'x',
    mustChangePassword: false,
  }
  openStores(database.db, () => new Date()).staff.add(user, { actor: 'cli', at: new Date() })
  database.close()
  expect((await start({}, async () => null)).printed).toBe('')
})
