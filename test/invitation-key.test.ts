import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { invitationKeyBeside } from '../src/invitation-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const beside = () => invitationKeyBeside({ databasePath: join(folder, 'survey.db') })
const path = () => join(folder, 'survey.db.invitation-key')

test('the key is made once, beside the database, readable by its owner only', () => {
  expect(beside().read()).toEqual({ kind: 'missing' })
  const key = beside().create()
  expect(key).toHaveLength(32)
  expect(statSync(path()).mode & 0o777).toBe(0o600)
  expect(beside().read()).toEqual({ kind: 'key', key })
  expect(() => beside().create()).toThrow('EEXIST')
  expect(beside().read()).toEqual({ kind: 'key', key })
})

test.each(['', 'x', 'a key that is far too short', 'あ'.repeat(43)])('%j is no key', (text) => {
  writeFileSync(path(), text)
  expect(beside().read()).toEqual({ kind: 'unreadable' })
})

test('a copy of the file elsewhere is the same key', () => {
  const key = beside().create()
  const other = join(folder, 'other.db')
  writeFileSync(`${other}.invitation-key`, readFileSync(path()))
  expect(invitationKeyBeside({ databasePath: other }).read()).toEqual({ kind: 'key', key })
})
