import { z } from 'zod'
import type { Choice } from '../text/choice.ts'
import { normaliseText, normaliseWidth } from '../text/text.ts'

export const GMIS_FACT_IDS = ['offlineBackup', 'bcp', 'networkControl'] as const
export type GmisFact = (typeof GMIS_FACT_IDS)[number]

/** What is read from the GMIS survey: the three facts, and whether the hospital says there that it has an EMR. */
export const GMIS_QUESTION_IDS = [...GMIS_FACT_IDS, 'emr'] as const
export type GmisQuestion = (typeof GMIS_QUESTION_IDS)[number]
export const GMIS_QUESTIONS: readonly Choice<GmisQuestion>[] = [
  { id: 'offlineBackup', label: 'オフライン・バックアップ' },
  { id: 'bcp', label: 'BCPの策定' },
  { id: 'networkControl', label: '外部接続点の管理' },
  { id: 'emr', label: '電子カルテの導入' },
]

/** true はい, false いいえ, null anything else: unknown is neutral. */
export type GmisFacts = Record<GmisFact, boolean | null>

/** Which column answers a question, and what its values mean. */
export interface QuestionMapping {
  /** By the number of the question (Q9-1) or the whole header; '' for none. */
  column: string
  yes: readonly string[]
  no: readonly string[]
}

/** The export differs from year to year: where each fact is to be found in it. */
export type GmisMapping = Readonly<Record<GmisQuestion, QuestionMapping>>

const YES_AND_NO = { yes: ['はい'], no: ['いいえ'] }

/** The questions of the 令和5年度 survey. */
export const DEFAULT_GMIS_MAPPING: GmisMapping = {
  offlineBackup: { column: 'Q9-1', ...YES_AND_NO },
  bcp: { column: 'Q6', ...YES_AND_NO },
  networkControl: { column: 'Q11', ...YES_AND_NO },
  emr: { column: 'Q7', ...YES_AND_NO },
}

/** What a value of the file is taken for. Width of letters and white space do not matter. */
export function readAs({ yes, no }: QuestionMapping, value: string): boolean | null {
  const key = valueKey(value)
  if (key === '') return null
  if (yes.some((each) => valueKey(each) === key)) return true
  return no.some((each) => valueKey(each) === key) ? false : null
}

/** By what two values of a file are one. */
export function valueKey(value: string): string {
  return normaliseWidth(normaliseText(value)).replace(/\s/gu, '')
}

export const LONGEST_GMIS_COLUMN = 300
export const LONGEST_GMIS_VALUE = 200
const MOST_VALUES = 100

const VALUES = z.array(z.string().min(1).max(LONGEST_GMIS_VALUE)).max(MOST_VALUES)
const QUESTION = z.strictObject({ column: z.string().max(LONGEST_GMIS_COLUMN), yes: VALUES, no: VALUES })
const MAPPING = z.strictObject({
  offlineBackup: QUESTION,
  bcp: QUESTION,
  networkControl: QUESTION,
  emr: QUESTION,
})

/** As it is stored. @throws where it is none */
export function gmisMappingOf(stored: unknown): GmisMapping {
  return MAPPING.parse(stored)
}

/** 「Q9-1」（はい：はい、いいえ：いいえ）; what a question is answered by, in words. */
export function questionMappingText({ column, yes, no }: QuestionMapping): string {
  if (column === '') return '使わない'
  return `「${column}」（はい：${yes.join('、') || 'なし'}／いいえ：${no.join('、') || 'なし'}）`
}
