import { SHEET_LIMITS } from '../table/limits.ts'

/**
 * What of a workbook is kept from the library that reads it, as it takes the square of it or more: found here in one
 * pass. No workbook of Excel's comes near.
 */

/** Bytes of all files unpacked, and how many there are. */
export const WORKBOOK_LIMITS = { bytes: 10_000_000, files: 1_000 } as const

/** @param xml one file of the workbook */
export function exceedsBounds(xml: string): boolean {
  return hasLongFormat(xml) || hasTokenBeyond(xml)
}

/** Characters: a cell has at most 32,767, each of them written with up to seven. */
const LONGEST_TOKEN = 262_144

/**
 * The library gets the XML in parts, and with each part reads a tag or text that is not complete from its start. A
 * single cell far away makes it fill everything up to it with blanks, and rows need not say their number.
 */
function hasTokenBeyond(xml: string): boolean {
  let rows = 0
  for (let at = 0; at < xml.length; ) {
    const end = tokenEnd(xml, at)
    if (end - at > LONGEST_TOKEN) return true
    const element = elementAt(xml, at)
    if (element === 'row') rows += 1
    if (element && (rows > SHEET_LIMITS.rows || reachesTooFar(element, xml.slice(at, end)))) return true
    at = end
  }
  return false
}

/** The place behind the tag, comment or text that begins here; the end of the XML where it is not closed. */
export function tokenEnd(xml: string, start: number): number {
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

/** Excel's have at most 255 characters; the library looks for the end of each bracket through all the rest. */
function hasLongFormat(xml: string): boolean {
  for (const [format] of xml.matchAll(FORMAT_CODE)) if (format.length > LONGEST_FORMAT) return true
  return false
}

const FORMAT_CODE = /formatCode\s*=\s*(?:"[^"]*"?|'[^']*'?)/g
/** Each character written with up to seven. */
const LONGEST_FORMAT = 255 * 7

/** A row or a cell, by the name without its prefix: so the library takes it. */
export function elementAt(xml: string, at: number): string | undefined {
  ELEMENT.lastIndex = at
  return ELEMENT.exec(xml)?.[1]
}

const ELEMENT = /<(?:[^\s/>:]{0,255}:)?(row|c)(?![^\s/>])/y

/** Every address in the tag counts, with a prefix too: which of several the library takes is its own affair. */
function reachesTooFar(element: string, tag: string): boolean {
  const isWithin = element === 'row' ? (row: string) => Number(row) <= SHEET_LIMITS.rows : isNear
  for (const [, , address] of tag.matchAll(ADDRESS)) if (!isWithin(address!)) return true
  return false
}

const ADDRESS = /(?<=[\s:"'])r\s*=\s*(["'])(.*?)\1/gs

function isNear(cell: string): boolean {
  const [, letters = '', digits = ''] = /^([A-Z]{1,3})(\d{1,7})$/.exec(cell) ?? []
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return column >= 1 && column <= SHEET_LIMITS.columns && Number(digits) <= SHEET_LIMITS.rows
}
