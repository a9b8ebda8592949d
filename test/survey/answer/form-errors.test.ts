import { expect, test } from 'vitest'
import type { SubmissionField } from '../../../src/domain/answer/form.ts'
import { aForm } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, type Page, textOf } from '../../support/html.ts'
import { OTHER, surveyWith } from '../../support/survey.ts'

const site = surveyWith({ shared: true })

/** One wrong value a field, and what the page must say. */
const WRONG: [field: SubmissionField, value: string, message: RegExp][] = [
  ['hospitalCode', '', /病院名を選択してください/],
  ['hospitalCode', '9999999999', /一覧にありません/],
  ['hospitalName', ' 　', /病院名を入力/],
  ['hospitalName', 'あ'.repeat(101), /病院名は100文字以内で入力してください（現在101文字）/],
  ['hospitalAddress', '', /所在地を入力/],
  ['hospitalBeds', '', /許可病床数を入力/],
  ['hospitalBeds', '0', /許可病床数は、1から/],
  ['hospitalBeds', '約百', /許可病床数は、1から/],
  ['department', 'あ'.repeat(101), /担当部署は100文字以内/],
  ['contactName', '', /担当者名を入力/],
  ['contactName', '\ue000田 花子', /担当者名の1文字目「\ue000」/],
  ['phone', '', /電話番号を入力/],
  ['phone', '286-2707', /電話番号は、市外局番から/],
  ['email', '', /メールアドレスを入力/],
  ['email', 'hanako', /メールアドレスは、「名前@example.jp」/],
  ['emr', '', /導入状況を選択/],
  ['emr', 'maybe', /導入状況を選択/],
  ['emrPlannedMonth', '', /導入予定年月を入力/],
  ['emrPlannedMonth', '来年', /導入予定年月は、/],
  ['intent', '', /活用意向を選択/],
  ['gmisConsent', '', /活用の可否を選択/],
  ['remarks', 'あ'.repeat(1001), /備考は1,000文字以内で入力してください（現在1,001文字）/],
  ['remarks', '良いです\ue001', /備考の5文字目「\ue001」/],
]

/** Behind a choice that has to be made first. */
function choiceFor(field: SubmissionField) {
  if (field === 'emrPlannedMonth') return { emr: 'planned' }
  return ['hospitalName', 'hospitalAddress', 'hospitalBeds'].includes(field) ? OTHER : {}
}

test.each(WRONG)(
  '%s (case %$) is named in the summary and beside the field',
  async (field, value, message) => {
    const sent = aForm({ ...choiceFor(field), [field]: value })
    const reply = await site.post('/survey/confirm', sent)
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(422)
    expect(Object.keys(errorsOf(page))).toEqual([field])
    expect(errorsOf(page)[field]).toMatch(message)
    expect(textOf(page, `#${field}-error`)).toBe(`＊${errorsOf(page)[field]}`)
    expectErrorPage(page, 1)
    expect(fieldsOf(page)).toEqual(field === 'emr' ? without(sent, 'emr') : kept(sent, field))
    expect(site.stores.submissions.all()).toEqual([])
  },
)

test('everything wrong at once: each once, in the order of the page, no two alike', async () => {
  const sent = { hospitalCode: 'other', emr: 'planned', remarks: 'あ'.repeat(1001), department: '\ue000' }
  const page = htmlOf(await site.post('/survey/confirm', sent))
  expect(Object.keys(errorsOf(page))).toEqual([
    'hospitalName',
    'hospitalAddress',
    'hospitalBeds',
    'department',
    'contactName',
    'phone',
    'email',
    'emrPlannedMonth',
    'intent',
    'gmisConsent',
    'remarks',
  ])
  expect(new Set(Object.values(errorsOf(page))).size).toBe(11)
  expectErrorPage(page, 11)
})

test('nothing sent at all is answered, not refused; what no form sends is not read', async () => {
  const page = htmlOf(await site.post('/survey/confirm', {}))
  expectErrorPage(page, 7)
  const json = await site.app.inject({
    method: 'POST',
    url: '/survey/confirm',
    payload: { emr: ['full'], phone: 1 },
  })
  expect(json.statusCode).toBe(415)
})

test('a control in error is marked, and described by its error first', async () => {
  const page = htmlOf(await site.confirm({ phone: '1', emr: '' }))
  const phone = page.querySelector('#phone')!
  expect(phone.getAttribute('aria-invalid')).toBe('true')
  expect(phone.getAttribute('aria-describedby')).toBe('phone-error phone-support')
  expect(page.querySelector('#email')!.hasAttribute('aria-invalid')).toBe(false)
  expect(page.querySelector('[role="radiogroup"]')!.getAttribute('aria-describedby')).toBe(
    'emr-error emr-support',
  )
})

function expectErrorPage(page: Page, count: number): void {
  expect(textOf(page, 'title')).toMatch(/^エラー：/)
  const [first] = page.querySelector('main')!.children
  expect(first!.className).toBe('error-summary')
  expect(first!.hasAttribute('autofocus') && first!.getAttribute('tabindex')).toBe('-1')
  expect(textOf(page, '.error-summary h2')).toContain(`${count}件`)
  for (const anchor of Object.keys(errorsOf(page))) expect(page.getElementById(anchor)).not.toBeNull()
}

/** A choice that is none cannot be shown as chosen; all else stays as typed. */
function kept(sent: Record<string, string>, field: SubmissionField) {
  if (['intent', 'gmisConsent'].includes(field)) return without(sent, field)
  return field === 'hospitalCode' ? { ...sent, hospitalCode: '' } : sent
}

function without(sent: Record<string, string>, field: SubmissionField) {
  return Object.fromEntries(Object.entries(sent).filter(([name]) => name !== field))
}
