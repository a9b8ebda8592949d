import { compareText } from '../text/text-order.ts'
import { type ColumnRule, type Ground, REMOVED } from './classes.ts'
import { ruleOf, UNCLASSED } from './documents.ts'
import { fewOfFairness, fewOfTally } from './few.ts'
import { namesAnyone } from './people.ts'

/** What is known of the round when the set is made. */
export interface Standing {
  /** Whether its result is shown. */
  isPublished: boolean
  /** Whether it is about so many hospitals that a hash over what is hidden tells nothing. */
  isMany: boolean
  /** Of the hospitals' contacts, as `peopleIn` has them: looked for in what was opened. */
  people: readonly string[]
}

/** Of a place in an opened column where somebody is named. */
export const NAMED = {
  grounds: ['individual'],
  note: '開示に変更した項目のうち、病院の担当者の氏名、電話番号又はメールアドレスを含む箇所です。',
} as const

/** So many places of a column that are not disclosed, on these grounds. */
export interface Removal {
  column: string
  grounds: readonly Ground[]
  count: number
  note: string
}

export interface Table {
  headers: readonly string[]
  rows: readonly (readonly string[])[]
}

/**
 * A table as it may be seen. The rows stand in the order of what is left in them, so that their order tells nothing else:
 * what comes out is the same whatever stood in the places that are taken out.
 */
export function maskedTable(
  { headers, rows }: Table,
  columns: readonly ColumnRule[],
  standing: Standing,
): Table & { removals: Removal[] } {
  const rules = headers.map((header) => ruleOf(columns, header) ?? { column: header, ...UNCLASSED })
  const few = rules.some(({ opening }) => opening?.kind === 'count') ? fewIn(headers, rows) : null
  const counts = headers.map(() => 0)
  const masked = rows.map((row, line) =>
    rules.map((rule, place) => {
      const cell = row[place] ?? ''
      const isOpen =
        rule.opening?.kind === 'count' && rule.grounds.length > 0
          ? few !== null && !few(line, headers[place]!)
          : isOpenValue(rule, cell, standing) && !(rule.isOpened && namesAnyone(cell, standing.people))
      if (isOpen) return cell
      counts[place]! += 1
      return REMOVED
    }),
  )
  return {
    headers,
    rows: rules.some((rule, place) => counts[place]! > 0 && rule.opening?.kind !== 'count')
      ? inOrder(masked)
      : masked,
    removals: rules.flatMap((rule, place) => {
      const { grounds, note = '' } = rule.isOpened ? NAMED : rule
      return counts[place] === 0 ? [] : [{ column: headers[place]!, grounds, count: counts[place]!, note }]
    }),
  }
}

/** Whether a value of the column may be seen. */
export function isOpenValue(
  { grounds, opening }: Pick<ColumnRule, 'grounds' | 'opening'>,
  value: unknown,
  { isPublished, isMany }: Pick<Standing, 'isPublished' | 'isMany'>,
): boolean {
  if (grounds.length === 0) return true
  if (opening?.kind === 'published') return isPublished
  if (opening?.kind === 'hash') return isMany
  return opening?.kind === 'values' && isPublished && opening.values.includes(String(value))
}

/** Whether a count points at few, by its line and its column; null where nothing is known of such a table. */
function fewIn(
  headers: readonly string[],
  rows: Table['rows'],
): ((line: number, header: string) => boolean) | null {
  const cell = (cells: readonly string[], name: string) => cells[headers.indexOf(name)] ?? ''
  const has = (...names: string[]) => names.every((name) => headers.includes(name))
  if (has('表', '区分', '全病院', '回答', '選定対象', '選定')) {
    const few = fewOfFairness(
      rows.map((cells) => ({
        table: cell(cells, '表'),
        row: cell(cells, '区分'),
        hospitals: Number(cell(cells, '全病院')),
        answered: Number(cell(cells, '回答')),
        eligible: Number(cell(cells, '選定対象')),
        selected: Number(cell(cells, '選定')),
      })),
    )
    return (line, header) => (header.startsWith('回答') ? few.answered : few.eligible).has(line)
  }
  // Nothing else is known to be harmless.
  if (!has('表', '行', '列', '値')) return null
  const few = fewOfTally(
    rows.map((cells) => ({
      table: cell(cells, '表'),
      row: cell(cells, '行'),
      column: cell(cells, '列'),
      value: cell(cells, '値'),
    })),
  )
  return (line) => few.has(line)
}

function inOrder(rows: string[][]): string[][] {
  return rows.sort((a, b) => {
    const at = a.findIndex((cell, place) => cell !== b[place])
    return at < 0 ? 0 : compareCells(a[at]!, b[at]!)
  })
}

const NUMBER = /^\d{1,9}$/

/** Numbers by what they are worth, before all texts. */
function compareCells(a: string, b: string): number {
  const [first, second] = [NUMBER.test(a), NUMBER.test(b)]
  if (first && second) return Number(a) - Number(b) || compareText(a, b)
  return first === second ? compareText(a, b) : first ? -1 : 1
}
