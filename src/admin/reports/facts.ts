import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { ReportFacts } from '../../db/reports.ts'
import { parseDocumentNumber } from '../../domain/record/document-number.ts'
import { REPORT_WAYS } from '../../domain/record/report.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dayText, isoDayText } from '../../domain/text/dates.ts'
import { lengthProblem, normaliseMultiline, within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'
import { dayPicker, exampleDay, notAhead, typedDay } from '../typed-day.ts'

/** How a report was sent, as it is typed: where it is recorded, and where the record is put right. */
export interface TypedFacts {
  reportedOn: string
  documentNumber: string
  way: string
  note: string
}

export type FactsErrors = Partial<Record<keyof TypedFacts, string>>

/** What the fields of the form need. */
export interface FactsForm {
  typed: TypedFacts
  errors: FactsErrors
  ways: typeof REPORT_WAYS
  picker: ReturnType<typeof dayPicker>
  example: string
}

export function factsForm(typed: TypedFacts, errors: FactsErrors, now: Date): FactsForm {
  return {
    typed,
    errors,
    ways: REPORT_WAYS,
    picker: dayPicker(typed.reportedOn),
    example: exampleDay(now),
  }
}

export function typedFacts(body: unknown): TypedFacts {
  const fields = fieldsOf(body)
  return {
    reportedOn: fields.get('reportedOn'),
    documentNumber: fields.get('documentNumber'),
    way: fields.get('way'),
    note: fields.get('note'),
  }
}

/** As they stand in a form. */
export function factsAsTyped({ reportedOn, documentNumber, way, note }: ReportFacts): TypedFacts {
  return { reportedOn: dayText(reportedOn), documentNumber, way, note: note ?? '' }
}

/** When the last of the editions of a report was confirmed. */
export function lastConfirmed(editions: readonly ConfirmedEdition[]): Date {
  return editions.reduce((last, { settled }) => (settled.at > last ? settled.at : last), new Date(0))
}

/** @param since the last of its editions was confirmed: nothing is reported before */
export function parseFacts(
  typed: TypedFacts,
  { now, since }: { now: Date; since: Date },
): { ok: true; facts: ReportFacts } | { ok: false; errors: FactsErrors } {
  const day = typedDay(typed.reportedOn, {
    label: '報告日',
    example: now,
    from: {
      day: isoDayText(since),
      message: `報告日は、選定を確定した日（${dayText(isoDayText(since))}）以降の日付にしてください。`,
    },
    until: notAhead('報告日', now),
  })
  const number = parseDocumentNumber(typed.documentNumber)
  const way = REPORT_WAYS.find(({ id }) => id === typed.way)?.id
  const note = normalised(typed.note)
  const noteProblem =
    way === 'other' && note === ''
      ? '補足に、送付の方法を入力してください。'
      : lengthProblem('補足', note, LONGEST)
  if (day.ok && number.ok && way && noteProblem === null)
    return {
      ok: true,
      facts: { reportedOn: day.day, documentNumber: number.number, way, note: note || null },
    }
  return {
    ok: false,
    errors: {
      ...(day.ok ? {} : { reportedOn: day.message }),
      ...(number.ok ? {} : { documentNumber: number.message }),
      ...(way ? {} : { way: '送付の方法を選択してください。' }),
      ...(noteProblem === null ? {} : { note: noteProblem }),
    },
  }
}

/** In the words of a page. */
export function factLines({ reportedOn, documentNumber, way, note }: ReportFacts) {
  return [
    { label: '報告日', text: dayText(reportedOn) },
    { label: '文書番号', text: documentNumber },
    { label: '送付の方法', text: labelOf(REPORT_WAYS, way) },
    ...(note === null ? [] : [{ label: '補足', text: note }]),
  ]
}

const LONGEST = 500
const normalised = within(LONGEST, normaliseMultiline)
