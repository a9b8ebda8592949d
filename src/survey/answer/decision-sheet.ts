import type { FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { formOf, type TypedForm } from '../../domain/answer/form.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import { page } from '../../web/views.ts'
import { type AnswerRow, answerRows } from './answer-rows.ts'
import { type HospitalFacts, hospitalFacts } from './hospital-facts.ts'

export interface DecisionSheetModel {
  /** Where the answer goes on: `/survey`, or the address of a late link. */
  path: string
  deadline: string
  form: TypedForm
  facts: HospitalFacts | null
  rows: AnswerRow[]
  printedAt: Date
  /** Long answers stand in smaller letters, so that all of it stays on one A4. */
  isDense: boolean
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/decision-sheet': DecisionSheetModel
  }
}

interface DecisionSheetOptions extends Partial<Pick<DecisionSheetModel, 'path' | 'deadline'>> {
  hospitals: Stores['hospitals']
  now: Date
}

/** 院内決裁用: the unsent answer on one A4, with boxes for the seals. */
export function decisionSheetPage(
  reply: FastifyReply,
  submission: NewSubmission,
  { hospitals, now, ...late }: DecisionSheetOptions,
): FastifyReply {
  const form = formOf(submission)
  const asTyped = answerRows(form, hospitals.byCode)
  const rows = linesOf(asTyped) > MOST_LINES.dense ? asTyped.map(withoutBreaks) : asTyped
  return page(reply, 'survey/answer/decision-sheet', {
    path: '/survey',
    deadline: reply.request.site.deadline,
    ...late,
    form,
    facts: hospitalFacts(form, hospitals.byCode),
    rows,
    printedAt: now,
    isDense: linesOf(rows) > MOST_LINES.normal,
  })
}

/** Full-width characters on a line of the sheet, and how many lines one A4 holds in each size of letters. */
const LINE = 40
const MOST_LINES = { normal: 32, dense: 50 }

/** Very many short lines would need a second sheet: their breaks then read as ／. The longest texts fit without. */
function withoutBreaks(row: AnswerRow): AnswerRow {
  return { ...row, text: row.text.replace(/\n+/g, '／') }
}

function linesOf(rows: readonly AnswerRow[]): number {
  const lines = rows.flatMap(({ text }) => text.split('\n'))
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / LINE)), 0)
}
