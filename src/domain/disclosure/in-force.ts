import type { ColumnRule, DocumentRules, Ground } from './classes.ts'
import { DOCUMENTS } from './documents.ts'

/** What an officer has decided of a column otherwise than the table: open, or closed on these grounds. */
export interface ClassChange {
  document: string
  column: string
  /** None: open. */
  grounds: readonly Ground[]
}

/**
 * The classes as they count: the table, and what was decided since, the first one first. A decision has no condition left: it
 * says open or closed. What nobody may ever see stays closed.
 */
export function classesInForce(
  changes: readonly ClassChange[],
  further: readonly ColumnRule[] = [],
): DocumentRules[] {
  return DOCUMENTS.map((document) => {
    const own = new Map(
      changes.filter((each) => each.document === document.id).map((each) => [each.column, each]),
    )
    const columns = [...document.columns, ...furtherOf(document, further)]
    return { ...document, columns: columns.map((rule) => decided(rule, own.get(rule.column))) }
  })
}

/** The lists in which a further question is a column of its own. */
const WITH_ANSWERS = new Set(['submissions', 'ministry', 'internal'])

function furtherOf({ id, columns }: DocumentRules, further: readonly ColumnRule[]): ColumnRule[] {
  if (!WITH_ANSWERS.has(id)) return []
  return further.filter(({ column }) => columns.every((each) => each.column !== column))
}

function decided(rule: ColumnRule, change: ClassChange | undefined): ColumnRule {
  if (!change || (rule.isSecret && change.grounds.length === 0)) return rule
  const { opening: _, ...rest } = rule
  return {
    ...rest,
    grounds: change.grounds,
    ...(change.grounds.length === 0 && { isWhole: true, isOpened: true }),
  }
}
