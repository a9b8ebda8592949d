import type { TypedForm } from '../../domain/answer/form.ts'
import { type AnswerRow, answerRows, type FindHospital } from './answer-rows.ts'
import { FIELD_LABELS } from './field-labels.ts'

/** One answer beside what it was before. */
export interface ComparedRow extends AnswerRow {
  /** Null where it stays as it is. */
  before: string | null
}

/** Every question of both answers, in the order of the page. */
export function comparedRows(before: TypedForm, after: TypedForm, findHospital: FindHospital): ComparedRow[] {
  const [old, now] = [before, after].map((form) => {
    return new Map(answerRows(form, findHospital).map(({ field, text }) => [field, text]))
  })
  return Object.entries(FIELD_LABELS).flatMap(([name, label]) => {
    const field = name as keyof typeof FIELD_LABELS
    if (!old!.has(field) && !now!.has(field)) return []
    const [was, text] = [old!.get(field) ?? NOT_ASKED, now!.get(field) ?? NOT_ASKED]
    return [{ field, label, text, before: was === text ? null : was }]
  })
}

/** Behind a choice that was not made. */
const NOT_ASKED = '（なし）'
