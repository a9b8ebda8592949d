import { type Hospital, hospitalText } from '../master/hospital.ts'
import { monthText } from '../text/dates.ts'
import { phoneText } from '../text/phone.ts'
import { saidIn, type TypedForm } from './form.ts'
import { type FurtherField, type FurtherQuestion, numberText } from './further.ts'
import {
  ANSWER_QUESTIONS,
  type AnswerId,
  type AskedId,
  isAsked,
  OTHER_HOSPITAL,
  OTHER_HOSPITAL_LABEL,
  QUESTIONS,
  type Question,
  questionOf,
  type Said,
} from './questions.ts'
import type { Answers, NewSubmission, Submission } from './submission.ts'
import { ofFurther } from './with-further.ts'

/** A line of a list of facts. */
export interface AnswerLine {
  label: string
  text: string
}

/** What was said to one question, as a person reads it. */
export interface QuestionLine extends AnswerLine {
  id: AskedId
}

/** A line of an answer beside what it was before. */
export interface ComparedLine extends QuestionLine {
  /** Null where it stays as it is. */
  before: string | null
}

/** By the master's key; null where the master has no such hospital. */
export type FindHospital = (code: string) => Hospital | null

/**
 * An answer as its hospital reads it, in the order of the form: 確認, the sheet for the seals, the receipt.
 * @param questions `questionsWith` all that there ever were
 */
export function answerLines(
  sent: NewSubmission,
  findHospital: FindHospital,
  questions: readonly Question[] = QUESTIONS,
): QuestionLine[] {
  return linesOf(saidIn(sent), findHospital, questions)
}

/** The same of a form as it was typed: what a refused sender may copy. What is no choice shows as it was sent. */
export function typedLines(
  typed: TypedForm,
  findHospital: FindHospital,
  questions: readonly Question[] = QUESTIONS,
): QuestionLine[] {
  return linesOf((id) => typed[id] ?? '', findHospital, questions)
}

/** Every question of both answers, in the order of the form. */
export function comparedLines(
  before: readonly QuestionLine[],
  after: readonly QuestionLine[],
  questions: readonly Question[] = QUESTIONS,
): ComparedLine[] {
  const [old, now] = [before, after].map((lines) => new Map(lines.map(({ id, text }) => [id, text])))
  return questions
    .filter(({ id }) => old!.has(id) || now!.has(id))
    .map(({ id, label }) => {
      const [was, text] = [old!.get(id) ?? NOT_ASKED, now!.get(id) ?? NOT_ASKED]
      return { id, label, text, before: was === text ? null : was }
    })
}

/**
 * An answer as an officer reads it: the same lines for every submission, so that several stand beside each other.
 * @param further all that there ever were
 */
export function officeLines(answers: Answers, further: readonly FurtherQuestion[] = []): AnswerLine[] {
  return officeQuestions(further).map((question) => ({
    label: question.officeLabel,
    text: saidText(question, answers) || NOTHING_SAID,
  }))
}

/** The answer itself in the officers' order: the further questions behind those that decide in every edition. */
function officeQuestions(further: readonly FurtherQuestion[]): readonly Question<AnswerId | FurtherField>[] {
  const first = ANSWER_QUESTIONS.filter(({ part }) => part === 'programme')
  return [...first, ...further.map((each) => ofFurther(each)), ...ANSWER_QUESTIONS.slice(first.length)]
}

/** How a hospital that is not in the list named itself, as an officer reads it. */
export function namedLines(named: NonNullable<Submission['typedHospital']>): AnswerLine[] {
  const said = saidIn({ hospital: { kind: 'other', ...named } })
  return QUESTIONS.filter(({ part, onlyWith }) => part === 'hospital' && onlyWith !== null).map(
    (question) => ({
      label: question.officeLabel,
      text: textOf(question, said(question.id)),
    }),
  )
}

/** The lines in which a later version differs from the one before, as an officer reads them. */
export function changedLines(
  before: Answers,
  after: Answers,
  further: readonly FurtherQuestion[] = [],
): { label: string; before: string; after: string }[] {
  const earlier = officeLines(before, further)
  return officeLines(after, further)
    .map(({ label, text }, index) => ({ label, before: earlier[index]!.text, after: text }))
    .filter((line) => line.before !== line.after)
}

/** What was answered to one question, in full; null where nothing was. */
export function answerText(id: AnswerId, answers: Answers): string | null {
  return saidText(questionOf(id), answers) || null
}

/** The same of any question that is at hand; '' where nothing was. */
function saidText(question: Question, answers: Answers): string {
  return textOf(question, saidIn({ answers })(question.id))
}

/** The same in the few characters of a table, with what was asked behind it: 導入予定（令和6年9月） */
export function shortText(id: AnswerId, answers: Answers): string {
  const { choices } = questionOf(id)
  const said = saidIn({ answers })
  const text = choices.find((choice) => choice.id === said(id))?.short ?? answerText(id, answers) ?? ''
  const behind = ANSWER_QUESTIONS.filter(({ onlyWith }) => onlyWith?.[0] === id && onlyWith[1] === said(id))
  return [text, ...behind.map((question) => `（${answerText(question.id, answers) ?? ''}）`)].join('')
}

const NOTHING_SAID = '（記入なし）'
/** Behind a choice that was not made. */
const NOT_ASKED = '（なし）'

/** Questions behind a choice show where that choice was made or something was typed. */
function linesOf(said: Said, findHospital: FindHospital, questions: readonly Question[]): QuestionLine[] {
  return questions
    .filter((question) => isShown(question, said))
    .map((question) => {
      const { id, label, kind } = question
      const text = kind === 'hospital' ? hospitalAnswer(said(id), findHospital) : textOf(question, said(id))
      return { id, label, text: text || NOTHING_SAID }
    })
}

function isShown(question: Question, said: Said): boolean {
  return said(question.id) !== '' || (question.isShownBlank && isAsked(question, said))
}

function hospitalAnswer(code: string, findHospital: FindHospital): string {
  if (code === OTHER_HOSPITAL) return OTHER_HOSPITAL_LABEL
  const hospital = findHospital(code)
  return hospital ? hospitalText(hospital) : code
}

function textOf({ kind, choices, unit }: Question, value: string): string {
  switch (kind) {
    case 'choice':
      return choices.find(({ id }) => id === value)?.label ?? value
    case 'month':
      return /^\d{4}-\d{2}$/.test(value) ? monthText(value) : value
    case 'phone':
      return phoneText(value)
    case 'beds':
      return /^\d+$/.test(value) ? `${value}床` : value
    case 'number':
      return numberText(value, unit)
    default:
      return value
  }
}
