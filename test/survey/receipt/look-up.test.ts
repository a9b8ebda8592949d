import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import rateLimit from '@fastify/rate-limit'
import Fastify from 'fastify'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { receiptTries } from '../../../src/survey/receipt/access.ts'
import { errorsOf } from '../../support/forms.ts'
import { formPost, htmlOf, textOf } from '../../support/html.ts'
import { codeOf, receiptOf } from '../../support/receipts.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { surveyWith } from '../../support/survey.ts'

const site = surveyWith()
beforeEach(() => {
  saveSubmission(site.stores)
})

const lookUp = (number: string, code: string) => site.post('/receipts', { number, code })

const CODE = codeOf(1)
const WIDE = 0xfee0
/** The code of the receipt, written as ABCD-2345 is in the line of the table. */
function written(pattern: string): string {
  const letters = [...CODE.replace('-', '')]
  return pattern.replace(/[A-Da-d2-5Ａ-Ｄ２-５]/gu, (place) => {
    const letter = letters.shift()!
    if (/[a-d]/.test(place)) return letter.toLowerCase()
    return /[Ａ-Ｄ２-５]/u.test(place) ? String.fromCharCode(letter.charCodeAt(0) + WIDE) : letter
  })
}

test.each([
  ['R-0001', 'ABCD-2345'],
  ['r-0001', 'abcd-2345'],
  ['1', 'abcd2345'],
  ['Ｒ－０００１', 'ＡＢＣＤ－２３４５'],
  ['Rー０００１', 'abcdー2345'],
  [' R 0001 ', ' ABCD 2345\u3000'],
  ['R‐0001', 'ABCD−2345'],
  ['R-0001', 'AB\u200bCD-23\u200b45'],
  ['\ufeffR-0001', 'ABCD-2345\u00a0'],
  ['受付番号：R-0001', '確認コード：ABCD-2345'],
  ['受付番号　R-0001', '確認ｺｰﾄﾞ:ABCD-2345'],
  ['R-0001。', 'ABCD-2345、'],
  ['「R-0001」', '（ABCD-2345）'],
  ['R〜0001', 'ABCD〜2345'],
  ['R・0001', 'ABCD・2345'],
  ['R－０００１', 'ＡＢＣＤ～２３４５'],
  ['R_0001', 'ABCD_2345'],
  ['R/0001', 'ABCD・･2345'],
])('%j and %j open the receipt', async (number, pattern) => {
  const reply = await lookUp(number, written(pattern))
  expect([reply.statusCode, reply.headers.location]).toEqual([303, receiptOf(1)])
})

describe('a wrong pair', () => {
  test('gets one message that does not tell which of the two is wrong, and keeps what was typed', async () => {
    const page = htmlOf(await lookUp('r-0001', 'WXYZ-9999'))
    expect(errorsOf(page)).toEqual({
      number: expect.stringMatching(/^受付番号または確認コードが正しくありません。.*入力してください。$/),
    })
    expect(textOf(page, '#both-error')).toBe(`＊${errorsOf(page).number}`)
    for (const name of ['number', 'code']) {
      const input = page.getElementById(name)!
      expect(input.getAttribute('aria-invalid')).toBe('true')
      expect(input.getAttribute('aria-describedby')).toBe(`both-error ${name}-support`)
    }
    expect(page.getElementById('number')!.getAttribute('value')).toBe('r-0001')
    expect(textOf(page, 'title')).toMatch(/^エラー：/)
  })

  test('is the same page for a wrong code and an unknown number', async () => {
    const wrong = await lookUp('R-0001', 'WXYZ-9999')
    const unknown = await lookUp('R-0002', 'WXYZ-9999')
    expect([wrong.statusCode, unknown.statusCode]).toEqual([422, 422])
    expect(unknown.body.replace('value="R-0002"', 'value="R-0001"')).toBe(wrong.body)
  })

  test('is compared in the same way and over the same length, whatever is wrong about it', async () => {
    const compared = vi.spyOn(crypto, 'timingSafeEqual')
    syncBuiltinESMExports()
    const lengths = []
    for (const [number, code] of [
      ['R-0001', CODE],
      ['R-0001', 'ABCD-2346'],
      ['R-0001', 'x'],
      ['R-9999', CODE],
    ]) {
      await lookUp(number!, code!)
      lengths.push(compared.mock.calls.map((call) => call.map(({ byteLength }) => byteLength)))
      compared.mockClear()
    }
    compared.mockRestore()
    syncBuiltinESMExports()
    expect(lengths).toEqual(Array(4).fill([[32, 32]]))
  })
})

test('what is missing is asked for by name, and counts as no try', async () => {
  const page = htmlOf(await lookUp(' \u200b', '確認コード：'))
  expect(errorsOf(page)).toEqual({
    number: '受付番号を入力してください。',
    code: '確認コードを入力してください。',
  })
  expect(errorsOf(htmlOf(await lookUp('R-0001', '')))).toEqual({ code: '確認コードを入力してください。' })
  const json = await site.app.inject({
    method: 'POST',
    url: '/receipts',
    payload: { number: ['1'], code: 2 },
  })
  expect(json.statusCode).toBe(415)
  for (let empty = 0; empty < 100; empty += 1) expect((await lookUp('', '')).statusCode).toBe(422)
})

describe('wrong tries', () => {
  const from = (remoteAddress: string, number: string, code: string) =>
    site.app.inject({ ...formPost('/receipts', { number, code }), remoteAddress })

  test('of one address are limited at every way in, and a right code still opens', async () => {
    for (let look = 0; look < 100; look += 1) expect((await lookUp('R-0001', CODE)).statusCode).toBe(303)
    for (let guess = 0; guess < 30; guess += 1)
      expect((await lookUp('R-0001', 'WXYZ-9999')).statusCode).toBe(422)
    for (let guess = 0; guess < 30; guess += 1)
      expect((await site.get('/receipts/R-0001/WXYZ-9999/edit')).statusCode).toBe(404)
    const wrong = [
      await lookUp('R-0001', 'WXYZ-9999'),
      await site.get('/receipts/R-0001/WXYZ-9999'),
      await site.get('/receipts/R-0002/WXYZ-9999/edit'),
      await site.post('/receipts/R-0001/WXYZ-9999/withdraw'),
    ]
    expect(wrong.map(({ statusCode }) => statusCode)).toEqual([429, 429, 429, 429])
    expect(Number(wrong[0]!.headers['retry-after'])).toBeGreaterThan(0)
    expect(site.stores.submissions.byNumber('R-0001')!.state).toBe('current')
    const right = [
      await lookUp('R-0001', CODE),
      await site.get(receiptOf(1)),
      await site.get(`${receiptOf(1)}/edit`),
    ]
    expect(right.map(({ statusCode }) => statusCode)).toEqual([303, 200, 200])
  })

  const STRANGER = '2001:db8:0:1::'

  test('of strangers at a number keep nobody else out of its receipt, from however many addresses', async () => {
    for (let guess = 0; guess < 2_500; guess += 1)
      await from(`10.0.${(guess >> 6) & 63}.${guess & 63}`, ' r 1', 'WXYZ-9999')
    expect((await from('198.51.100.1', 'R-0001', CODE)).statusCode).toBe(303)
    expect((await site.get(receiptOf(1))).statusCode).toBe(200)
  })

  test('of one address keep only it out, and only of the number that it went on to try', async () => {
    saveSubmission(site.stores, { hospital: '4619900029' })
    for (let guess = 0; guess < 1_000; guess += 1)
      await from(`${STRANGER}${guess.toString(16)}`, 'R-0001', 'WXYZ-9999')
    expect((await from(`${STRANGER}ffff`, 'R-0001', CODE)).statusCode).toBe(429)
    expect((await from(`${STRANGER}ffff`, 'R-0002', codeOf(2))).statusCode).toBe(303)
    expect((await from('2001:db8:0:2::1', 'R-0001', CODE)).statusCode).toBe(303)
    expect((await from('192.0.2.1', 'R-0001', 'WXYZ-9999')).statusCode).toBe(422)
  })

  describe('by whoever guesses', () => {
    async function guessing() {
      const app = Fastify()
      await app.register(rateLimit, { global: false })
      const isGiven = (number: string) => Number(number.slice(2)) <= 20
      const tries = receiptTries(app, { submissions: { isGiven } })
      const looked = vi.fn(() => null)
      app.get<{ Params: { number: string } }>('/:number', async ({ params }, reply) => {
        const found = await tries.open(reply, { ...params, code: '' }, looked)
        return found === 'refused' ? reply : reply.code(404).send()
      })
      const guess = async (number: number, remoteAddress: string) =>
        (await app.inject({ url: `/${number}`, remoteAddress })).statusCode
      return { app, guess, looked }
    }

    test('are looked at no more than a hundred times at each number, once an address has had sixty', async () => {
      const { app, guess, looked } = await guessing()
      for (let each = 0; each < 3_000; each += 1) await guess(1 + (each % 20), '192.0.2.1')
      expect(looked.mock.calls.length).toBeLessThanOrEqual(61 + 20 * 101)
      const before = looked.mock.calls.length
      // Two that have had theirs share what is left: nothing.
      for (let each = 0; each < 200; each += 1) await guess(1 + (each % 20), '192.0.2.2')
      expect(looked.mock.calls.length - before).toBe(61)
      await app.close()
    })

    test('are not forgotten for numbers that nobody has', async () => {
      const { app, guess, looked } = await guessing()
      for (let each = 0; each < 170; each += 1) await guess(1, '192.0.2.1')
      for (let each = 0; each < 500; each += 1) await guess(1_000 + each, '192.0.2.1')
      looked.mockClear()
      expect(await guess(1, '192.0.2.1')).toBe(429)
      expect(looked).not.toHaveBeenCalled()
      await app.close()
    })
  })
})

describe('an address with something behind it', () => {
  const RIGHT = receiptOf(1)
  const behind = [
    '/',
    '//',
    '。',
    '、',
    ')',
    '）',
    '」',
    '>',
    '.',
    ',',
    ' ',
    '\u3000',
    '\u00a0',
    '\u200b',
    ')。',
    ' /',
    "'",
    '…',
  ]

  test.each(behind)('%j leads to the receipt, and is no wrong try', async (end) => {
    for (let count = 0; count < 70; count += 1) {
      const reply = await site.get(RIGHT + encodeURIComponent(end).replaceAll('%2F', '/'))
      expect([reply.statusCode, reply.headers.location]).toEqual([302, RIGHT])
    }
    expect((await site.get('/receipts/R-0001/WXYZ-9999')).statusCode).toBe(404)
  })
})

test('every page leads to it, from its head and its foot', async () => {
  const page = htmlOf(await site.get('/qa'))
  for (const place of ['.site-nav', '.site-footer'])
    expect(textOf(page, `${place} a[href="/receipts"]`)).toBe('回答の確認・訂正')
  const here = htmlOf(await site.get('/receipts'))
  expect(here.querySelector('.site-nav [aria-current="page"]')?.getAttribute('href')).toBe('/receipts')
})

test('a form on another site looks nothing up', async () => {
  const headers = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' }
  const payload = `number=R-0001&code=${CODE}`
  const reply = await site.app.inject({ method: 'POST', url: '/receipts', headers, payload })
  expect(reply.statusCode).toBe(403)
})
