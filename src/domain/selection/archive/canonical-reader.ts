import { compareText } from '../../text/text-order.ts'
import { pathText } from '../../validation/problems.ts'

/** Where a text first stops being canonical JSON. */
interface Deviation {
  /** `snapshot.candidates[3].beds`; `root` for the whole. */
  path: string
  /** Characters (UTF-16 units) before it. */
  at: number
}

/**
 * Reads JSON that is in the one form that `canonicalJson` writes, and takes no other: a changed character is
 * either another content or refused here, with its place. At most `DEPTH` levels.
 */
export function readCanonicalJson(
  text: string,
  root: string,
): { ok: true; value: unknown } | { ok: false; deviation: Deviation } {
  const reader = new Reader(text)
  const value = reader.value()
  return value !== undefined && reader.at === text.length
    ? { ok: true, value }
    : { ok: false, deviation: { path: pathText(reader.path, root), at: reader.at } }
}

const DEPTH = 32
const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]\d+)?/y
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y
const LITERALS = new Map<string, unknown>([
  ['t', true],
  ['f', false],
  ['n', null],
])

/** Every method returns undefined where the text deviates, which no JSON value is, and leaves `at` and `path` there. */
class Reader {
  readonly path: (string | number)[] = []
  at = 0
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  value(): unknown {
    const first = this.#text.charAt(this.at)
    if (first === '{') return this.#object()
    if (first === '[') return this.#array()
    if (first === '"') return this.#scalar(STRING)
    return LITERALS.has(first) ? this.#literal(LITERALS.get(first)) : this.#scalar(NUMBER)
  }

  #object(): object | undefined {
    const entries: [key: string, value: unknown][] = []
    this.at += 1
    if (this.#take('}')) return {}
    do {
      const key = this.#key(entries.at(-1)?.[0])
      const value = key === undefined ? undefined : this.#inside(key, '}')
      if (key === undefined || value === undefined) return undefined
      entries.push([key, value])
    } while (this.#take(','))
    this.at += 1
    return Object.fromEntries(entries)
  }

  #array(): unknown[] | undefined {
    const items: unknown[] = []
    this.at += 1
    if (this.#take(']')) return items
    do {
      const item = this.#inside(items.length, ']')
      if (item === undefined) return undefined
      items.push(item)
    } while (this.#take(','))
    this.at += 1
    return items
  }

  /** Keys come in their order, and each once. */
  #key(before: string | undefined): string | undefined {
    const start = this.at
    const key = this.#scalar(STRING)
    const inOrder = typeof key === 'string' && (before === undefined || compareText(before, key) < 0)
    if (inOrder && this.#take(':')) return key
    if (!inOrder) this.at = start
    return undefined
  }

  /** A value with a comma or its holder's end behind it: what else stands there is the value's own fault. */
  #inside(step: string | number, end: '}' | ']'): unknown {
    if (this.path.length === DEPTH) return undefined
    this.path.push(step)
    const value = this.value()
    const next = this.#text.charAt(this.at)
    if (value === undefined || (next !== ',' && next !== end)) return undefined
    this.path.pop()
    return value
  }

  /** A string or a number, written as JSON.stringify would. */
  #scalar(pattern: RegExp): unknown {
    pattern.lastIndex = this.at
    const token = pattern.exec(this.#text)?.[0]
    const value = token === undefined ? undefined : parsed(token)
    if (value === undefined || JSON.stringify(value) !== token) return undefined
    this.at += token.length
    return value
  }

  #literal(value: unknown): unknown {
    return [...String(value)].every((character) => this.#take(character)) ? value : undefined
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.at) !== character) return false
    this.at += 1
    return true
  }
}

function parsed(token: string): unknown {
  try {
    return JSON.parse(token)
  } catch {
    // A control character or an escape that JSON does not know.
    return undefined
  }
}
