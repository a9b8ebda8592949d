import { expect, test } from 'vitest'
import { asSent } from '../../../src/domain/answer/submission.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { E, WORKBENCH } from '../../support/workbench.ts'

const office = officeWith({ ...WORKBENCH, now: '2024-03-14T05:00:00Z' })
const officer = office.officer()
const viewer = office.officer({ login: 'viewer', role: 'viewer' })

const STATEMENT = '許可病床数は60床です。'
const stated = (rest = {}) =>
  saveSubmission(office.stores, { hospital: E, masterCorrection: STATEMENT, ...rest }).number

const listed = async (correction: string) =>
  [...(await officer.page(`/admin/submissions?correction=${correction}`)).querySelectorAll('tbody tr')].length
const waits = async () => (await officer.get('/admin')).body.includes('訂正の申出があります')

test('is applied with one act: the form opens with it, and saving settles it', async () => {
  const number = stated()
  expect([await listed('yes'), await waits()]).toEqual([1, true])
  const href = `/admin/hospitals/${E}/edit?correction=${number}`
  for (const url of [`/admin/submissions/${number}`, `/admin/hospitals/${E}`])
    expect((await officer.page(url)).querySelector(`a[href="${href}"]`), url).not.toBeNull()
  const page = await officer.page(href)
  expect(textOf(page, '.beside__statement')).toContain(STATEMENT)
  const action = `/admin/hospitals/${E}/edit`
  const reply = await officer.post(action, { ...fieldsOf(page, action), beds: '60', general: '60' })
  expect(reply.headers.location, reply.body).toBe(`/admin/hospitals/${E}?done=corrected`)
  const [change] = office.stores.hospitalHistory.ofHospital(E)
  expect(change).toMatchObject({ kind: 'corrected', source: `${number}の訂正の申出`, after: { beds: 60 } })
  expect(office.stores.corrections.all()).toMatchObject([
    { statement: STATEMENT, state: 'done', change: change!.id, actor: 'officer' },
  ])
  expect([await listed('yes'), await listed('done'), await listed('any'), await waits()]).toEqual([
    0,
    1,
    1,
    false,
  ])
  const told = textOf(
    await officer.page(`/admin/submissions/${number}`),
    'section[aria-labelledby="correction"]',
  )
  expect(told).toContain('対応済み')
  expect(told).toContain('病院台帳に反映')
})

test('is settled without a change, with a reason, and waits again where that was wrong', async () => {
  const number = stated()
  const url = `/admin/submissions/${number}/correction`
  const settle = async (typed: Record<string, string>) =>
    officer.post(url, { ...fieldsOf(await officer.page(url), url), ...typed })
  const blank = await settle({})
  expect(blank.statusCode).toBe(422)
  expect(textOf(htmlOf(blank), '.error-summary')).toContain('対応を選択してください')
  expect(textOf(htmlOf(blank), '.error-summary')).toContain('理由を入力してください')
  const declined = await settle({ state: 'declined', reason: '届出の病床数と異なるため' })
  expect(declined.headers.location).toBe(`/admin/submissions/${number}?done=correction-declined`)
  expect([await listed('yes'), await listed('declined')]).toEqual([0, 1])
  expect(textOf(await officer.page(`/admin/submissions/${number}`), '#main')).toContain(
    '届出の病床数と異なるため',
  )
  await settle({ state: 'open', reason: '改めて確認するため' })
  expect([await listed('yes'), await listed('declined')]).toEqual([1, 0])
  expect(office.stores.audit.all().at(-1)).toMatchObject({
    action: 'correction.settled',
    subject: number,
    detail: { state: 'open', hospitalCode: E },
  })
})

test('another statement is another matter; the same one, sent again, is not', async () => {
  const number = stated()
  const { stores } = office
  const at = office.now()
  stores.corrections.settle(number, { state: 'done', reason: '試験', actor: 'officer', at })
  const { hospital, answers } = asSent(stores.submissions.byNumber(number)!)
  stores.submissions.correct(
    number,
    { hospital, answers: { ...answers, remarks: '備考' } },
    { at, actor: null },
  )
  expect(await listed('yes')).toBe(0)
  stores.submissions.correct(
    number,
    { hospital, answers: { ...answers, masterCorrection: '電話番号が違います。' } },
    { at, actor: null },
  )
  expect(await listed('yes')).toBe(1)
})

test('a statement of another answer, or none, opens the form as it is', async () => {
  for (const number of ['R-0001', 'R-9999', '']) {
    const page = await officer.page(`/admin/hospitals/${E}/edit?correction=${number}`)
    expect(page.querySelector('.beside__statement'), number).toBeNull()
  }
  expect((await officer.get('/admin/submissions/R-0001/correction')).statusCode).toBe(404)
})

test('a viewer reads it and settles nothing', async () => {
  const number = stated()
  const page = await viewer.page(`/admin/submissions/${number}`)
  expect(textOf(page, 'section[aria-labelledby="correction"]')).toContain(STATEMENT)
  expect(page.querySelector(`a[href$="/correction"], a[href*="/edit"]`)).toBeNull()
  expect((await viewer.get(`/admin/submissions/${number}/correction`)).statusCode).toBe(403)
})
