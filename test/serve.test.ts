import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { type RunningServer, serve, startProblem } from '../src/serve.ts'

let folder: string
let running: RunningServer | null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-serve-'))
  running = null
})
afterEach(async () => {
  await running?.close()
  rmSync(folder, { recursive: true })
})

function start(environment: Record<string, string> = {}) {
  const config = readConfig({
    DATABASE_PATH: join(folder, 'survey.db'),
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...environment,
  })
  return serve(config, () => new Date('2024-03-11T01:00:00Z'))
}

test('an empty installation serves the notice, the officers’ login and its health', async () => {
  running = await start()
  const status = async (path: string) =>
    (await fetch(running!.publicAddress + path, { redirect: 'manual' })).status
  expect(await status('/')).toBe(200)
  expect(await status('/survey')).toBe(200)
  expect(await status('/admin')).toBe(303)
  expect(await status('/admin/login')).toBe(200)
  const health = await fetch(`${running.publicAddress}/healthz`)
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
})

test('the session secret is made once and kept for its owner only', async () => {
  running = await start()
  await running.close()
  const path = join(folder, 'survey.db.session-secret')
  const secret = readFileSync(path, 'utf8')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  running = await start()
  expect(readFileSync(path, 'utf8')).toBe(secret)
})

test('with a listener of its own the officers’ side is gone from the public one', async () => {
  running = await start({ ADMIN_HOST: '127.0.0.1', ADMIN_PORT: '0' })
  expect(running.adminAddress).not.toBe(running.publicAddress)
  expect((await fetch(`${running.publicAddress}/admin/login`)).status).toBe(404)
  expect((await fetch(`${running.adminAddress}/admin/login`)).status).toBe(200)
  expect((await fetch(`${running.adminAddress}/survey`)).status).toBe(404)
})

test('closing does not wait for a browser’s idle connection', async () => {
  running = await start()
  await fetch(running.publicAddress, { headers: { connection: 'keep-alive' } }).then((reply) => reply.text())
  await running.close()
  await expect(fetch(running.publicAddress)).rejects.toThrow()
  running = null
})

test('a port in use is said in words, anything else is not hidden', async () => {
  running = await start()
  const PORT = new URL(running.publicAddress).port
  const error = await start({ PORT, DATABASE_PATH: join(folder, 'other.db') }).catch(
    (thrown: unknown) => thrown,
  )
  expect(startProblem(error)?.message).toContain(`ポート${PORT}は使用中です`)
  expect(startProblem(new Error('something else'))).toBeNull()
})
