import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TypedForm } from '../../../src/domain/answer/form.ts'
import { questionOf } from '../../../src/domain/answer/questions.ts'
import { aForm } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, type Page } from '../../support/html.ts'
import { OTHER, rowsOf, surveyWith } from '../../support/survey.ts'

const site = surveyWith({ shared: true })

/** Every field that a person types into, with what has to be chosen before it is asked for. */
const FIELDS = {
  hospitalName: OTHER,
  hospitalAddress: OTHER,
  hospitalBeds: OTHER,
  department: {},
  contactName: {},
  phone: {},
  email: {},
  emrPlannedMonth: { emr: 'planned' },
  masterCorrection: {},
  remarks: {},
} satisfies Partial<Record<keyof TypedForm, Partial<TypedForm>>>
type Field = keyof typeof FIELDS
/** Free text; of the others the form asks for a shape. */
const FREE = ['hospitalName', 'hospitalAddress', 'department', 'contactName', 'masterCorrection', 'remarks']

const CODE_POINT = fc.integer({ min: 1, max: 0x10ffff }).map((code) => String.fromCodePoint(code))
const COMMON = fc.constantFrom(...'あ漢字ｶﾞ髙﨑濵①㈱～−ー-‐１1aＡ@＠.．()（）"\'<>&\\%+/', '　', ' ', '\u00a0')
const CONTROL = fc.constantFrom(
  ...'\t\n\r\v\f\u0001\u001b\u007f\u0085\u2028\u2029\u200b\u200d\u202e\u2066\ufeff',
)
const OUTSIDE = fc.constantFrom(
  '\ud83d',
  '\udc00',
  '𠮷',
  '😀',
  '👨‍👩‍👧',
  '\ue000',
  '\uf8ff',
  '\u{f0000}',
  '葛\u{e0100}',
  'が',
  '\ufffd',
)
const text = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: COMMON },
      { weight: 2, arbitrary: CONTROL },
      { weight: 1, arbitrary: OUTSIDE },
      { weight: 1, arbitrary: CODE_POINT },
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''))
const shaped = fc.constantFrom(
  '０９９（２８６）２７０７',
  '099ー286−2707',
  'ａ＠ｂ．ｊｐ',
  '１，２００床',
  '令和６年９月',
  'R6.9',
)
const field = fc.constantFrom(...(Object.keys(FIELDS) as Field[]))

test('any text that a person types is stored as 確認 showed it, or refused by what is wrong with it', async () => {
  let stored = 0
  await fc.assert(
    fc.asyncProperty(field, fc.oneof(text, shaped), async (name, typed) => {
      const sent = aForm({ ...FIELDS[name], [name]: typed })
      const reply = await site.post('/survey/confirm', sent)
      if (reply.statusCode === 422) return expectRefusal(htmlOf(reply), name, typed)
      expect(reply.statusCode).toBe(200)
      stored += 1
      await expectNothingLost(htmlOf(reply), name)
    }),
    { numRuns: 120 },
  )
  expect(stored).toBeGreaterThan(40)
})

/** The field is named, the text is still there, and a character in the way is shown with its place. */
function expectRefusal(page: Page, name: Field, typed: string): void {
  expect(Object.keys(errorsOf(page))).toEqual([name])
  expect(asBrowsersHold(fieldsOf(page)[name]!)).toBe(asBrowsersHold(typed))
  if (!FREE.includes(name)) return
  const message = errorsOf(page)[name]!
  if (/を入力してください。$/.test(message)) return
  const position = Number(/の(\d+)文字目/.exec(message)![1])
  const character = [...typed.replaceAll('\r\n', '\n')][position - 1]!
  expect(character).toMatch(/[\p{Co}\p{Cn}\p{Cc}\p{Cs}\ufffd]/u)
  expect(message.includes(`「${character}」`)).toBe(/\p{Co}/u.test(character))
}

/** 確認 → form → 確認 → sheet → link → form → 確認 → sent: always the same, and what is stored is what was shown. */
async function expectNothingLost(confirmed: Page, name: Field): Promise<void> {
  const shown = rowsOf(confirmed)
  const fields = fieldsOf(confirmed)
  const form = htmlOf(await site.post('/survey/form', fields))
  expect(fieldsOf(form)).toEqual(fields)
  expect(rowsOf(htmlOf(await site.post('/survey/confirm', fieldsOf(form))))).toEqual(shown)

  const sheet = htmlOf(await site.post('/survey/print', fields))
  expect(fieldsOf(sheet)).toEqual(fields)
  const printed = [...sheet.querySelectorAll('.sheet__answers td')].map(({ textContent }) => textContent)
  expect(printed).toEqual(expect.arrayContaining(Object.values(shown)))

  const link = htmlOf(await site.post('/survey/link', fieldsOf(sheet))).querySelector('#draft-link')!
  const { pathname, search } = new URL(link.textContent)
  const resumed = fieldsOf(htmlOf(await site.get(pathname + search)))
  expect(resumed).toEqual(fields)

  expect((await site.post('/survey', resumed)).statusCode).toBe(303)
  const { answers, typedHospital } = site.stores.submissions.all().at(-1)!
  const { name: hospitalName, address: hospitalAddress, beds: hospitalBeds } = typedHospital ?? {}
  const stored = { ...answers, hospitalName, hospitalAddress, hospitalBeds }[name]
  expect(String(stored ?? '')).toBe(fields[name])
  if (FREE.includes(name))
    expect(shown[questionOf(name).label] ?? '（記入なし）').toBe(stored ?? '（記入なし）')
}

/** Half a surrogate pair cannot be sent; the one line break of HTML is LF. */
function asBrowsersHold(typed: string): string {
  return typed.toWellFormed().replace(/\r\n?/g, '\n')
}
