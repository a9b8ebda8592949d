import { beforeEach, describe, expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { askFurther, FOUR } from '../../support/further.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { rowsOf, surveyWith } from '../../support/survey.ts'

const HERE = '4619900011'
const THERE = '4619900029'
/** The survey closes with 18 March. */
const LATE = '2024-03-20T01:00:00Z'
const EXPIRES = '2024-03-22T15:00:00Z'

let url: string
const site = surveyWith({ now: LATE })
beforeEach(() => {
  url = `/late/${aLink().token}`
})

function aLink(hospitalCode = HERE) {
  const link = { hospitalCode, expiresAt: new Date(EXPIRES), reason: '災害対応のため' }
  return site.stores.lateLinks.create(link, { actor: 'tanto', at: new Date(LATE) })
}

const stored = () => site.stores.submissions.all()
const formFields = async () => fieldsOf(htmlOf(await site.get(url)))
const confirmed = async (changes: Record<string, string> = {}) =>
  htmlOf(await site.post(`${url}/confirm`, { ...aForm({ submissionId: '' }), ...changes }))

test('the form is there after the deadline, for the one hospital, with the link’s own expiry', async () => {
  const reply = await site.get(url)
  const page = htmlOf(reply)
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['x-robots-tag']).toBe('noindex')
  expect(textOf(page, '.banner')).toContain('令和6年3月22日（金）24時まで受け付けます')
  expect(textOf(page, '.fixed-hospital')).toBe('試験病院（鹿児島市）')
  expect(page.querySelector('form select')).toBeNull()
  expect(fieldsOf(page)).toMatchObject({ hospitalCode: HERE, submissionId: '', contactName: '' })
})

test('入力 → 確認 → 完了: stored, receipted, on the record, and the link is spent', async () => {
  const typed = { ...(await formFields()), ...aForm({ submissionId: '', phone: '０９９（０００）００００' }) }
  const page = htmlOf(await site.post(`${url}/confirm`, typed))
  expect(textOf(page, 'main')).toContain('1回だけ')
  expect(rowsOf(page)).toMatchObject({ 病院名: '試験病院（鹿児島市）', 電話番号: '099-000-0000' })
  const reply = await site.post(url, fieldsOf(page))
  expect([reply.statusCode, reply.headers.location]).toEqual([
    303,
    expect.stringMatching(/^\/receipts\/R-0001\//),
  ])
  expect(stored()).toMatchObject([{ state: 'current', hospitalCode: HERE, submittedAt: new Date(LATE) }])
  expect(site.stores.audit.latest(2).map(({ action, actor }) => [action, actor])).toEqual([
    ['late-link.used', 'hospital:R-0001'],
    ['submission.created', 'hospital:R-0001'],
  ])
  const receipt = await site.get(reply.headers.location!)
  expect(textOf(htmlOf(receipt), 'h1')).toBe('回答を受け付けました')
  const again = htmlOf(await site.get(url))
  expect(textOf(again, 'h1')).toBe('このリンクからの回答は、受付済みです')
  expect(textOf(again, 'main')).toContain('R-0001')
})

test('a second click finds its receipt, after the link’s expiry too', async () => {
  const sent = fieldsOf(await confirmed())
  const [first, second] = await Promise.all([site.post(url, sent), site.post(url, sent)])
  site.setNow(EXPIRES)
  const third = await site.post(url, sent)
  expect(new Set([first, second, third].map(({ headers }) => headers.location)).size).toBe(1)
  expect(third.statusCode).toBe(303)
  expect(stored()).toHaveLength(1)
})

test('of two answers at once through one link the first is taken, the second is kept on the page', async () => {
  const [one, two] = [fieldsOf(await confirmed()), fieldsOf(await confirmed({ remarks: '残ることば' }))]
  const replies = await Promise.all([site.post(url, one), site.post(url, two)])
  expect(replies.map(({ statusCode }) => statusCode)).toEqual([303, 410])
  expect(rowsOf(htmlOf(replies[1]!)).備考).toBe('残ることば')
  expect(stored()).toHaveLength(1)
})

test('only for its hospital: another code sent along is not taken', async () => {
  await site.post(url, aForm({ hospitalCode: THERE }))
  expect(stored()).toMatchObject([{ hospitalCode: HERE }])
  expect((await site.post('/survey', aForm({ hospitalCode: THERE }))).statusCode).toBe(403)
  expect(stored()).toHaveLength(1)
})

test('a hospital that has answered before: a duplicate, as always', async () => {
  saveSubmission(site.stores)
  await site.post(url, aForm({ intent: 'network' }))
  expect(stored().map(({ state }) => state)).toEqual(['current', 'duplicate'])
})

test('wrong fields are named, and everything typed is kept', async () => {
  for (const step of [`${url}/confirm`, url, `${url}/print`]) {
    const reply = await site.post(step, aForm({ email: 'hanako', remarks: '残ることば' }))
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(422)
    expect(Object.keys(errorsOf(page))).toEqual(['email'])
    expect(fieldsOf(page)).toMatchObject({ email: 'hanako', remarks: '残ることば', hospitalCode: HERE })
  }
  expect(stored()).toEqual([])
})

test('every button of 確認 stays behind the link, and nothing is lost on the way back', async () => {
  const page = await confirmed({ remarks: '"一行目"\n<二行目>', emr: 'planned', emrPlannedMonth: '2024-09' })
  const targets = [...page.querySelectorAll('main form [formaction]')].map(
    (button) => button.getAttribute('formaction')!,
  )
  expect(targets.length).toBeGreaterThan(10)
  for (const target of targets) expect(target).toMatch(new RegExp(`^${url}/(form|print)(#|$)`))
  const back = htmlOf(await site.post(`${url}/form`, fieldsOf(page)))
  expect(fieldsOf(htmlOf(await site.post(`${url}/confirm`, fieldsOf(back))))).toEqual(fieldsOf(page))
})

test('it prints for 院内決裁 with the link’s expiry', async () => {
  const page = htmlOf(await site.post(`${url}/print`, fieldsOf(await confirmed())))
  expect(textOf(page, '.sheet')).toContain('令和6年3月22日（金）24時')
  expect(page.querySelector('main form')!.getAttribute('action')).toBe(`${url}/confirm`)
})

test('the number of an answer that was withdrawn makes a new one', async () => {
  const sent = aForm()
  saveSubmission(site.stores, { submissionId: sent.submissionId })
  site.stores.submissions.withdraw('R-0001', { at: new Date(LATE), actor: 'test' })
  const page = htmlOf(await site.post(url, { ...sent, intent: 'network' }))
  expect(textOf(page, '[role="alert"]')).toContain('既に取り下げられています')
  expect((await site.post(url, fieldsOf(page))).headers.location).toMatch(/^\/receipts\/R-0002\//)
  expect(stored().map(({ state }) => state)).toEqual(['withdrawn', 'current'])
})

describe('a link that is good no more', () => {
  const cases: [string, string, () => unknown][] = [
    ['expired', 'このリンクの期限は過ぎています', () => site.setNow(EXPIRES)],
    [
      'revoked',
      'このリンクは、取り消されています',
      () => site.stores.lateLinks.revoke(1, { actor: 'tanto', at: new Date(LATE), reason: '電話で受けた' }),
    ],
    ['replaced', 'このリンクは、取り消されています', () => aLink()],
    ['used', 'このリンクからの回答は、受付済みです', () => site.post(url, aForm())],
  ]

  test.each(cases)('%s says so, and keeps what was typed', async (_state, heading, end) => {
    const sent = { ...fieldsOf(await confirmed()), remarks: '大事な<ことば>' }
    await end()
    const opened = await site.get(url)
    expect([opened.statusCode, textOf(htmlOf(opened), 'h1')]).toEqual([410, heading])
    expect(textOf(htmlOf(opened), 'main')).toContain('099-286-2707')
    const before = stored().length
    for (const step of [`${url}/confirm`, `${url}/form`, url]) {
      const reply = await site.post(step, sent)
      expect([reply.statusCode, textOf(htmlOf(reply), 'h1')]).toEqual([410, heading])
      expect(rowsOf(htmlOf(reply))).toMatchObject({ 備考: '大事な<ことば>' })
    }
    expect(stored()).toHaveLength(before)
  })

  test('an unknown one opens nothing', async () => {
    for (const reply of [await site.get('/late/x'), await site.post('/late/x', aForm())]) {
      expect(reply.statusCode).toBe(404)
      expect(textOf(htmlOf(reply), 'h1')).toBe('このリンクは使えません')
    }
    expect(stored()).toEqual([])
  })
})

test.each(['form', 'confirm', 'print'])(
  'an address kept from the middle (%s) leads to the form',
  async (step) => {
    const reply = await site.get(`${url}/${step}`)
    expect([reply.statusCode, reply.headers.location]).toEqual([303, url])
  },
)

test('a form on another site sends nothing', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' }
  expect((await site.app.inject({ method: 'POST', url, headers })).statusCode).toBe(403)
  expect(stored()).toEqual([])
})

test('what this edition asks besides is asked, kept and receipted', async () => {
  askFurther(site.stores, FOUR)
  const answers = { 'q.links': '3', 'q.map': 'yes' }
  const missing = await site.post(`${url}/confirm`, aForm())
  expect(Object.keys(errorsOf(htmlOf(missing)))).toEqual(['q.links', 'q.map'])
  const sent = await site.post(url, fieldsOf(await confirmed(answers)))
  expect(stored()).toMatchObject([{ answers: { extra: { links: 3, map: 'yes' } } }])
  expect(rowsOf(htmlOf(await site.get(sent.headers.location!)))).toMatchObject({ 外部接続点の数: '3か所' })
})
