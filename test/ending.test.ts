import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Wire } from './support/sockets.ts'

const SERVER = resolve(import.meta.dirname, '../src/server.ts')

let folder: string
let running: ChildProcess
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-ending-'))
})
afterEach(() => {
  running.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** The real program with two listeners. @returns where they listen */
async function start(): Promise<string[]> {
  running = spawn(process.execPath, [SERVER], {
    cwd: folder,
    env: { DATABASE_PATH: 'survey.db', PORT: '0', ADMIN_PORT: '0' },
  })
  const addresses: string[] = []
  for await (const line of createInterface(running.stdout!)) {
    const address = /listening at (http:[^"\s]+)/.exec(line)?.[1]
    if (address) addresses.push(address)
    if (addresses.length === 2) break
  }
  running.stdout!.resume()
  return addresses
}

test('told twice to end, with half-sent requests on both listeners, it ends within two seconds and with 0', async () => {
  const addresses = await start()
  const wires: Wire[] = []
  for (const address of addresses)
    for (const said of [
      '',
      'GET / HTTP/1.1\r\nHos',
      'POST /survey HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\nab',
      'POST /admin/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n',
      'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n',
    ])
      wires.push((await Wire.to(address)).say(said))
  await wires.at(-1)!.heard()
  const began = performance.now()
  const ended = once(running, 'exit')
  running.kill('SIGTERM')
  await new Promise((done) => setTimeout(done, 100))
  running.kill('SIGTERM')
  running.kill('SIGINT')
  expect(await ended).toEqual([0, null])
  expect(performance.now() - began).toBeLessThan(2_000)
  for (const wire of wires) await wire.end()
})
