import { Column, type GetColumnData } from 'drizzle-orm'

type Columns = Record<string, Column>
type RowOf<Selected extends Columns> = { [Key in keyof Selected]: GetColumnData<Selected[Key]> }

/**
 * Makes rows of what SQLite gives for these columns (`values()` of a prepared query that selects them), with what has to
 * be known of a column looked up once. Drizzle looks it up for every cell: of a whole table that takes ten times as long
 * as reading it.
 * @returns for the values of one row, from the first of these columns on
 */
export function rowMaker<Selected extends Columns>(columns: Selected) {
  const cells = Object.entries(columns).map(([key, column]) => ({ key, decode: decoderOf(column) }))
  return (values: readonly unknown[], from = 0): RowOf<Selected> => {
    const row: Record<string, unknown> = {}
    for (let index = 0; index < cells.length; index += 1) {
      const { key, decode } = cells[index]!
      const value = values[from + index]
      row[key] = decode === null || value === null ? value : decode(value)
    }
    return row as RowOf<Selected>
  }
}

/** Null where SQLite has it as it is. */
function decoderOf(column: Column): ((value: unknown) => unknown) | null {
  const isPlain = column.mapFromDriverValue === Column.prototype.mapFromDriverValue
  return isPlain ? null : (value) => column.mapFromDriverValue(value)
}
