import type { ColumnRule, Ground, Opening } from './classes.ts'

type More = Omit<ColumnRule, 'column' | 'grounds'>

/** Columns that anybody may see, their headings between 、. */
export function open(columns: string, more: More = {}): ColumnRule[] {
  return each(columns, [], more)
}

/** Columns that are not disclosed, on these grounds. */
export function closed(grounds: readonly Ground[], columns: string, more: More = {}): ColumnRule[] {
  return each(columns, grounds, more)
}

/** Who is selected: open once the result is shown. */
export function published(columns: string, more: More = {}): ColumnRule[] {
  return each(columns, ['deliberation'], { opening: { kind: 'published' }, ...more })
}

/** Open with these values alone, once the result is shown. */
export function onlyValues(
  values: readonly string[],
  grounds: readonly Ground[],
  columns: string,
): ColumnRule[] {
  return each(columns, grounds, { opening: { kind: 'values', values } })
}

/** Hashes and counts, which are open as long as they point at no hospital. */
export function unlessFew(
  kind: Extract<Opening['kind'], 'hash' | 'count'>,
  grounds: readonly Ground[],
  columns: string,
) {
  return each(columns, grounds, { opening: { kind } })
}

function each(columns: string, grounds: readonly Ground[], more: More): ColumnRule[] {
  return columns.split('、').map((column) => ({ column, grounds, ...more }))
}
