import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { is, sql } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CHANGEABLE, guardsTakenOff, installGuards, WRITTEN_ONCE } from '../../src/db/guards.ts'
import { immediately, openDatabase } from '../../src/db/open.ts'
import * as schema from '../../src/db/schema.ts'
import { withoutGuards } from '../../src/db/without-guards.ts'
import { emptyImage, openImage } from '../support/database.ts'

const TABLES = Object.values(schema)
  .filter((each) => is(each, SQLiteTable))
  .map((each) => getTableConfig(each))

test('every table is written once, or it is said what may become of a row', () => {
  const decided = [...Object.keys(WRITTEN_ONCE), ...Object.keys(CHANGEABLE)]
  expect(decided.toSorted()).toEqual(TABLES.map(({ name }) => name).toSorted())
})

/** Another program's connection: triggers of a REPLACE and foreign keys are off, as SQLite has them. */
let folder: string
let beside: Database.Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-guards-'))
  openImage(emptyImage(), join(folder, 'survey.db')).close()
  beside = new Database(join(folder, 'survey.db'))
  beside.pragma('foreign_keys = OFF')
})
afterEach(() => {
  beside.close()
  rmSync(folder, { recursive: true })
})

/** The message of what is refused, or `done`. */
function refusalOf(statement: string): string {
  try {
    beside.exec(statement)
  } catch (error) {
    return (error as Error).message
  }
  return 'done'
}

/** A row of any table, whatever its columns ask for. */
function insertRow(table: string): void {
  beside.pragma('ignore_check_constraints = ON')
  const columns = beside.pragma(`table_info(${table})`) as { name: string; type: string; pk: number }[]
  const names = columns.map(({ name }) => name)
  const values = columns.map(({ type }) => (type === 'integer' ? '1' : type === 'blob' ? "x'00'" : "'1'"))
  const triggers = beside
    .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?")
    .pluck()
    .all(table) as string[]
  // What else an insert of such a row has to keep to.
  const others = triggers.filter((name) => !/_(written_once|never_\w+)$/.test(name))
  for (const name of others) beside.exec(`DROP TRIGGER ${name}`)
  beside.exec(`INSERT INTO ${table} (${names}) VALUES (${values})`)
}

test('a row that is written once is out of another program’s reach, by whatever statement', () => {
  for (const table of Object.keys(WRITTEN_ONCE)) {
    const rows = () => beside.prepare(`SELECT * FROM ${table}`).all()
    if (rows().length === 0) insertRow(table)
    const before = rows()
    for (const [statement, refusal] of [
      [`UPDATE ${table} SET rowid = rowid`, 'never changes'],
      [`UPDATE OR REPLACE ${table} SET rowid = rowid`, 'never changes'],
      [`UPDATE OR IGNORE ${table} SET rowid = rowid`, 'never changes'],
      [`DELETE FROM ${table}`, 'is never deleted'],
      [`REPLACE INTO ${table} SELECT * FROM ${table}`, 'is never replaced'],
      [`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`, 'is never replaced'],
      [`INSERT OR IGNORE INTO ${table} SELECT * FROM ${table}`, 'is never replaced'],
      [
        `INSERT INTO ${table} SELECT * FROM ${table} WHERE true ON CONFLICT DO UPDATE SET rowid = rowid`,
        'is never replaced',
      ],
    ] as const)
      expect([statement, refusalOf(statement)]).toEqual([statement, `a row of ${table} ${refusal}`])
    expect([table, rows()]).toEqual([table, before])
    expect(before.length).toBeGreaterThan(0)
  }
})

describe('a guard that was taken off', () => {
  const open = () => openDatabase(join(folder, 'survey.db'))
  const triggers = () =>
    beside.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").all()

  test('is named at the next opening, and is on again', () => {
    const before = triggers()
    beside.exec('DROP TRIGGER audit_log_never_deleted')
    beside.exec('DROP TRIGGER policies_written_once')
    const database = open()
    expect(database.guardsTakenOff.toSorted()).toEqual(['audit_log_never_deleted', 'policies_written_once'])
    database.close()
    expect(triggers()).toEqual(before)
    const again = open()
    expect(again.guardsTakenOff).toEqual([])
    again.close()
  })

  test('so is one that was made to refuse nothing, by its text in the schema', () => {
    beside.exec('DROP TRIGGER audit_log_written_once')
    beside.exec(
      'CREATE TRIGGER audit_log_written_once BEFORE UPDATE ON audit_log WHEN false BEGIN SELECT 1; END',
    )
    const database = open()
    expect(database.guardsTakenOff).toEqual(['audit_log_written_once'])
    database.close()
    expect(
      refusalOf(`INSERT INTO audit_log VALUES (1, 0, '', '', '', '', '', ''); UPDATE audit_log SET seq = 9`),
    ).toContain('never changes')
  })

  test('with writable_schema as well', () => {
    beside.unsafeMode()
    beside.pragma('writable_schema = ON')
    beside.exec("DELETE FROM sqlite_master WHERE name = 'audit_log_never_deleted'")
    beside.pragma('writable_schema = OFF')
    beside.close()
    const database = open()
    expect(database.guardsTakenOff).toEqual(['audit_log_never_deleted'])
    database.close()
    beside = new Database(join(folder, 'survey.db'))
    expect(triggers()).toHaveLength(Object.keys(WRITTEN_ONCE).length * 3 + 7)
  })

  test('is none where another version of the program had the file last', () => {
    beside.exec('DROP TRIGGER audit_log_never_deleted')
    beside.pragma('user_version = 7')
    expect(guardsTakenOff(beside)).toEqual([])
    installGuards(beside)
    expect(triggers()).toHaveLength(Object.keys(WRITTEN_ONCE).length * 3 + 7)
  })
})

describe('the end of the keeping', () => {
  test('lifts them for its own transaction alone, and puts them on again as they were', () => {
    const database = openDatabase(join(folder, 'survey.db'))
    const triggers = () =>
      database.db.all(sql`SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name`)
    const before = triggers()
    immediately(database.db, (tx) => withoutGuards(tx, () => tx.run(sql`DELETE FROM lot_methods`)))
    expect(database.db.all(sql`SELECT * FROM lot_methods`)).toEqual([])
    expect(triggers()).toEqual(before)
    database.close()
    expect(guardsTakenOff(beside)).toEqual([])
  })

  test('that fails leaves every row and every guard', () => {
    const database = openDatabase(join(folder, 'survey.db'))
    const rows = () => database.db.all(sql`SELECT * FROM lot_methods`)
    const before = rows()
    const failing = () =>
      immediately(database.db, (tx) =>
        withoutGuards(tx, () => {
          tx.run(sql`DELETE FROM lot_methods`)
          throw new Error('no')
        }),
      )
    expect(failing).toThrow('no')
    expect(rows()).toEqual(before)
    expect(before).not.toEqual([])
    database.close()
    expect(refusalOf('DELETE FROM lot_methods')).toContain('never deleted')
  })
})
