import {
  answerTo,
  type FurtherField,
  type FurtherQuestion,
  furtherField,
  furtherText,
} from '../../domain/answer/further.ts'
import { numberSpans } from '../../domain/answer/number-spans.ts'
import { distinctLabels } from '../../domain/text/distinct.ts'
import { byReadingAndNumber } from '../../domain/text/reading-order.ts'
import type { ReviewedRow } from '../../office/answers/review.ts'
import type { ListFilter } from '../list/list.ts'
import { anyText, shownAs } from '../list/query.ts'
import type { Column } from '../list/table.ts'

/** What the list of answers has of the further questions: columns, filters, sorting. */

/** Their columns, each sorted by. @param taken the heads of the others */
export function furtherColumns(
  further: readonly FurtherQuestion[],
  taken: readonly string[],
): Column<ReviewedRow>[] {
  const heads = distinctLabels(
    further.map(({ label }) => label),
    taken,
  )
  return further.map((question, index) => ({
    header: heads[index]!,
    label: question.shortLabel,
    // A number is one in a workbook too.
    value: ({ submission: { answers } }) =>
      question.kind === 'number'
        ? answerTo(question, answers.extra)
        : furtherText(question, answers.extra) || null,
    cell: ({ submission: { answers } }) => furtherText(question, answers.extra) || '—',
    ...(question.kind === 'number' && { look: 'number' }),
    sort: furtherField(question.id),
  }))
}

/** The parameters of the list's address: one each that it can be narrowed by, and which columns the page shows. */
export function furtherParameters(further: readonly FurtherQuestion[]) {
  const parameters = further
    .filter(({ kind }) => kind !== 'text')
    .map((question) => [furtherField(question.id), anyText])
  return {
    ...(Object.fromEntries(parameters) as Record<FurtherField, typeof anyText>),
    view: shownAs(further.length > 0 ? [ANSWERS_VIEW.id] : []),
  }
}

/** The answers to the further questions in the place of how it came in. */
export const ANSWERS_VIEW = { id: 'questions', label: '質問の回答' } as const

/** @param rows all of them: numbers are narrowed by the spans in which there are some */
export function furtherFilters(
  further: readonly FurtherQuestion[],
  rows: readonly ReviewedRow[],
): ListFilter<ReviewedRow, Record<FurtherField, string> & { view: string }>[] {
  if (further.length === 0) return []
  const filters = further
    .filter(({ kind }) => kind !== 'text')
    .map((question) => {
      const saidIn = ({ submission }: ReviewedRow) => answerTo(question, submission.answers.extra)
      const name = furtherField(question.id)
      const label = question.shortLabel
      if (question.kind === 'choice') {
        const matches = (row: ReviewedRow, wanted: string) => (saidIn(row) ?? NOTHING_SAID.id) === wanted
        return { name, label, choices: [...question.options, NOTHING_SAID], matches }
      }
      const said = rows.map(saidIn).filter((number) => typeof number === 'number')
      const spans = numberSpans(said, question.unit)
      return {
        name,
        label,
        choices: [...spans, NOTHING_SAID],
        matches: (row: ReviewedRow, wanted: string) => {
          const number = saidIn(row)
          if (typeof number !== 'number') return wanted === NOTHING_SAID.id
          return spans.find(({ id }) => id === wanted)?.holds(number) === true
        },
      }
    })
  const view = { name: 'view' as const, label: '表示する項目', choices: [ANSWERS_VIEW], matches: () => true }
  return [...filters, { ...view, isView: true }]
}

/** No option has this id. */
const NOTHING_SAID = { id: '-', label: '回答なし' } as const

/** By the keys of their columns: who said nothing comes first. */
export function furtherSorts(
  further: readonly FurtherQuestion[],
): Record<string, (a: ReviewedRow, b: ReviewedRow) => number> {
  return Object.fromEntries(
    further.map((question) => {
      const placeOf = ({ submission: { answers } }: ReviewedRow) =>
        place(question, answerTo(question, answers.extra))
      return [furtherField(question.id), (a, b) => byPlace(placeOf(a), placeOf(b))]
    }),
  )
}

type Place = string | number

/** A choice by the order of its options. */
function place({ kind, options }: FurtherQuestion, said: string | number | null): Place {
  if (kind === 'text') return said ?? ''
  if (said === null) return -1
  return kind === 'choice' ? options.findIndex(({ id }) => id === said) : said
}

function byPlace(a: Place, b: Place): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : byReadingAndNumber(String(a), String(b))
}
