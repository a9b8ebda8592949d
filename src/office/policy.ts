import type { Stores } from '../db/stores.ts'
import type { Answers } from '../domain/answer/submission.ts'
import { fittedPolicy, questionTextsOf } from '../domain/selection/edition-questions.ts'
import { labelledPolicy, type SnapshotPolicy } from '../domain/selection/policy.ts'
import { answerHints } from '../domain/selection/words/obstacle.ts'
import { keptShown } from './kept.ts'

export type PolicyStores = Pick<Stores, 'policies' | 'questions' | 'shownStamp'>

/** By what reads it: one for all who ask. */
const readers = new WeakMap<Stores['policies'], () => SnapshotPolicy>()

/** The policy that counts, on the further questions as they are asked today, with what they are called. */
export function policyToday(stores: PolicyStores): SnapshotPolicy {
  const read = readers.get(stores.policies) ?? keptShown(stores, () => policyIn(stores))
  readers.set(stores.policies, read)
  return read()
}

function policyIn({ policies, questions }: PolicyStores): SnapshotPolicy {
  const further = questions.all()
  return labelledPolicy(fittedPolicy(policies.current().policy, further), questionTextsOf(further))
}

/** What an answer means for the support by the policy that counts, said before it is sent. */
export function hintsOf(stores: PolicyStores, answers: Answers): string[] {
  const { supportPeriodEnd, questions } = policyToday(stores)
  return answerHints(answers, supportPeriodEnd, questions)
}
