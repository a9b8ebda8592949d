import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askedOf, formOf, parseSubmissionForm, typedForm } from '../../../src/domain/answer/form.ts'
import {
  askedFurther,
  type Extra,
  endedAnswers,
  type FurtherQuestion,
  furtherField,
  furtherText,
  readFurther,
  sameExtra,
} from '../../../src/domain/answer/further.ts'
import {
  brokenByChange,
  hasRoom,
  newOptionId,
  newQuestionId,
} from '../../../src/domain/answer/further-change.ts'
import { EXAMPLE_2026 } from '../../../src/domain/answer/further-example.ts'
import { answerLines, changedLines, officeLines } from '../../../src/domain/answer/lines.ts'
import { QUESTIONS } from '../../../src/domain/answer/questions.ts'
import { sameAnswers } from '../../../src/domain/answer/submission.ts'
import { isFurther, questionsWith } from '../../../src/domain/answer/with-further.ts'
import { aForm, aSubmission } from '../../support/builders.ts'
import { aFurther, FOUR } from '../../support/further.ts'

const keyOf = (code: string) => code
const ended = (question: FurtherQuestion): FurtherQuestion => ({ ...question, isEnded: true })
const answersWith = (extra: Extra) => ({ ...aSubmission().answers, extra })

test('they stand behind what every edition asks of the programme, and count on', () => {
  const questions = questionsWith([FOUR[0]!, ended(FOUR[1]!), FOUR[2]!])
  const ids = questions.map(({ id }) => id)
  expect(ids.slice(ids.indexOf('gmisConsent'))).toEqual([
    'gmisConsent',
    'q.links',
    'q.kinds',
    'q.map',
    'remarks',
  ])
  expect(questions.filter(isFurther).map(({ number, label }) => [number, label])).toEqual([
    ['問4', '外部接続点の数'],
    ['', '外部接続点の種類'],
    ['問5', 'ネットワーク構成図の有無'],
  ])
  expect(questionsWith([])).toBe(QUESTIONS)
})

test('the example is a list that could be kept, of questions that differ in every heading', () => {
  expect(readFurther(JSON.stringify(EXAMPLE_2026))).toEqual(EXAMPLE_2026)
  for (const place of ['id', 'label', 'shortLabel'] as const)
    expect(new Set(EXAMPLE_2026.map((each) => each[place])).size).toBe(EXAMPLE_2026.length)
  expect(() => readFurther('[{"id":"Q"}]')).toThrow()
})

describe('what is answered', () => {
  test('stands under the question’s id, as what it is', () => {
    const typed = { 'q.links': '０１２か所', 'q.kinds': '　光　回線 ', 'q.map': 'yes', 'q.vendor': '' }
    const questions = questionsWith(FOUR)
    const form = typedForm({ get: (name) => ({ ...aForm(), ...typed })[name as 'emr'] ?? '' }, questions)
    const parsed = parseSubmissionForm(form, keyOf, askedOf(FOUR))
    expect(parsed).toMatchObject({
      ok: true,
      submission: { answers: { extra: { links: 12, kinds: '光　回線', map: 'yes' } } },
    })
    if (!parsed.ok) return
    const again = parseSubmissionForm(formOf(parsed.submission, questions), keyOf, askedOf(FOUR))
    expect(again).toEqual(parsed)
  })

  test('reads as people read it, for the hospital and for the office', () => {
    const extra = { links: 1200, map: 'no', kinds: '光回線' }
    expect(FOUR.map((each) => furtherText(each, extra))).toEqual(['1,200か所', '光回線', 'なし', ''])
    expect(officeLines(answersWith(extra), FOUR).slice(3, 9)).toEqual([
      { label: 'GMIS調査の回答結果の活用', text: '活用してよい' },
      { label: '外部接続点の数', text: '1,200か所' },
      { label: '外部接続点の種類', text: '光回線' },
      { label: 'ネットワーク構成図の有無', text: 'なし' },
      { label: '保守事業者の協力', text: '（記入なし）' },
      { label: '担当部署', text: '（記入なし）' },
    ])
    expect(changedLines(answersWith(extra), answersWith({ ...extra, links: 3 }), FOUR)).toEqual([
      { label: '外部接続点の数', before: '1,200か所', after: '3か所' },
    ])
  })

  test('to a question that has ended shows where it was, and stays when the answer is corrected', () => {
    const questions = [ended(FOUR[0]!), ended(FOUR[1]!), FOUR[2]!]
    const shown = (extra: Extra) =>
      answerLines({ ...aSubmission(), answers: answersWith(extra) }, () => null, questionsWith(questions))
        .map(({ id }) => id)
        .filter((id) => id.startsWith('q.'))
    expect(shown({ links: 0 })).toEqual(['q.links', 'q.map'])
    expect(shown({})).toEqual(['q.map'])
    expect(endedAnswers(questions, { links: 0, map: 'yes' })).toEqual({ links: 0 })
    const form = typedForm(
      { get: (name) => ({ ...aForm(), 'q.map': 'no' })[name as 'emr'] ?? '' },
      questionsWith(questions),
    )
    const parsed = parseSubmissionForm(form, keyOf, askedOf(questions, { links: 0, map: 'yes' }))
    expect(parsed).toMatchObject({ submission: { answers: { extra: { links: 0, map: 'no' } } } })
  })

  test('an ended option is left to who chose it', () => {
    const [map] = askedFurther([FOUR[2]!])
    const options = map!.options.map((each) => ({ ...each, isEnded: each.id === 'no' }))
    const idsFor = (stored: Extra) =>
      askedFurther([{ ...map!, options }], stored)[0]!.options.map(({ id }) => id)
    expect([idsFor({}), idsFor({ map: 'yes' }), idsFor({ map: 'no' })]).toEqual([
      ['yes'],
      ['yes'],
      ['yes', 'no'],
    ])
  })

  test('is the same whatever the order of its keys, and another where anything of it is', () => {
    expect(sameExtra({ a: 1, b: 'x' }, { b: 'x', a: 1 })).toBe(true)
    expect(sameExtra({ a: 1 }, { a: '1' })).toBe(false)
    expect(sameExtra({}, { constructor: 'x' } as unknown as Extra)).toBe(false)
    expect(sameAnswers(answersWith({}), answersWith({ links: 0 }))).toBe(false)
    expect(sameAnswers(answersWith({ links: 0 }), answersWith({ links: 0 }))).toBe(true)
  })

  test('nothing is read out of a prototype', () => {
    const question = aFurther({ id: 'constructor', kind: 'text', label: '名前' })
    expect(furtherText(question, {})).toBe('')
    expect(officeLines(answersWith({}), [question])).toContainEqual({ label: '名前', text: '（記入なし）' })
    const form = formOf(aSubmission(), questionsWith([question]))
    expect(form[furtherField('constructor')]).toBe('')
  })
})

describe('what a change may do', () => {
  const option = fc.record({ id: fc.constantFrom('a', 'b', 'c'), label: fc.string(), isEnded: fc.boolean() })
  const question = fc.record({
    id: fc.constantFrom('x', 'y', 'z'),
    kind: fc.constantFrom('choice' as const, 'number' as const, 'text' as const),
    ...{ label: fc.string(), shortLabel: fc.string(), support: fc.string(), unit: fc.constantFrom('', '台') },
    ...{ required: fc.boolean(), isEnded: fc.boolean() },
    options: fc.uniqueArray(option, { selector: ({ id }) => id }),
  })
  const list = fc.uniqueArray(question, { selector: ({ id }) => id })

  test('before an answer everything, after it only texts, further options, ends and places', () => {
    fc.assert(
      fc.property(list, list, fc.uniqueArray(fc.constantFrom('x', 'y', 'z')), (before, after, ids) => {
        const broken = brokenByChange(before, after, new Set(ids))
        expect(broken.every(({ id }) => ids.includes(id as 'x'))).toBe(true)
        for (const was of before) {
          const is = after.find(({ id }) => id === was.id)
          const stays =
            is !== undefined &&
            is.kind === was.kind &&
            is.unit === was.unit &&
            is.required === was.required &&
            was.options.every(({ id }) => is.options.some((each) => each.id === id))
          const isBroken = broken.some(({ id }) => id === was.id)
          expect(isBroken).toBe(ids.includes(was.id as 'x') && !stays)
        }
      }),
    )
  })

  test('any number of ends and texts break nothing', () => {
    fc.assert(
      fc.property(list, fc.string(), (before, text) => {
        const after = before
          .map((each) => ({
            ...each,
            ...{ label: text, isEnded: !each.isEnded },
            options: [
              ...each.options.map((one) => ({ ...one, label: text, isEnded: true })),
              { id: 'new', label: text, isEnded: false },
            ],
          }))
          .toReversed()
        expect(brokenByChange(before, after, new Set(before.map(({ id }) => id)))).toEqual([])
      }),
    )
  })

  test('ten are asked at a time, whatever has ended', () => {
    const many = Array.from({ length: 10 }, (_, index) => aFurther({ id: `q${index}` }))
    expect([hasRoom(many), hasRoom([...many.slice(1), ended(many[0]!)])]).toEqual([false, true])
  })

  test('an id is given once', () => {
    expect(newQuestionId([])).toBe('q1')
    expect(newQuestionId([{ id: 'q2' }, { id: 'links' }, { id: 'q10' }])).toBe('q11')
    expect(newOptionId([{ id: 'yes' }, { id: 'o1' }])).toBe('o2')
  })
})
