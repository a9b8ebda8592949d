import { crc32, inflateRawSync } from 'node:zlib'

/** What an .xlsx is packed in. Read by its directory as Excel does, written without compression and without the hour. */

export type ZipReading =
  | { ok: true; files: Map<string, Buffer> }
  /** `too-large`: more than `limit` bytes once unpacked. */
  | { ok: false; reason: 'broken' | 'too-large' }

/**
 * Unpacks the files that are wanted, by name. The sizes that an archive states are not believed.
 * @param limit bytes that all of them together may have
 */
export function readZip(bytes: Uint8Array, wanted: (name: string) => boolean, limit: number): ZipReading {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files = new Map<string, Buffer>()
  let room = limit
  try {
    for (const entry of directory(zip)) {
      if (!wanted(entry.name)) continue
      const content = unpacked(zip, entry, room)
      if (content.length > room) return { ok: false, reason: 'too-large' }
      if (crc32(content) !== entry.crc) return { ok: false, reason: 'broken' }
      room -= content.length
      files.set(entry.name, content)
    }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
  return { ok: true, files }
}

/** The same files give the same bytes on every machine and day: stored as they are, all of them dated 1980-01-01. */
export function writeZip(files: ReadonlyMap<string, Buffer>): Buffer {
  const bodies: Buffer[] = []
  const headers: Buffer[] = []
  let offset = 0
  for (const [name, content] of files) {
    const common = commonHeader(name, content)
    const body = Buffer.concat([LOCAL, common, Buffer.from(name), content])
    headers.push(Buffer.concat([CENTRAL, common, centralRest(offset), Buffer.from(name)]))
    bodies.push(body)
    offset += body.length
  }
  const central = Buffer.concat(headers)
  return Buffer.concat([...bodies, central, end(files.size, central.length, offset)])
}

const LOCAL = Buffer.from('PK\x03\x04')
/** The local header's fields follow after "made by". */
const CENTRAL = Buffer.from('PK\x01\x02\x14\x00')
const END = Buffer.from('PK\x05\x06')
const STORED = 0
const DEFLATED = 8
const ENCRYPTED = 1
const UTF8_NAMES = 0x0800
const FIRST_DAY = 0x0021

interface Entry {
  name: string
  flags: number
  method: number
  crc: number
  packedSize: number
  offset: number
}

/** Reading past the end throws a RangeError: the archive is cut off. */
function* directory(zip: Buffer): Generator<Entry> {
  const start = zip.lastIndexOf(END)
  let at = zip.readUInt32LE(start + 16)
  for (let count = zip.readUInt16LE(start + 10); count > 0; count--) {
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28)
    yield {
      name: zip.toString('utf8', at + 46, nameEnd),
      flags: zip.readUInt16LE(at + 8),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      packedSize: zip.readUInt32LE(at + 20),
      offset: zip.readUInt32LE(at + 42),
    }
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}

function unpacked(zip: Buffer, { flags, method, packedSize, offset }: Entry, room: number): Buffer {
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
  const packed = zip.subarray(start, start + packedSize)
  if (packed.length < packedSize || (flags & ENCRYPTED) !== 0) throw new RangeError('cut off or encrypted')
  if (method === STORED) return packed
  if (method === DEFLATED) return inflateRawSync(packed, { maxOutputLength: Math.max(room, 1) })
  throw new RangeError(`packed by method ${method}`)
}

function reasonOf(error: unknown): 'broken' | 'too-large' {
  const { code = '' } = error as { code?: string }
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'too-large'
  if (error instanceof RangeError || code.startsWith('Z_')) return 'broken'
  throw error
}

/** The fields that stand alike before each file and in the directory: from "version needed" to the lengths of the names. */
function commonHeader(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(26)
  header.writeUInt16LE(20, 0)
  header.writeUInt16LE(UTF8_NAMES, 2)
  header.writeUInt16LE(STORED, 4)
  header.writeUInt16LE(FIRST_DAY, 8)
  header.writeUInt32LE(crc32(content), 10)
  header.writeUInt32LE(content.length, 14)
  header.writeUInt32LE(content.length, 18)
  header.writeUInt16LE(Buffer.byteLength(name), 22)
  return header
}

/** Comment, disk and attributes, all none; and where the file begins. */
function centralRest(offset: number): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(offset, 10)
  return rest
}

function end(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(18)
  record.writeUInt16LE(count, 4)
  record.writeUInt16LE(count, 6)
  record.writeUInt32LE(size, 8)
  record.writeUInt32LE(offset, 12)
  return Buffer.concat([END, record])
}
