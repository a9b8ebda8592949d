import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestIds, spokenId } from '../../src/web/request-id.ts'
import { startTestApp, type TestAppOptions } from '../support/app.ts'
import { htmlOf } from '../support/html.ts'
import { ask, type RawAnswer } from '../support/sockets.ts'

const NGINX = '0123456789abcdef0123456789abcdef'
const CADDY = '0b0e8400-e29b-41d4-a716-446655440000'
const OWN = /^[2-9BCDFGHJKMNPQRSTVWXZ]{10}$/

/** The name of a request that came from there and said so. */
function named(trusted: string[], from: string, said?: string): string {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: from })
  const request = new IncomingMessage(socket)
  if (said !== undefined) request.headers['x-request-id'] = said
  return requestIds(trusted)(request)
}

test.each([
  ['a proxy’s own', ['127.0.0.1'], '127.0.0.1', NGINX, NGINX],
  ['a UUID', ['10.0.0.0/8'], '10.1.2.3', CADDY, CADDY],
  ['written large', ['10.0.0.0/8'], '10.1.2.3', NGINX.toUpperCase(), NGINX],
  ['of a listener of both kinds', ['127.0.0.1'], '::ffff:127.0.0.1', NGINX, NGINX],
  ['by IPv6', ['fd00::/8'], 'fd00::1', NGINX, NGINX],
  ['a stranger’s', ['127.0.0.1'], '192.0.2.7', NGINX, null],
  ['where no proxy is known', [], '127.0.0.1', NGINX, null],
  ['a word', ['127.0.0.1'], '127.0.0.1', 'kagoshima-taro', null],
  ['a telephone', ['127.0.0.1'], '127.0.0.1', '09012345678', null],
  ['lines', ['127.0.0.1'], '127.0.0.1', `${NGINX}\nx`, null],
  ['none', ['127.0.0.1'], '127.0.0.1', undefined, null],
])(
  '%s: taken from a trusted proxy alone, in the form that proxies make',
  (_name, trusted, from, said, taken) => {
    expect(named(trusted, from, said)).toEqual(taken ?? expect.stringMatching(OWN))
  },
)

test('whatever a proxy passes on, no more than hexadecimal stands in the log', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 80 }), (said) => {
      expect(named(['127.0.0.1'], '127.0.0.1', said)).toMatch(/^(?:[0-9A-Z]{10}|[\da-f-]{32,36})$/)
    }),
  )
})

test('ten thousand requests have ten thousand names', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => named([], '192.0.2.7'))).size).toBe(10_000)
})

/** What the program wrote meanwhile, and its answers. */
async function logged(
  options: TestAppOptions,
  asked: (running: Awaited<ReturnType<typeof startTestApp>>) => Promise<void>,
) {
  const lines: string[] = []
  const running = await startTestApp({ ...options, log: (line) => lines.push(line) })
  await asked(running).finally(() => running.close())
  return lines.map((line): Record<string, unknown> => JSON.parse(line))
}

test('every line of a request has its name, and the answer and its page say the same', async () => {
  const said: string[] = []
  const lines = await logged({}, async ({ app }) => {
    app.get('/fails', { config: { open: true } }, () => {
      throw new Error('x')
    })
    for (const url of [
      '/',
      '/nothing',
      '/fails',
      '/admin/users',
      '/assets/nothing.css',
      '/healthz',
      '/a.',
      '/%zz',
    ]) {
      const reply = await app.inject(url)
      const id = String(reply.headers['x-request-id'])
      expect(id, url).toMatch(OWN)
      said.push(id)
      if (reply.statusCode >= 400) expect(htmlOf(reply).body.textContent, url).toContain(`問合せ番号：${id}`)
    }
  })
  const ofRequests = lines.filter((line) => line.reqId !== undefined)
  expect(lines.filter(({ req, reqId }) => req !== undefined && reqId === undefined)).toEqual([])
  expect(new Set(ofRequests.map(({ reqId }) => reqId))).toEqual(new Set(said))
  expect(ofRequests.filter(({ reqId }) => reqId === said[2]).map(({ msg }) => msg)).toEqual([
    'request failed',
    'request completed',
  ])
})

test('a request that stops half way is called the same on its page and in the log', async () => {
  let page: RawAnswer | undefined
  const limits = { form: 40, lookEvery: 20 }
  const lines = await logged({ limits }, async ({ app }) => {
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const head = 'Host: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50'
    page = await ask(address, `POST /survey HTTP/1.1\r\n${head}\r\n\r\nremarks=`)
  })
  const id = page!.headers['x-request-id']
  expect(page!.body).toContain(`問合せ番号：${id}`)
  expect(lines.find(({ status }) => status === 408)).toMatchObject({ reqId: id })
})

test('a name that is read out is short, and finds its lines in the log as they are written', () => {
  expect([spokenId('7KQW4ZPDXR'), spokenId(NGINX), spokenId(CADDY)]).toEqual([
    '7KQW4ZPDXR',
    '0123456789ab',
    '0b0e8400-e29b',
  ])
  for (const id of ['7KQW4ZPDXR', NGINX, CADDY]) expect(id.startsWith(spokenId(id)), id).toBe(true)
})
