import type { LightMyRequestResponse } from 'fastify'
import { describe, expect, test } from 'vitest'
import { TRAP_FIELD } from '../../../src/survey/answer/answering.ts'
import { aForm } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { formPost, htmlOf, textOf } from '../../support/html.ts'
import { rowsOf, surveyWith } from '../../support/survey.ts'

const site = surveyWith()

const stored = () => site.stores.submissions.all()

describe('very many sendings from one address', () => {
  const from = (remoteAddress: string, fields = aForm()) =>
    site.app.inject({ ...formPost('/survey', fields), remoteAddress })

  test('an office and a proxy of many hospitals never meet the limit; a program does, and keeps its text', async () => {
    const replies: LightMyRequestResponse[] = []
    const again = aForm()
    for (let sending = 0; sending < 300; sending += 1) replies.push(await from('192.0.2.1', again))
    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([303]))

    const sent = aForm({ remarks: '大事な\nことば' })
    const reply = await from('192.0.2.1', sent)
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(429)
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
    expect(textOf(page, '[role="alert"]')).toMatch(
      /まだ受け付けていません。入力した内容は、このページに残っています。10分ほど待ってから/,
    )
    expect(rowsOf(page)).toMatchObject({ 備考: '大事な\nことば' })
    expect(fieldsOf(page)).toEqual(sent)
    expect(stored()).toHaveLength(1)
    expect((await from('192.0.2.2', sent)).statusCode).toBe(303)
  })

  test('what is not stored is not counted', async () => {
    for (let sending = 0; sending < 310; sending += 1) await from('192.0.2.1', aForm({ email: '' }))
    expect((await from('192.0.2.1')).statusCode).toBe(303)
  })
})

describe('a field that only programs fill in', () => {
  const filled = (url: string) =>
    site.app.inject(formPost(url, { ...aForm(), [TRAP_FIELD]: 'https://x.example' }))

  test('is out of everybody’s sight and way', async () => {
    const trap = htmlOf(await site.get('/survey')).querySelector(`[name="${TRAP_FIELD}"]`)!
    expect(trap.getAttribute('tabindex')).toBe('-1')
    expect(trap.getAttribute('autocomplete')).toBe('off')
    expect(trap.closest('[aria-hidden="true"]')!.className).toBe('visually-hidden')
    expect(trap.closest('p')!.textContent).toContain('この欄には記入しないでください')
  })

  test.each(['/survey/confirm', '/survey'])('POST %s with it stores nothing and says why', async (url) => {
    const reply = await filled(url)
    expect(reply.statusCode).toBe(422)
    expect(errorsOf(htmlOf(reply))['confirm-button']).toContain('画面に表示されない入力欄に文字が入っていた')
    expect(stored()).toEqual([])
  })

  test('a person whose browser filled it in goes on: nothing is lost, and it is gone', async () => {
    const page = htmlOf(await filled('/survey/confirm'))
    expect(page.querySelector(`[name="${TRAP_FIELD}"]`)).toBeNull()
    expect((await site.post('/survey/confirm', fieldsOf(page))).statusCode).toBe(200)
  })
})

describe('a POST that another site’s page makes', () => {
  const POSTS = ['/survey', '/survey/form', '/survey/confirm', '/survey/print', '/survey/link']

  test.each([{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://elsewhere.example' }])(
    'is refused everywhere (%j)',
    async (headers) => {
      for (const url of POSTS)
        expect((await site.app.inject(formPost(url, aForm(), headers))).statusCode).toBe(403)
      expect(stored()).toEqual([])
    },
  )

  test.each([{ 'sec-fetch-site': 'same-origin' }, { origin: 'http://localhost' }, {}])(
    'our own is taken (%j)',
    async (headers) => {
      const request = { ...formPost('/survey/confirm', aForm(), headers), authority: 'localhost' }
      expect((await site.app.inject(request)).statusCode).toBe(200)
    },
  )
})
