import { beforeEach, describe, expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { formPost } from '../../support/html.ts'
import { invitationPath, invite } from '../../support/invitations.ts'
import { receiptOf } from '../../support/receipts.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { surveyWith } from '../../support/survey.ts'

const HERE = '4619900011'
const site = surveyWith()
let link: string
let late: string
beforeEach(() => {
  saveSubmission(site.stores)
  invite(site, HERE)
  link = invitationPath(site, HERE)
  const made = { hospitalCode: HERE, expiresAt: new Date('2024-05-01'), reason: '災害対応のため' }
  late = `/late/${site.stores.lateLinks.create(made, { actor: 'test', at: new Date('2024-03-11') }).token}`
})

/** Every page of a receipt, in the states that it can be in. */
const OF_A_RECEIPT: [what: string, load: () => ReturnType<typeof site.get>][] = [
  ['the receipt', () => site.get(receiptOf(1))],
  ['the correction', () => site.get(`${receiptOf(1)}/edit`)],
  ['back from 確認', () => site.post(`${receiptOf(1)}/form`, aForm())],
  ['with errors', () => site.post(`${receiptOf(1)}/confirm`, aForm({ email: '' }))],
  ['確認', () => site.post(`${receiptOf(1)}/confirm`, aForm({ intent: 'none' }))],
  ['確認 again', () => site.post(`${receiptOf(1)}/edit`, { ...aForm({ intent: 'none' }), version: '7' })],
  ['sent', () => site.post(`${receiptOf(1)}/edit`, { ...aForm({ intent: 'none' }), version: '1' })],
  ['the withdrawal', () => site.get(`${receiptOf(1)}/withdraw`)],
  ['withdrawn', () => site.post(`${receiptOf(1)}/withdraw`)],
  ['accepted unasked', () => site.post(`${receiptOf(1)}/accept`)],
  ['declining unasked', () => site.get(`${receiptOf(1)}/decline`)],
  ['a wrong code', () => site.get('/receipts/R-0001/WXYZ-9999')],
]

test.each(OF_A_RECEIPT)('%s is stored nowhere, and tells its address to nobody', async (_what, load) => {
  const { headers } = await load()
  expect([headers['cache-control'], headers['referrer-policy']]).toEqual(['no-store', 'no-referrer'])
})

test('what was typed into the look-up is stored nowhere', async () => {
  const wrong = await site.post('/receipts', { number: 'R-0001', code: 'WXYZ-9999' } as never)
  expect(wrong.headers['cache-control']).toBe('no-store')
})

test('a hospital’s own link and a late one tell their address to nobody either', async () => {
  for (const url of [link, late])
    for (const reply of [await site.get(url), await site.post(`${url}/confirm`, aForm())])
      expect([reply.statusCode, reply.headers['referrer-policy']]).toEqual([200, 'no-referrer'])
})

describe('a form of a page without referrer', () => {
  const sent = async (url: string, headers: Record<string, string>) =>
    (
      await site.app.inject({
        ...formPost(url, aForm({ hospitalCode: HERE })),
        headers: { ...FORM, ...headers },
      })
    ).statusCode
  const FORM = { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' }
  const addresses = () => [`${receiptOf(1)}/confirm`, `${link}/confirm`, `${late}/confirm`]

  test.each([
    ['a browser of today', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 200],
    ['a browser of before', { origin: 'null' }, 200],
    ['a browser that names us', { origin: 'http://localhost' }, 200],
    ['another site in a browser of today', { 'sec-fetch-site': 'cross-site', origin: 'null' }, 403],
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }, 403],
    ['another site in a browser of before', { origin: 'https://elsewhere.example' }, 403],
    ['a sister site', { 'sec-fetch-site': 'same-site', origin: 'null' }, 403],
  ])('by %s', async (_who, headers, status) => {
    for (const url of addresses()) expect(await sent(url, headers), url).toBe(status)
  })

  test('at an address that everybody knows, a page of no site is another site', async () => {
    expect(await sent('/survey/confirm', { origin: 'null' })).toBe(403)
    expect(await sent('/receipts', { origin: 'null' })).toBe(403)
  })
})
