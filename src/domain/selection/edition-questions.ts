import type { FurtherQuestion } from '../answer/further.ts'
import type { Policy } from './policy.ts'
import type { PolicyQuestion, QuestionTexts } from './questions.ts'

/** The further questions of an edition as its policy has to do with them. */

/** One that may earn points, with what it and its choices are called. */
export type CountingQuestion = FurtherQuestion & { readonly kind: PolicyQuestion['kind'] }

/**
 * What a policy may give points, in the form's order: choices and numbers. A text is read by people. What is not asked
 * any more stays as long as the policy has it.
 * @param further all that there ever were
 */
export function countingQuestions(
  { questions = [] }: Pick<Policy, 'questions'>,
  further: readonly FurtherQuestion[],
): CountingQuestion[] {
  const used = new Set(questions.map(({ id }) => id))
  return further.filter(isCounting).filter(({ id, isEnded }) => !isEnded || used.has(id))
}

function isCounting(question: FurtherQuestion): question is CountingQuestion {
  return question.kind !== 'text'
}

/** What the policy says of a question; undefined where it says nothing, or what was a question of another kind then. */
export function policyOn(
  { questions = [] }: Pick<Policy, 'questions'>,
  { id, kind }: Pick<FurtherQuestion, 'id' | 'kind'>,
): PolicyQuestion | undefined {
  return questions.find((question) => question.id === id && question.kind === kind)
}

/**
 * The policy on the questions as they are asked today: an option of which it knows nothing is worth 0, and what is asked
 * no more as it was then, before anybody answered, is left out.
 */
export function fittedPolicy(policy: Policy, further: readonly FurtherQuestion[]): Policy {
  const { questions, ...rest } = policy
  if (!questions) return policy
  const fitted = further.flatMap((asked): PolicyQuestion[] => {
    const question = policyOn(policy, asked)
    if (question?.kind !== 'choice') return question ? [question] : []
    const known = new Map(question.options.map((option) => [option.id, option]))
    return [{ ...question, options: asked.options.map(({ id }) => known.get(id) ?? { id, value: 0 }) }]
  })
  return fitted.length === 0 ? rest : { ...rest, questions: fitted }
}

/** What of the questions the policy has to be looked through for again: 「質問」の選択肢「選択肢」. */
export function unfittedLabels(policy: Policy, further: readonly FurtherQuestion[]): string[] {
  return (policy.questions ?? []).flatMap(({ id }) => {
    const asked = further.find((question) => question.id === id)
    const question = asked && policyOn(policy, asked)
    if (!question) return asked ? [`「${asked.label}」`] : []
    if (question.kind === 'number') return []
    const known = new Set(question.options.map((option) => option.id))
    return asked.options
      .filter((option) => !known.has(option.id))
      .map(({ label }) => `「${asked.label}」の選択肢「${label}」`)
  })
}

/** What the questions and their options are called, in the form's order. */
export function questionTextsOf(further: readonly FurtherQuestion[]): QuestionTexts {
  return new Map(
    further.map(({ id, label, options }) => [
      id,
      { label, options: new Map(options.map((option) => [option.id, option.label])) },
    ]),
  )
}

/**
 * A policy that takes the place of another one: a question that counted stays in it. What it does not know of such a
 * question counts nothing and keeps nobody out.
 */
export function withQuestionsOf(
  policy: Policy,
  { questions = [] }: Pick<Policy, 'questions'>,
  further: readonly FurtherQuestion[],
): Policy {
  const own = policy.questions ?? []
  const missing = questions.filter(({ id }) => !own.some((each) => each.id === id)).map(withoutEffect)
  if (missing.length === 0) return policy
  const place = ({ id }: PolicyQuestion) => further.findIndex((each) => each.id === id)
  return { ...policy, questions: [...own, ...missing].toSorted((a, b) => place(a) - place(b)) }
}

function withoutEffect(question: PolicyQuestion): PolicyQuestion {
  if (question.kind === 'number') return { ...question, points: 0 }
  return { ...question, points: 0, options: question.options.map(({ id, value }) => ({ id, value })) }
}
