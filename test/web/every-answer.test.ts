import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { ask } from '../support/sockets.ts'

let running: TestApp
let address: string
const lines: string[] = []
beforeAll(async () => {
  running = await startTestApp({
    log: (line) => lines.push(line),
    limits: { head: 300, form: 300, lookEvery: 50, grace: 200 },
  })
  address = await running.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => running.close())

const SECRET = 'K7QW-4ZPD'
const HOST = 'Host: kakuho.example'
const END = 'Connection: close'
const request = (first: string, ...headers: string[]) => `${[first, ...headers, END].join('\r\n')}\r\n\r\n`
const FORM = 'Content-Type: application/x-www-form-urlencoded'
const receipt = `/receipts/R-0001/${SECRET}`

/** As no browser of ours asks, and as attackers do: what is answered, in Node, in Fastify or in the program. */
const REQUESTS: [name: string, status: number, text: string][] = [
  ['an address that is no UTF-8', 302, request(`GET ${receipt}%FF HTTP/1.1`, HOST)],
  ['an address with half a character', 404, request(`GET ${receipt}% HTTP/1.1`, HOST)],
  ['the same, sent', 404, request(`POST ${receipt}% HTTP/1.1`, HOST)],
  [
    'an address of eight thousand characters',
    404,
    request(`GET /${SECRET}/${'a'.repeat(8_000)} HTTP/1.1`, HOST),
  ],
  [
    'a number of a receipt of eight thousand',
    404,
    request(`GET /receipts/${'9'.repeat(8_000)}/${SECRET} HTTP/1.1`, HOST),
  ],
  ['an address as a proxy asks', 404, request(`GET http://kakuho.example/${SECRET} HTTP/1.1`, HOST)],
  ['two slashes in front', 302, request(`GET //${SECRET} HTTP/1.1`, HOST)],
  ['capitals', 404, request(`GET /Receipts/R-0001/${SECRET} HTTP/1.1`, HOST)],
  ['backslashes', 400, request(`GET \\${SECRET} HTTP/1.1`, HOST)],
  ['nothing of ours', 404, request(`GET /${SECRET} HTTP/1.1`, HOST)],
  ['nothing of ours, sent', 404, request(`POST /${SECRET} HTTP/1.1`, HOST, FORM, 'Content-Length: 0')],
  ['OPTIONS', 404, request(`OPTIONS ${receipt} HTTP/1.1`, HOST)],
  ['OPTIONS *', 404, request('OPTIONS * HTTP/1.1', HOST)],
  ['TRACE', 404, request(`TRACE /${SECRET} HTTP/1.1`, HOST)],
  ['PUT', 404, request('PUT / HTTP/1.1', HOST, 'Content-Length: 0')],
  ['QUERY without a type', 400, request('QUERY /survey HTTP/1.1', HOST)],
  ['PROPFIND', 404, request(`PROPFIND /${SECRET} HTTP/1.1`, HOST)],
  ['PURGE', 404, request(`PURGE /${SECRET} HTTP/1.1`, HOST)],
  ['CONNECT', 405, request(`CONNECT ${SECRET}:443 HTTP/1.1`, HOST)],
  ['a method that nobody knows', 400, request(`KAKUHO /${SECRET} HTTP/1.1`, HOST)],
  ['an upgrade', 200, request('GET / HTTP/1.1', HOST, 'Upgrade: websocket')],
  ['HTTP/1.0', 404, request(`GET /${SECRET} HTTP/1.0`)],
  ['HTTP/1.1 without a host', 400, request(`GET /${SECRET} HTTP/1.1`)],
  ['HTTP/2 without having agreed on it', 400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['HTTP/9.9', 400, request(`GET /${SECRET} HTTP/9.9`, HOST)],
  ['no HTTP', 400, `\u0016\u0003\u0001 ${SECRET}\r\n\r\n`],
  [
    'an expectation that nobody has',
    417,
    request(`POST /${SECRET} HTTP/1.1`, HOST, 'Expect: the-impossible'),
  ],
  [
    'a type that no form has',
    415,
    `${request('POST /survey HTTP/1.1', HOST, 'Content-Type: application/xml', 'Content-Length: 9')}${SECRET}`,
  ],
  [
    'a type that is none',
    415,
    `${request('POST /survey HTTP/1.1', HOST, `Content-Type: ${SECRET}`, 'Content-Length: 9')}${SECRET}`,
  ],
  [
    'JSON',
    415,
    `${request('POST /survey HTTP/1.1', HOST, 'Content-Type: application/json', 'Content-Length: 9')}${SECRET}`,
  ],
  [
    'more than a form may have',
    413,
    `${request('POST /survey HTTP/1.1', HOST, FORM, 'Content-Length: 300000')}a=${SECRET}`,
  ],
  ['more than it said', 400, `${request('POST /survey HTTP/1.1', HOST, FORM, 'Content-Length: x')}`],
  [
    'two lengths',
    400,
    `${request('POST /survey HTTP/1.1', HOST, FORM, 'Content-Length: 3', 'Content-Length: 4')}`,
  ],
  [
    'a length and parts',
    400,
    `${request('POST /survey HTTP/1.1', HOST, FORM, 'Content-Length: 3', 'Transfer-Encoding: chunked')}`,
  ],
  [
    'parts that are none',
    400,
    `${request('POST /survey HTTP/1.1', HOST, FORM, 'Transfer-Encoding: chunked')}xyz\r\n${SECRET}`,
  ],
  ['a head without end', 431, request(`GET /${SECRET} HTTP/1.1`, HOST, `Cookie: a=${'b'.repeat(20_000)}`)],
  ['a header that is none', 400, request(`GET /${SECRET} HTTP/1.1`, HOST, 'a header without a colon')],
  ['half a head', 408, `GET /${SECRET} HTTP/1.1\r\nHos`],
  ['half a form', 408, `${request('POST /survey HTTP/1.1', HOST, FORM, 'Content-Length: 90')}a=${SECRET}`],
  [
    'half a form to nothing of ours',
    404,
    `${request(`POST /${SECRET} HTTP/1.1`, HOST, 'Content-Length: 90')}a=`,
  ],
  [
    'a form without a length',
    408,
    `${request('POST /survey HTTP/1.1', HOST, FORM, 'Transfer-Encoding: chunked')}3\r\na=b`,
  ],
  ['a range', 200, request('GET / HTTP/1.1', HOST, 'Range: bytes=0-5')],
  ['an asset that is none', 404, request(`GET /assets/${SECRET} HTTP/1.1`, HOST)],
  ['a folder of assets', 403, request('GET /assets/ HTTP/1.1', HOST)],
  ['out of the assets', 403, request(`GET /assets/%2e%2e/${SECRET} HTTP/1.1`, HOST)],
  ['HEAD of the officers', 405, request('HEAD /admin HTTP/1.1', HOST)],
]

test.each(REQUESTS)('%s', async (name, status, text) => {
  const answer = await ask(address, text)
  expect(answer.status, answer.text.slice(0, 500)).toBe(status)
  expect(answer.headers).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'permissions-policy': expect.stringContaining('camera=()'),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': expect.stringMatching(/^(same-origin|no-referrer)$/),
    'cache-control': expect.stringMatching(/no-store|no-cache|max-age/),
  })
  expect(answer.headers).not.toHaveProperty('server')
  expect(answer.headers).not.toHaveProperty('x-powered-by')
  if (status >= 400) {
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.text).not.toContain(SECRET)
    expect(answer.body).not.toMatch(/FST_|HPE_|Bad Request|"error"|not found/i)
  }
  if (status >= 400 && !name.startsWith('HEAD')) {
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.body).toMatch(/<html lang="ja">/)
    expect(answer.body).toMatch(/<h1[^>]*>[^<]*[ぁ-ん]/)
  }
})

test('the log knows nothing of what was asked for', () => {
  expect(lines.length).toBeGreaterThan(REQUESTS.length / 2)
  expect(lines.filter((line) => line.includes(SECRET))).toEqual([])
})
