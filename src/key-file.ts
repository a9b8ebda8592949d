import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

/** A key of 32 bytes in a file of its own, in base64url, readable by its owner only. */
type KeyFile = { kind: 'key'; key: Uint8Array } | { kind: 'missing' } | { kind: 'unreadable' }

const SIZE = 32
/** 32 bytes in base64url. */
const WRITTEN = /^[\w-]{43}$/

export function newKey(): Buffer {
  return randomBytes(SIZE)
}

export function readKeyFile(path: string): KeyFile {
  try {
    const text = readFileSync(path, 'utf8').trim()
    if (!WRITTEN.test(text)) return { kind: 'unreadable' }
    return { kind: 'key', key: Buffer.from(text, 'base64url') }
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable' }
  }
}

/** Makes one, never over one that is there. @throws where it cannot be written */
export function createKeyFile(path: string): Uint8Array {
  const key = newKey()
  writeSecretFile(path, `${key.toString('base64url')}\n`)
  return key
}

/**
 * Whole or not at all: half a key would be in the way of every later start.
 * @throws where there is one already, or it cannot be written
 */
export function writeSecretFile(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeFileSync(file, text, { flush: true })
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
}
