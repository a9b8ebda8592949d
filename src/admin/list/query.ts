import { fieldsOf } from '../../web/fields.ts'

/** One parameter of a list's address. */
interface Parameter<Value extends string | number> {
  /** Reads it leniently: what it does not know is as if it were not given. */
  read: (text: string) => Value
  /** What it is where it is not given: addresses leave it out. */
  blank: Value
  /** Files hold what is narrowed in its order; what is merely shown is the page's own. */
  does: 'narrow' | 'order' | 'show'
}

type Parameters = Record<string, Parameter<string> | Parameter<number>>

/** What an address says, every parameter read. */
type Query<Declared extends Parameters> = {
  [Name in keyof Declared]: Declared[Name] extends Parameter<infer Value> ? Value : never
}

/** Any text: words that are looked for, or a name that is among the data. */
export const anyText: Parameter<string> = { read: (text) => text.slice(0, 100), blank: '', does: 'narrow' }

export function oneOf<Id extends string>(ids: readonly Id[]): Parameter<Id | ''> {
  return { read: (text) => ids.find((id) => id === text) ?? '', blank: '', does: 'narrow' }
}

/** A key of the sorted columns, with `-` before it for descending. */
export function sortBy(keys: readonly string[], blank: string): Parameter<string> {
  const isSort = (text: string) => keys.includes(text.replace(/^-/, ''))
  return { read: (text) => (isSort(text) ? text : blank), blank, does: 'order' }
}

/** From 1. */
export const pageNumber: Parameter<number> = {
  read: (text) => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) : 1),
  blank: 1,
  does: 'show',
}

/** How it is shown, one of these ways or the usual one. */
export function shownAs<Id extends string>(ids: readonly Id[]): Parameter<Id | ''> {
  return { ...oneOf(ids), does: 'show' }
}

/** As what a list is taken away. */
interface FileKind {
  type: 'csv' | 'xlsx'
  encoding?: 'cp932'
}

/** A list's parameters, declared once: read from an address, and written into one. */
export interface ListQuery<Q> {
  path: string
  parse: (source: unknown) => Q
  address: (query: Q) => string
  /** Of all pages that the query narrows to. */
  fileAddress: (query: Q, kind: FileKind) => string
}

export type QueryOf<Declared> = Declared extends ListQuery<infer Q> ? Q : never

/** @param path of the page; a file's has the extension behind it */
export function listQuery<Declared extends Parameters>(
  path: string,
  declared: Declared,
): ListQuery<Query<Declared>> {
  const parameters = Object.entries<Parameter<string> | Parameter<number>>(declared)
  const given = (query: Query<Declared>, does: Parameter<string>['does']) =>
    parameters.flatMap(([name, { blank, does: its }]): Pair[] =>
      its === does && query[name] !== blank ? [[name, String(query[name])]] : [],
    )
  return {
    path,
    parse: (source) => {
      const fields = fieldsOf(source)
      const read = parameters.map(([name, parameter]) => [name, parameter.read(fields.get(name).trim())])
      return Object.fromEntries(read)
    },
    address: (query) =>
      addressOf(path, [...given(query, 'narrow'), ...given(query, 'order'), ...given(query, 'show')]),
    fileAddress: (query, { type, encoding }) => {
      const how: Pair[] = encoding ? [['encoding', encoding]] : []
      return addressOf(`${path}.${type}`, [...given(query, 'narrow'), ...how, ...given(query, 'order')])
    },
  }
}

type Pair = [name: string, value: string]

function addressOf(path: string, parameters: Pair[]): string {
  return parameters.length === 0 ? path : `${path}?${new URLSearchParams(parameters)}`
}
