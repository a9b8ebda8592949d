import { CHANNEL_CHOICES } from '../../domain/answer/choices.ts'
import type { FurtherQuestion } from '../../domain/answer/further.ts'
import { type AnswerLine, officeLines } from '../../domain/answer/lines.ts'
import { SUBMISSION_STATES, type Submission } from '../../domain/answer/submission.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'

/** Every submission of one hospital beside each other. */
export interface Comparison {
  columns: { number: string; state: Submission['state']; stateLabel: string; isThis: boolean }[]
  rows: { label: string; cells: string[]; differs: boolean }[]
}

/** @param further the questions of this edition that they are read by */
export function comparison(
  submissions: readonly Submission[],
  number: string,
  further: readonly FurtherQuestion[],
): Comparison {
  const lines = submissions.map((submission) => [
    ...receptionLines(submission).slice(0, 2),
    ...officeLines(submission.answers, further),
  ])
  return {
    columns: submissions.map(({ state, number: other }) => ({
      number: other,
      state,
      stateLabel: labelOf(SUBMISSION_STATES, state),
      isThis: other === number,
    })),
    rows: lines[0]!.map(({ label }, index) => {
      const cells = lines.map((column) => column[index]!.text)
      return { label, cells, differs: new Set(cells).size > 1 }
    }),
  }
}

/** How and when it came in. */
export function receptionLines(submission: Submission): AnswerLine[] {
  const { submittedAt, version, correctedAt } = submission
  const lines = [
    { label: '受付方法', text: receptionText(submission) },
    { label: '受付日時', text: dateTimeText(submittedAt) },
  ]
  return version === 1 ? lines : [...lines, { label: '最後の訂正', text: dateTimeText(correctedAt) }]
}

/** 回答フォーム（照合済）: with a word where it came through the link that its hospital was given. */
export function receptionText({ channel, isMatched }: Pick<Submission, 'channel' | 'isMatched'>): string {
  return `${labelOf(CHANNEL_CHOICES, channel)}${isMatched ? '（照合済）' : ''}`
}
