import type { RowIssue } from '../table/row-issue.ts'
import { headerKey, type Table, withKeys } from '../table/table.ts'
import { TOLD_BESIDE } from './sheet-columns.ts'
import { type HeaderMeaning, meaningOf } from './sheet-headers.ts'

interface UnderstoodHeaders {
  /** With the columns under the names of the hospital sheet. */
  table: Table
  warnings: RowIssue[]
  /** Why nobody can tell what a column is, in Japanese. */
  flaw: string | null
}

interface Header {
  printed: string
  meaning: HeaderMeaning
}

/**
 * The columns of a hospital sheet as their headers mean them. A header that is nearly a column's that matters, where the
 * file has no such column, is a flaw: to read past it would take what it holds for blank.
 */
export function understoodHeaders(table: Table): UnderstoodHeaders {
  return understood(table, () => true)
}

/** The same for a file of which only the columns that tell hospitals are known by name. */
export function understoodCodes(table: Table): UnderstoodHeaders {
  return understood(table, (column) => TELLING.has(column))
}

const TELLING = new Set(['医療機関コード', '機関コード', '医療機関名'])

function understood(table: Table, isWanted: (column: string) => boolean): UnderstoodHeaders {
  const headers = table.headers.map((printed) => ({ printed, meaning: wantedMeaning(printed, isWanted) }))
  const exact = columnsOf(headers, true)
  const known = new Set([...exact, ...columnsOf(headers, false)])
  const isUsed = ({ meaning }: Header) =>
    meaning.kind === 'column' && (meaning.isExact || !exact.has(meaning.column))
  const keys = headers.map((header) =>
    isUsed(header) && header.meaning.kind === 'column'
      ? headerKey(header.meaning.column)
      : headerKey(header.printed),
  )
  return {
    table: withKeys(table, keys),
    warnings: headers
      .filter(({ printed }) => printed !== '')
      .flatMap((header) => warningsOf(header, isUsed(header))),
    flaw: flawOf(headers, known),
  }
}

function wantedMeaning(header: string, isWanted: (column: string) => boolean): HeaderMeaning {
  const meaning = meaningOf(header)
  return meaning.kind === 'other' || isWanted(meaning.column) ? meaning : { kind: 'other' }
}

function columnsOf(headers: readonly Header[], isExact: boolean): Set<string> {
  return new Set(
    headers.flatMap(({ meaning }) =>
      meaning.kind === 'column' && meaning.isExact === isExact ? [meaning.column] : [],
    ),
  )
}

function warningsOf({ printed: column, meaning }: Header, isUsed: boolean): RowIssue[] {
  if (meaning.kind !== 'column')
    return OURS.has(headerKey(column)) ? [] : [{ row: 1, column, message: NOT_USED }]
  if (!isUsed) return [{ row: 1, column, message: `「${meaning.column}」の列があるため、読み飛ばします。` }]
  const isPlain = headerKey(column).startsWith(headerKey(meaning.column))
  return meaning.isExact || isPlain
    ? []
    : [{ row: 1, column, message: `「${meaning.column}」の列として読みました。` }]
}

/** Columns of our own files that nobody means to be read. */
const OURS = new Set(TOLD_BESIDE.map(headerKey))
const NOT_USED = 'この見出しの列は使わないため、読み飛ばします。'

function flawOf(headers: readonly Header[], known: ReadonlySet<string>): string | null {
  const near = headers.flatMap(({ printed, meaning }) =>
    meaning.kind === 'near' && !known.has(meaning.column) ? [{ printed, column: meaning.column }] : [],
  )
  if (near.length > 0) {
    const pairs = near.map(({ printed, column }) => `「${printed}」は「${column}」`).join('、')
    return `見出し${pairs}に似ていますが、同じ列か判別できません。同じ列であれば見出しを修正し、使わない列であれば削除してください。`
  }
  const twice = [...known].flatMap((column) => {
    const same = headers.filter(({ meaning }) => meaning.kind === 'column' && meaning.column === column)
    const hasExact = same.some(({ meaning }) => meaning.kind === 'column' && meaning.isExact)
    return hasExact || same.length < 2
      ? []
      : [`${same.map(({ printed }) => `「${printed}」`).join('と')}（${column}）`]
  })
  return twice.length > 0
    ? `同じ内容の列が複数あります：${twice.join('、')}。使わない列を削除してください。`
    : null
}
