import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs it where nothing can be written into any file. @returns the code of its error */
function withoutRoom(code: string): string {
  const script = `const config = { databasePath: 'survey.db' }
    try { ${code} } catch (error) { process.stdout.write(error.code) }`
  const limited = `trap '' XFSZ; ulimit -f 0; exec "${process.execPath}" --input-type=module --eval "$0"`
  return execFileSync('/bin/sh', ['-c', limited, script], { cwd: folder, encoding: 'utf8' })
}

const importing = (names: string, file: string) =>
  `const { ${names} } = await import('${resolve(import.meta.dirname, '../src', file)}');`

test.each([
  ['receipt', `${importing('receiptKeyBeside', 'receipt-key.ts')} receiptKeyBeside(config)`],
  ['link', `${importing('invitationKeyBeside', 'invitation-key.ts')} invitationKeyBeside(config).create()`],
  [
    'session',
    `${importing('sessionSecretOf', 'session-secret.ts')} sessionSecretOf({ ...config, sessionSecret: null })`,
  ],
  [
    'signing',
    `${importing('signerBeside', 'signing-key.ts')} signerBeside(config, { current: () => null }, () => new Date())`,
  ],
])('half a key is in nobody’s way: %s', (_name, code) => {
  expect(withoutRoom(code)).toBe('EFBIG')
  expect(readdirSync(folder)).toEqual([])
})

test('the signing key stays where it is as long as there is no room for another', () => {
  const path = join(folder, 'survey.db.signing-key')
  writeFileSync(path, 'the key of before')
  const code = `${importing('changeSigningKey', 'signing-key.ts')} changeSigningKey(config, {}, { at: new Date() })`
  expect(withoutRoom(code)).toBe('EFBIG')
  expect(readdirSync(folder)).toEqual(['survey.db.signing-key'])
  expect(readFileSync(path, 'utf8')).toBe('the key of before')
})
