import { answerTo, type FurtherQuestion } from '../../domain/answer/further.ts'
import { numberSpans } from '../../domain/answer/number-spans.ts'
import type { Answers } from '../../domain/answer/submission.ts'

/** What was answered to one further question, counted. A text is read, not counted. */
export interface QuestionTally {
  question: FurtherQuestion
  /** A choice's options, or spans of numbers, each with its count; the id is what the list of answers is narrowed by. */
  lines: { id: string; label: string; count: number }[]
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
      id,
      label,
      count: said.filter((answer) => answer === id).length,
    }))
    return { question, lines, unanswered, spread: null }
  }
  const numbers = said.map(Number).sort((a, b) => a - b)
  const lines = numberSpans(numbers, question.unit).map(({ id, label, holds }) => ({
    id,
    label,
    count: numbers.filter(holds).length,
  }))
  return { question, lines, unanswered, spread: spreadOf(numbers) }
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
