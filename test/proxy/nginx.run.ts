import { randomUUID } from 'node:crypto'
import { renameSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:tls'
import { brotliDecompressSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Front, OFFICE, OFFICERS_ADDRESS, PUBLIC } from '../../scripts/proxy/front.ts'
import type { Visitor } from '../../scripts/proxy/visitor.ts'
import { hospitalKey, looking, Officer, PASSWORD } from '../../scripts/torture/survey.ts'
import { LARGEST_UPLOAD } from '../../src/admin/upload.ts'
import { WRONG_TRIES } from '../../src/survey/receipt/access.ts'
import { aForm } from '../support/builders.ts'
import { multipartPost } from '../support/html.ts'
import { fillForm, logIn, send } from '../support/steps.ts'

/** `npm run test:proxy`: Debian's nginx with the files of deploy/nginx, the program behind it, TLS between. */
let front: Front
beforeAll(async () => {
  front = await Front.start(40)
})
afterAll(() => front.stop())

const fromOffice = { from: OFFICERS_ADDRESS }
const answerOf = (hospital: number) => ({
  ...aForm({ submissionId: randomUUID(), hospitalCode: hospitalKey(hospital) }),
})

/** The officers' side as a browser of theirs asks it. */
function officersBrowser(from = OFFICERS_ADDRESS): Pick<Visitor, 'ask'> {
  return {
    ask: (method, path, fields, asked) => front.officers.ask(method, path, fields, { ...asked, from }),
  }
}

describe('addresses', () => {
  test('plain http leads to https, with path and query', async () => {
    for (const name of [PUBLIC, OFFICE]) {
      const { status, location } = await plainly(name, '/survey?a=1')
      expect([status, location]).toEqual([301, `https://${name}/survey?a=1`])
    }
  })

  test('another name is answered by nothing', async () => {
    expect(await plainly('elsewhere.example.jp', '/')).toEqual({ status: null })
    await expect(handshake('elsewhere.example.jp')).rejects.toThrow(/unrecognized name|alert/i)
  })

  test('TLS is 1.2 or 1.3, and the certificate is the one of the name', async () => {
    expect(await handshake(PUBLIC)).toMatchObject({ authorized: true, protocol: 'TLSv1.3' })
    expect(await handshake(OFFICE, { maxVersion: 'TLSv1.2' })).toMatchObject({ protocol: 'TLSv1.2' })
    await expect(handshake(PUBLIC, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).rejects.toThrow()
  })

  test('each side is reached by its own name alone', async () => {
    expect((await front.hospitals.ask('GET', '/survey'))?.status).toBe(200)
    expect((await front.hospitals.ask('GET', '/admin/login'))?.status).toBe(404)
    expect((await front.hospitals.ask('GET', '/admin'))?.status).toBe(404)
    expect((await front.officers.ask('GET', '/admin/login', undefined, fromOffice))?.status).toBe(200)
    for (const path of ['/survey', '/receipts', '/qa'])
      expect((await front.officers.ask('GET', path, undefined, fromOffice))?.status, path).toBe(404)
  })

  test('the officers’ side is kept from other networks, by a page', async () => {
    const reply = await front.officers.ask('GET', '/admin/login', undefined, { from: '127.0.9.1' })
    expect(reply).toMatchObject({ status: 403, body: expect.stringContaining('許可されたネットワーク') })
    expect(reply?.headers['content-security-policy']).toContain("default-src 'none'")
  })

  test('/healthz is for this machine', async () => {
    expect((await front.hospitals.ask('GET', '/healthz'))?.status).toBe(200)
    expect((await front.hospitals.ask('GET', '/healthz', undefined, { from: '127.0.9.1' }))?.status).toBe(403)
    expect(
      (await front.officers.ask('GET', '/admin/metrics', undefined, { from: OFFICERS_ADDRESS }))?.status,
    ).toBe(403)
  })
})

describe('who asks', () => {
  const forged = (last: number) => ({
    'x-forwarded-for': `203.0.113.${last}`,
    'x-real-ip': `203.0.113.${last}`,
    forwarded: `for=203.0.113.${last}`,
    'x-forwarded-host': 'elsewhere.example.jp',
    'x-forwarded-proto': 'http',
  })

  test('wrong tries are counted by the client’s own address, whatever it says of itself', async () => {
    const tryOnce = (from: string, last: number) =>
      front.hospitals.ask('GET', '/receipts/R-0001/AAAA-BBBB', undefined, { from, headers: forged(last) })
    const statuses: (number | undefined)[] = []
    for (let at = 0; at <= WRONG_TRIES.untold; at += 1)
      statuses.push((await tryOnce('127.0.5.1', at % 250))?.status)
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([404]))
    expect(statuses.at(-1)).toBe(429)
    expect((await tryOnce('127.0.5.2', 1))?.status).toBe(404)
  })

  test('the record has the address of whoever failed to log in, and the log that of whoever is refused', async () => {
    const stranger: Pick<Visitor, 'ask'> = {
      ask: (method, path, fields, asked) =>
        front.officers.ask(method, path, fields, { ...asked, from: '127.0.7.77', headers: forged(9) }),
    }
    const browser = new Officer(stranger, 'tanto')
    await browser.get('/admin/login')
    const reply = await browser.post('/admin/login', { login: 'tanto', password: 'not the password' })
    expect(reply?.status).toBe(422)
    const failed = looking(front.databasePath, (_, { audit }) =>
      audit.latest(20).filter(({ action }) => action === 'login.failed'),
    )
    expect(failed.map(({ detail }) => detail)).toEqual([{ address: '127.0.7.77' }])
    const refused = front.log.filter(({ ip }) => ip !== undefined)
    expect(new Set(refused.map(({ ip }) => ip))).toEqual(new Set(['127.0.5.1']))
  })

  test('a program that asks without end is kept off, and nobody else', async () => {
    const flood = await Promise.all(
      Array.from({ length: 400 }, () => front.hospitals.ask('GET', '/qa', undefined, { from: '127.0.6.1' })),
    )
    const refused = flood.filter((reply) => reply?.status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(flood.filter((reply) => reply?.status === 200).length).toBeGreaterThanOrEqual(200)
    expect(refused[0]?.body).toContain('短い時間に操作が集中しています')
    expect((await front.hospitals.ask('GET', '/qa', undefined, { from: '127.0.6.2' }))?.status).toBe(200)
  })
})

describe('an officer', () => {
  test('gets a cookie for this host alone, over https alone, and is let in', async () => {
    const page = await front.officers.ask('GET', '/admin/login', undefined, fromOffice)
    const [cookie] = [page!.headers['set-cookie']!].flat()
    expect(cookie).toMatch(/^__Host-kakuho/)
    for (const part of ['Secure', 'HttpOnly', 'Path=/', 'SameSite=Lax']) expect(cookie).toContain(part)
    expect(cookie).not.toContain('Domain')
    expect(page!.headers['strict-transport-security']).toContain('max-age=31536000')
    const officer = await new Officer(officersBrowser(), 'tanto').signIn()
    expect(await officer.get('/admin/submissions')).toMatchObject({ status: 200 })
    expect(PASSWORD).not.toBe('')
  })

  test('brings a file of the largest size; what is larger is refused by a page, at the program and before it', async () => {
    const officer = await new Officer(officersBrowser(), 'tanto').signIn()
    const bring = async (bytes: number) => {
      const file = { name: 'list.csv', bytes: Buffer.alloc(bytes, 0x61) }
      const { headers, payload } = multipartPost('/admin/hospitals/import', { _csrf: officer.csrf }, file)
      return officer.upload('/admin/hospitals/import', { type: headers['content-type'], body: payload })
    }
    await officer.get('/admin/hospitals/import')
    const largest = await bring(LARGEST_UPLOAD - 1)
    expect([largest?.status, largest?.body.includes('大きすぎます')]).toEqual([422, false])
    await officer.get('/admin/hospitals/import')
    const larger = await bring(LARGEST_UPLOAD + 1)
    expect([larger?.status, larger?.body.includes('大きすぎます')]).toEqual([422, true])
    const beyond = await bring(LARGEST_UPLOAD + 1024 * 1024)
    expect(beyond?.status).toBe(413)
    expect(beyond?.body).toContain('ファイルの大きさは、32MBまでです')
  })
})

describe('a hospital', () => {
  test('answers, and opens its receipt', async () => {
    const sent = await front.hospitals.ask('POST', '/survey', answerOf(1))
    expect([sent?.status, sent?.headers.location]).toEqual([303, expect.stringMatching(/^\/receipts\/R-/)])
    const receipt = await front.hospitals.ask('GET', String(sent?.headers.location))
    expect(receipt?.status).toBe(200)
    // Found in both logs by the number that an error's page shows.
    const id = String(sent?.headers['x-request-id'])
    expect(id).toMatch(/^[\da-f]{32}$/)
    expect(front.nginx.log('kakuho.log')).toMatch(new RegExp(`${PUBLIC} POST 303 .* ${id}$`, 'm'))
    await vi.waitUntil(() => front.log.some(({ reqId }) => reqId === id))
    const [, , number, code] = String(sent?.headers.location).split('/')
    for (const name of ['kakuho.log', 'kakuho-error.log', 'error.log'] as const) {
      expect(front.nginx.log(name)).not.toContain(number)
      expect(front.nginx.log(name)).not.toContain(code)
    }
  })

  test('sends a form as large as the program takes it; the program refuses the next, and nginx what is far larger', async () => {
    const withBytes = (bytes: number) => {
      const fields = answerOf(2)
      const length = Buffer.byteLength(new URLSearchParams({ ...fields, remarks: '' }).toString())
      return { ...fields, remarks: 'a'.repeat(bytes - length) }
    }
    const limit = 256 * 1024
    expect((await front.hospitals.ask('POST', '/survey/confirm', withBytes(limit)))?.status).toBe(422)
    for (const bytes of [limit + 1, 400 * 1024]) {
      const reply = await front.hospitals.ask('POST', '/survey/confirm', withBytes(bytes))
      expect(reply, String(bytes)).toMatchObject({
        status: 413,
        body: expect.stringContaining('備考を1,000文字以内にしてから'),
      })
    }
  })

  test('gets pages compressed once, and nothing where it has them', async () => {
    const headers = { 'accept-encoding': 'br, gzip' }
    const page = await front.hospitals.ask('GET', '/survey', undefined, { headers })
    expect(page?.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(page!.bytes).toString('utf8')).toContain('</html>')
    const asset = /\/assets\/[^"]+\.css\?v=\w+/.exec(brotliDecompressSync(page!.bytes).toString('utf8'))![0]
    const gzipped = await front.hospitals.ask('GET', asset, undefined, {
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(gzipped?.headers['content-encoding']).toBe('gzip')
    const known = { 'accept-encoding': 'gzip', 'if-none-match': String(gzipped?.headers.etag) }
    const again = await front.hospitals.ask('GET', asset, undefined, { headers: known })
    expect([again?.status, again?.bytes.length]).toEqual([304, 0])
  })

  test('no page with an officer’s token is compressed, by whomever', async () => {
    const page = await front.officers.ask('GET', '/admin/login', undefined, {
      ...fromOffice,
      headers: { 'accept-encoding': 'gzip, br' },
    })
    expect(page?.headers['content-encoding']).toBeUndefined()
    expect(page?.body).toContain('_csrf')
  })

  test('sends slowly, and the program has it at once', async () => {
    const posts = () => front.log.filter(({ method, route }) => method === 'POST' && route === '/survey')
    await vi.waitUntil(() => posts().length > 0)
    const before = posts().length
    const reply = await front.hospitals.ask('POST', '/survey', answerOf(3), { slowly: 1_500 })
    expect(reply?.status).toBe(303)
    expect(reply!.ms).toBeGreaterThan(1_400)
    await vi.waitUntil(() => posts().length > before)
    expect(posts().at(-1)!.ms).toBeLessThan(1_000)
  })
})

describe('a browser', () => {
  test('answers as a hospital, and logs in as an officer, by https and HTTP/2', async () => {
    const names = [PUBLIC, OFFICE].map((name) => `MAP ${name}:443 127.0.0.1:${front.nginx.https}`)
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', `--host-resolver-rules=${names.join(', ')}`],
    })
    try {
      const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'ja-JP' })
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      await fillForm(page, `https://${PUBLIC}`, {
        hospital: '架空7病院',
        emr: '導入済み（病院全体）',
        intent: '両方の支援を希望する',
        gmisConsent: '活用してよい',
      })
      await send(page)
      expect(await page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol")).toBe('h2')
      await context.close()
      const officers = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'ja-JP' })
      const desk = await officers.newPage()
      // It comes from this machine itself.
      await logIn(desk, `https://${OFFICE}`, 'tanto', PASSWORD)
      await desk.goto(`https://${OFFICE}/admin/submissions`)
      expect(await desk.locator('h1').textContent()).toContain('回答')
      const kept = (await officers.cookies()).map(({ name, secure, path }) => ({ name, secure, path }))
      expect(kept).toContainEqual({ name: '__Host-kakuho', secure: true, path: '/' })
    } finally {
      await browser.close()
    }
  })
})

describe('where the program does not answer', () => {
  test('its own page, with what was typed, goes through while it cannot store', async () => {
    const aside = `${front.databasePath}.elsewhere`
    renameSync(front.databasePath, aside)
    try {
      const reply = await front.hospitals.ask('POST', '/survey', { ...answerOf(4), contactName: '架空 太郎' })
      expect(reply?.status).toBe(503)
      expect(reply?.body).toContain('架空 太郎')
    } finally {
      renameSync(aside, front.databasePath)
    }
  })

  test('stopped: a page says what to do, and what is sent again is stored once', async () => {
    const answer = answerOf(5)
    const first = await front.hospitals.ask('POST', '/survey', answer)
    await front.program.stop()
    for (const [method, fields] of [
      ['GET', undefined],
      ['POST', answer],
    ] as const) {
      const reply = await front.hospitals.ask(method, '/survey', fields)
      expect(reply?.status).toBe(503)
      expect(reply?.headers).toMatchObject({ 'retry-after': '10', 'cache-control': 'no-store' })
      // Written once the answer has left.
      await expect.poll(() => front.nginx.log('kakuho.log')).toContain(String(reply?.headers['x-request-id']))
      expect(reply?.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(reply?.headers['strict-transport-security']).toContain('max-age')
      expect(reply?.body).toContain('もう一度送信してください')
      expect(reply?.body).toContain('lang="ja"')
    }
    const office = await front.officers.ask('GET', '/admin', undefined, fromOffice)
    expect([office?.status, office?.body.includes('ただいま利用できません')]).toEqual([503, true])
    await front.startProgram()
    const again = await front.hospitals.ask('POST', '/survey', answer)
    expect([again?.status, again?.headers.location]).toEqual([303, first?.headers.location])
    expect(front.nginx.log('kakuho-error.log')).toBe('')
  })

  test('hanging: the same page once its time is over', async () => {
    const nginx = await front.another('hurried', { 'proxy_read_timeout 130s;': 'proxy_read_timeout 1s;' })
    const visitor = front.visitor(nginx, PUBLIC)
    front.program.process.kill('SIGSTOP')
    try {
      const reply = await visitor.ask('GET', '/survey')
      expect([reply?.status, reply?.body.includes('ただいま利用できません')]).toEqual([503, true])
    } finally {
      front.program.process.kill('SIGCONT')
      visitor.close()
      await nginx.stop()
    }
  })
})

function plainly(
  name: string,
  path: string,
): Promise<{ status: number | null; location?: string | undefined }> {
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port: front.nginx.http, path, headers: { host: name }, agent: false })
      .on('error', () => resolve({ status: null }))
      .on('response', (reply) => {
        reply.resume()
        resolve({ status: reply.statusCode!, location: reply.headers.location })
      })
      .end()
  })
}

function handshake(
  servername: string,
  options: { minVersion?: 'TLSv1'; maxVersion?: 'TLSv1.1' | 'TLSv1.2' } = {},
) {
  return new Promise<{ authorized: boolean; protocol: string | null }>((resolve, reject) => {
    const socket = connect({
      ...{ host: '127.0.0.1', port: front.nginx.https, servername, ca: front.certificate.authority },
      ...options,
    })
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      resolve({ authorized: socket.authorized, protocol: socket.getProtocol() })
      socket.destroy()
    })
  })
}
