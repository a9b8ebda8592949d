import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Caddy } from '../../scripts/proxy/caddy.ts'
import { Front, OFFICE, OFFICERS_ADDRESS, PUBLIC } from '../../scripts/proxy/front.ts'
import type { Visitor } from '../../scripts/proxy/visitor.ts'
import { hospitalKey, looking, Officer } from '../../scripts/torture/survey.ts'
import { LARGEST_UPLOAD } from '../../src/admin/upload.ts'
import { aForm } from '../support/builders.ts'
import { multipartPost } from '../support/html.ts'

/** What has to hold behind Debian's Caddy as well, with deploy/caddy/Caddyfile. */
let front: Front
let caddy: Caddy
let hospitals: Visitor
let officers: Visitor
beforeAll(async () => {
  front = await Front.start(10)
  caddy = await Caddy.start({
    ...{ folder: front.folder.path('caddy'), certificate: front.certificate },
    programs: { 3001: Number(front.ports.PORT), 3101: Number(front.ports.ADMIN_PORT) },
    instead: { 'remote_ip 10.0.0.0/8': 'remote_ip 127.0.7.0/24' },
  })
  hospitals = front.visitor(caddy, PUBLIC)
  officers = front.visitor(caddy, OFFICE)
})
afterAll(async () => {
  hospitals?.close()
  officers?.close()
  await caddy?.stop()
  await front.stop()
})

const from = OFFICERS_ADDRESS
const anAnswer = () => ({ ...aForm({ submissionId: randomUUID(), hospitalCode: hospitalKey(1) }) })

describe('behind Caddy', () => {
  test('each side is reached by its own name alone, the officers’ from their networks', async () => {
    expect((await hospitals.ask('GET', '/survey'))?.status).toBe(200)
    expect((await hospitals.ask('GET', '/admin/login'))?.status).toBe(404)
    expect((await officers.ask('GET', '/admin/login', undefined, { from }))?.status).toBe(200)
    expect((await officers.ask('GET', '/survey', undefined, { from }))?.status).toBe(404)
    const kept = await officers.ask('GET', '/admin/login', undefined, { from: '127.0.9.1' })
    expect(kept).toMatchObject({ status: 403, body: expect.stringContaining('許可されたネットワーク') })
    expect((await hospitals.ask('GET', '/healthz', undefined, { from: '127.0.9.1' }))?.status).toBe(403)
    expect((await hospitals.ask('GET', '/healthz'))?.status).toBe(200)
    expect((await officers.ask('GET', '/admin/metrics', undefined, { from }))?.status).toBe(403)
  })

  test('plain http leads to https', async () => {
    const reply = await fetch(`http://127.0.0.1:${caddy.http}/survey`, {
      redirect: 'manual',
      headers: { host: PUBLIC },
    })
    expect(reply.status).toBe(308)
  })

  test('the record has the client’s own address, whatever it says of itself', async () => {
    const browser = new Officer(
      {
        ask: (method, path, fields, asked) =>
          officers.ask(method, path, fields, {
            ...asked,
            from: '127.0.7.77',
            headers: { 'x-forwarded-for': '203.0.113.9' },
          }),
      },
      'tanto',
    )
    const page = await browser.get('/admin/login')
    expect(String(page?.headers['set-cookie'])).toMatch(/^__Host-kakuho.*Secure/)
    expect((await browser.post('/admin/login', { login: 'tanto', password: 'wrong' }))?.status).toBe(422)
    const failed = looking(front.databasePath, (_, { audit }) => audit.latest(5))
    expect(failed.find(({ action }) => action === 'login.failed')?.detail).toEqual({ address: '127.0.7.77' })
  })

  test('a file as large as the program takes comes through, a larger one is refused by a page', async () => {
    const officer = await new Officer(
      { ask: (method, path, fields, asked) => officers.ask(method, path, fields, { ...asked, from }) },
      'tanto',
    ).signIn()
    await officer.get('/admin/hospitals/import')
    for (const [bytes, status, text] of [
      [LARGEST_UPLOAD + 1, 422, '大きすぎます'],
      [LARGEST_UPLOAD + 2 * 1024 * 1024, 413, '32MBまでです'],
    ] as const) {
      const file = { name: 'list.csv', bytes: Buffer.alloc(bytes, 0x61) }
      const { headers, payload } = multipartPost('/admin/hospitals/import', { _csrf: officer.csrf }, file)
      const reply = await officer.upload('/admin/hospitals/import', {
        type: headers['content-type'],
        body: payload,
      })
      expect([reply?.status, reply?.body.includes(text)]).toEqual([status, true])
    }
    const form = { ...anAnswer(), remarks: 'a'.repeat(400 * 1024) }
    expect((await hospitals.ask('POST', '/survey/confirm', form))?.status).toBe(413)
  })

  test('a hospital answers; its addresses stand in no log; and where the program is gone a page says what to do', async () => {
    const answer = anAnswer()
    const sent = await hospitals.ask('POST', '/survey', answer)
    expect(sent?.status).toBe(303)
    const [, , number, code] = String(sent?.headers.location).split('/')
    expect((await hospitals.ask('GET', `/receipts/${number}/${code}`))?.status).toBe(200)
    await front.program.stop()
    const reply = await hospitals.ask('POST', '/survey', answer)
    expect(reply).toMatchObject({ status: 503, body: expect.stringContaining('もう一度送信してください') })
    expect(reply?.headers).toMatchObject({ 'retry-after': '10', 'content-type': 'text/html; charset=utf-8' })
    expect(reply?.headers['strict-transport-security']).toContain('max-age')
    expect(caddy.log()).toContain('"status":303')
    expect(caddy.log()).not.toContain(code)
  })
})
