import type { ColumnRule, DocumentRules } from './classes.ts'
import { LIST_DOCUMENTS } from './list-documents.ts'
import { ROUND_DOCUMENTS } from './round-documents.ts'

/** Every file that the office holds or makes, with the class of each of its columns. */
export const DOCUMENTS: readonly DocumentRules[] = [...ROUND_DOCUMENTS, ...LIST_DOCUMENTS]

const BY_ID = new Map(DOCUMENTS.map((each) => [each.id, each]))

export function documentOf(id: string): DocumentRules | null {
  return BY_ID.get(id) ?? null
}

/** Of a name under which a round keeps it. */
export function documentOfFile(name: string): DocumentRules | null {
  return DOCUMENTS.find(({ files }) => files.includes(name)) ?? null
}

/** The rule of a heading or a path; null where it has none. */
export function ruleOf(columns: readonly ColumnRule[], column: string): ColumnRule | null {
  const named = columns.find((each) => each.pattern === undefined && each.column === column)
  return named ?? columns.find(({ pattern }) => pattern?.test(column)) ?? null
}

/**
 * What a hospital answered to a further question of the edition, in every list that has it.
 * @param labels as the questions are called, long and short: of two alike a list numbers the second
 */
export function furtherRules(labels: readonly string[]): ColumnRule[] {
  return [...new Set(labels)].map((column) => ({
    column,
    grounds: ['corporate', 'safety'],
    pattern: new RegExp(`^${RegExp.escape(column)}(?:（\\d+）)?$`),
    note: 'この調査の追加の質問への回答です。',
  }))
}

/** What nobody has classed stays closed. */
export const UNCLASSED: Pick<ColumnRule, 'grounds' | 'note'> = {
  grounds: ['operations'],
  note: '区分を決めていない列です。',
}
