import type { Notice } from './notice.ts'
import { SHIPPED_QUESTIONS } from './shipped-questions.ts'
import { SHIPPED_SECTIONS } from './shipped-sections.ts'

/** What comes with the program: the programme of 令和6年度, in our words. */
export const SHIPPED_NOTICE: Notice = { sections: SHIPPED_SECTIONS, questions: SHIPPED_QUESTIONS }
