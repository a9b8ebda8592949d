import type { Stores } from '../../db/stores.ts'
import type { FurtherQuestion } from '../../domain/answer/further.ts'
import { countingQuestions, questionTextsOf } from '../../domain/selection/edition-questions.ts'
import { labelledPolicy, type Policy, type SnapshotPolicy } from '../../domain/selection/policy.ts'
import type { QuestionTexts } from '../../domain/selection/questions.ts'
import type { PolicyQuestions } from './field-errors.ts'

/** What a form over this policy asks of the further questions. */
export function policyQuestions({ questions }: Stores, policy: Policy): PolicyQuestions {
  return { counting: countingQuestions(policy, questions.all()), kept: policy }
}

/** Policies with what their further questions are called today. */
export function labeller({ questions }: Stores): (policy: Policy) => SnapshotPolicy {
  const further = questions.all()
  return (policy) => labelledPolicy(policy, textsFor(policy, further))
}

/** An old version may know a question or an option that was taken out before anybody answered: it has no name any more. */
function textsFor({ questions = [] }: Policy, further: readonly FurtherQuestion[]): QuestionTexts {
  const texts = new Map(questionTextsOf(further))
  for (const question of questions) {
    const { label, options } = texts.get(question.id) ?? { label: '削除した質問', options: new Map() }
    const own =
      question.kind === 'choice' ? question.options.map(({ id }) => [id, '削除した選択肢'] as const) : []
    texts.set(question.id, { label, options: new Map([...own, ...options]) })
  }
  return texts
}
