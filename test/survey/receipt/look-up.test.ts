import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { errorsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { surveyWith } from '../../support/survey.ts'

const site = surveyWith()
beforeEach(() => {
  saveSubmission(site.stores)
})

const lookUp = (number: string, code: string) => site.post('/receipts', { number, code })

test.each([
  ['R-0001', 'ABCD-2345'],
  ['r-0001', 'abcd-2345'],
  ['1', 'abcd2345'],
  ['Ｒ－０００１', 'ＡＢＣＤ－２３４５'],
  ['Rー０００１', 'abcdー2345'],
  [' R 0001 ', ' ABCD 2345\u3000'],
  ['R‐0001', 'ABCD−2345'],
])('%j and %j open the receipt', async (number, code) => {
  const reply = await lookUp(number, code)
  expect([reply.statusCode, reply.headers.location]).toEqual([303, '/receipts/R-0001/ABCD-2345'])
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
      ['R-0001', 'ABCD-2345'],
      ['R-0001', 'ABCD-2346'],
      ['R-0001', 'x'],
      ['R-9999', 'ABCD-2345'],
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
  const page = htmlOf(await lookUp(' ', ''))
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
  expect(json.statusCode).toBe(422)
  for (let empty = 0; empty < 100; empty += 1) expect((await lookUp('', '')).statusCode).toBe(422)
})

test('who guesses is stopped at every way in; who looks up again and again is not', async () => {
  for (let look = 0; look < 100; look += 1) expect((await lookUp('R-0001', 'ABCD-2345')).statusCode).toBe(303)
  for (let guess = 0; guess < 30; guess += 1)
    expect((await lookUp('R-0001', 'WXYZ-9999')).statusCode).toBe(422)
  for (let guess = 0; guess < 31; guess += 1)
    expect((await site.get('/receipts/R-0001/WXYZ-9999/edit')).statusCode).toBe(404)
  const ways = [
    await lookUp('R-0001', 'ABCD-2345'),
    await site.get('/receipts/R-0001/ABCD-2345'),
    await site.get('/receipts/R-0001/ABCD-2345/edit'),
    await site.post('/receipts/R-0001/ABCD-2345/withdraw'),
  ]
  expect(ways.map(({ statusCode }) => statusCode)).toEqual([429, 429, 429, 429])
  expect(Number(ways[0]!.headers['retry-after'])).toBeGreaterThan(0)
  expect(site.stores.submissions.byNumber('R-0001')!.state).toBe('current')
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
  const payload = 'number=R-0001&code=ABCD-2345'
  const reply = await site.app.inject({ method: 'POST', url: '/receipts', headers, payload })
  expect(reply.statusCode).toBe(403)
})
