import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONSENT_IDS, EMR_IDS, INTENT_IDS } from '../../../src/domain/answer/choices.ts'
import {
  type FieldErrors,
  formOf,
  isSubmissionId,
  parseSubmissionForm,
  SUBMISSION_FIELDS,
  type TypedForm,
  typedForm,
} from '../../../src/domain/answer/form.ts'
import { LIMITS } from '../../../src/domain/answer/questions.ts'
import { aForm } from '../../support/builders.ts'

const KNOWN = '4619900011'
const BLANK = typedForm({ get: () => '' })
const parse = (form: TypedForm) => parseSubmissionForm(form, (code) => (code === KNOWN ? code : null))

function stored(overrides: Partial<TypedForm> = {}) {
  const parsed = parse(aForm(overrides))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.submission
}

function errors(overrides: Partial<TypedForm>): FieldErrors {
  const parsed = parse(aForm(overrides))
  return parsed.ok ? {} : parsed.errors
}

test('of what a browser sent the form takes its own fields', () => {
  const sent = new Map([
    ['phone', '099-000-0000'],
    ['extra', 'x'],
  ])
  const form = typedForm({ get: (name) => sent.get(name) ?? '' })
  expect(form).toEqual({ ...BLANK, phone: '099-000-0000' })
  expect(Object.keys(form)).toEqual([...SUBMISSION_FIELDS])
})

test('a complete form becomes an answer', () => {
  const submissionId = crypto.randomUUID()
  expect(stored({ submissionId: submissionId.toUpperCase(), remarks: ' ' })).toEqual({
    submissionId,
    hospital: { kind: 'master', code: KNOWN },
    answers: {
      department: null,
      contactName: '試験 花子',
      phone: '099-000-0000',
      email: 'hanako@hospital.example.jp',
      emr: 'full',
      emrPlannedMonth: null,
      intent: 'both',
      gmisConsent: true,
      masterCorrection: null,
      remarks: null,
      extra: {},
    },
  })
})

test('a hospital outside the master is named with address and beds', () => {
  const other = {
    hospitalCode: 'other',
    hospitalName: '架空病院 ',
    hospitalAddress: '架空町１－１',
    hospitalBeds: '１２０ 床',
  }
  expect(stored(other).hospital).toEqual({
    kind: 'other',
    name: '架空病院',
    address: '架空町１－１',
    beds: 120,
  })
})

test('what was typed behind a choice not made is neither checked nor stored', () => {
  const idle = {
    hospitalName: '😀',
    hospitalAddress: 'あ'.repeat(999),
    hospitalBeds: '-1',
    emrPlannedMonth: '来年',
  }
  expect(formOf(stored(idle))).toMatchObject({
    hospitalName: '',
    hospitalAddress: '',
    hospitalBeds: '',
    emrPlannedMonth: '',
  })
  const other = {
    hospitalCode: 'other',
    hospitalName: '架空病院',
    hospitalAddress: '架空町1',
    hospitalBeds: '1',
  }
  expect(stored({ ...other, masterCorrection: '😀' }).answers.masterCorrection).toBeNull()
})

describe('limits are counted in characters, after normalisation', () => {
  test.each(['department', 'contactName', 'masterCorrection', 'remarks'] as const)('%s', (field) => {
    const longest = '﨑'.repeat(LIMITS[field])
    expect(stored({ [field]: ` ${longest}\n` }).answers[field]).toBe(longest)
    expect(errors({ [field]: `${longest}a` })[field]).toContain(
      `（現在${(LIMITS[field] + 1).toLocaleString('ja-JP')}文字）`,
    )
  })

  test.each([
    ['1', true],
    ['9999', true],
    ['10000', false],
    ['0', false],
    ['1.5', false],
    ['1e3', false],
    ['9'.repeat(40), false],
  ])('%s beds', (hospitalBeds, good) => {
    const other = {
      hospitalCode: 'other',
      hospitalName: '架空病院',
      hospitalAddress: '架空町1',
      hospitalBeds,
    }
    expect(parse(aForm(other)).ok).toBe(good)
  })
})

test.each([
  ['099-286-2707', true],
  ['0120-000-000', true],
  ['090-0000-0000', true],
  ['０３（００００）００００', true],
  ['+81-3-0000-0000', true],
  ['286-2707', false],
  ['099-286-270', false],
  ['099-286-27070-1', false],
  ['099-286-2707 内線12', false],
  ['199-286-2707', false],
])('the telephone number %s: %s', (phone, good) => {
  expect(errors({ phone }).phone === undefined).toBe(good)
})

test.each([
  ['a@b.jp', true],
  ['first.last+tag@sub.example.co.jp', true],
  ['ａ＠ｂ．ｊｐ', true],
  ['a@b', false],
  ['a b@c.jp', false],
  ['a@b.jp, c@d.jp', false],
  ['名前@example.jp', false],
  [`${'a'.repeat(250)}@b.jp`, false],
])('the mail address %s: %s', (email, good) => {
  expect(errors({ email }).email === undefined).toBe(good)
})

test('any character that people have is stored as it was typed', () => {
  const typed = { contactName: '𠮷田 葛\u{e0100}子', department: '鄧小路課', remarks: 'ああ\n𩸽😀é' }
  expect(stored(typed).answers).toMatchObject(typed)
})

test.each([
  ['ああ\r\n\ue000', '備考の4文字目「\ue000」は、帳票で扱えない文字（環境依存文字）です。'],
  ['\u0007', '備考の1文字目に、読み取れない文字'],
  ['ab\ud842', '備考の3文字目に、読み取れない文字'],
  ['a\ufffd', '備考の2文字目に、読み取れない文字'],
  ['a\u0378', '備考の2文字目に、読み取れない文字'],
])('what nobody can read is named with its place: %j', (remarks, message) => {
  expect(errors({ remarks }).remarks).toContain(message)
})

test.each([
  ['0992862707', '099-286-2707'],
  ['0997521111', '0997-52-1111'],
  ['０９０１２３４５６７８', '090-1234-5678'],
  ['099-286-2707（代表）', '099-286-2707'],
])('the telephone number %s is stored as %s', (phone, text) => {
  expect(stored({ phone }).answers.phone).toBe(text)
})

test.each(['992862707', '9012345678'])(
  'the telephone number %s, without its 0, is asked for again',
  (phone) => {
    expect(errors({ phone }).phone).toContain('市外局番から')
  },
)

test.each([
  'a..b@docomo.ne.jp',
  '.ab@ezweb.ne.jp',
  'ab.@ezweb.ne.jp',
  'a/b@docomo.ne.jp',
  'a=b@docomo.ne.jp',
])('the mail address %s of a carrier is stored as it is', (email) => {
  expect(stored({ email }).answers.email).toBe(email)
})

test('one message a field, and no two alike', () => {
  const messages = Object.values(errors({ ...BLANK, hospitalCode: 'other', emr: 'planned' }))
  expect(messages).toHaveLength(10)
  expect(new Set(messages).size).toBe(10)
  for (const message of messages) expect(message).toMatch(/ください。$/)
})

test.each([
  ['', false],
  ['x', false],
  ['00000000-0000-4000-8000-00000000000', false],
  [crypto.randomUUID(), true],
  [crypto.randomUUID().toUpperCase(), true],
])('%j is the number of a sending: %s', (text, good) => {
  expect(isSubmissionId(text)).toBe(good)
  expect(errors({ submissionId: text }).submissionId === undefined).toBe(good)
})

const anyForm = fc
  .record(
    {
      hospitalCode: fc.constantFrom(KNOWN, 'other', '', 'x'),
      hospitalName: fc.string({ unit: 'grapheme' }),
      hospitalAddress: fc.string(),
      hospitalBeds: fc.oneof(fc.nat().map(String), fc.string()),
      department: fc.string({ unit: 'binary' }),
      contactName: fc.oneof(fc.constant('試験'), fc.string({ unit: 'binary' })),
      phone: fc.oneof(fc.constant('099 286 2707'), fc.string()),
      email: fc.oneof(fc.constant('a@b.jp'), fc.string()),
      emr: fc.constantFrom(...EMR_IDS, ''),
      emrPlannedMonth: fc.oneof(fc.constant('R6.9'), fc.string()),
      intent: fc.constantFrom(...INTENT_IDS),
      gmisConsent: fc.constantFrom(...CONSENT_IDS),
      masterCorrection: fc.string({ unit: 'binary' }),
      remarks: fc.string({ unit: 'binary' }),
    },
    { requiredKeys: [] },
  )
  .map((overrides) => aForm(overrides))

test('what was stored, sent once more, is stored the same', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const parsed = parse(form)
      if (!parsed.ok) {
        expect(Object.values(parsed.errors).every(Boolean)).toBe(true)
        return
      }
      expect(parse(formOf(parsed.submission))).toEqual(parsed)
    }),
    { numRuns: 500 },
  )
})
