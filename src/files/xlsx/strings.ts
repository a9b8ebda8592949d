import { SHEET_LIMITS } from '../table/limits.ts'
import { readFile } from './book.ts'
import { type XmlHandlers, XmlTooLarge } from './xml.ts'
import type { OpenZip } from './zip.ts'

/** The texts that the sheets of a workbook share, by their numbers. */
export function readSharedStrings(zip: OpenZip, file: string | null): string[] {
  const strings: string[] = []
  if (file === null) return strings
  const text = richText()
  readFile(zip, file, {
    ...text.handlers,
    close: (name) => {
      text.handlers.close(name)
      if (name !== 'si') return
      if (strings.length >= SHEET_LIMITS.texts) throw new XmlTooLarge()
      strings.push(text.take())
    },
  })
  return strings
}

/** Collects the texts of a cell that may be of several formats; the reading that Excel keeps with a name is left out. */
export function richText(): {
  handlers: Required<Omit<XmlHandlers, 'open'>> & { open: (name: string) => void }
  take(): string
} {
  let parts = ''
  let isText = false
  let isReading = false
  return {
    handlers: {
      open: (name) => {
        if (name === 'rPh') isReading = true
        else if (name === 't') isText = !isReading
      },
      close: (name) => {
        if (name === 'rPh') isReading = false
        else if (name === 't') isText = false
      },
      text: (text) => {
        if (isText) parts = longer(parts, text)
      },
    },
    take: () => {
      const whole = parts
      parts = ''
      return ownText(whole)
    },
  }
}

/** A text that comes in pieces. @throws XmlTooLarge where no cell of Excel holds it, however it is written */
export function longer(text: string, more: string): string {
  if (text.length + more.length > SHEET_LIMITS.cell * SLICED) throw new XmlTooLarge()
  return text + more
}

/** _x000D_ is how Excel writes what XML cannot hold. A text of its own, or it would keep the part of the file it is from. */
export function ownText(text: string): string {
  if (text.length < SLICED) return text
  const whole = text.includes('_x')
    ? text.replace(ESCAPED, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
  return Buffer.from(whole, 'utf16le').toString('utf16le')
}

const ESCAPED = /_x([\dA-Fa-f]{4})_/g
/** Shorter ones the engine copies by itself. An escape alone has seven. */
const SLICED = 7
