import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ANSWER_QUESTIONS, isAsked, QUESTIONS, questionOf } from '../../../src/domain/answer/questions.ts'
import { aSubmission } from '../../support/builders.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

test('every question stands once, and makes up an answer or says whose it is', () => {
  const ids = QUESTIONS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const { extra: _, ...fixed } = aSubmission().answers
  expect(Object.keys(fixed).sort()).toEqual(ANSWER_QUESTIONS.map(({ id }) => id).sort())
  const others = QUESTIONS.filter(({ part }) => part === 'hospital').map(({ id }) => id)
  expect([...ANSWER_QUESTIONS.map(({ id }) => id), ...others].sort()).toEqual(ids.sort())
})

test('what stands behind a choice stands behind one that exists', () => {
  for (const { onlyWith, notWith } of QUESTIONS)
    for (const [id, choice] of [onlyWith, notWith].filter((each) => each !== null)) {
      const { kind, choices } = QUESTIONS.find((question) => question.id === id)!
      expect(kind === 'hospital' ? choice : choices.map((each) => each.id)).toContain(choice)
    }
})

test('a question behind a choice is asked where the choice was made', () => {
  const askedOf = (answers: Record<string, string>) =>
    QUESTIONS.filter((question) => isAsked(question, (id) => answers[id] ?? '')).map(({ id }) => id)
  expect(askedOf({ hospitalCode: '4619900011', emr: 'full' })).not.toContain('emrPlannedMonth')
  expect(askedOf({ hospitalCode: '4619900011', emr: 'planned' })).toContain('emrPlannedMonth')
  expect(askedOf({ hospitalCode: 'other' })).toContain('hospitalBeds')
  expect(askedOf({ hospitalCode: 'other' })).not.toContain('masterCorrection')
})

test('two questions are never called the same in one place', () => {
  for (const place of ['label', 'officeLabel', 'shortLabel', 'fileLabel'] as const)
    expect(new Set(QUESTIONS.map((question) => question[place])).size).toBe(QUESTIONS.length)
  expect(questionOf('emr')).toMatchObject({ number: '問1', fileLabel: '電子カルテ導入状況' })
})

describe('what a question is called is written in the one table', () => {
  /** The master knows these of a hospital as well, and GMIS asks of the EMR in its own words. */
  const OF_OTHERS = new Set(['病院名', '許可病床数', '電話番号', 'メールアドレス', '電子カルテ'])
  const TABLE = 'src/domain/answer/questions.ts'
  /** The notice is the letter as it was sent. */
  const files = globSync(['src/**/*.ts', 'views/**/*.eta'], { cwd: ROOT }).filter(
    (file) => !file.startsWith('views/survey/notice/'),
  )
  const labels = QUESTIONS.flatMap(({ label, name, officeLabel, shortLabel, fileLabel }) => [
    label,
    name,
    officeLabel,
    shortLabel,
    fileLabel,
  ])

  test.each([...new Set(labels)].filter((label) => !OF_OTHERS.has(label)))('%s', (label) => {
    const whole = new RegExp(`['"\`>　]${label}[：:]?['"\`<]`)
    expect(
      files.filter((file) => file !== TABLE && whole.test(readFileSync(resolve(ROOT, file), 'utf8'))),
    ).toEqual([])
  })
})
