import { SHEET_LIMITS } from '../table/limits.ts'
import { readFile } from './book.ts'
import { serialText } from './dates.ts'
import { longer, ownText, richText } from './strings.ts'
import { XmlTooLarge } from './xml.ts'
import type { OpenZip } from './zip.ts'

/** What all sheets of a workbook are read with. */
interface Shared {
  strings: readonly string[]
  /** Formats of cells that show a number as a date. */
  dates: ReadonlySet<number>
  isFrom1904: boolean
}

/**
 * The rows of a sheet, all as long as the longest. Rows and cells may leave out where they stand, when they follow one
 * another; what is blank may lie as far away as it likes.
 * @throws XmlTooLarge where a cell that holds something lies beyond what is read
 */
export function readSheetRows(zip: OpenZip, file: string, shared: Shared): string[][] {
  const rows = new SheetRows()
  const inline = richText()
  const cell = { type: 'n', style: 0, value: '' }
  let isValue = false
  readFile(zip, file, {
    open: (name, attributes) => {
      if (name === 'c') {
        const { r, t = 'n', s = '0' } = attributes
        rows.goTo(r)
        cell.type = t
        cell.style = Number(s)
        cell.value = ''
      } else if (name === 'v') isValue = true
      else if (name === 'row') rows.begin(attributes.r)
      else inline.handlers.open(name)
    },
    text: (text) => {
      if (isValue) cell.value = longer(cell.value, text)
      else inline.handlers.text(text)
    },
    close: (name) => {
      if (name === 'v') isValue = false
      else if (name === 'c') rows.put(cell.type === 'inlineStr' ? inline.take() : valueText(cell, shared))
      else inline.handlers.close(name)
    },
  })
  return rows.all()
}

interface Cell {
  type: string
  style: number
  value: string
}

/** Numbers as they are entered, a formula as its last result, an error value as Excel shows it. */
function valueText({ type, style, value }: Cell, { strings, dates, isFrom1904 }: Shared): string {
  if (value === '') return ''
  switch (type) {
    case 's':
      return strings[Number(value)] ?? ''
    case 'str':
    case 'e':
      return ownText(value)
    case 'b':
      return value === '1' || value === 'true' ? 'TRUE' : 'FALSE'
    case 'd':
      return value.replace(/T(?:00:00.*)?/, (time) => (time.length > 1 ? '' : ' ')).slice(0, 16)
    default: {
      const number = Number(value)
      if (!Number.isFinite(number)) return ownText(value)
      return (dates.has(style) && serialText(number, isFrom1904)) || String(number)
    }
  }
}

/** Puts cells where they stand. */
class SheetRows {
  readonly #rows: string[][] = []
  readonly #known = new Map<string, string>()
  #row = 0
  #column = 0
  #width = 0

  begin(place: string | undefined): void {
    this.#row = numberOf(place) ?? this.#row + 1
    this.#column = 0
  }

  /** To the cell of that address, or the one behind the last. */
  goTo(address: string | undefined): void {
    const place = address === undefined ? null : placeOf(address)
    if (place === null) this.#column += 1
    else {
      this.#column = place.column
      this.#row = place.row
    }
  }

  put(text: string): void {
    if (text === '') return
    if (this.#row > SHEET_LIMITS.rows || this.#column > SHEET_LIMITS.columns) throw new XmlTooLarge()
    if (text.length > SHEET_LIMITS.cell) throw new XmlTooLarge()
    this.#width = Math.max(this.#width, this.#column)
    if (this.#width * Math.max(this.#row, this.#rows.length) > SHEET_LIMITS.cells) throw new XmlTooLarge()
    while (this.#rows.length < this.#row) this.#rows.push([])
    const cells = this.#rows[this.#row - 1]!
    while (cells.length < this.#column) cells.push('')
    cells[this.#column - 1] = this.#once(text)
  }

  /** Lists say the same over and over. */
  #once(text: string): string {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    if (this.#known.size < MOST_KNOWN) this.#known.set(text, text)
    return text
  }

  all(): string[][] {
    for (const cells of this.#rows) while (cells.length < this.#width) cells.push('')
    return this.#rows
  }
}

const MOST_KNOWN = 100_000
function numberOf(place: string | undefined): number | null {
  return place !== undefined && /^[1-9]\d{0,6}$/.test(place) ? Number(place) : null
}

/** AB12, letter by letter: a list has hundreds of thousands of them. @returns null for what is no address */
function placeOf(address: string): { column: number; row: number } | null {
  let column = 0
  let at = 0
  for (; at < 3; at += 1) {
    const letter = address.charCodeAt(at) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  const start = at
  let row = 0
  for (; at < address.length; at += 1) {
    const digit = address.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return null
    row = row * 10 + digit
  }
  return column > 0 && at > start && at - start <= 7 ? { column, row } : null
}
