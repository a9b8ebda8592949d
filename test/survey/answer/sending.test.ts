import { expect, test } from 'vitest'
import { SUBMISSION_FIELDS } from '../../../src/domain/answer/form.ts'
import { aForm } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { formPost, htmlOf, textOf } from '../../support/html.ts'
import { addHospitals } from '../../support/submissions.ts'
import { OTHER, rowsOf, surveyWith } from '../../support/survey.ts'

const site = surveyWith()

const stored = () => site.stores.submissions.all()

test('入力 → 確認 → 完了, as a browser does it', async () => {
  const { submissionId: _, ...typed } = aForm({
    phone: '０９９（０００）００００',
    remarks: '一行目\r\n二行目',
  })
  const confirmPage = htmlOf(await site.post('/survey/confirm', typed))
  expect(Object.keys(fieldsOf(confirmPage))).toEqual([...SUBMISSION_FIELDS])
  const reply = await site.post('/survey', fieldsOf(confirmPage))
  expect(reply.statusCode).toBe(303)
  expect(reply.headers.location).toMatch(/^\/receipts\/R-0001\/[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  const receipt = await site.get(reply.headers.location!)
  expect(receipt.statusCode).toBe(200)
  expect(rowsOf(htmlOf(receipt))).toEqual(rowsOf(confirmPage))
  expect(stored()).toMatchObject([
    {
      number: 'R-0001',
      state: 'current',
      channel: 'web',
      answers: { phone: '099-000-0000', remarks: '一行目\n二行目' },
    },
  ])
  expect(site.stores.audit.latest(1)).toMatchObject([
    { actor: 'hospital:R-0001', action: 'submission.created', subject: 'R-0001' },
  ])
})

test('what 確認 showed is checked once more', async () => {
  const reply = await site.send({ email: 'no address' })
  expect(reply.statusCode).toBe(422)
  expect(Object.keys(errorsOf(htmlOf(reply)))).toEqual(['email'])
  expect(stored()).toEqual([])
})

test('a second answer of a hospital is taken as a duplicate; the first stays', async () => {
  await site.send()
  const second = await site.send({ contactName: '別の 太郎' })
  expect(second.statusCode).toBe(303)
  expect(stored().map(({ state }) => state)).toEqual(['current', 'duplicate'])
  expect(textOf(htmlOf(await site.get(second.headers.location!)), '.banner')).toContain(
    '別の回答も届いています',
  )
})

test('an answer from 一覧にない病院 waits to be linked', async () => {
  const reply = await site.send(OTHER)
  expect(stored()).toMatchObject([
    { state: 'unlinked', hospitalCode: null, typedHospital: { name: '架空病院', beds: 80 } },
  ])
  const receipt = htmlOf(await site.get(reply.headers.location!))
  expect(textOf(receipt, '.banner')).toContain('病院を県の担当者が確認します')
  expect(rowsOf(receipt)).toMatchObject({ '病院名（一覧にない病院）': '架空病院', 許可病床数: '80床' })
})

test.each([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://elsewhere.example' },
  { origin: 'null' },
])('a form on another site (%j) sends nothing', async (headers) => {
  for (const url of ['/survey', '/survey/confirm', '/survey/form'])
    expect((await site.app.inject(formPost(url, aForm(), headers))).statusCode).toBe(403)
  expect(stored()).toEqual([])
})

test('a text beyond every measure gets a page that says so', async () => {
  const reply = await site.send({ remarks: 'あ'.repeat(700_000) })
  expect(reply.statusCode).toBe(413)
  expect(textOf(htmlOf(reply), 'h1')).toBe('送信された内容が大きすぎます')
  expect(stored()).toEqual([])
})

test('an upload is no answer', async () => {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const reply = await site.app.inject({ method: 'POST', url: '/survey', headers, payload: '--x--' })
  expect(reply.statusCode).toBe(415)
  expect(stored()).toEqual([])
})

test.each([
  ['its key', '0461234567890'],
  ['its 機関コード', '0461234567891'],
  ['its 医療機関コード', '4619900037'],
])('a hospital is named by %s, and stored under its key', async (_, hospitalCode) => {
  const hospital = { key: '0461234567890', naviiCode: '0461234567891', medicalCode: '4619900037' }
  addHospitals(site.stores, { ...hospital, name: '第三試験病院' })
  const { submissionId: _id, ...typed } = aForm({ hospitalCode })
  const confirmPage = htmlOf(await site.post('/survey/confirm', typed))
  expect(confirmPage.querySelector('main')!.textContent).toContain('第三試験病院')
  const reply = await site.post('/survey', fieldsOf(confirmPage))
  expect(reply.statusCode).toBe(303)
  expect(stored()).toMatchObject([{ hospitalCode: '0461234567890' }])
})
