import {
  GMIS_QUESTION_IDS,
  GMIS_QUESTIONS,
  type GmisMapping,
  questionMappingText,
} from '../../domain/survey/gmis-mapping.ts'
import { labelOf } from '../../domain/text/choice.ts'

/** Which column is read as what, a line a question. */
export function shownQuestions(mapping: GmisMapping): { label: string; text: string }[] {
  return GMIS_QUESTION_IDS.map((question) => ({
    label: labelOf(GMIS_QUESTIONS, question),
    text: questionMappingText(mapping[question]),
  }))
}
