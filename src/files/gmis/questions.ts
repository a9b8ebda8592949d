import { HYPHENS, normaliseWidth } from '../../domain/text/text.ts'
import type { RowIssue } from '../table/row-issue.ts'

/** The question behind each fact, by its number (Q9-1) or its whole header. The export differs from year to year. */
export interface GmisMapping {
  bcp: string
  offlineBackup: string
  networkControl: string
}

/** The numbers of the 令和5年度 survey. */
export const DEFAULT_GMIS_MAPPING: GmisMapping = { bcp: 'Q6', offlineBackup: 'Q9-1', networkControl: 'Q11' }
const GMIS_EMR_QUESTION = 'Q7'

/** The header of the column that answers each question; null where the file has none. */
export type QuestionColumns = Record<keyof GmisMapping | 'emr', string | null>

type FoundQuestions =
  | { ok: true; columns: QuestionColumns; warnings: RowIssue[] }
  | { ok: false; message: string }

/**
 * A column answers a question when its header is the question's number, or begins with it and goes on with something
 * that does not make another number: Q6 finds 「Q6」 and 「Q6 BCPの策定」, not 「Q6-1」 or 「Q60」.
 */
export function findQuestions(headers: readonly string[], mapping: GmisMapping): FoundQuestions {
  const questions = { ...mapping, emr: GMIS_EMR_QUESTION }
  const columns: QuestionColumns = { bcp: null, offlineBackup: null, networkControl: null, emr: null }
  const warnings: RowIssue[] = []
  for (const fact of FACTS) {
    const question = questions[fact]
    const found = columnsOf(headers, question)
    if (found.length > 1) return { ok: false, message: ambiguous(question, found) }
    columns[fact] = found[0] ?? null
    if (found.length === 0) warnings.push({ row: 1, column: question, message: missing(fact) })
  }
  if (FACTS.every((fact) => fact === 'emr' || columns[fact] === null))
    return { ok: false, message: noQuestion(mapping) }
  return { ok: true, columns, warnings }
}

const FACTS = ['bcp', 'offlineBackup', 'networkControl', 'emr'] as const

const FACT_LABELS: Record<keyof QuestionColumns, string> = {
  bcp: 'サイバー攻撃を想定したBCP',
  offlineBackup: 'オフライン・バックアップ',
  networkControl: '外部ネットワークとの接続点の管理',
  emr: '電子カルテ',
}

function columnsOf(headers: readonly string[], question: string): string[] {
  const wanted = questionKey(question)
  if (!wanted) return []
  const exact = headers.filter((header) => questionKey(header) === wanted)
  return exact.length > 0 ? exact : headers.filter((header) => continues(questionKey(header), wanted))
}

function continues(header: string, question: string): boolean {
  return header.startsWith(question) && /^(?![0-9A-Z]|[-.]\d)/.test(header.slice(question.length))
}

/** Full-width letters and digits, kinds of hyphens, case and white space do not matter. ① stays: it is no 1. */
function questionKey(header: string): string {
  return normaliseWidth(header).replace(HYPHENS, '-').replace(/\s+/gu, ' ').trim().toUpperCase()
}

function ambiguous(question: string, found: readonly string[]): string {
  const list = found.map((header) => `「${header}」`).join('、')
  return `設問「${question}」にあたる列が複数あります：${list}。設問の対応付けに、使う列の見出しをそのまま入力してください。`
}

function missing(fact: keyof QuestionColumns): string {
  return `この設問の列がないため、「${FACT_LABELS[fact]}」は不明として扱います。`
}

function noQuestion(mapping: GmisMapping): string {
  const list = Object.values(mapping)
    .map((question) => `「${question}」`)
    .join('、')
  return `設問${list}の列が1つもありません。1行目の見出しと、設問の対応付けを確認してください。`
}
