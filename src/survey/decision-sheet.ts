import type { FastifyReply } from 'fastify'
import type { Stores } from '../db/stores.ts'
import type { NewSubmission } from '../domain/submission.ts'
import { formOf, type TypedForm } from '../domain/submission-form.ts'
import { page } from '../web/views.ts'
import { type AnswerRow, answerRows } from './answer-rows.ts'
import { type HospitalFacts, hospitalFacts } from './hospital-facts.ts'

export interface DecisionSheetModel {
  form: TypedForm
  facts: HospitalFacts | null
  rows: AnswerRow[]
  printedAt: Date
  /** Long answers stand in smaller letters, so that all of it stays on one A4. */
  isDense: boolean
}

declare module '../web/views.ts' {
  interface Views {
    'survey/decision-sheet': DecisionSheetModel
  }
}

/** 院内決裁用: the unsent answer on one A4, with boxes for the seals. */
export function decisionSheetPage(
  reply: FastifyReply,
  submission: NewSubmission,
  { hospitals, now }: { hospitals: Stores['hospitals']; now: Date },
): FastifyReply {
  const form = formOf(submission)
  const rows = answerRows(form, hospitals.byCode).map((row) => ({ ...row, text: onFewLines(row.text) }))
  return page(reply, 'survey/decision-sheet', {
    form,
    facts: hospitalFacts(form, hospitals.byCode),
    rows,
    printedAt: now,
    isDense: rows.reduce((sum, { text }) => sum + linesOf(text), 0) > MOST_LINES,
  })
}

/** What a line of the sheet holds in its larger letters, in full-width characters, and how many lines fit. */
const LINE = 40
const MOST_LINES = 27
/** A remark of 1,000 characters without a line break has no more. */
const MOST_LINES_OF_ONE = 25

/** A text of very many short lines would need a second sheet: its line breaks then read as ／. */
function onFewLines(text: string): string {
  return linesOf(text) > MOST_LINES_OF_ONE ? text.replace(/\n+/g, '／') : text
}

function linesOf(text: string): number {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / LINE)), 0)
}
