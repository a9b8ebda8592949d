import type { FurtherQuestion } from '../answer/further.ts'

const QUESTIONS_FORMAT = 'kakuho.questions/1'

/** The further questions of an edition as they are frozen with a round: what its answers are read by. */
export interface QuestionListFile {
  format: typeof QUESTIONS_FORMAT
  /** In the form's order, those that have ended too. */
  questions: FurtherQuestion[]
}

export function questionListFile(questions: readonly FurtherQuestion[]): QuestionListFile {
  return {
    format: QUESTIONS_FORMAT,
    questions: questions.map(
      ({ id, kind, label, shortLabel, support, required, unit, options, isEnded }) => ({
        id,
        kind,
        label,
        shortLabel,
        support,
        required,
        unit,
        options: options.map((option) => ({
          id: option.id,
          label: option.label,
          isEnded: option.isEnded,
        })),
        isEnded,
      }),
    ),
  }
}
