import type { Stores } from '../../db/stores.ts'
import { answerTo, type FurtherQuestion } from '../../domain/answer/further.ts'
import type { Answers } from '../../domain/answer/submission.ts'

/** The further questions that these answers are read by: one that has ended only where one of them says something to it. */
export function furtherOf(
  { questions }: Pick<Stores, 'questions'>,
  answers: readonly Pick<Answers, 'extra'>[],
): FurtherQuestion[] {
  return questions
    .all()
    .filter((each) => !each.isEnded || answers.some(({ extra }) => answerTo(each, extra) !== null))
}
