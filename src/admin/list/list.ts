import { receiptNumber } from '../../domain/answer/receipt.ts'
import { type Band, bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { foldName } from '../../domain/text/folding.ts'
import { type Paging, pageOf } from './paging.ts'
import type { ListQuery } from './query.ts'
import { type Column, pickColumns, type Table, type TableOptions, tableOf } from './table.ts'

/** The parameters that every list may have; each has its own beside them. */
interface AnyQuery {
  /** Words that are looked for. */
  q?: string
  sort?: string
  page?: number
}

/** One list of the officers' side: what its page shows of the rows, and its files take along. */
export interface List<Row, Q extends AnyQuery> {
  query: ListQuery<Q>
  /** Where on the page it stands. */
  anchor?: string
  search?: { placeholder: string; texts: TextsOf<Row> }
  filters: readonly ListFilter<Row, Q>[]
  /** By a key of the sorted columns; without it the rows stay as they come. */
  compare?: (key: string) => (a: Row, b: Row) => number
  /** In the order of the files. */
  columns: readonly Column<Row>[]
  /** Of the page, by their headers and in its order. */
  onPage: readonly string[]
  /** 件, 病院 */
  unit: string
  size?: number
  table: Omit<TableOptions<Row>, 'sorting'>
}

/** Of a row that never changes: whoever changes it makes another one. */
type TextsOf<Row> = (row: Row) => (string | null | undefined)[]

/** One select above a list. */
export interface ListFilter<Row, Q> {
  name: keyof Q & string
  label: string
  choices: readonly Choice<string>[]
  /** What it is called where nothing is chosen: すべて, unless that is not all there is. */
  blank?: string
  matches: (row: Row, value: string) => boolean
  /** It only says what is shown of the rows: links of the page choose it, the form keeps it. */
  isView?: boolean
}

/** What the views of a list draw: the form above it, how many there are, the table and the pages. */
export interface ListPage {
  form: FilterForm
  found: number
  /** Without the filter. */
  all: number
  unit: string
  table: Table
  paging: Paging
  files: FileLinks
}
export interface FilterForm {
  action: string
  /** Where 条件を解除 leads; null while nothing is narrowed. */
  cleared: string | null
  search: { value: string; placeholder: string } | null
  /** Days that the list begins and ends with, as they were typed. */
  days?: FilterDay[]
  filters: { name: string; label: string; value: string; blank: string; choices: readonly Choice<string>[] }[]
  /** What is shown of the rows: it stays, however they are narrowed. */
  kept?: { name: string; value: string }[]
}
export interface FilterDay {
  name: string
  label: string
  value: string
  error: string | null
  picker: { type: 'date'; value: string }
}
export interface FileLinks {
  xlsx: string
  csv: string
  cp932: string
}

const PAGE_SIZE = 50

export function listPage<Row, Q extends AnyQuery>(
  list: List<Row, Q>,
  all: readonly Row[],
  query: Q,
): ListPage {
  const found = narrowed(list, all, query)
  const { rows, paging } = pageOf(found, {
    page: query.page ?? 1,
    size: list.size ?? PAGE_SIZE,
    hrefOf: (page) => addressIn(list, { ...query, page }),
  })
  const sorting = {
    sort: query.sort ?? '',
    hrefOf: (sort: string) => addressIn(list, { ...query, sort, page: 1 }),
  }
  return {
    form: filterForm(list, query, found.length < all.length),
    found: found.length,
    all: all.length,
    unit: list.unit,
    table: tableOf(pickColumns(list.columns, list.onPage), rows, { ...list.table, sorting }),
    paging,
    files: fileLinks(list.query, query),
  }
}

/** What the query shows, all pages of it, in its order. */
export function narrowed<Row, Q extends AnyQuery>(
  { filters, search, compare }: Pick<List<Row, Q>, 'filters' | 'search' | 'compare'>,
  rows: readonly Row[],
  query: Q,
): Row[] {
  const words = search ? wordsIn(query.q ?? '') : []
  const chosen = filters.filter(({ name }) => query[name] !== '')
  const found = rows.filter(
    (row) =>
      chosen.every(({ name, matches }) => matches(row, String(query[name]))) &&
      (words.length === 0 || hasAll(search!.texts, row, words)),
  )
  if (!compare || !query.sort) return found
  const [key, sign] = query.sort.startsWith('-') ? [query.sort.slice(1), -1] : [query.sort, 1]
  const byKey = compare(key)
  return found.toSorted((a, b) => sign * byKey(a, b))
}

/** @param isFewer something is narrowed, though perhaps to a value that no select has */
export function filterForm<Row, Q extends AnyQuery>(
  { query: { path }, anchor, search, filters }: Pick<List<Row, Q>, 'query' | 'anchor' | 'search' | 'filters'>,
  query: Q,
  isFewer: boolean,
): FilterForm {
  const [views, narrowing] = [filters.filter(({ isView }) => isView), filters.filter(({ isView }) => !isView)]
  const shown = narrowing.map(({ name, label, choices, blank = 'すべて' }) => ({
    name,
    label,
    value: String(query[name]),
    blank,
    choices,
  }))
  const isChosen = narrowing.some(({ name, choices }) => choices.some(({ id }) => id === String(query[name])))
  const action = path + (anchor ? `#${anchor}` : '')
  return {
    action,
    cleared: isFewer || isChosen || query.q ? action : null,
    search: search ? { value: query.q ?? '', placeholder: search.placeholder } : null,
    filters: shown,
    kept: views.flatMap(({ name }) => (query[name] ? [{ name, value: String(query[name]) }] : [])),
  }
}

/** By 二次医療圏, of those that are there. */
export function regionFilter<Row>(
  regions: readonly string[],
  regionOf: (row: Row) => string | null | undefined,
): ListFilter<Row, { region: string }> {
  const choices = regions.map((region) => ({ id: region, label: region }))
  return { name: 'region', label: '医療圏', choices, matches: (row, region) => regionOf(row) === region }
}

/** By 病床規模区分, or those in none. */
export function bandFilter<Row>(
  bands: readonly Band[],
  bandIdOf: (row: Row) => string | null | undefined,
): ListFilter<Row, { band: string }> {
  const choices = [...bands.map((band) => ({ id: band.id, label: bandLabel(band) })), NO_BAND]
  return {
    name: 'band',
    label: '病床規模区分',
    choices,
    matches: (row, band) => (bandIdOf(row) ?? NO_BAND.id) === band,
  }
}

export function fileLinks<Q>({ fileAddress }: ListQuery<Q>, query: Q): FileLinks {
  return {
    xlsx: fileAddress(query, { type: 'xlsx' }),
    csv: fileAddress(query, { type: 'csv' }),
    cp932: fileAddress(query, { type: 'csv', encoding: 'cp932' }),
  }
}

function addressIn<Row, Q extends AnyQuery>({ query, anchor }: List<Row, Q>, wanted: Q): string {
  return query.address(wanted) + (anchor ? `#${anchor}` : '')
}

/** Each word as it may stand in a text between line ends. */
function wordsIn(typed: string): string[] {
  return (
    typed
      .split(/\s+/)
      // A sign alone is in no folded text: it finds nothing, but for those that stand between words.
      .map((word) => foldName(word) || word.replace(/[\p{Pd}ー・,、，]/gu, ''))
      .filter(Boolean)
      .map((word) => {
        // R1, R-1 and r0001 are the one 受付番号 R-0001, and not R-1000; R-00 is the beginning of many.
        const digits = /^r([1-9]\d{0,8}|0\d{3,8})$/.exec(word)?.[1]
        return digits ? `\n${foldName(receiptNumber(Number(digits)))}\n` : word
      })
  )
}

/** By the texts of a list, of each row that was searched before: rows that are kept are folded once. */
const folded = new WeakMap<object, WeakMap<object, string>>()

function hasAll<Row>(texts: TextsOf<Row>, row: Row, words: readonly string[]): boolean {
  const text = foldedText(texts, row)
  return words.every((word) => text.includes(word))
}

function foldedText<Row>(texts: TextsOf<Row>, row: Row): string {
  const fold = () => foldName(`\n${texts(row).filter(Boolean).join('\n')}\n`)
  if (typeof row !== 'object' || row === null) return fold()
  const known = folded.get(texts) ?? new WeakMap<object, string>()
  folded.set(texts, known)
  const text = known.get(row) ?? fold()
  known.set(row, text)
  return text
}
