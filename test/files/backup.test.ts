import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BACKUP_FORMAT, readDescription } from '../../src/domain/record/backup.ts'
import { type SignedHead, signedHead } from '../../src/domain/record/signed-head.ts'
import {
  type BackupSources,
  extractFile,
  readBackup,
  writeBackup,
} from '../../src/files/backup/backup-file.ts'
import { readTar, writeTar } from '../../src/files/backup/tar.ts'
import { testSigner } from '../support/signing.ts'

const FACTS = {
  format: BACKUP_FORMAT,
  madeAt: '2024-03-11T01:00:00.000Z',
  schema: { migrations: 6, newest: 1 },
  answers: 12,
  hospitals: 225,
  record: { first: 'a'.repeat(64), count: 3, head: 'b'.repeat(64), brokenAt: null },
} as const

let folder: string
let path: string
let sources: BackupSources
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  path = join(folder, 'x.tar')
  sources = { database: file('database', 'x'.repeat(3000)), receiptKey: file('receipt', 'key\n') }
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

function anotherArchive(): Buffer {
  const path = join(folder, 'y.tar')
  writeTar(path, [{ name: 'a', content: Buffer.from('b') }], new Date(0))
  return readFileSync(path)
}

const written = (head: SignedHead | null = null) => writeBackup(path, FACTS, sources, head)
const HEAD = signedHead(FACTS.record, new Date(FACTS.madeAt), testSigner)

describe('a backup', () => {
  test('is read as it was written', () => {
    const description = written(HEAD)
    const whole = readBackup(path)
    if (typeof whole === 'string') throw new Error(whole)
    expect(whole.description).toEqual(description)
    expect(whole.head).toEqual(HEAD)
    expect(Object.keys(whole.entries)).toEqual(['database', 'receiptKey'])
    const out = join(folder, 'out')
    expect(extractFile(whole, 'database', out)).toBe(true)
    expect(readFileSync(out, 'utf8')).toBe('x'.repeat(3000))
  })

  test('in which a byte is another one, or more or fewer follow, is refused wherever it is', () => {
    written()
    const bytes = readFileSync(path)
    const changed = (make: () => Uint8Array) => {
      writeFileSync(path, make())
      return readBackup(path)
    }
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const other = Buffer.from(bytes)
        other[at] = other[at]! ^ by
        expect(changed(() => other)).toBeTypeOf('string')
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (end) => {
        expect(changed(() => bytes.subarray(0, end))).toBeTypeOf('string')
        expect(changed(() => Buffer.concat([bytes, Buffer.alloc(end + 1)]))).toBe('damaged')
      }),
      { numRuns: 100 },
    )
  })

  test.each([
    ['of another record', { ...HEAD, count: 4 }],
    ['signed by nobody', { ...HEAD, signature: signedHead(FACTS.record, new Date(0), testSigner).signature }],
  ])('with a head %s is refused', (_name, head) => {
    written(head)
    expect(readBackup(path)).toBe('damaged')
  })

  test('that was changed after it was read is told at the taking out', () => {
    written()
    const whole = readBackup(path)
    if (typeof whole === 'string') throw new Error(whole)
    const bytes = readFileSync(path)
    bytes[whole.entries.database!.offset] = 0
    writeFileSync(path, bytes)
    expect(extractFile(whole, 'database', join(folder, 'out'))).toBe(false)
  })

  test.each([
    ['nothing', () => ''],
    ['a text', () => 'backup'],
    ['another archive', anotherArchive],
  ])('is not %s', (_name, content) => {
    expect(readBackup(file('other', content()))).toBe('not-a-backup')
  })

  test('of a later form is told from one that is damaged', () => {
    const later = Buffer.from(JSON.stringify({ ...FACTS, format: 'kakuho.backup/2', files: [] }))
    expect(readDescription(later)).toBe('newer')
    for (const text of ['', '{', '[]', 'null', JSON.stringify(FACTS), '{"format":"kakuho.backup/x"}'])
      expect(readDescription(Buffer.from(text))).toBeNull()
    expect(readDescription(Buffer.from([0xff]))).toBeNull()
  })

  test('is never written over a file', () => {
    file('x.tar', 'another')
    expect(() => written()).toThrow('EEXIST')
    expect(readFileSync(path, 'utf8')).toBe('another')
  })

  test('no bytes at all throw at its reader', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        writeFileSync(path, bytes)
        expect(readTar(path)).toBeNull()
      }),
      { numRuns: 100 },
    )
  })
})
