import { expect, test } from 'vitest'
import { aFurther, askFurther, FOUR } from '../support/further.ts'
import { officeWith } from '../support/office.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

const office = officeWith()
const at = new Date('2024-03-05T00:00:00Z')
const act = {
  ...{ actor: 'tanto', at, change: '変更', subject: 'links' },
  action: 'question.changed',
  detail: { label: '外部接続点の数' },
} as const

test('every change is kept with who and when, and the newest is what is asked', () => {
  const { questions } = office.stores
  expect(questions.current()).toEqual({ version: 0, questions: [] })
  expect(questions.save(FOUR, act)).toBe('saved')
  const ended = FOUR.map((each, index) => ({ ...each, isEnded: index === 0 }))
  expect(questions.save(ended, { ...act, actor: 'other' })).toBe('saved')
  expect(questions.all()).toEqual(ended)
  expect(questions.asked()).toEqual(FOUR.slice(1))
  expect(questions.saves()).toEqual([
    { version: 2, change: '変更', author: 'other', createdAt: at },
    { version: 1, change: '変更', author: 'tanto', createdAt: at },
  ])
  expect(office.stores.audit.latest(1)).toMatchObject([{ action: 'question.changed', actor: 'other' }])
})

test('only one of two is kept that change the same list, and the same again is no change', () => {
  const { questions } = office.stores
  expect(questions.save(FOUR, { ...act, basedOn: 0 })).toBe('saved')
  expect(questions.save(FOUR.slice(1), { ...act, basedOn: 0 })).toBe('changed-meanwhile')
  expect(questions.save(FOUR, { ...act, basedOn: 0 })).toBe('unchanged')
  expect(questions.current().version).toBe(1)
})

test('what was answered, by whichever version of an answer, is not taken away', () => {
  const { stores } = office
  askFurther(stores, FOUR)
  addHospitals(stores, {})
  const submissionId = crypto.randomUUID()
  saveSubmission(stores, { submissionId, extra: { links: 3 } })
  saveSubmission(stores, { submissionId, extra: { map: 'no' } })
  expect([...stores.questions.answered()]).toEqual([
    ['links', 1],
    ['map', 1],
  ])
  expect(stores.questions.save(FOUR.slice(1), act)).toBe('answered')
  const inUnits = FOUR.map((each) => (each.id === 'links' ? { ...each, unit: '台' } : each))
  expect(stores.questions.save(inUnits, act)).toBe('answered')
  expect(stores.questions.all()).toEqual(FOUR)
  const other = FOUR.filter(({ id }) => id !== 'kinds')
  expect(stores.questions.save(other, act)).toBe('saved')
})

test('an answer without further ones keeps the row that it always had', () => {
  const { stores } = office
  addHospitals(stores, {})
  const { id } = saveSubmission(stores)
  expect(stores.submissions.versions(id)[0]!.answers.extra).toEqual({})
  expect(stores.questions.answered().size).toBe(0)
})

test('a question may be called as what every object has', () => {
  const { stores } = office
  const question = aFurther({ id: 'constructor', kind: 'text', label: '名前' })
  askFurther(stores, [question])
  addHospitals(stores, {})
  const { id } = saveSubmission(stores, { extra: { constructor: 'あ' } as unknown as Record<string, string> })
  expect(Object.entries(stores.submissions.versions(id)[0]!.answers.extra)).toEqual([['constructor', 'あ']])
  expect(stores.questions.save([], act)).toBe('answered')
})
