import { canonicalJson } from '../text/canonical.ts'
import { compareText } from '../text/text-order.ts'
import { type ColumnRule, type Ground, REMOVED } from './classes.ts'
import { UNCLASSED } from './documents.ts'
import { fewAmong } from './few.ts'
import { isOpenValue, NAMED, type Removal, type Standing } from './masked-table.ts'
import { namesAnyone } from './people.ts'

/** The rules of a JSON file, by path. */
interface Rules {
  at: ReadonlyMap<string, ColumnRule>
  /** The closed places right below a path: they are taken out whether they are there or not. */
  closedBelow: ReadonlyMap<string, readonly string[]>
}

/**
 * A JSON file as it may be seen. What is not disclosed is one mark, whatever hung below it and whether it was there or not;
 * a list of which something was taken out stands in the order of what is left.
 */
export function maskedJson(
  value: unknown,
  columns: readonly ColumnRule[],
  standing: Standing,
): { value: unknown; removals: Removal[] } {
  const masking = new Masking(rulesOf(columns), standing)
  const masked = masking.masked(value, '')
  return { value: masked, removals: masking.removals() }
}

class Masking {
  readonly #rules: Rules
  readonly #standing: Standing
  readonly #removals = new Map<string, { grounds: readonly Ground[]; note: string; count: number }>()

  constructor(rules: Rules, standing: Standing) {
    this.#rules = rules
    this.#standing = standing
  }

  masked(value: unknown, path: string): unknown {
    const rule = this.#rules.at.get(path)
    // A count is looked at beside the others of its list.
    if (rule?.opening?.kind === 'count' && rule.grounds.length > 0) return value
    if (rule && !isOpenValue(rule, value, this.#standing)) return this.#removed(path, rule)
    if (rule?.isWhole) return rule.isOpened ? this.#withoutPeople(value, path) : value
    if (Array.isArray(value)) return this.#array(value, path)
    if (typeof value === 'object' && value !== null) return this.#object(value, path)
    return rule || value === null ? value : this.#removed(path, UNCLASSED)
  }

  /** By path: which was met first would tell what stood there. */
  removals(): Removal[] {
    const found = [...this.#removals].map(([column, removal]) => ({ column, ...removal }))
    return found.sort((a, b) => compareText(a.column, b.column))
  }

  #object(value: object, path: string): object {
    const below = (key: string) => (path === '' ? key : `${path}.${key}`)
    const keys = new Set([...Object.keys(value), ...(this.#rules.closedBelow.get(path) ?? [])])
    // Sorted: where a key stands would tell whether it was there.
    const entries = [...keys]
      .sort(compareText)
      .map((key) => [key, this.masked((value as Record<string, unknown>)[key] ?? null, below(key))])
    return Object.fromEntries(entries)
  }

  #array(items: readonly unknown[], path: string): unknown[] {
    const few = this.#fewIn(items, path)
    const before = this.#count()
    const masked = items.map((item, place) => {
      const seen = this.masked(item, `${path}[]`)
      for (const { key, rule, closed } of few)
        if (closed.has(place)) (seen as Record<string, unknown>)[key] = this.#removed(rule.column, rule)
      return seen
    })
    return this.#count() === before ? masked : inOrder(masked)
  }

  /** In what an officer has opened. */
  #withoutPeople(value: unknown, path: string): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#withoutPeople(item, path))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, own]) => [key, this.#withoutPeople(own, path)]),
      )
    if (typeof value !== 'string' || !namesAnyone(value, this.#standing.people)) return value
    return this.#removed(path, NAMED)
  }

  /** The counts of a list that point at hospitals. */
  #fewIn(items: readonly unknown[], path: string) {
    const counted = [...this.#rules.at.values()].filter(
      ({ column, opening, grounds }) =>
        opening?.kind === 'count' && grounds.length > 0 && column.startsWith(`${path}[].`),
    )
    return counted.map((rule) => {
      const key = rule.column.slice(path.length + 3)
      const counts = items.map((item) => Number((item as Record<string, unknown>)[key]))
      return { key, rule, closed: fewAmong(counts) }
    })
  }

  #removed(path: string, { grounds, note = '' }: Pick<ColumnRule, 'grounds' | 'note'>): string {
    const removal = this.#removals.get(path) ?? { grounds, note, count: 0 }
    removal.count += 1
    this.#removals.set(path, removal)
    return REMOVED
  }

  #count(): number {
    return [...this.#removals.values()].reduce((sum, { count }) => sum + count, 0)
  }
}

function rulesOf(columns: readonly ColumnRule[]): Rules {
  const closedBelow = new Map<string, string[]>()
  for (const { column, grounds, opening } of columns) {
    if (grounds.length === 0 || opening !== undefined) continue
    const at = column.lastIndexOf('.')
    const [parent, key] = at < 0 ? ['', column] : [column.slice(0, at), column.slice(at + 1)]
    if (key.endsWith('[]')) continue
    closedBelow.set(parent, [...(closedBelow.get(parent) ?? []), key])
  }
  return { at: new Map(columns.map((rule) => [rule.column, rule])), closedBelow }
}

function inOrder(items: unknown[]): unknown[] {
  return items
    .map((item) => ({ item, key: canonicalJson(item) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ item }) => item)
}
