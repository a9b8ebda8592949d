import { expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { type SurveySite, surveyWith } from '../../support/survey.ts'

const site = surveyWith()

/** The path of the link that the page shows. */
async function linkFor(fields: Parameters<SurveySite['post']>[1]): Promise<string> {
  const page = htmlOf(await site.post('/survey/link', fields))
  const { pathname, search } = new URL(page.querySelector('#draft-link')!.textContent)
  return pathname + search
}

test('the link brings back all that was typed, finished or not', async () => {
  const typed = aForm({ phone: '９９', emr: 'planned', emrPlannedMonth: '', remarks: '\n一行目\n\n<行>"&' })
  const reply = await site.get(await linkFor(typed))
  expect(reply.statusCode).toBe(200)
  expect(fieldsOf(htmlOf(reply))).toEqual(typed)
  expect(textOf(htmlOf(reply), '.banner')).toContain('まだ送信されていません')
  expect(site.stores.submissions.all()).toEqual([])
})

test('a form without a number gets one, so that two machines send one answer', async () => {
  const page = htmlOf(await site.post('/survey/link', aForm({ submissionId: '' })))
  const link = new URL(page.querySelector('#draft-link')!.textContent)
  const { submissionId } = fieldsOf(page)
  const resumed = fieldsOf(htmlOf(await site.get(link.pathname + link.search)))
  expect(resumed.submissionId).toBe(submissionId)
  await site.post('/survey', fieldsOf(htmlOf(await site.post('/survey/confirm', resumed))))
  await site.post('/survey', { ...fieldsOf(page), intent: 'backup' })
  expect(site.stores.submissions.all()).toMatchObject([{ version: 2, answers: { intent: 'backup' } }])
})

test('a link whose answer was sent says so, and is no key to it for whom it is passed on to', async () => {
  const typed = aForm()
  const link = await linkFor(typed)
  const { location } = (await site.post('/survey', typed)).headers
  const page = htmlOf(await site.get(link))
  expect(textOf(page, '.banner')).toContain('既に送信されています')
  expect(page.body.innerHTML).not.toContain(typed.submissionId)
  const resumed = { ...fieldsOf(page), intent: 'none' }
  const again = await site.post('/survey', fieldsOf(htmlOf(await site.post('/survey/confirm', resumed))))
  expect(again.headers.location).not.toBe(location)
  expect(site.stores.submissions.all()).toMatchObject([
    { state: 'current', version: 1, answers: { intent: typed.intent } },
    { state: 'duplicate', answers: { intent: 'none' } },
  ])
})

test('it is offered on the form and on 確認', async () => {
  for (const page of [await site.get('/survey'), await site.confirm()])
    expect(textOf(htmlOf(page), '[formaction="/survey/link"]')).toBe('入力を中断し、後で続ける')
})

test('from the page of the link both ways lead on with everything', async () => {
  const typed = aForm({ phone: '９９' })
  const page = htmlOf(await site.post('/survey/link', typed))
  expect(fieldsOf(page)).toEqual(typed)
  expect(page.querySelector('form')!.getAttribute('action')).toBe('/survey/form')
  expect(page.querySelector('button[formaction]')!.getAttribute('formaction')).toBe('/survey/confirm')
})

test('it ends with the deadline, and a moved deadline does not revive it', async () => {
  const link = await linkFor(aForm())
  site.setNow('2024-03-18T14:59:59.999Z')
  expect((await site.get(link)).statusCode).toBe(200)
  site.setNow('2024-03-18T15:00:00Z')
  expect(textOf(htmlOf(await site.get(link)), 'h1')).toBe('回答の受付は終了しました')
  site.stores.settings.change({ closesAt: '2024-03-25' }, { actor: 'test', at: new Date('2024-03-18') })
  const expired = await site.get(link)
  expect(expired.statusCode).toBe(410)
  expect(textOf(htmlOf(expired), 'h1')).toBe('このリンクは使えなくなりました')
})

test.each(['', '?d=', '?d=abc', '?d=a&d=b', '?d[]=x'])(
  'a link cut to %j gets a page that says so',
  async (query) => {
    const reply = await site.get(`/survey/resume${query}`)
    expect(reply.statusCode).toBe(404)
    expect(textOf(htmlOf(reply), 'h1')).toBe('このリンクは開けません')
  },
)

test('so much text that no address carries it gets no link, and a page that says what to do', async () => {
  const remarks = Array.from({ length: 9_000 }, (_, index) =>
    String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
  )
  const page = htmlOf(await site.post('/survey/link', aForm({ remarks: remarks.join('') })))
  expect(page.querySelector('#draft-link')).toBeNull()
  expect(textOf(page, '.banner')).toContain('リンクを作れません')
})

test('nothing on the way keeps it: no browser, and no other site', async () => {
  const link = await linkFor(aForm())
  for (const reply of [await site.get(link), await site.post('/survey/link', aForm())])
    expect(reply.headers['cache-control']).toBe('no-store')
  expect((await site.get(link)).headers['referrer-policy']).toBe('strict-origin')
})
