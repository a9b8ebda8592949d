import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type Db, openDatabase } from '../../src/db/open.ts'
import { emptyImage, openImage } from '../support/database.ts'

/** What a connection is told at its opening. The rest of the pragmas belongs to a file, or does something. */
const TOLD = [
  'foreign_keys',
  'recursive_triggers',
  'defer_foreign_keys',
  'ignore_check_constraints',
  'trusted_schema',
  'cell_size_check',
  'query_only',
  'read_uncommitted',
  'reverse_unordered_selects',
  'writable_schema',
]

function openedAs(db: Db) {
  const told = TOLD.map((pragma) => db.get(sql.raw(`SELECT * FROM pragma_${pragma}`)))
  return { told, schema: db.all(sql`SELECT type, name, sql FROM sqlite_schema ORDER BY type, name`) }
}

test('the copies that the tests work on are opened as the program opens its database', () => {
  const copy = openImage(emptyImage(), ':memory:')
  const own = openDatabase(':memory:')
  expect(openedAs(copy.db)).toEqual(openedAs(own.db))
  copy.close()
  own.close()
})
