import { grouped } from '../../domain/text/grouped.ts'
import { percentOf } from '../../domain/text/percent.ts'

/** A number with the list behind it. */
interface TallyCell {
  value: number | null
  /** As the page shows it: 12, 45％, －. */
  text: string
  /** Null where the number is none of a list, or 0. */
  href: string | null
  /** In percent, where it is drawn as well. */
  bar: number | null
}

export interface TallyRow {
  label: string
  isTotal: boolean
  cells: TallyCell[]
}

/** One table of the page, a sheet of the workbook, a part of the CSV. */
export interface TallyTable {
  id: string
  title: string
  note: string
  rowHead: string
  columns: string[]
  rows: TallyRow[]
}

export function counted(value: number, href: string): TallyCell {
  return { value, text: grouped(value), href: value > 0 ? href : null, bar: null }
}

export function share(part: number, whole: number): TallyCell {
  const percent = percentOf(part, whole)
  return { value: percent, text: percent === null ? '－' : `${percent}％`, href: null, bar: percent }
}

export function address(path: string, narrowing: Record<string, string | undefined>): string {
  const given = Object.entries(narrowing).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}
