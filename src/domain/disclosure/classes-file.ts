import { type ColumnRule, type DocumentRules, type Ground, openingText } from './classes.ts'

const CLASSES_FORMAT = 'kakuho.classes/1'

/** The class of a column as it is frozen: with a condition it is open but for where that says. */
interface FrozenClass {
  class: 'open' | Ground
  /** Further grounds. */
  also?: readonly Ground[]
  /** Where it is not open for a while, or in some rows. */
  closed?: { when: string; grounds: readonly Ground[] }
}

/** `classes.json`: file, column, class. */
interface ClassesFile {
  format: typeof CLASSES_FORMAT
  /** How many decisions of officers are in it; 0 where the table of the program counts as it is. */
  version: number
  files: Record<string, Record<string, FrozenClass>>
}

export function classesFileOf(documents: readonly DocumentRules[], version: number): ClassesFile {
  const files = documents.flatMap(({ id, files, columns }) => {
    const classes = Object.fromEntries(columns.map((rule) => [rule.column, frozenClass(rule)]))
    const names = files.length > 0 ? files : [`${id}.csv`, `${id}.xlsx`]
    return names.map((name) => [name, classes])
  })
  return { format: CLASSES_FORMAT, version, files: Object.fromEntries(files) }
}

function frozenClass({ grounds, opening }: ColumnRule): FrozenClass {
  const [first, ...also] = grounds
  if (first === undefined) return { class: 'open' }
  if (opening) return { class: 'open', closed: { when: openingText(opening), grounds } }
  return also.length === 0 ? { class: first } : { class: first, also }
}
