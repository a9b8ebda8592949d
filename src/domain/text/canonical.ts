import { hash } from 'node:crypto'
import { compareText } from './text-order.ts'

/**
 * JSON in the one form that can be hashed: keys sorted by code point at every level, no white space,
 * strings escaped as `JSON.stringify` does. Arrays keep their order.
 * @throws TypeError on what JSON cannot say (undefined, NaN, functions …): that is never a file's content.
 */
export function canonicalJson(value: unknown): string {
  const writer: Writer = { text: '', shapes: [] }
  write(value, writer)
  return writer.text
}

/** SHA-256 of bytes, or of a text's UTF-8 bytes, in lower-case hex. */
export function sha256Hex(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex')
}

/** One text that only grows: for a whole country it takes a third of the time of joining parts. */
interface Writer {
  text: string
  shapes: Shape[]
}

/** The keys of one kind of object, as met and as written. A file has few kinds and many objects. */
interface Shape {
  met: string[]
  sorted: string[]
  /** `{"first":`, `,"second":` … */
  labels: string[]
}

function write(value: unknown, writer: Writer): void {
  if (typeof value === 'string') writer.text += PLAIN.test(value) ? `"${value}"` : JSON.stringify(value)
  else if (Array.isArray(value)) writeArray(value, writer)
  else if (typeof value === 'object' && value !== null) writeObject(value as Record<string, unknown>, writer)
  else if (value === null || typeof value === 'boolean' || Number.isFinite(value))
    writer.text += JSON.stringify(value)
  else throw new TypeError(`not JSON: ${String(value)}`)
}

/** Without quotation mark, backslash, controls and surrogates a string is written as it stands. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

function writeArray(items: unknown[], writer: Writer): void {
  writer.text += '['
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) writer.text += ','
    write(items[index], writer)
  }
  writer.text += ']'
}

function writeObject(object: Record<string, unknown>, writer: Writer): void {
  const keys = Object.keys(object)
  if (keys.length === 0) {
    writer.text += '{}'
    return
  }
  const { sorted, labels } = shapeOf(keys, writer.shapes)
  for (let index = 0; index < sorted.length; index += 1) {
    writer.text += labels[index]!
    write(object[sorted[index]!], writer)
  }
  writer.text += '}'
}

function shapeOf(keys: string[], shapes: Shape[]): Shape {
  for (const shape of shapes) if (sameKeys(shape.met, keys)) return shape
  const sorted = [...keys].sort(compareText)
  const labels = sorted.map((key, index) => `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`)
  const shape = { met: keys, sorted, labels }
  if (shapes.length < KNOWN_SHAPES) shapes.push(shape)
  return shape
}

/** To look through more than these would cost more than to sort. */
const KNOWN_SHAPES = 16

function sameKeys(a: string[], b: string[]): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false
  return true
}
