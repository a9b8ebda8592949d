import { Column } from 'drizzle-orm'
import { changeStamp, sqliteOf } from './change-stamp.ts'
import type { Db } from './open.ts'

type Row = readonly unknown[]

/**
 * All rows of a table as values, the same ones for all who ask as long as nothing has changed: several lists, the draft
 * and the tally hold one copy of the master and of the answers. After a change the rows are read anew and compared, and
 * only what says something else becomes another value, so that what was worked out of the others (`WeakMap`) still holds.
 * @param read the rows as SQLite has them, what each is known by in the first column
 * @param valuesOf of those that were not there before, or say something else now
 */
export function keptRows<Value>(
  db: Db,
  read: () => Row[],
  valuesOf: (rows: readonly Row[]) => Value[],
): () => readonly Value[] {
  const sqlite = sqliteOf(db)
  const stampNow = changeStamp(db)
  let known = new Map<unknown, { row: Row; value: Value }>()
  let kept: { stamp: string; values: readonly Value[] } | null = null

  function readAnew(): readonly Value[] {
    const rows = read()
    const changed = rows.filter((row) => !isSame(known.get(row[0])?.row, row))
    const values = new Map(valuesOf(changed).map((value, index) => [changed[index], value]))
    const now = new Map<unknown, { row: Row; value: Value }>()
    for (const row of rows) {
      const before = known.get(row[0])
      now.set(row[0], values.has(row) ? { row, value: values.get(row)! } : before!)
    }
    known = now
    // Who changes one copy changes it for all.
    return Object.freeze([...now.values()].map(({ value }) => value))
  }

  return () => {
    // What may still be given up is kept by nobody.
    if (sqlite.inTransaction) return readAnew()
    // Before it is read: what another process writes meanwhile is then read again.
    const stamp = stampNow()
    if (kept?.stamp !== stamp) kept = { stamp, values: readAnew() }
    return kept.values
  }
}

function isSame(known: Row | undefined, row: Row): boolean {
  return known?.every((cell, index) => cell === row[index]) ?? false
}

/**
 * Of a row of these columns, in their order, with what has to be known of a column looked up once: Drizzle looks it up
 * for every cell.
 */
export function decoderOf<Values>(columns: Record<string, Column>): (row: Row, first?: number) => Values {
  const cells = Object.entries(columns).map(([key, column]) => ({ key, column, isPlain: isPlain(column) }))
  return (row, first = 0) => {
    const values: Record<string, unknown> = {}
    for (const [index, { key, column, isPlain }] of cells.entries()) {
      const cell = row[first + index]
      values[key] = cell === null || isPlain ? cell : column.mapFromDriverValue(cell)
    }
    return values as Values
  }
}

/** SQLite has it as it is. */
function isPlain(column: Column): boolean {
  return column.mapFromDriverValue === Column.prototype.mapFromDriverValue
}
