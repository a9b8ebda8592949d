import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import { forgetKeys } from '../../src/installation-keys.ts'
import { signerOf } from '../../src/signing-key.ts'
import { freshImage } from '../support/database.ts'

const AT = new Date('2030-04-01T00:00:00Z')
const ACT = { at: AT, retentionUntil: '2030-03-31', basis: '令和12年度 廃棄 第3号', sign: () => null }
/** In no name of ours. */
const MARK = 'Q7-personal'
const HEAD = 'f'.repeat(64)

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-purge-'))
  path = join(folder, 'survey.db')
  writeFileSync(path, freshImage())
})
afterEach(() => rmSync(folder, { recursive: true }))

interface Column {
  name: string
  type: string
}

const STAYS = new Set(['__drizzle_migrations', 'purges'])

/** A row in every table there is, with a mark in every column that can hold a text: a new column is found by itself. */
function markEverything(sqlite: Database.Database): string[] {
  for (const pragma of [
    'synchronous = OFF',
    'foreign_keys = OFF',
    'ignore_check_constraints = ON',
    'secure_delete = OFF',
  ])
    sqlite.pragma(pragma)
  for (const name of sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
    sqlite.exec(`DROP TRIGGER ${name}`)
  const tables = sqlite
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .pluck()
    .all() as string[]
  sqlite.exec('BEGIN')
  const marked = tables.filter((table) => !STAYS.has(table))
  for (const table of marked) {
    const columns = sqlite.pragma(`table_info(${table})`) as Column[]
    const insert = sqlite.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`)
    const row = (number: number) =>
      columns.map(({ name, type }) =>
        /INT|REAL/i.test(type)
          ? 900_000 + number
          : markedValue(`${whose(sqlite, table, name)}.${number}`, type),
      )
    insert.run(row(1))
    // What an earlier program deleted lies about in the file.
    insert.run(row(2))
    sqlite.exec(`DELETE FROM ${table} WHERE rowid = (SELECT max(rowid) FROM ${table})`)
  }
  sqlite.exec('COMMIT')
  return marked
}

/** A row names the row of its parent: the column that both hold the value of. */
function whose(sqlite: Database.Database, table: string, column: string): string {
  const keys = sqlite.pragma(`foreign_key_list(${table})`) as {
    table: string
    from: string
    to: string | null
  }[]
  const key = keys.find(({ from }) => from === column)
  if (!key || (key.table === table && key.to === column)) return `${table}.${column}`
  return whose(sqlite, key.table, key.to ?? 'id')
}

/** Long enough to lie on pages of its own. */
function markedValue(where: string, type: string): string | Buffer {
  // The hash of the record's last entry is what is left of it.
  if (/^audit_log\.hash\./.test(where)) return HEAD
  // A key that others know by now stays.
  if (/^signing_keys\.public_key\./.test(where)) return where
  const text = `${MARK} ${where} ${'x'.repeat(5000)} ${MARK}`
  return /BLOB/i.test(type) ? Buffer.from(text) : text
}

function filesWith(text: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text))
}

test('after the purge nothing of any column is in the file, in its free pages, or beside it', () => {
  for (const key of ['receipt-key', 'invitation-key', 'session-secret']) writeFileSync(`${path}.${key}`, MARK)
  const sqlite = new Database(path)
  const marked = markEverything(sqlite)
  sqlite.close()
  expect(marked.length).toBeGreaterThan(50)
  expect(filesWith(MARK)).toHaveLength(4)

  const database = openDatabase(path)
  const { purge } = openStores(database.db, () => AT)
  const counts = purge.counts()
  expect(counts.map(({ table }) => table).toSorted()).toEqual(
    // Whose key it is stays, without who made it.
    marked.filter((table) => table !== 'signing_keys').toSorted(),
  )
  purge.purge(ACT)
  // The rows are gone; what they were is still in the -wal.
  expect(purge.last()?.isSwept).toBe(false)
  expect(filesWith(MARK)).toContain('survey.db-wal')
  expect(purge.sweep(AT)).toBe(true)
  forgetKeys({ databasePath: path })
  expect(filesWith(MARK)).toEqual([])
  expect(purge.last()).toMatchObject({
    tables: counts,
    isSwept: true,
    basis: ACT.basis,
    record: { count: 900_001, head: HEAD },
  })
  // What guards the tables is on again.
  const triggers = database.db.all(sql`SELECT name FROM sqlite_master WHERE type = 'trigger'`).length
  expect(triggers).toBeGreaterThan(100)
  database.close()
  expect(filesWith(MARK)).toEqual([])
})

test('another program that reads holds up the sweeping, which is done once it is gone', () => {
  const database = openDatabase(path)
  const stores = openStores(database.db, () => AT)
  stores.settings.change({ systemContact: MARK }, { actor: 'test', at: AT })
  const reader = new Database(path)
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM settings').get()
  stores.purge.purge(ACT)
  expect(stores.purge.sweep(AT)).toBe(false)
  reader.close()
  expect(stores.purge.sweep(AT)).toBe(true)
  expect(filesWith(MARK)).toEqual([])
  database.close()
})

test('another server on the same file sees the end, and not another file', () => {
  const signer = signerOf(generateKeyPairSync('ed25519').privateKey)
  const beside = openDatabase(path)
  beside.serve(() => {})
  const besides = openStores(beside.db, () => AT)
  besides.signingKeys.record(signer.publicKey, { actor: 'system', at: AT, reason: null })
  besides.settings.change({ title: '架空の調査' }, { actor: 'test', at: AT })
  beside.check()

  const database = openDatabase(path)
  const { purge } = openStores(database.db, () => AT)
  purge.purge({ ...ACT, sign: signer.sign })
  expect(purge.sweep(AT)).toBe(true)
  database.close()
  expect(() => beside.check()).not.toThrow()
  expect(besides.purge.last()).toMatchObject({ basis: ACT.basis })
  beside.ping()
  beside.close()
})

test('another survey that was purged, copied over this one, is another file', () => {
  const beside = openDatabase(path)
  const besides = openStores(beside.db, () => AT)
  const signer = signerOf(generateKeyPairSync('ed25519').privateKey)
  besides.signingKeys.record(signer.publicKey, { actor: 'system', at: AT, reason: null })
  beside.serve(() => {})
  beside.check()
  const other = openDatabase(path)
  openStores(other.db, () => AT).purge.purge({ ...ACT, sign: () => null })
  openStores(other.db, () => AT).purge.sweep(AT)
  other.close()
  expect(() => beside.check()).toThrow()
  beside.close()
})

test('it is all or nothing', () => {
  const database = openDatabase(path)
  const stores = openStores(database.db, () => AT)
  stores.settings.change({ title: '架空の調査' }, { actor: 'test', at: AT })
  const before = stores.purge.counts()
  database.db.run(
    sql`CREATE TRIGGER in_the_way BEFORE INSERT ON purges BEGIN SELECT RAISE(ABORT, 'in the way'); END`,
  )
  expect(() => stores.purge.purge(ACT)).toThrow()
  expect(stores.purge.counts()).toEqual(before)
  expect(stores.audit.verify()).toBeNull()
  database.close()
})
