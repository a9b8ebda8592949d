import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CONSENT_IDS, EMR_IDS, INTENT_IDS } from '../../../src/domain/answer/choices.ts'
import type { TypedForm } from '../../../src/domain/answer/form.ts'
import { LIMITS } from '../../../src/domain/answer/questions.ts'
import { aForm } from '../../support/builders.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, type Page } from '../../support/html.ts'
import { OTHER, rowsOf, surveyWith } from '../../support/survey.ts'

const site = surveyWith({ shared: true })

async function confirmed(overrides: Partial<TypedForm> = {}): Promise<Page> {
  const reply = await site.confirm(overrides)
  expect(reply.statusCode).toBe(200)
  return htmlOf(reply)
}

const TRICKY = [
  '"',
  "'",
  '<',
  '>',
  '&',
  '&amp;',
  '<script>',
  '</textarea>',
  '\n',
  '\n\n',
  '　',
  ' ',
  '％',
  '\\',
]
const WORDS = ['あ', '漢字', 'ｶﾅ', '髙', 'a', '1', '-', 'ー', '、', '=1+1', '@', '%00', '+']
const text = (extra: string[]) =>
  fc
    .array(fc.constantFrom(...extra, ...WORDS), { minLength: 1, maxLength: 12 })
    .map((parts) => `あ${parts.join('')}`)
const answer = fc.record({
  hospital: fc.constantFrom({ hospitalCode: '4619900011' }, { hospitalCode: '4619900029' }, OTHER),
  name: text(TRICKY).filter((name) => name.length <= LIMITS.contactName),
  department: text(TRICKY),
  remarks: text(TRICKY),
  emr: fc.constantFrom(...EMR_IDS),
  intent: fc.constantFrom(...INTENT_IDS),
  gmisConsent: fc.constantFrom(...CONSENT_IDS),
})

test('確認 → 入力 → 確認 changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(answer, async ({ hospital, name, ...answers }) => {
      const month = answers.emr === 'planned' ? '2024-09' : ''
      const first = await confirmed({ ...hospital, ...answers, contactName: name, emrPlannedMonth: month })
      const form = htmlOf(await site.post('/survey/form', fieldsOf(first)))
      const second = await confirmed(fieldsOf(form))
      expect(fieldsOf(form)).toEqual(fieldsOf(first))
      expect(fieldsOf(second)).toEqual(fieldsOf(first))
      expect(rowsOf(second)).toEqual(rowsOf(first))
    }),
    { numRuns: 60 },
  )
})

test('whatever was typed, the form gives it back', async () => {
  const anything = fc
    .string({ unit: 'binary', maxLength: 30 })
    // HTML itself has no NUL, and its one line break is LF.
    .map((typed) => typed.replaceAll('\0', '').replaceAll('\r', '\n'))
  await fc.assert(
    fc.asyncProperty(anything, anything, async (contactName, remarks) => {
      const sent = aForm({ contactName, remarks })
      expect(fieldsOf(htmlOf(await site.post('/survey/form', sent)))).toEqual(sent)
    }),
    { numRuns: 60 },
  )
})
