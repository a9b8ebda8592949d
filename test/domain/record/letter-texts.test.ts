import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LETTER_KIND_IDS, LETTER_KINDS } from '../../../src/domain/record/letter.ts'
import {
  missingNotice,
  paragraphsOf,
  parseLetterText,
  placeholdersOf,
  SHIPPED_TEXTS,
} from '../../../src/domain/record/letter-texts.ts'
import { filledTemplate } from '../../../src/domain/text/template.ts'

describe.each(LETTER_KINDS)('the shipped text of $label', ({ id }) => {
  test('is one that an officer could have typed, and says what it must', () => {
    expect(parseLetterText(id, SHIPPED_TEXTS[id])).toEqual({ ok: true, text: SHIPPED_TEXTS[id] })
    expect(missingNotice(id, SHIPPED_TEXTS[id])).toBeNull()
  })

  test('has nothing left to fill in, once it is filled in', () => {
    const values = Object.fromEntries(placeholdersOf(id).map(({ name }) => [name, '甲']))
    const { subject, body } = filledTemplate(SHIPPED_TEXTS[id], values)
    expect(`${subject}${body}`).not.toMatch(/[{}]/)
    expect(paragraphsOf(body).length).toBeGreaterThan(1)
  })

  test('speaks of no points and no other hospital', () => {
    // The points of the hospital itself are put in where a round shows them, and nowhere else.
    expect(SHIPPED_TEXTS[id].body.replace('{点数}', '')).not.toMatch(/点数|得点|評価|第\d+位/)
  })
})

test('a reserve is to be told that its number ends with the round', () => {
  expect(missingNotice('waitlisted', { subject: '', body: '補欠です。' })).toContain('引き継がれない')
  expect(missingNotice('selected', { subject: '', body: '選定です。' })).toBeNull()
})

test('a name that is filled in is no placeholder itself, whatever it holds', () => {
  const text = { subject: '{病院名}', body: '{病院名}と{受付番号}' }
  expect(filledTemplate(text, { 病院名: '{受付番号}', 受付番号: 'R-0001' })).toEqual({
    subject: '{受付番号}',
    body: '{受付番号}とR-0001',
  })
})

test('what is taken is taken again as it is, and has only placeholders of its kind', () => {
  const piece = fc.constantFrom('{病院名}', '{補欠の順位}', '{理由}', '{', '}', '病院', '\n\n', ' ', '　')
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(fc.constantFrom(...LETTER_KIND_IDS), text, text, (kind, subject, body) => {
      const parsed = parseLetterText(kind, { subject, body })
      if (!parsed.ok) {
        expect(Object.keys(parsed.errors).length).toBeGreaterThan(0)
        return
      }
      expect(parseLetterText(kind, parsed.text)).toEqual(parsed)
      const names = placeholdersOf(kind).map(({ name }) => name)
      for (const [, name] of `${parsed.text.subject}${parsed.text.body}`.matchAll(/{(.*?)}/g))
        expect(names).toContain(name)
    }),
  )
})
