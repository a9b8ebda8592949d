import {
  GMIS_FACT_IDS,
  GMIS_QUESTION_IDS,
  GMIS_QUESTIONS,
  type GmisMapping,
  type GmisQuestion,
  LONGEST_GMIS_COLUMN,
  LONGEST_GMIS_VALUE,
  type QuestionMapping,
  valueKey,
} from '../../domain/survey/gmis-mapping.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { normaliseText, within } from '../../domain/text/text.ts'
import type { fieldsOf } from '../../web/fields.ts'

type Fields = ReturnType<typeof fieldsOf>

const oneColumn = within(LONGEST_GMIS_COLUMN, normaliseText)
const oneValue = within(LONGEST_GMIS_VALUE, normaliseText)

/**
 * The mapping as a form says it: the values a line each, or, where a file is looked at, each value found in it as はい,
 * いいえ or 不明. What is known of values that the file does not have stays.
 */
export function typedMapping(fields: Fields, known: GmisMapping): GmisMapping {
  const entries = GMIS_QUESTION_IDS.map((question) => {
    const column = oneColumn(fields.get(`${question}-column`))
    const shown = fields.all(`${question}-shown`)
    const values =
      fields.get('import') === ''
        ? { yes: linesOf(fields.get(`${question}-yes`)), no: linesOf(fields.get(`${question}-no`)) }
        : withFound(known[question], shown, (index) => fields.get(`${question}-read-${index}`))
    return [question, { column, ...values }]
  })
  return Object.fromEntries(entries) as unknown as GmisMapping
}

function withFound({ yes, no }: QuestionMapping, shown: string[], readAs: (index: number) => string) {
  const keys = new Set(shown.map(valueKey))
  const others = (values: readonly string[]) => values.filter((value) => !keys.has(valueKey(value)))
  const chosen = (choice: string) =>
    shown.filter((_value, index) => readAs(index) === choice).map((value) => oneValue(value))
  return { yes: [...others(yes), ...chosen('yes')], no: [...others(no), ...chosen('no')] }
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map(oneValue).filter(Boolean)
  return [...new Map(lines.map((each) => [valueKey(each), each])).values()]
}

const MOST_LINES = 100

/** By the fields that the messages belong to. */
export function mappingErrors(mapping: GmisMapping): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const question of GMIS_QUESTION_IDS) Object.assign(errors, questionErrors(question, mapping[question]))
  if (GMIS_FACT_IDS.every((fact) => mapping[fact].column === ''))
    errors[`${GMIS_FACT_IDS[0]}-column`] =
      '使う列がありません。「オフライン・バックアップ」「BCPの策定」「外部接続点の管理」のうち、少なくとも1つの列を指定してください。'
  return errors
}

function questionErrors(
  question: GmisQuestion,
  { column, yes, no }: QuestionMapping,
): Record<string, string> {
  const label = labelOf(GMIS_QUESTIONS, question)
  const errors: Record<string, string> = {}
  if (column.length > LONGEST_GMIS_COLUMN)
    errors[`${question}-column`] = `「${label}」の列は${LONGEST_GMIS_COLUMN}文字以内で入力してください。`
  for (const [name, what, lines] of [
    ['yes', 'はい', yes],
    ['no', 'いいえ', no],
  ] as const)
    if (lines.length > MOST_LINES || lines.some((each) => each.length > LONGEST_GMIS_VALUE))
      errors[`${question}-${name}`] =
        `「${label}」の「${what}」とする回答は、1行${LONGEST_GMIS_VALUE}文字まで、${MOST_LINES}行以内で入力してください。`
  const both = no.find((each) => yes.some((other) => valueKey(other) === valueKey(each)))
  if (both !== undefined)
    errors[`${question}-no`] =
      `「${label}」の回答「${both}」が、「はい」と「いいえ」の両方にあります。どちらか一方にしてください。`
  return errors
}
