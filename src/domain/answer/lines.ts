import { labelOf } from '../text/choice.ts'
import { monthText } from '../text/dates.ts'
import { CONSENT_CHOICES, EMR_CHOICES, INTENT_CHOICES } from './questionnaire.ts'
import type { Answers } from './submission.ts'

export interface AnswerLine {
  label: string
  text: string
}

/** What was answered, a line a question, in the order of the form; the same lines for every submission. */
export function answerLines(answers: Answers): AnswerLine[] {
  return LINES.map(([label, text]) => ({ label, text: text(answers) ?? '（記入なし）' }))
}

/** The lines in which a later version differs from the one before. */
export function changedLines(
  before: Answers,
  after: Answers,
): { label: string; before: string; after: string }[] {
  const earlier = answerLines(before)
  return answerLines(after)
    .map(({ label, text }, index) => ({ label, before: earlier[index]!.text, after: text }))
    .filter((line) => line.before !== line.after)
}

const LINES: readonly [label: string, text: (answers: Answers) => string | null][] = [
  ['電子カルテシステムの導入状況', ({ emr }) => labelOf(EMR_CHOICES, emr)],
  ['導入予定時期', ({ emrPlannedMonth }) => emrPlannedMonth && monthText(emrPlannedMonth)],
  ['本事業の活用意向', ({ intent }) => labelOf(INTENT_CHOICES, intent)],
  ['GMIS調査の回答結果の活用', ({ gmisConsent }) => labelOf(CONSENT_CHOICES, gmisConsent ? 'yes' : 'no')],
  ['担当部署', ({ department }) => department],
  ['担当者名', ({ contactName }) => contactName],
  ['電話番号', ({ phone }) => phone],
  ['メールアドレス', ({ email }) => email],
  ['病院の登録内容の訂正', ({ masterCorrection }) => masterCorrection],
  ['備考', ({ remarks }) => remarks],
]
