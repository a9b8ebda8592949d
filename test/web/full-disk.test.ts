import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { aForm } from '../support/builders.ts'
import { SERVER } from '../support/started.ts'
import { addHospitals } from '../support/submissions.ts'

let folder: string
let running: ChildProcess | null = null
let port: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-full-'))
})
afterEach(async () => {
  await stop()
  spawnSync('umount', [join(folder, 'disk')])
  rmSync(folder, { recursive: true })
})

function stored<Found>(path: string, look: (stores: Stores) => Found): Found {
  const database = openDatabase(path)
  try {
    return look(openStores(database.db, () => new Date()))
  } finally {
    database.close()
  }
}

/** A survey that is open whenever the test runs. */
function prepare(path: string): void {
  stored(path, (stores) => {
    addHospitals(stores, {})
    const by = { actor: 'test', at: new Date('2024-03-01T00:00:00Z') }
    const period = { opensAt: '2000-01-01', closesAt: '2099-12-31', issuedOn: '2000-01-01' }
    expect(stores.settings.change(period, by)).toEqual([])
  })
}

/** @param before what the shell does first, e.g. a limit of its own */
async function start(path: string, before = ''): Promise<void> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  port = (probe.address() as { port: number }).port
  probe.close()
  const env = { ...process.env, DATABASE_PATH: path, PORT: String(port), LOG_LEVEL: 'silent' }
  running = spawn('sh', ['-c', `${before} exec "$0" "$1"`, process.execPath, SERVER], {
    env,
    stdio: 'ignore',
  })
  for (let tries = 0; tries < 400; tries += 1) {
    const reply = await fetch(`http://127.0.0.1:${port}/`).catch(() => null)
    if (reply?.ok) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('the server does not answer')
}

async function stop(): Promise<void> {
  if (running?.exitCode !== null || running.signalCode !== null) return
  running.kill('SIGTERM')
  await once(running, 'exit')
}

const send = (form: Record<string, string>) =>
  fetch(`http://127.0.0.1:${port}/survey`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(form),
  })

/** Sends until there is no room left. @returns the receipts given, and the form that was not taken */
async function fill(): Promise<{ receipts: string[]; untaken: Record<string, string> }> {
  const receipts: string[] = []
  for (let sent = 0; sent < 2_000; sent += 1) {
    const form = { ...aForm({ remarks: `${sent}`.padEnd(1000, '備考') }) }
    const reply = await send(form)
    if (reply.status === 303) receipts.push(String(reply.headers.get('location')))
    else {
      const page = await reply.text()
      expect([reply.status, Number(reply.headers.get('retry-after')) > 0]).toEqual([503, true])
      expect(page).toContain('回答内容の確認')
      expect(page).toContain(form.remarks)
      expect(page).toContain(form.submissionId)
      return { receipts, untaken: form }
    }
  }
  throw new Error('there is room for everything')
}

const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status

function expectAllThere(path: string, receipts: readonly string[]): void {
  stored(path, ({ submissions, audit }) => {
    expect(
      submissions
        .all()
        .map(({ number }) => number)
        .sort(),
    ).toEqual(receipts.map((receipt) => receipt.split('/')[2]).sort())
    expect(audit.verify()).toBeNull()
  })
}

test('files that must not grow: 503 and the filled 確認, every receipt is kept, and all goes on with room', async () => {
  const path = join(folder, 'survey.db')
  prepare(path)
  await start(path, 'ulimit -f 1400;')
  const { receipts, untaken } = await fill()
  expect(receipts.length).toBeGreaterThan(3)
  expect(await status('/survey')).toBe(200)
  expect(await status('/healthz')).toBe(503)
  running!.kill('SIGKILL')
  await once(running!, 'exit')
  await start(path)
  const again = await send(untaken)
  expect(again.status).toBe(303)
  await stop()
  expectAllThere(path, [...receipts, String(again.headers.get('location'))])
})

const disk = () => join(folder, 'disk')
function hasMounted(): boolean {
  mkdirSync(disk())
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk()]).status === 0
}

test('a full disk: 503, and service again as soon as there is room, without a restart', async ({ skip }) => {
  // A place where nobody may mount anything cannot be filled.
  skip(!hasMounted(), 'mounting is refused here')
  const path = join(disk(), 'survey.db')
  // The log of its making is larger than the disk.
  prepare(join(folder, 'survey.db'))
  copyFileSync(join(folder, 'survey.db'), path)
  writeFileSync(join(disk(), 'something else'), Buffer.alloc(150_000))
  await start(path)
  const { receipts, untaken } = await fill()
  expect(receipts.length).toBeGreaterThan(3)
  expect(await status('/')).toBe(200)
  expect(await status('/healthz')).toBe(503)
  rmSync(join(disk(), 'something else'))
  const again = await send(untaken)
  expect(again.status).toBe(303)
  await expect.poll(() => status('/healthz'), { timeout: 5_000 }).toBe(200)
  expect(existsSync(path)).toBe(true)
  await stop()
  expectAllThere(path, [...receipts, String(again.headers.get('location'))])
})
