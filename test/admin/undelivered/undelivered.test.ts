import { describe, expect, test } from 'vitest'
import { sendForm } from '../../support/decisions.ts'
import { textOf } from '../../support/html.ts'
import { giveUpMail, mailsOf } from '../../support/mails.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'

const NOW = '2024-03-12T01:00:00Z'
const office = officeWith({
  now: NOW,
  hospitals: [{}, { key: '4619900029', name: '第二試験病院' }],
  environment: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'kakuho@example.jp' },
})
const officer = office.officer()

const failed = (email = 'wrong@hospital.example.jp') => {
  const { number } = saveSubmission(office.stores, { email })
  return { number, mail: giveUpMail(office.stores, number, new Date(NOW)) }
}
const listed = async () => textOf(await officer.page('/admin/undelivered'), 'main')

test('the first page says whom no mail reached, and leads to what can be done', async () => {
  const { mail } = failed()
  const page = await officer.page('/admin')
  expect(textOf(page, 'main')).toContain('届かなかったメールがあります')
  expect(page.querySelector(`a[href="/admin/undelivered/${mail}"]`)!.textContent).toBe(
    'wrong@hospital.example.jp',
  )
  expect(await listed()).toMatch(/wrong@hospital\.example\.jp.*試験病院.*届きませんでした/)
})

test('that the hospital was told another way is recorded with how, and the mail is gone from the list', async () => {
  const { number, mail } = failed()
  const url = `/admin/undelivered/${mail}`
  const without = await sendForm(officer, `${url}`, {}, `${url}/told`)
  expect(without.statusCode).toBe(422)
  const reply = await sendForm(officer, url, { reason: '総務課に電話で伝えた' }, `${url}/told`)
  expect(reply.headers.location).toBe('/admin/undelivered?done=told')
  expect(await listed()).toContain('届かなかったメールはありません')
  expect(office.stores.audit.latest(1)).toMatchObject([
    { action: 'mail.settled', detail: { answers: [number], what: 'told', note: '総務課に電話で伝えた' } },
  ])
  expect(JSON.stringify(office.stores.audit.all())).not.toContain('wrong@')
  expect(textOf(await officer.page('/admin'), 'main')).not.toContain('届かなかったメール')
})

describe('once more', () => {
  test('goes what is so now, to the address that the answer names now', async () => {
    const { number, mail } = failed()
    const { answers, hospitalCode } = office.stores.submissions.byNumber(number)!
    const corrected = { ...answers, email: 'right@hospital.example.jp' }
    office.stores.submissions.correct(
      number,
      { hospital: { kind: 'master', code: hospitalCode! }, answers: corrected },
      { at: new Date(NOW), actor: 'tanto', entry: { channel: 'phone', reason: '宛先の誤り' } },
    )
    const url = `/admin/undelivered/${mail}`
    const reply = await sendForm(officer, url, {}, `${url}/again`)
    expect(reply.headers.location).toBe('/admin/undelivered?done=again')
    expect(mailsOf(office).map(({ recipient }) => recipient)).toEqual(['right@hospital.example.jp'])
    expect(await listed()).toContain('届かなかったメールはありません')
  })

  test('a mail that is given up again is listed again', async () => {
    const { mail } = failed()
    await sendForm(officer, `/admin/undelivered/${mail}`, {}, `/admin/undelivered/${mail}/again`)
    const { outbox } = office.stores
    const again = outbox.claim(new Date(NOW))!
    outbox.markFailed(again.id, { at: new Date(NOW), error: '550', permanent: true })
    expect(await listed()).toContain('wrong@hospital.example.jp')
  })
})
