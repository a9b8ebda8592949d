import { crc32, inflateRawSync } from 'node:zlib'
import { Inflate, Unzip, type UnzipFile, UnzipPassThrough, zipSync } from 'fflate'

/** What an .xlsx is packed in: fflate finds and writes the files in it, we see to what they may become. */

type ZipReading =
  | { ok: true; files: Map<string, Buffer> }
  /** `too-large`: more than `limit` bytes once unpacked. */
  | { ok: false; reason: 'broken' | 'too-large' }

/**
 * Unpacks the files that are wanted, by name. The sizes that an archive states are not believed, yet have to be true.
 * Not by `unzipSync`, which believes them: stating 10 bytes for 5 GB keeps it busy for a quarter of a minute and is
 * then read as 10 bytes.
 * @param limit bytes that all of them together may have
 */
export function readZip(bytes: Uint8Array, wanted: (name: string) => boolean, limit: number): ZipReading {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files = new Map<string, Buffer>()
  let room = limit
  try {
    const sums = checksums(zip)
    for (const { file, packed } of packedFiles(zip, (name) => sums.has(name) && wanted(name))) {
      const content = unpacked(file, packed, room)
      if (content.length > room) return { ok: false, reason: 'too-large' }
      if (crc32(content) !== sums.get(file.name)) return { ok: false, reason: 'broken' }
      room -= content.length
      files.set(file.name, content)
    }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
  return { ok: true, files }
}

/** An archive that is opened: its files are unpacked one by one, when they are wanted. */
export interface OpenZip {
  names: readonly string[]
  /**
   * Hands over a file in parts as it is unpacked, so that none of them is ever there as a whole.
   * @throws ZipFault; and what `onPart` throws, which ends it
   */
  unpack(name: string, onPart: (part: Uint8Array) => void): void
}

/** What is wrong with an archive; see `ZipReading`. */
export class ZipFault extends Error {
  readonly reason: 'broken' | 'too-large'

  constructor(reason: 'broken' | 'too-large') {
    super(reason)
    this.reason = reason
  }
}

/**
 * @param wanted by name
 * @param limit bytes that all that is unpacked may have together
 * @throws ZipFault
 */
export function openZip(bytes: Uint8Array, wanted: (name: string) => boolean, limit: number): OpenZip {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { sums, files } = faulty(() => {
    const sums = checksums(zip)
    const found = packedFiles(zip, (name) => sums.has(name) && wanted(name))
    return { sums, files: new Map(found.map((packed) => [packed.file.name, packed])) }
  })
  let room = limit
  return {
    names: [...files.keys()],
    unpack(name, onPart) {
      const found = files.get(name)
      if (!found) throw new ZipFault('broken')
      let sum = 0
      const take = (part: Uint8Array) => {
        room -= part.length
        if (room < 0) throw new ZipFault('too-large')
        sum = crc32(part, sum)
        onPart(part)
      }
      if (found.file.compression === Deflated.compression) inflate(found.packed, take)
      else for (const part of parts(found.packed, STORED_PART)) take(part)
      if (sum !== sums.get(name)) throw new ZipFault('broken')
    },
  }
}

/** Bytes: packed ones become up to a thousand times as many. */
const PACKED_PART = 4_096
const STORED_PART = 65_536

function inflate(packed: Buffer, onPart: (part: Uint8Array) => void): void {
  const inflating = new Inflate((part) => {
    if (part.length > 0) onPart(part)
  })
  const all = parts(packed, PACKED_PART)
  for (const [index, part] of all.entries()) {
    const isLast = index === all.length - 1
    try {
      inflating.push(part, isLast)
    } catch (error) {
      throw isNumbered(error) ? new ZipFault('broken') : error
    }
  }
}

function parts(bytes: Buffer, length: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) =>
    bytes.subarray(index * length, (index + 1) * length),
  )
}

/** fflate's faults are numbered. */
function isNumbered(error: unknown): boolean {
  return typeof (error as { code?: unknown }).code === 'number'
}

function faulty<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new ZipFault(reasonOf(error))
  }
}

/** The same files give the same bytes on every machine and day: stored as they are, all of them dated 1980-01-01. */
export function writeZip(files: ReadonlyMap<string, Buffer>): Buffer {
  // Without Z: it is the local hour that an archive holds.
  const zip = zipSync(Object.fromEntries(files), { level: 0, mtime: '1980-01-01T00:00' })
  return Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength)
}

interface PackedFile {
  file: UnzipFile
  packed: Buffer
}

/** Each with its bytes as they are packed, so that unpacking has a bound. */
function packedFiles(zip: Buffer, wanted: (name: string) => boolean): PackedFile[] {
  const found: PackedFile[] = []
  const unzip = new Unzip((file) => {
    if (!wanted(file.name)) return
    const parts: Uint8Array[] = []
    file.ondata = (error, part, final) => {
      if (error) throw error
      parts.push(part)
      if (final) found.push({ file, packed: Buffer.concat(parts) })
    }
    file.start()
  })
  unzip.register(Deflated)
  unzip.push(zip, true)
  return found
}

class Deflated extends UnzipPassThrough {
  static override compression = 8
}

function unpacked({ compression }: UnzipFile, packed: Buffer, room: number): Buffer {
  return compression === Deflated.compression
    ? inflateRawSync(packed, { maxOutputLength: Math.max(room, 1) })
    : packed
}

/** By name, from the directory at the end, which says what belongs to the archive: fflate checks no sum. */
function checksums(zip: Buffer): Map<string, number> {
  const sums = new Map<string, number>()
  const end = zip.lastIndexOf('PK\x05\x06')
  if (end < 0) throw new RangeError('cut off')
  let at = zip.readUInt32LE(end + 16)
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28)
    sums.set(zip.toString('utf8', at + 46, nameEnd), zip.readUInt32LE(at + 16))
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return sums
}

/** Reading past the end, faults of the archive and of what is packed in it; anything else is ours. */
function reasonOf(error: unknown): 'broken' | 'too-large' {
  const { code = '' } = error as { code?: string | number }
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'too-large'
  // fflate's faults are numbered, those of zlib have names.
  if (error instanceof RangeError || typeof code === 'number' || code.startsWith('Z_')) return 'broken'
  throw error
}
