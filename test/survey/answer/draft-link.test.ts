import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SUBMISSION_FIELDS, type TypedForm } from '../../../src/domain/answer/form.ts'
import { LIMITS } from '../../../src/domain/answer/questions.ts'
import { LONGEST_DRAFT, openDraft, sealDraft } from '../../../src/survey/answer/draft-link.ts'
import { aForm } from '../../support/builders.ts'

const SECRET = 'a secret of the tests, at least 32 characters long'
const NOW = new Date('2024-03-11T01:00:00Z')
const DEADLINE = new Date('2024-03-18T15:00:00Z')

const seal = (form: TypedForm) => sealDraft(form, { secret: SECRET, expiresAt: DEADLINE })
const open = (text: string, now = NOW, secret = SECRET) => openDraft(text, { secret, now })

const anyForm = fc.record(
  Object.fromEntries(SUBMISSION_FIELDS.map((field) => [field, fc.string({ unit: 'binary', maxLength: 60 })])),
) as fc.Arbitrary<unknown> as fc.Arbitrary<TypedForm>

test('whatever was typed comes out as it was, finished or not', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      expect(open(seal(form)!)).toEqual({ ok: true, form })
    }),
    { numRuns: 200 },
  )
})

test('it opens until the deadline in Tokyo, and not from then on', () => {
  const text = seal(aForm())!
  expect(open(text, new Date('2024-03-18T14:59:59.999Z')).ok).toBe(true)
  expect(open(text, new Date('2024-03-18T15:00:00Z'))).toEqual({ ok: false, reason: 'expired' })
})

test('no byte of it can be changed, left out or added', () => {
  const text = seal(aForm({ remarks: '日程の調整をお願いします。' }))!
  const broken = { ok: false, reason: 'broken' }
  for (let place = 0; place < text.length; place++) {
    const other = text[place] === 'A' ? 'B' : 'A'
    expect(open(text.slice(0, place) + other + text.slice(place + 1))).toEqual(broken)
    expect(open(text.slice(0, place))).toEqual(broken)
    expect(open(`${text.slice(0, place)}!${text.slice(place)}`)).toEqual(broken)
  }
})

test('any text that this server did not make is broken, never an error', () => {
  const broken = { ok: false, reason: 'broken' }
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.uint8Array({ maxLength: 200 })), (input) => {
      const text = typeof input === 'string' ? input : Buffer.from(input).toString('base64url')
      expect(open(text)).toEqual(broken)
    }),
  )
  expect(open('A'.repeat(1_000_000))).toEqual(broken)
})

test('another server’s secret does not open it', () => {
  const text = seal(aForm())!
  expect(open(text, NOW, `${SECRET}.`)).toEqual({ ok: false, reason: 'broken' })
})

test('nothing personal can be read in it, and no two are alike', () => {
  const form = aForm({ contactName: 'SHIKEN Hanako' })
  const texts = [seal(form)!, seal(form)!]
  expect(texts[0]).not.toBe(texts[1])
  for (const text of texts) {
    expect(text).toMatch(/^[\w-]+$/)
    expect(Buffer.from(text, 'base64url').toString('latin1')).not.toMatch(/SHIKEN|Hanako|hospital|099/)
  }
})

test('an everyday answer is short, and the longest possible one fits an address', () => {
  const everyday = aForm({ department: '事務部', remarks: '診療への影響が少ない土曜日の午後を希望します。' })
  expect(seal(everyday)!.length).toBeLessThan(700)
  expect(seal(longestForm())!.length).toBeLessThan(5_000)
  expect(seal(longestForm())!.length).toBeGreaterThan(3_500)
})

test('what is far too long gets no link', () => {
  expect(seal(aForm({ remarks: kanji(4_000) }))).toBeNull()
  expect(LONGEST_DRAFT).toBe(6_000)
})

/** Every field filled up to its limit with kanji that repeat as little as possible. */
function longestForm(): TypedForm {
  const limits: Partial<Record<string, number>> = LIMITS
  const text = SUBMISSION_FIELDS.map((field, seed) => [field, kanji(limits[field] ?? 0, seed)] as const)
  return aForm({
    ...Object.fromEntries(text),
    hospitalCode: 'other',
    hospitalBeds: '9999',
    phone: '0990-00-0000',
    email: `${'a1b2c3d4e5'.repeat(24)}@example.jp`,
    emr: 'planned',
    emrPlannedMonth: '2024-09',
    intent: 'undecided',
  })
}

/** The same kanji on every run, spread over the 6,000 of 第一・第二水準 as if drawn by lot. */
function kanji(length: number, seed = 0): string {
  let state = 20240311 + seed
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return String.fromCodePoint(0x4e00 + ((state >>> 8) % 6_000))
  }).join('')
}
