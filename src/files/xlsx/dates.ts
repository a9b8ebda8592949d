import { readFile } from './book.ts'
import type { OpenZip } from './zip.ts'

/** Which formats of cells, by their number, show a number as a date. */
export function readDateFormats(zip: OpenZip, file: string | null): ReadonlySet<number> {
  const codes = new Map<string, string>()
  const dates = new Set<number>()
  if (file === null) return dates
  let isOfCells = false
  let count = 0
  readFile(zip, file, {
    open: (name, attributes) => {
      if (name === 'cellXfs') isOfCells = true
      if (name === 'numFmt') codes.set(attributes.numFmtId ?? '', attributes.formatCode ?? '')
      if (name !== 'xf' || !isOfCells) return
      const id = attributes.numFmtId ?? ''
      if (isDateCode(codes.get(id)) ?? BUILT_IN.has(Number(id))) dates.add(count)
      count += 1
    },
    close: (name) => {
      if (name === 'cellXfs') isOfCells = false
    },
  })
  return dates
}

/** Days, hours and those that Excel has for the calendars of East Asia. */
const BUILT_IN = new Set([
  ...[14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 47],
  ...[27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58],
])

/** Excel's have at most 255 characters. */
const LONGEST_CODE = 1_785

/** [$-411]ggge"年"m"月"d"日" is one, 0.00E+00, [Red]0 and General are none. */
function isDateCode(code: string | undefined): boolean | null {
  if (code === undefined) return null
  if (code.length > LONGEST_CODE) return false
  const bare = code
    .replace(/"[^"]*"|\[[^[\]]*\]|[\\_*]./g, '')
    .split(';')[0]!
    .replace(/General|E[+-]/gi, '')
  return /[ymdhsg]/i.test(bare)
}

const DAY = 24 * 60 * 60
/** Days from 1899-12-30 to 1904-01-01. */
const FROM_1904 = 1_462
/** 9999-12-31 */
const LAST_DAY = 2_958_465

/** 2024-03-18, or 2024-03-18 17:05; 17:05 for an hour without a day. @returns null for what no calendar shows */
export function serialText(serial: number, isFrom1904: boolean): string | null {
  const seconds = Math.round((serial + (isFrom1904 ? FROM_1904 : 0)) * DAY)
  if (!Number.isFinite(seconds) || serial < 0 || seconds >= (LAST_DAY + 1) * DAY) return null
  const [day, time] = new Date((seconds - 25_569 * DAY) * 1000).toISOString().split('T')
  const clock = time!.slice(0, 5)
  if (serial > 0 && serial < 1) return clock
  return seconds % DAY < 60 ? day! : `${day} ${clock}`
}
