import type { FastifyReply } from 'fastify'
import type { FindHospital, QuestionLine } from '../../domain/answer/lines.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { page } from '../../web/views.ts'
import { IN_PERIOD, type UnsentAnswer, type UnsentPlace, unsentAnswer } from './confirm.ts'

interface DecisionSheetModel extends UnsentAnswer {
  /** Where the answer goes on. */
  path: string
  deadline: string
  printedAt: string
  /** Long answers stand in smaller letters, so that all of it stays on one A4. */
  isDense: boolean
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/decision-sheet': DecisionSheetModel
  }
}

/** 院内決裁用: the unsent answer on one A4, with boxes for the seals. */
export function decisionSheetPage(
  reply: FastifyReply,
  submission: NewSubmission,
  {
    findHospital,
    now,
    place: { path, lateDeadline } = IN_PERIOD,
  }: { findHospital: FindHospital; now: Date; place?: UnsentPlace },
): FastifyReply {
  const unsent = unsentAnswer(submission, findHospital)
  const lines = heightOf(unsent.lines) > MOST_LINES.dense ? unsent.lines.map(withoutBreaks) : unsent.lines
  return page(reply, 'survey/answer/decision-sheet', {
    ...unsent,
    lines,
    path,
    deadline: lateDeadline || reply.request.site.deadline,
    printedAt: dateTimeText(now),
    isDense: heightOf(lines) > MOST_LINES.normal,
  })
}

/** Full-width characters on a line of the sheet, and how many lines one A4 holds in each size of letters. */
const LINE = 40
const MOST_LINES = { normal: 32, dense: 50 }

/** Very many short lines would need a second sheet: their breaks then read as ／. The longest texts fit without. */
function withoutBreaks(line: QuestionLine): QuestionLine {
  return { ...line, text: line.text.replace(/\n+/g, '／') }
}

function heightOf(answer: readonly QuestionLine[]): number {
  const lines = answer.flatMap(({ text }) => text.split('\n'))
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / LINE)), 0)
}
