import { answerTo, type FurtherQuestion, numberText } from '../../domain/answer/further.ts'
import type { Answers } from '../../domain/answer/submission.ts'

/** What was answered to one further question, counted. A text is read, not counted. */
export interface QuestionTally {
  question: FurtherQuestion
  /** A choice's options, or spans of numbers; each with its count. */
  lines: { label: string; count: number; option: string | null }[]
  unanswered: number
  /** Of a number that somebody answered. */
  spread: { least: number; middle: number; most: number; sum: number } | null
}

/** @param answers that count */
export function questionTallies(
  further: readonly FurtherQuestion[],
  answers: readonly Pick<Answers, 'extra'>[],
): QuestionTally[] {
  return further
    .filter(({ kind }) => kind !== 'text')
    .map((question) => tallyOf(question, answers))
    .filter(({ question, unanswered }) => !question.isEnded || unanswered < answers.length)
}

function tallyOf(question: FurtherQuestion, answers: readonly Pick<Answers, 'extra'>[]): QuestionTally {
  const said = answers.map(({ extra }) => answerTo(question, extra)).filter((answer) => answer !== null)
  const unanswered = answers.length - said.length
  if (question.kind === 'choice') {
    const lines = question.options.map(({ id, label }) => ({
      label,
      option: id,
      count: said.filter((answer) => answer === id).length,
    }))
    return { question, lines, unanswered, spread: null }
  }
  const numbers = said.map(Number).sort((a, b) => a - b)
  return { question, lines: spans(numbers, question.unit), unanswered, spread: spreadOf(numbers) }
}

/** Of sorted numbers; of an even count the lower one of the two in the middle, which somebody did answer. */
function spreadOf(numbers: readonly number[]): QuestionTally['spread'] {
  if (numbers.length === 0) return null
  return {
    least: numbers[0]!,
    middle: numbers[Math.floor((numbers.length - 1) / 2)]!,
    most: numbers.at(-1)!,
    sum: numbers.reduce((sum, number) => sum + number, 0),
  }
}

/** 0, 1, 2～4, 5～9, 10～19, 20～49 …: from the span of the least number to that of the greatest. */
function spans(numbers: readonly number[], unit: string): QuestionTally['lines'] {
  if (numbers.length === 0) return []
  const [first, last] = [numbers[0]!, numbers.at(-1)!].map((number) =>
    BEGINS.findLastIndex((begin) => begin <= number),
  )
  return BEGINS.slice(first!, last! + 1).map((from, index) => {
    const to = (BEGINS[first! + index + 1] ?? Number.POSITIVE_INFINITY) - 1
    return {
      label: spanText(from, to, unit),
      option: null,
      count: numbers.filter((number) => from <= number && number <= to).length,
    }
  })
}

const BEGINS = [
  0,
  ...Array.from({ length: 9 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat(),
]

function spanText(from: number, to: number, unit: string): string {
  if (from === to) return numberText(from, unit)
  return to === Number.POSITIVE_INFINITY
    ? `${numberText(from, unit)}以上`
    : `${numberText(from, '')}～${numberText(to, unit)}`
}
