import { existsSync, readFileSync } from 'node:fs'

/** Beside the database, as SQLite names them. */
interface LogFiles {
  wal: string
  shm: string
}

/**
 * What a -wal holds, where no program has the database open:
 * nothing · transactions that SQLite will take in, every one that was acknowledged · less than was acknowledged.
 */
type LogState = 'nothing' | 'sound' | 'damaged'

/**
 * SQLite takes in what it can read of a -wal, from its beginning, and drops the rest without a word. A kill leaves
 * nothing to drop but transactions that nobody was told of; so does a power failure. What was acknowledged is known from
 * the -shm, where it is of the same -wal; else more than one whole transaction behind an unreadable place tells it.
 * The format: https://sqlite.org/walformat.html
 */
export function logState({ wal, shm }: LogFiles): LogState {
  const log = bytesOf(wal)
  const index = indexOf(bytesOf(shm))
  // SQLite removes the -shm first, and empties the -wal after its index: one that knows of more than the database has
  // stands beside no -wal, or an empty one, by somebody's hand; or the program itself has put that aside.
  if (log === null || log.length < HEADER || isZero(log))
    return index !== null && index.frames > index.inDatabase && !existsSync(`${wal}.aside`)
      ? 'damaged'
      : 'nothing'
  const header = headerOf(log)
  if (header === null) return 'damaged'
  const { frames, transactionsBehind } = walk(log, header)
  const known = index?.salts.equals(header.salts) ? index.frames : null
  if (known === null ? transactionsBehind > 1 : frames < known) return 'damaged'
  return frames === 0 ? 'nothing' : 'sound'
}

const HEADER = 32
const FRAME_HEADER = 24
/** Its last bit says in which order the bytes of a word are summed up. */
const MAGIC = 0x377f0682

interface Header {
  bigEndian: boolean
  pageSize: number
  salts: Buffer
  sum: Sum
}

type Sum = readonly [number, number]

/** @returns null for what SQLite would pass over as a whole */
function headerOf(log: Buffer): Header | null {
  const magic = log.readUInt32BE(0)
  if ((magic & ~1) !== MAGIC) return null
  const bigEndian = (magic & 1) === 1
  const sum = summed(log.subarray(0, 24), [0, 0], bigEndian)
  if (!isSum(log, 24, sum)) return null
  return { bigEndian, pageSize: log.readUInt32BE(8), salts: log.subarray(16, 24), sum }
}

/** @returns how many frames SQLite takes in, and how many transactions end behind the first that it cannot read */
function walk(log: Buffer, { bigEndian, pageSize, salts, sum: first }: Header) {
  const size = FRAME_HEADER + pageSize
  let [frames, transactionsBehind, isWhole] = [0, 0, true]
  let sum = first
  for (let at = HEADER, number = 1; at + size <= log.length; at += size, number += 1) {
    // What is left of an earlier round of the same file has other salts.
    if (!log.subarray(at + 8, at + 16).equals(salts)) {
      isWhole = false
      continue
    }
    sum = summed(
      log.subarray(at + FRAME_HEADER, at + size),
      summed(log.subarray(at, at + 8), sum, bigEndian),
      bigEndian,
    )
    const isReadable = isSum(log, at + 16, sum)
    if (!isReadable) isWhole = false
    const endsTransaction = log.readUInt32BE(at + 4) > 0
    if (isReadable && endsTransaction && isWhole) frames = number
    if (isReadable && endsTransaction && !isWhole) transactionsBehind += 1
    // Behind a broken frame the following ones are measured by what it says of itself.
    sum = [log.readUInt32BE(at + 16), log.readUInt32BE(at + 20)]
  }
  return { frames, transactionsBehind }
}

/** What the programs that had the database open knew of the -wal; null where it was not written whole. */
function indexOf(shm: Buffer | null): { frames: number; inDatabase: number; salts: Buffer } | null {
  if (shm === null || shm.length < 136 || shm[12] !== 1) return null
  const header = shm.subarray(0, 48)
  if (!header.equals(shm.subarray(48, 96))) return null
  const [one, other] = summed(shm.subarray(0, 40), [0, 0], isBigEndianHere)
  if (word(shm, 40) !== one || word(shm, 44) !== other) return null
  return { frames: word(shm, 16), inDatabase: word(shm, 96), salts: shm.subarray(32, 40) }
}

const isBigEndianHere = new Uint8Array(new Uint32Array([1]).buffer)[0] === 0

function word(bytes: Buffer, at: number): number {
  return isBigEndianHere ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
}

function isSum(log: Buffer, at: number, [one, other]: Sum): boolean {
  return log.readUInt32BE(at) === one && log.readUInt32BE(at + 4) === other
}

function summed(bytes: Buffer, [first, second]: Sum, bigEndian: boolean): Sum {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let [one, other] = [first, second]
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + view.getUint32(at, !bigEndian) + other) >>> 0
    other = (other + view.getUint32(at + 4, !bigEndian) + one) >>> 0
  }
  return [one, other]
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0)
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
