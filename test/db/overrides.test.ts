import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addOverride } from '../support/overrides.ts'
import { HERE, startDatabase, THERE } from './database.ts'

let database: ReturnType<typeof startDatabase>
beforeEach(() => {
  database = startDatabase()
})
afterEach(() => database.close())

test('what was undone counts no longer and stays in the table', () => {
  addOverride(database.db, HERE, 'designate', '離島の拠点')
  addOverride(database.db, THERE, 'exclude', '廃院予定')
  database.db.run(sql`UPDATE overrides SET undone_at = 1, undone_by = 'tanto' WHERE hospital_code = ${THERE}`)
  expect(database.stores.overrides.active()).toEqual([
    { hospitalCode: HERE, kind: 'designate', reason: '離島の拠点' },
  ])
  expect(database.db.all(sql`SELECT * FROM overrides`)).toHaveLength(2)
})

test('a hospital has one at a time', () => {
  addOverride(database.db, HERE, 'designate', '離島の拠点')
  expect(() => addOverride(database.db, HERE, 'exclude', '廃院予定')).toThrow()
})
