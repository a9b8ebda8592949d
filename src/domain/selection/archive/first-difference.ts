import { canonicalJson } from '../../text/canonical.ts'
import { compareText } from '../../text/text-order.ts'

/** The first place where two JSON values differ, with what is there on either side as JSON, shortened. */
export interface Difference {
  path: (string | number)[]
  expected: string
  found: string
  /** Whose it is, as a sentence for a person: 「甲病院」の順位です。 */
  about?: string
}

/** In the order of canonical JSON: keys by code point, items by position. */
export function firstDifference(
  expected: unknown,
  found: unknown,
  path: (string | number)[] = [],
): Difference | null {
  if (isContainer(expected) && isContainer(found) && Array.isArray(expected) === Array.isArray(found)) {
    for (const key of stepsOf(expected, found)) {
      const difference = firstDifference(ownValue(expected, key), ownValue(found, key), [...path, key])
      if (difference) return difference
    }
    return null
  }
  return expected === found ? null : { path, expected: shown(expected), found: shown(found) }
}

type Container = Record<string | number, unknown>

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

function ownValue(container: Container, key: string | number): unknown {
  return Object.hasOwn(container, key) ? container[key] : undefined
}

function stepsOf(a: Container, b: Container): (string | number)[] {
  if (Array.isArray(a) && Array.isArray(b)) return [...(a.length > b.length ? a : b).keys()]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(compareText)
}

/** A value as it is named: JSON, the beginning of a long one. */
export function shown(value: unknown): string {
  if (value === undefined) return 'なし'
  const text = canonicalJson(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
