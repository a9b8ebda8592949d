import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FURTHER_KIND_IDS, type FurtherQuestion, furtherField } from '../../../src/domain/answer/further.ts'
import { aForm } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { askFurther } from '../../support/further.ts'
import { htmlOf } from '../../support/html.ts'
import { rowsOf, type SurveySite, startSurvey } from '../../support/survey.ts'

/** What an officer may call things, and a hospital may type. */
const text = (max: number) =>
  fc
    .array(
      fc.constantFrom('あ', '髙', '𠮷', 'ｶﾞ', '"', '<b>', '&amp;', "'", '、', '=1', ' ', '　', '%', '\\', '.'),
      {
        maxLength: max,
      },
    )
    .map((parts) => parts.join(''))
const id = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/)

/** A question with what is typed for it. */
const question = fc.record({
  id: fc.oneof(id, fc.constantFrom('constructor', 'valueof', 'x')),
  kind: fc.constantFrom(...FURTHER_KIND_IDS),
  name: text(6),
  required: fc.boolean(),
  isEnded: fc.boolean(),
  unit: fc.constantFrom('', 'か所', '%'),
  options: fc.uniqueArray(fc.tuple(id, fc.boolean()), {
    minLength: 2,
    maxLength: 5,
    selector: ([each]) => each,
  }),
  typed: fc.oneof(
    { weight: 9, arbitrary: fc.nat(999_999_999).map(String) },
    { weight: 1, arbitrary: text(8) },
    { weight: 3, arbitrary: fc.constantFrom('', '１２', 'yes', '1,000か所') },
  ),
  choice: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(4)),
})

const edition = fc.uniqueArray(question, { minLength: 1, maxLength: 10, selector: (each) => each.id })

function asked({ name, options, kind, unit, ...rest }: Arbitrary, index: number): FurtherQuestion {
  const label = `質問${index}${name}。`
  return {
    ...{ id: rest.id, kind, label, shortLabel: `列${index}`, support: name.trim() },
    ...{ required: rest.required, isEnded: rest.isEnded, unit: kind === 'number' ? unit : '' },
    options:
      kind === 'choice'
        ? options.map(([option, isEnded], place) => ({
            id: option,
            label: `${option}${name}。`,
            isEnded: isEnded && place > 0,
          }))
        : [],
  }
}
type Arbitrary = typeof question extends fc.Arbitrary<infer Each> ? Each : never

/** How many of the forms were answers. */
let taken = 0

test('form → 確認 → store → receipt → correction: whatever is asked and answered comes out as it was confirmed', async () => {
  await fc.assert(
    fc.asyncProperty(edition, async (each) => {
      // An edition of its own each time: what was answered once keeps its question.
      const site = await startSurvey()
      await holds(site, each).finally(() => site.close())
    }),
    { numRuns: 25 },
  )
  expect(taken).toBeGreaterThan(4)
})

async function holds(site: SurveySite, each: readonly Arbitrary[]): Promise<void> {
  const questions = each.map(asked)
  askFurther(site.stores, questions)
  const typed = Object.fromEntries(
    each.map(({ kind, options, choice, typed: said, ...rest }) => [
      furtherField(rest.id),
      kind === 'choice' ? (options[choice]?.[0] ?? '') : said,
    ]),
  )
  const sent = { ...aForm(), ...typed }
  const reply = await site.post('/survey/confirm', sent)
  const open = questions.filter(({ isEnded }) => !isEnded)
  if (reply.statusCode === 422) {
    const errors = errorsOf(htmlOf(reply))
    for (const [field, message] of Object.entries(errors)) {
      const wrong = open.find((one) => furtherField(one.id) === field)!
      expect(message.startsWith(wrong.label)).toBe(true)
    }
    expect(new Set(Object.values(errors)).size).toBe(Object.keys(errors).length)
    const back = fieldsOf(htmlOf(reply))
    for (const one of open.filter(({ kind }) => kind !== 'choice'))
      expect(back[furtherField(one.id)]).toBe(typed[furtherField(one.id)])
    return
  }
  taken += 1
  const confirm = htmlOf(reply)
  const rows = rowsOf(confirm)
  const stored = await site.post('/survey', fieldsOf(confirm))
  const receipt = stored.headers.location!
  expect(rowsOf(htmlOf(await site.get(receipt)).querySelector('.summary-list')!)).toEqual(rows)
  const { answers } = site.stores.submissions.bySubmissionId(sent.submissionId)!
  expect(Object.keys(answers.extra).every((key) => open.some((one) => one.id === key))).toBe(true)
  for (const one of open.filter(({ required }) => required))
    expect(Object.hasOwn(answers.extra, one.id)).toBe(true)
  // What is stored is what a correction begins with, and unchanged it stores nothing.
  const again = htmlOf(
    await site.post(`${receipt}/confirm`, fieldsOf(htmlOf(await site.get(`${receipt}/edit`)))),
  )
  expect(again.querySelector('.summary-list__row--changed')).toBeNull()
  await site.post(`${receipt}/edit`, fieldsOf(again))
  expect(site.stores.submissions.bySubmissionId(sent.submissionId)).toMatchObject({ version: 1, answers })
}
