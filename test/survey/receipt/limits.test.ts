import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { receiptOf } from '../../support/receipts.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { OTHER, type SurveySite, startSurvey } from '../../support/survey.ts'

const START = new Date('2024-03-11T01:00:00Z')
const after = (minutes: number) => new Date(START.getTime() + minutes * 60_000)

let site: SurveySite
beforeEach(async () => {
  site = await startSurvey({
    environment: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'kakuho@example.jp' },
  })
})
afterEach(() => site.close())

/** What the program sends until then, looking every five minutes. @returns by whom it is got */
function sentUntil(minutes: number, from = 0): string[] {
  const { outbox } = site.stores
  const got: string[] = []
  for (let minute = from; minute <= minutes; minute += 5)
    for (let mail = outbox.claim(after(minute)); mail; mail = outbox.claim(after(minute))) {
      outbox.markSent(mail.id, after(minute))
      got.push(mail.recipient)
    }
  return got
}

describe('mails', () => {
  test('to one victim: of 300 answers that name it five an hour leave, twenty in all, and others go as ever', async () => {
    const names = [
      'victim@hospital.example.jp',
      'Victim+1@hospital.example.jp',
      'victim+x@HOSPITAL.example.jp',
    ]
    for (let n = 0; n < 300; n += 1) {
      const answer = { ...OTHER, submissionId: crypto.randomUUID(), email: names[n % 3]! }
      // Two by two from one address each: the limit of an address is another one.
      const sent = await site.app.inject({
        method: 'POST',
        url: '/survey',
        remoteAddress: `10.0.${n >> 7}.${n & 127}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: String(new URLSearchParams(aForm(answer))),
      })
      expect(sent.statusCode).toBe(303)
    }
    await site.post('/survey', aForm({ submissionId: crypto.randomUUID(), email: 'own@hospital.example.jp' }))
    expect(site.stores.submissions.all()).toHaveLength(301)
    const first = sentUntil(55)
    expect(first.filter((each) => /victim/i.test(each))).toHaveLength(5)
    expect(first).toContain('own@hospital.example.jp')
    expect(sentUntil(60 * 48, 60)).toHaveLength(15)
    const undelivered = site.stores.undelivered.all()
    expect(undelivered).toHaveLength(280)
    expect(new Set(undelivered.map(({ why }) => why))).toEqual(new Set(['too-many']))
  })

  test('of one answer: what was corrected while it waits is said once, as it is then', async () => {
    const typed = aForm()
    const { location } = (await site.post('/survey', typed)).headers
    for (const [version, intent] of ['none', 'backup', 'network'].entries())
      await site.post(`${location}/edit`, { ...typed, intent, version: String(version + 1) })
    const waiting = site.stores.outbox.due(START, 10)
    expect(waiting).toHaveLength(1)
    expect(waiting[0]).toMatchObject({
      body: '',
      subject: expect.stringContaining('回答の訂正を受け付けました'),
    })
  })

  test('while one is being sent, the correction gets one of its own', async () => {
    const typed = aForm()
    const { location } = (await site.post('/survey', typed)).headers
    const { outbox } = site.stores
    const leaving = outbox.claim(START)!
    await site.post(`${location}/edit`, { ...typed, intent: 'none', version: '1' })
    outbox.markSent(leaving.id, START)
    expect(outbox.due(START, 10)).toHaveLength(1)
  })

  test('to an address that was put right go to the right one alone', async () => {
    const typed = aForm({ email: 'wrong@hospital.example.jp' })
    const { location } = (await site.post('/survey', typed)).headers
    await site.post(`${location}/edit`, { ...typed, email: 'right@hospital.example.jp', version: '1' })
    expect(sentUntil(0)).toEqual(['right@hospital.example.jp'])
  })

  test('that an officer causes do not wait', async () => {
    for (let n = 0; n < 7; n += 1) {
      const answer = { ...OTHER, submissionId: crypto.randomUUID() }
      await site.post('/survey', aForm(answer))
    }
    expect(sentUntil(0)).toHaveLength(5)
    const mail = ({ answers }: { answers: { email: string } }) => ({
      recipient: answers.email,
      subject: '不採用',
      body: '',
    })
    const decision = { actor: 'tanto', at: START, reason: '確認済み', mail }
    expect(site.stores.submissions.close('R-0006', decision)).toBe('outside')
    expect(site.stores.outbox.due(START, 10).map(({ subject }) => subject)).toEqual(['不採用'])
    expect(sentUntil(0)).toHaveLength(1)
  })

  test('are kept without what they said, once they have left, were given up or are of no use', async () => {
    for (let n = 0; n < 3; n += 1) await site.post('/survey', aForm({ submissionId: crypto.randomUUID() }))
    const code = site.stores.submissions.byNumber('R-0001')!.code!
    const { outbox } = site.stores
    for (let mail = outbox.claim(START); mail; mail = outbox.claim(START))
      if (mail.id === 1) outbox.markSent(1, START)
      else outbox.markFailed(mail.id, { at: START, error: '550', permanent: true })
    for (const { body, subject, recipient } of outbox.since(START))
      expect([body, subject.includes(code), recipient]).toEqual(['', false, 'hanako@hospital.example.jp'])
  })
})

describe('corrections', () => {
  test('of one answer: of 400 twenty an hour are stored, and what is typed is kept', async () => {
    saveSubmission(site.stores)
    const outcomes: number[] = []
    for (let n = 0; n < 400; n += 1) {
      const version = String(site.stores.submissions.byNumber('R-0001')!.version)
      const reply = await site.post(`${receiptOf(1)}/edit`, aForm({ remarks: `訂正${n}`, version } as never))
      outcomes.push(reply.statusCode)
    }
    expect(outcomes.filter((code) => code === 303)).toHaveLength(20)
    expect(outcomes.filter((code) => code === 429)).toHaveLength(380)
    expect(site.stores.submissions.byNumber('R-0001')!.version).toBe(21)
    const refused = await site.post(`${receiptOf(1)}/edit`, {
      ...aForm({ remarks: '最後の訂正' }),
      version: '21',
    })
    expect(Number(refused.headers['retry-after'])).toBe(3600)
    const page = htmlOf(refused)
    expect(textOf(page, '.banner')).toContain('11時00分になってから、もう一度送信してください')
    expect(fieldsOf(page)).toMatchObject({ remarks: '最後の訂正', version: '21' })
    site.setNow('2024-03-11T02:00:00Z')
    expect((await site.post(`${receiptOf(1)}/edit`, fieldsOf(page))).statusCode).toBe(303)
    expect(site.stores.submissions.byNumber('R-0001')).toMatchObject({
      version: 22,
      answers: { remarks: '最後の訂正' },
    })
  })

  test('by the number of the sending count as well, and the same again is still its receipt', async () => {
    const typed = aForm()
    const { location } = (await site.post('/survey', typed)).headers
    let last = typed
    for (let n = 0; n < 25; n += 1) {
      last = { ...typed, remarks: `訂正${n}` }
      const reply = await site.post('/survey', last)
      expect(reply.statusCode).toBe(n < 20 ? 303 : 429)
    }
    expect(fieldsOf(htmlOf(await site.post('/survey', last)))).toMatchObject({ remarks: '訂正24' })
    expect((await site.post('/survey', { ...typed, remarks: '訂正19' })).headers.location).toBe(location)
  })

  test('of an officer are not counted', () => {
    const { number } = saveSubmission(site.stores)
    const { submissions } = site.stores
    for (let n = 0; n < 30; n += 1) {
      const { answers, hospitalCode } = submissions.byNumber(number)!
      const content = {
        hospital: { kind: 'master' as const, code: hospitalCode! },
        answers: { ...answers, remarks: `${n}` },
      }
      const entry = { channel: 'phone' as const, reason: '電話で依頼' }
      expect(submissions.correct(number, content, { at: START, actor: 'tanto', entry }).kind).toBe(
        'corrected',
      )
    }
  })
})
