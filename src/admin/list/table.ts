import { dateTimeText } from '../../domain/text/dates.ts'
import type { Column as FileColumn } from '../../files/table/csv.ts'
import type { Part } from './cell.ts'

/** One column of a list, for its page and its files alike. */
export interface Column<Row> {
  /** Heads it in the files; on the page too, where there is no shorter label. Of one list no two have the same. */
  header: string
  label?: string
  /** What the files hold, and the page unless there is a cell. A column without it is on the page only. */
  value?: FileColumn<Row>['value']
  /** What the page shows; a plain text stands as it is. */
  cell?: (row: Row) => string | Part | Part[]
  /** How the page sets it: `name` heads the row. */
  look?: string
  /** The head alone, with a note below its label. */
  headLook?: string
  note?: string
  /** Sorts by it: the key in the list's address. */
  sort?: string
  /** Where it stands on a phone's card, if not where its look says. */
  card?: CardPlace
}

/**
 * A phone shows a row as a card: `place` (a number before the name), `name` and `state` in its first line, the others
 * `below` with their heads, and not what is `off`.
 */
type CardPlace = 'place' | 'name' | 'state' | 'below' | 'off'

/** What the view of every list draws. */
export interface Table {
  /** What the table is called to whoever hears it. */
  label: string
  look: string
  /** Has more columns than a window has room for, and scrolls sideways within itself. */
  isWide: boolean
  heads: Head[]
  rows: TableRow[]
}
interface Head {
  text: string
  note: string
  look: string
  /** Sorts by this column, the other way round where it already does; null where it cannot be sorted. */
  href: string | null
  sort: 'ascending' | 'descending' | null
}
interface TableRow {
  look: string
  cells: Cell[]
  /** A line of its own below the row. */
  below: string | null
}

interface Cell {
  look: string
  isHead: boolean
  /** Of its column, for a card, which has no head. */
  label: string
  card: CardPlace
  parts: Part[]
}

export interface TableOptions<Row> {
  label: string
  look?: string
  isWide?: boolean
  /** By what it is sorted, and the address that sorts by a key. */
  sorting?: { sort: string; hrefOf: (sort: string) => string }
  lookOf?: (row: Row) => string
  below?: (row: Row) => string | null
}

export function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { label, look = 'table--data', isWide = false, sorting, lookOf, below }: TableOptions<Row>,
): Table {
  const cells = rows.map((row) => columns.map((column) => partsOf(column, row)))
  const cards = cardPlaces(columns, cells)
  return {
    label,
    look,
    isWide,
    heads: columns.map((column) => headOf(column, sorting)),
    rows: rows.map((row, index) => ({
      look: lookOf?.(row) ?? '',
      cells: columns.map((column, place) => ({
        look: column.look ?? '',
        isHead: column.look === 'name',
        label: column.label ?? column.header,
        card: cards[place]!,
        parts: cells[index]![place]!,
      })),
      below: below?.(row) ?? null,
    })),
  }
}

/** The first head names the card; a number before it is its place, and the first column of tags its state. */
function cardPlaces<Row>(columns: readonly Column<Row>[], cells: readonly Part[][][]): CardPlace[] {
  const declares = (place: CardPlace) => columns.some(({ card }) => card === place)
  const name = columns.findIndex(({ look }) => look === 'name')
  const isTagged = (index: number) => cells.some((row) => row[index]![0]?.kind === 'tag')
  const state = declares('state') ? -1 : columns.findIndex(({ card }, index) => !card && isTagged(index))
  return columns.map(({ card, look }, index) => {
    if (card) return card
    if (index === name) return 'name'
    if (index === state) return 'state'
    return look === 'number' && index < name ? 'place' : 'below'
  })
}

/** The columns with these headers, in this order. */
export function pickColumns<Row>(columns: readonly Column<Row>[], headers: readonly string[]): Column<Row>[] {
  return headers.map((header) => {
    const column = columns.find((candidate) => candidate.header === header)
    if (!column) throw new Error(`no column ${header}`)
    return column
  })
}

/** The columns that a file has, in the order of the list's own. */
export function fileColumns<Row>(columns: readonly Column<Row>[]): FileColumn<Row>[] {
  return columns.flatMap(({ header, value }) => (value ? [{ header, value }] : []))
}

function headOf<Row>(
  { header, label = header, note = '', look = '', headLook, sort: key }: Column<Row>,
  sorting: TableOptions<Row>['sorting'],
): Head {
  const head = { text: label, note, look: headLook ?? (HEAD_LOOKS.has(look) ? look : '') }
  if (key === undefined || !sorting) return { ...head, href: null, sort: null }
  const { sort, hrefOf } = sorting
  const isAscending = sort === key
  const sorted = sort === `-${key}` ? 'descending' : null
  return { ...head, href: hrefOf(isAscending ? `-${key}` : key), sort: isAscending ? 'ascending' : sorted }
}

function valueText(value: string | number | Date): string {
  return value instanceof Date ? dateTimeText(value) : String(value)
}

/** Of the others only the cells are set in their own way. */
const HEAD_LOOKS = new Set(['number', 'shift'])

function partsOf<Row>({ cell, value }: Column<Row>, row: Row): Part[] {
  const shown = cell ? cell(row) : valueText(value?.(row) ?? '')
  if (typeof shown === 'string') return shown === '' ? [] : [{ kind: 'text', text: shown }]
  return Array.isArray(shown) ? shown : [shown]
}
