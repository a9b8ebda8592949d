import { FURTHER_LIMITS, type FurtherQuestion } from './further.ts'

/** What may become of the further questions once somebody has answered one, and how many there may be. */

/** What of a question stays as it was answered. */
export type SettledPart = 'kind' | 'unit' | 'required' | 'options' | 'question'

/**
 * What a change would take from questions that were answered: another kind, unit or duty, a removed option, or the
 * question itself. An option or a question ends instead.
 * @param answered their ids
 */
export function brokenByChange(
  before: readonly FurtherQuestion[],
  after: readonly FurtherQuestion[],
  answered: ReadonlySet<string>,
): { id: string; part: SettledPart }[] {
  const now = new Map(after.map((question) => [question.id, question]))
  return before
    .filter(({ id }) => answered.has(id))
    .flatMap((was) => {
      const is = now.get(was.id)
      const parts: SettledPart[] = is ? changedParts(was, is) : ['question']
      return parts.map((part) => ({ id: was.id, part }))
    })
}

function changedParts(was: FurtherQuestion, is: FurtherQuestion): SettledPart[] {
  const kept = new Set(is.options.map(({ id }) => id))
  const same: readonly (readonly [SettledPart, boolean])[] = [
    ['kind', was.kind === is.kind],
    ['unit', was.unit === is.unit],
    ['required', was.required === is.required],
    ['options', was.options.every(({ id }) => kept.has(id))],
  ]
  return same.filter(([, isSame]) => !isSame).map(([part]) => part)
}

/** Whether another one may be asked. */
export function hasRoom(questions: readonly FurtherQuestion[]): boolean {
  return questions.filter(({ isEnded }) => !isEnded).length < FURTHER_LIMITS.questions
}

/** An id that none of them has or had: q1, q2 … */
export function newQuestionId(questions: readonly Pick<FurtherQuestion, 'id'>[]): string {
  return newId('q', questions)
}

/** The same of an option within its question: o1, o2 … */
export function newOptionId(options: readonly { id: string }[]): string {
  return newId('o', options)
}

function newId(letter: string, known: readonly { id: string }[]): string {
  const numbers = known.map(({ id }) => Number(/^[qo]([1-9]\d{0,5})$/.exec(id)?.[1] ?? 0))
  return `${letter}${numbers.reduce((most, number) => Math.max(most, number), 0) + 1}`
}
