import { SHEET_LIMITS } from '../table/limits.ts'

/**
 * What of a workbook is kept from the library that reads it, as it takes the square of it or more: found here in one
 * pass. No workbook of Excel's comes near.
 */

/** Bytes of all files unpacked, and how many there are. */
export const WORKBOOK_LIMITS = { bytes: 10_000_000, files: 1_000 } as const

/** @param xml one file of the workbook */
export function exceedsBounds(xml: string): boolean {
  return hasLongToken(xml) || hasManyBrackets(xml) || reachesTooFar(xml)
}

/** Characters: a cell has at most 32,767, each of them written with up to seven. */
const LONGEST_TOKEN = 262_144

/** The library gets the XML in parts, and with each part reads a tag or text that is not complete from its start. */
function hasLongToken(xml: string): boolean {
  for (let at = 0; at < xml.length; ) {
    const end = tokenEnd(xml, at)
    if (end - at > LONGEST_TOKEN) return true
    at = end
  }
  return false
}

/** The place behind the tag, comment or text that begins here; the end of the XML where it is not closed. */
function tokenEnd(xml: string, start: number): number {
  if (xml[start] !== '<') return found(xml, '<', start).start
  const [, close] = DELIMITERS.find(([open]) => xml.startsWith(open, start)) ?? []
  return close === undefined ? tagEnd(xml, start) : found(xml, close, start).end
}

const DELIMITERS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

/** A > in quotes closes nothing. */
function tagEnd(xml: string, start: number): number {
  for (let at = start; at < xml.length; at += 1) {
    const character = xml[at]
    if (character === '>') return at + 1
    if (character === '"' || character === "'") at = found(xml, character, at + 1).start
  }
  return xml.length
}

function found(xml: string, text: string, from: number): { start: number; end: number } {
  const start = xml.indexOf(text, from)
  return start < 0 ? { start: xml.length, end: xml.length } : { start, end: start + text.length }
}

/** Number formats have some [Red] and [$-411]; the library looks for the end of each bracket through all the rest. */
function hasManyBrackets(xml: string): boolean {
  for (const [format] of xml.matchAll(FORMAT_CODE)) if (format.split('[').length > MOST_BRACKETS) return true
  return false
}

const FORMAT_CODE = /formatCode\s*=\s*(?:"[^"]*"?|'[^']*'?)/g
const MOST_BRACKETS = 100

/** A single cell far away would make the library fill everything up to it with blanks. */
function reachesTooFar(xml: string): boolean {
  for (const [, row, cell] of xml.matchAll(ADDRESS)) {
    if (row !== undefined && !(Number(row) <= SHEET_LIMITS.rows)) return true
    if (cell !== undefined && !isNear(cell)) return true
  }
  return false
}

const ADDRESS = /<row\b[^<>]*?\sr\s*=\s*["']([^"']*)|<c\b[^<>]*?\sr\s*=\s*["']([^"']*)/g

function isNear(cell: string): boolean {
  const [, letters = '', digits = ''] = /^([A-Z]{1,3})(\d{1,7})$/.exec(cell) ?? []
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return column >= 1 && column <= SHEET_LIMITS.columns && Number(digits) <= SHEET_LIMITS.rows
}
