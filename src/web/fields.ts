import { withoutInvisible } from '../domain/text/text.ts'

/** A form or the query of an address, as it was sent. */
interface Fields {
  /** The last value under this name; '' where there is none, or where it is no text. */
  get(name: string): string
  /** Every text under this name, in order. */
  all(name: string): string[]
  /** Every field with every text, in order. */
  entries(): [name: string, value: string][]
  /** The names under which something came that is no text. */
  files(): string[]
}

/**
 * The one reader of bodies and queries: what a browser cannot have sent by a form reads as if it were not there, and so do
 * characters that nobody sees. Copied along from elsewhere they turn a text around, or make two of one.
 */
export function fieldsOf(source: unknown): Fields {
  return fieldsBy(source, (name, text) => (AS_SENT.test(name) ? text : withoutInvisible(text)))
}

/** The same with every character, for a form whose own rules say of each what becomes of it, and which shows again what was typed. */
export function fieldsAsSent(source: unknown): Fields {
  return fieldsBy(source, (_name, text) => text)
}

function fieldsBy(source: unknown, readable: (name: string, text: string) => string): Fields {
  // A map, so that no name reaches into a prototype.
  const values = new Map<string, unknown>(isRecord(source) ? Object.entries(source) : [])
  const all = (name: string) =>
    [values.get(name)]
      .flat()
      .filter((value) => typeof value === 'string')
      .map((text) => readable(name, text))
  return {
    get: (name) => {
      const last = [values.get(name)].flat().at(-1)
      return typeof last === 'string' ? readable(name, last) : ''
    },
    all,
    entries: () =>
      [...values.keys()].flatMap((name) => all(name).map((value): [string, string] => [name, value])),
    files: () => [...values].flatMap(([name, value]) => (isRecord(value) ? [name] : [])),
  }
}

/** A password is whatever was typed; what a form showed is compared with what is stored. */
const AS_SENT = /^(?:password|current$|shown)/

function isRecord(source: unknown): source is object {
  return typeof source === 'object' && source !== null && !Array.isArray(source)
}
