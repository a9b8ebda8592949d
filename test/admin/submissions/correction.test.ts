import { beforeEach, describe, expect, test } from 'vitest'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { mailsOf } from '../../support/mails.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'

const HERE = '4610000011'
const ADDRESS = '/admin/submissions/R-0001'
const ASKED = { channel: 'phone', reason: '総務課から電話で申出' }

const office = officeWith({
  now: '2024-03-12T00:00:00Z',
  environment: {
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'survey@pref.example.jp',
    PUBLIC_URL: 'http://survey.example.jp',
  },
  hospitals: [
    { key: HERE, name: '桜島病院', region: '鹿児島', beds: 40 },
    { key: '4610000029', name: '奄美中央病院', region: '奄美', beds: 250 },
  ],
})
const browser = office.officer()
const answer = () => office.stores.submissions.byNumber('R-0001')!
const mails = () => mailsOf(office)

beforeEach(() => {
  saveSubmission(office.stores, { hospital: HERE, at: '2024-03-11T01:00:00Z' })
})

/** 入力 → 確認, with what is typed over what is stored. */
async function confirmed(typed: Record<string, string>, path = 'edit') {
  const fields = fieldsOf(await browser.page(`${ADDRESS}/${path}`), `${ADDRESS}/edit/confirm`)
  return browser.post(`${ADDRESS}/edit/confirm`, { ...fields, ...ASKED, ...typed })
}
async function corrected(typed: Record<string, string>, path = 'edit') {
  return browser.post(`${ADDRESS}/edit`, fieldsOf(htmlOf(await confirmed(typed, path)), `${ADDRESS}/edit`))
}

describe('an officer’s correction', () => {
  test('is a new version with who, how and why; number and place in the ranking stay', async () => {
    const confirm = htmlOf(await confirmed({ intent: 'network' }))
    expect(textOf(confirm, '.summary-list__row--changed')).toContain('変更')
    expect(answer().version).toBe(1)
    const reply = await browser.post(`${ADDRESS}/edit`, fieldsOf(confirm, `${ADDRESS}/edit`))
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${ADDRESS}?done=edited`])
    expect(answer()).toMatchObject({
      version: 2,
      state: 'current',
      answers: { intent: 'network' },
      submittedAt: new Date('2024-03-11T01:00:00Z'),
      enteredBy: { author: 'officer', ...ASKED },
    })
    expect(office.stores.audit.all().at(-1)).toMatchObject({
      actor: 'officer',
      action: 'submission.corrected',
      detail: { version: 2, ...ASKED },
    })
    expect(textOf(await browser.page(ADDRESS), 'main')).toContain('（申出：電話）')
  })

  test('is made after the deadline as well, and told on the receipt and by mail', async () => {
    office.setNow('2024-03-20T00:00:00Z')
    await browser.signIn()
    await corrected({ contactName: '後任 次郎', email: 'konin@hospital.example.jp' }, 'contact')
    const receipt = textOf(htmlOf(await office.app.inject(`/receipts/R-0001/${answer().code}`)), 'main')
    expect(receipt).toContain('電話でのお申出により、県の担当者が訂正しました。')
    expect(receipt).not.toContain(ASKED.reason)
    expect(mails()).toMatchObject([{ recipient: 'konin@hospital.example.jp' }])
    expect(mails()[0]!.body).toContain('電話でのお申出により、県の担当者が訂正しました。')
  })

  test('of whom to ask leaves every answer as it is', async () => {
    const before = answer().answers
    await corrected({ department: '医事課', email: '' }, 'contact')
    expect(answer().answers).toEqual({ ...before, department: '医事課', email: '' })
    expect(mails()).toEqual([])
  })

  test('that takes the consent back is said before it is stored', async () => {
    const confirm = htmlOf(await confirmed({ gmisConsent: 'no' }))
    expect(textOf(confirm, 'main')).toContain('取り込んだGMIS調査の回答は、登録と同時に削除され')
  })

  test('needs to know how it was asked for and why, and keeps what was typed', async () => {
    const refused = await confirmed({ channel: '', reason: '', phone: '1', remarks: '記入' })
    expect(refused.statusCode).toBe(422)
    expect(errorsOf(htmlOf(refused))).toMatchObject({
      channel: '申出の方法を選択してください。',
      reason: '理由を入力してください。',
      phone: expect.stringContaining('電話番号'),
    })
    expect(fieldsOf(htmlOf(refused), `${ADDRESS}/edit/confirm`)).toMatchObject({
      phone: '1',
      remarks: '記入',
    })
  })

  test('of nothing stores nothing', async () => {
    const confirm = await confirmed({})
    expect(textOf(htmlOf(confirm), 'main')).toContain('改める項目がありません')
    const sent = await browser.post(`${ADDRESS}/edit`, fieldsOf(htmlOf(confirm), `${ADDRESS}/edit`))
    expect([sent.statusCode, answer().version]).toEqual([422, 1])
  })

  test('does not write over what the hospital has corrected meanwhile', async () => {
    const fields = fieldsOf(htmlOf(await confirmed({ intent: 'network' })), `${ADDRESS}/edit`)
    const { submissionId } = answer()
    saveSubmission(office.stores, { submissionId, hospital: HERE, remarks: '病院の訂正' })
    const refused = await browser.post(`${ADDRESS}/edit`, fields)
    expect([refused.statusCode, answer().version]).toEqual([409, 2])
    const again = fieldsOf(htmlOf(refused), `${ADDRESS}/edit`)
    expect(again.intent).toBe('network')
    expect((await browser.post(`${ADDRESS}/edit`, again)).statusCode).toBe(303)
  })

  test('mends the name of a hospital that is not in the list', async () => {
    saveSubmission(office.stores, { hospital: { name: '架空医院', address: '架空町1', beds: 25 } })
    const url = '/admin/submissions/R-0002/edit'
    const form = fieldsOf(await browser.page(url), `${url}/confirm`)
    const confirm = await browser.post(`${url}/confirm`, { ...form, ...ASKED, hospitalBeds: '30' })
    await browser.post(url, fieldsOf(htmlOf(confirm), url))
    expect(office.stores.submissions.byNumber('R-0002')!.typedHospital!.beds).toBe(30)
  })

  test('is not offered for what is closed', async () => {
    saveSubmission(office.stores, { hospital: HERE })
    office.stores.submissions.close('R-0002', { actor: 'officer', at: office.now(), reason: '二重' })
    expect((await browser.get('/admin/submissions/R-0002/edit')).statusCode).toBe(409)
  })
})

describe('an officer’s withdrawal', () => {
  const url = `${ADDRESS}/withdraw`
  const withdraw = async (typed: Record<string, string> = ASKED) =>
    browser.post(url, { ...fieldsOf(await browser.page(url), url), ...typed })

  test('takes the answer out with who, how and why, and the receipt tells it', async () => {
    const reply = await withdraw()
    expect([reply.statusCode, answer().state, answer().withdrawnChannel]).toEqual([303, 'withdrawn', 'phone'])
    expect(office.stores.audit.all().at(-1)).toMatchObject({
      actor: 'officer',
      action: 'submission.withdrawn',
      detail: ASKED,
    })
    const receipt = textOf(htmlOf(await office.app.inject(`/receipts/R-0001/${answer().code}`)), 'main')
    expect(receipt).toContain('電話でのお申出により、県の担当者が取り下げました。')
    expect(mails()[0]!.subject).toContain('回答の取下げ')
  })

  test('needs a channel and a reason', async () => {
    const refused = await withdraw({ channel: '', reason: '' })
    expect([refused.statusCode, answer().state]).toEqual([422, 'current'])
    expect(Object.keys(errorsOf(htmlOf(refused)))).toEqual(['channel', 'reason'])
  })

  test('sends no mail where none is asked for', async () => {
    const fields = fieldsOf(await browser.page(url), url)
    delete fields.sendMail
    await browser.post(url, { ...fields, ...ASKED })
    expect([answer().state, mails()]).toEqual(['withdrawn', []])
  })
})

test('any two versions stand beside each other with who, how and why', async () => {
  await corrected({ intent: 'network' })
  await corrected({ emr: 'none', reason: '転記の誤り', channel: 'fax' })
  const page = await browser.page(`${ADDRESS}/versions?a=1&b=3`)
  const differing = [...page.querySelectorAll('tr.differs th')].map((each) => each.textContent!.trim())
  expect(differing.map((text) => text.replace(/\s*違い$/, ''))).toEqual([
    '電子カルテシステムの導入状況',
    '本事業の活用意向',
  ])
  expect(textOf(page, 'table')).toContain('試験 officer（FAX）')
  expect(textOf(page, 'table')).toContain('転記の誤り')
  const latest = await browser.page(`${ADDRESS}/versions`)
  expect(latest.querySelectorAll('tr.differs')).toHaveLength(1)
})

describe('a hospital whose answer is closed', () => {
  const close = '/admin/submissions/R-0002/close'
  beforeEach(() => {
    saveSubmission(office.stores, { hospital: HERE, email: 'second@hospital.example.jp' })
  })

  test('is told by mail what became of it, where the officer does not say otherwise', async () => {
    await browser.post(close, { ...fieldsOf(await browser.page(close), close), reason: '二重の送信' })
    const [mail] = mails()
    expect(mail).toMatchObject({ recipient: 'second@hospital.example.jp' })
    expect(mail!.subject).toContain('回答の取扱いのお知らせ（受付番号R-0002）')
    expect(mail!.body).toContain('別の回答を有効としました')
    expect(mail!.body).not.toContain('二重の送信')
  })

  test('is told as well where the other one is made to count', async () => {
    const url = '/admin/submissions/R-0002/current'
    const fields = fieldsOf(await browser.page('/admin/submissions/R-0002'), url)
    await browser.post(url, { ...fields, reason: '院長に確認', sendMail: 'yes' })
    expect(mails()).toMatchObject([{ subject: expect.stringContaining('R-0001') }])
    expect(mails()[0]!.body).toContain('別の回答を有効としました')
  })

  test('is not written to where it may be a stranger', async () => {
    saveSubmission(office.stores, { hospital: { name: '架空医院', address: '架空町1', beds: 25 } })
    const url = '/admin/submissions/R-0003/close'
    await browser.post(url, { ...fieldsOf(await browser.page(url), url), reason: '診療所' })
    expect([office.stores.submissions.byNumber('R-0003')!.state, mails()]).toEqual(['outside', []])
  })
})
