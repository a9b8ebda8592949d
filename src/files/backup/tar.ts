import { createHash } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'

/**
 * The plain form of tar (ustar, regular files, short names) and nothing else of it: every tool reads what is written here, and nothing
 * is read here but what was written here, to the byte.
 */
export interface TarPart {
  name: string
  content: Uint8Array | { path: string }
}

export interface TarEntry {
  name: string
  /** Where its content begins in the file. */
  offset: number
  bytes: number
  sha256: string
}

const BLOCK = 512
const CHUNK = 1 << 20

/** Makes the file, readable by its owner only, on the disk when it returns. Never over one that is there. */
export function writeTar(path: string, parts: Iterable<TarPart>, at: Date): void {
  const out = openSync(path, 'wx', 0o600)
  try {
    for (const { name, content } of parts) {
      if (content instanceof Uint8Array) writePart(out, name, content.length, [content], at)
      else withFile(content.path, (file) => writePart(out, name, fstatSync(file).size, chunksOf(file), at))
    }
    write(out, Buffer.alloc(2 * BLOCK))
    fsyncSync(out)
  } finally {
    closeSync(out)
  }
}

function writePart(out: number, name: string, size: number, chunks: Iterable<Uint8Array>, at: Date): void {
  write(out, header(name, size, Math.floor(at.getTime() / 1000)))
  let written = 0
  for (const chunk of chunks) {
    write(out, chunk)
    written += chunk.length
  }
  if (written !== size) throw new Error(`${name} changed while it was read`)
  write(out, Buffer.alloc(paddingOf(size)))
}

/** A disk may take less than it is given, before it is full. */
function write(out: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(out, bytes, done)
}

function header(name: string, size: number, seconds: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  block.write(name, 0, 'ascii')
  block.write('0000600\0', 100, 'ascii')
  block.write('0000000\0'.repeat(2), 108, 'ascii')
  block.write(`${size.toString(8).padStart(11, '0')} `, 124, 'ascii')
  block.write(`${seconds.toString(8).padStart(11, '0')} `, 136, 'ascii')
  block.write('        0', 148, 'ascii')
  block.write('ustar\x0000', 257, 'ascii')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return block
}

/**
 * What stands in a file that `writeTar` has written, with the hash of each content.
 * @returns null for any other file: cut off, with something after its end, or changed outside the contents
 */
export function readTar(path: string): TarEntry[] | null {
  return withFile(path, (file) => {
    const { size } = fstatSync(file)
    const entries: TarEntry[] = []
    let offset = 0
    for (let entry = entryAt(file, offset, size); entry; entry = entryAt(file, offset, size)) {
      entries.push(entry)
      offset = entry.offset + entry.bytes + paddingOf(entry.bytes)
    }
    return endsAt(file, offset, size) ? entries : null
  })
}

/** Null where there is none, whole, that we would write so. */
function entryAt(file: number, offset: number, size: number): TarEntry | null {
  const block = readAt(file, offset, BLOCK)
  const head = block.length === BLOCK ? readHeader(block) : null
  if (head === null || offset + BLOCK + head.bytes > size) return null
  const start = offset + BLOCK
  if (!isZero(readAt(file, start + head.bytes, paddingOf(head.bytes)))) return null
  return { ...head, offset: start, sha256: hashOf(chunksOf(file, start, head.bytes)) }
}

/** With two empty blocks, and nothing behind them. */
function endsAt(file: number, offset: number, size: number): boolean {
  return offset + 2 * BLOCK === size && isZero(readAt(file, offset, 2 * BLOCK))
}

/** By writing it anew: what differs in any byte is not ours. */
function readHeader(block: Buffer): { name: string; bytes: number } | null {
  const name = block.toString('ascii', 0, block.indexOf(0))
  const [bytes, seconds] = [octal(block, 124), octal(block, 136)]
  if (!NAME.test(name) || bytes === null || seconds === null) return null
  return header(name, bytes, seconds).equals(block) ? { name, bytes } : null
}

const NAME = /^[\w.-]{1,99}$/

function octal(block: Buffer, at: number): number | null {
  const digits = block.toString('latin1', at, at + 11)
  return /^[0-7]{11}$/.test(digits) ? Number.parseInt(digits, 8) : null
}

export function readEntry(path: string, { offset, bytes }: TarEntry): Buffer {
  return withFile(path, (file) => readAt(file, offset, bytes))
}

/**
 * Writes a part out to a file of its own, readable by its owner only, on the disk when it returns.
 * @returns whether it is still what was read before
 */
export function extractEntry(path: string, { offset, bytes, sha256 }: TarEntry, to: string): boolean {
  return withFile(path, (file) => {
    const out = openSync(to, 'wx', 0o600)
    try {
      const sum = createHash('sha256')
      for (const chunk of chunksOf(file, offset, bytes)) {
        sum.update(chunk)
        write(out, chunk)
      }
      fsyncSync(out)
      return sum.digest('hex') === sha256
    } finally {
      closeSync(out)
    }
  })
}

/** The size and the SHA-256 of a whole file. */
export function sumOf(path: string): { bytes: number; sha256: string } {
  return withFile(path, (file) => ({ bytes: fstatSync(file).size, sha256: hashOf(chunksOf(file)) }))
}

function withFile<T>(path: string, work: (file: number) => T): T {
  const file = openSync(path, 'r')
  try {
    return work(file)
  } finally {
    closeSync(file)
  }
}

function hashOf(chunks: Iterable<Uint8Array>): string {
  const sum = createHash('sha256')
  for (const chunk of chunks) sum.update(chunk)
  return sum.digest('hex')
}

/** Each chunk is overwritten by the next one. */
function* chunksOf(file: number, from = 0, bytes = fstatSync(file).size - from): Generator<Uint8Array> {
  const buffer = Buffer.alloc(Math.min(CHUNK, Math.max(bytes, 1)))
  for (let done = 0; done < bytes; ) {
    const read = readSync(file, buffer, 0, Math.min(buffer.length, bytes - done), from + done)
    if (read === 0) return
    done += read
    yield buffer.subarray(0, read)
  }
}

function readAt(file: number, offset: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  let done = 0
  for (let read = 1; done < bytes && read > 0; done += read)
    read = readSync(file, buffer, done, bytes - done, offset + done)
  return buffer.subarray(0, done)
}

function isZero(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0)
}

function paddingOf(bytes: number): number {
  return (BLOCK - (bytes % BLOCK)) % BLOCK
}
