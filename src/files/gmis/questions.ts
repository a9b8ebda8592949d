import { GMIS_QUESTION_IDS, type GmisMapping, type GmisQuestion } from '../../domain/survey/gmis-mapping.ts'
import { HYPHENS, normaliseWidth } from '../../domain/text/text.ts'

/** The header of the column that answers each question; null where the file has none, or none is wanted. */
export type QuestionColumns = Record<GmisQuestion, string | null>

export interface FoundQuestions {
  columns: QuestionColumns
  /** Questions whose column is not in the file. */
  missing: GmisQuestion[]
  /** Questions for which several columns might be meant, with them. */
  ambiguous: { question: GmisQuestion; columns: string[] }[]
}

/**
 * A column answers a question when its header is the question's number, or begins with it and goes on with something
 * that does not make another number: Q6 finds 「Q6」 and 「Q6 BCPの策定」, not 「Q6-1」 or 「Q60」.
 */
export function findQuestions(headers: readonly string[], mapping: GmisMapping): FoundQuestions {
  const columns: QuestionColumns = { bcp: null, offlineBackup: null, networkControl: null, emr: null }
  const missing: GmisQuestion[] = []
  const ambiguous: FoundQuestions['ambiguous'] = []
  for (const question of GMIS_QUESTION_IDS) {
    if (mapping[question].column === '') continue
    const found = columnsOf(headers, mapping[question].column)
    if (found.length === 1) columns[question] = found[0]!
    else if (found.length === 0) missing.push(question)
    else ambiguous.push({ question, columns: found })
  }
  return { columns, missing, ambiguous }
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
