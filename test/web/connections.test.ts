import { afterEach, describe, expect, test } from 'vitest'
import { type ConnectionLimits, limitsFor } from '../../src/web/limits.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { signedIn } from '../support/officer.ts'
import { ask, Wire } from '../support/sockets.ts'

let running: TestApp
const wires: Wire[] = []
afterEach(async () => {
  for (const wire of wires.splice(0)) wire.close()
  await running.close()
})

const QUICK = {
  head: 200,
  form: 400,
  file: 60_000,
  grace: 150,
  leastRate: 200,
  lookEvery: 30,
  end: 400,
  farewell: 50,
}

async function start(limits: Partial<ConnectionLimits> = {}): Promise<string> {
  running = await startTestApp({ limits: { ...QUICK, ...limits } })
  return running.app.listen({ host: '127.0.0.1', port: 0 })
}

async function wire(address: string): Promise<Wire> {
  const made = await Wire.to(address)
  wires.push(made)
  return made
}

const GET = 'GET /healthz HTTP/1.1\r\nHost: a\r\n'
const POST =
  'POST /survey HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n'

test('half a head ends, with a page', async () => {
  const answer = await (await wire(await start())).say(GET).end()
  expect(answer.status).toBe(408)
  expect(answer.body).toContain('送信が途中で止まりました')
})

test('a connection on which nothing is said ends', async () => {
  expect((await (await wire(await start())).end()).milliseconds).toBeLessThan(2_000)
})

test('half a form ends, with a page that says that nothing of it is stored', async () => {
  const answer = await (await wire(await start())).say(`${POST}submissionId=`).end()
  expect(answer.status).toBe(408)
  expect(answer.headers).toMatchObject({ connection: 'close', 'cache-control': 'no-store' })
  expect(answer.body).toContain('送信された内容は、保存していません')
})

test('a form that drips ends, though it never stops', async () => {
  const answer = await (await wire(await start({ form: 60_000 }))).say(POST).drip('a'.repeat(1_000), 20).end()
  expect(answer.status).toBe(408)
})

test('what comes steadily ends when it has taken too long', async () => {
  const answer = await (await wire(await start({ leastRate: 1 }))).say(POST).drip('a'.repeat(5_000), 5).end()
  expect(answer.status).toBe(408)
})

test('what was refused before it had come does not hold its connection', async () => {
  const answer = await (await wire(await start()))
    .say(POST.replace('5000', '500000'))
    .drip('a'.repeat(5_000), 20)
    .end()
  expect(answer.status).toBe(413)
  expect(answer.milliseconds).toBeLessThan(2_000)
})

test('a connection is used again after a whole form, however long that was ago', async () => {
  const address = await start()
  const kept = await wire(address)
  kept.say(`${POST.replace('5000', '3')}a=b`)
  await kept.heard()
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect((await kept.say(`${GET}Connection: close\r\n\r\n`).end()).text).toContain('{"status":"ok"}')
})

test.each([
  ['say nothing', ''],
  ['send half a head', GET],
  ['send half a form', POST],
  ['ask and keep the connection', `${GET}\r\n`],
])('300 connections that %s keep nobody out', async (_name, text) => {
  const address = await start({ connections: 100, head: 60_000, form: 60_000, grace: 60_000 })
  const held = await Promise.all(Array.from({ length: 300 }, () => wire(address)))
  for (const each of held) each.say(text)
  const answer = await ask(address, `${GET}Connection: close\r\n\r\n`)
  expect(answer.status).toBe(200)
  // They are held for a minute: whoever waited for them would wait that long.
  expect(answer.milliseconds).toBeLessThan(20_000)
  expect(running.app.server.maxConnections).toBe(110)
})

test('a request that is being answered is not what goes', async () => {
  running = await startTestApp({ limits: { ...QUICK, connections: 10 } })
  let answer: (text: string) => void = () => undefined
  running.app.get('/slow', () => new Promise<string>((resolve) => (answer = resolve)))
  const address = await running.app.listen({ host: '127.0.0.1', port: 0 })
  const asked = (await wire(address)).say('GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  for (let i = 0; i < 30; i += 1) await wire(address)
  answer('at last')
  expect((await asked.end()).body).toBe('at last')
})

test.each([
  { asked: 10, answered: 10 },
  { asked: 2_000, answered: 0 },
])(
  '$asked requests at once on one connection are begun with $answered times',
  async ({ asked, answered }) => {
    running = await startTestApp({ limits: { ...QUICK, head: 10_000 } })
    let begun = 0
    running.app.get('/counted', async () => `answer ${++begun}.`)
    const address = await running.app.listen({ host: '127.0.0.1', port: 0 })
    const one = 'GET /counted HTTP/1.1\r\nHost: a\r\n'
    const flooding = (await wire(address)).say(
      `${`${one}\r\n`.repeat(asked - 1)}${one}Connection: close\r\n\r\n`,
    )
    const { text } = await flooding.end()
    expect([begun, text.match(/answer \d+\./g)?.length ?? 0]).toEqual([answered, answered])
    // It ends, and what it took is given back.
    expect((await ask(address, `${one}Connection: close\r\n\r\n`)).body).toBe(`answer ${answered + 1}.`)
  },
)

test('a connection that is asked one thing after the other is asked as often as one likes', async () => {
  const address = await start()
  const kept = await wire(address)
  for (let count = 1; count <= 30; count += 1) {
    kept.say(`${GET}\r\n`)
    await expect.poll(async () => (await kept.heard()).text.split('"ok"').length - 1).toBe(count)
  }
})

test('no more connections than the process may have files', () => {
  expect(limitsFor(undefined).connections).toBe(1_000)
  expect(limitsFor('unlimited').connections).toBe(1_000)
  expect(limitsFor(1_048_576).connections).toBe(1_000)
  expect(limitsFor(256).connections).toBe(85)
  expect(limitsFor(10).connections).toBe(20)
})

describe('a file that comes slowly', () => {
  const head = (cookie: string) =>
    `POST /admin/gmis/import HTTP/1.1\r\nHost: a\r\n${cookie}Connection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 400\r\n\r\n`
  const begin = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
  // Nine hundred milliseconds for a form's four hundred.
  const rest = `${'a'.repeat(400 - begin.length - 9)}\r\n--b--\r\n`

  test('may take longer than a form, where an officer brings it', async () => {
    const address = await start()
    const officer = await signedIn(running)
    const cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await (await wire(address))
      .say(`${head(`Cookie: ${cookie}\r\n`)}${begin}`)
      .drip(rest, 3)
      .end()
    expect(answer.milliseconds).toBeGreaterThan(QUICK.form)
    // Without a token in it, it goes no further; but it was read.
    expect(answer.status).toBe(403)
  })

  test('ends as any form where a stranger brings it, who was answered already', async () => {
    const address = await start()
    const answer = await (await wire(address))
      .say(head('') + begin)
      .drip('a'.repeat(5_000), 3)
      .end()
    expect(answer.status).toBe(303)
    expect(answer.milliseconds).toBeLessThan(2_000)
  })
})
