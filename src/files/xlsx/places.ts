import { SHEET_LIMITS } from '../table/limits.ts'
import { elementAt, tokenEnd } from './bounds.ts'

/**
 * A sheet as the library that reads it wants it: rows and cells may leave out where they stand, when they follow one
 * another; and an error value is what Excel shows, not a blank.
 * @returns null where a cell lies too far away
 */
export function placedCells(xml: string): string | null {
  const parts: string[] = []
  const last: Place = { row: 0, column: 0 }
  let copied = 0
  for (let at = 0; at < xml.length; ) {
    const end = tokenEnd(xml, at)
    const element = elementAt(xml, at)
    if (element) {
      parts.push(xml.slice(copied, at), placed(element, xml.slice(at, end), last))
      copied = end
    }
    if (last.column > SHEET_LIMITS.columns || last.row > SHEET_LIMITS.rows) return null
    at = end
  }
  return parts.join('') + xml.slice(copied)
}

/** Of the row or cell last met. */
interface Place {
  row: number
  column: number
}

/** The tag with its place in it, which is then the last. */
function placed(element: string, tag: string, last: Place): string {
  const own = OWN_PLACE.exec(tag)?.[2]
  if (element === 'row') {
    last.row = own === undefined ? last.row + 1 : Number(own)
    last.column = 0
    return own === undefined ? tag.replace(NAME, `$& r="${last.row}"`) : tag
  }
  last.column = own === undefined ? last.column + 1 : columnOf(own)
  const whole = own === undefined ? tag.replace(NAME, `$& r="${lettersOf(last.column)}${last.row}"`) : tag
  return whole.replace(ERROR, ' t="str"')
}

const OWN_PLACE = /\sr\s*=\s*(["'])([^"']*)\1/
const NAME = /^<[^\s/>]+/
const ERROR = /\st\s*=\s*(?:"e"|'e')/

function columnOf(cell: string): number {
  const [letters = ''] = /^[A-Z]{1,3}/.exec(cell) ?? []
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

/** Up to IV, which is as far as is read. */
function lettersOf(column: number): string {
  const [high, low] = [Math.floor((column - 1) / 26), (column - 1) % 26]
  return (high > 0 ? String.fromCharCode(64 + high) : '') + String.fromCharCode(65 + low)
}
