import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { sessionTable } from '../../src/db/sessions.ts'
import { databaseForEach, minutesAfter, NOON } from '../support/database.ts'

const database = databaseForEach()
let now: Date
let sessions: ReturnType<typeof sessionTable>
beforeEach(() => {
  now = NOON
  sessions = sessionTable(database.db, () => now)
})

test('a session is found by its id until it expires', () => {
  sessions.set('id', '{"a":1}', minutesAfter(NOON, 10))
  expect(sessions.get('id')).toBe('{"a":1}')
  expect(sessions.get('other')).toBeNull()
  now = minutesAfter(NOON, 10)
  expect(sessions.get('id')).toBeNull()
})

test('saving again replaces data and end', () => {
  sessions.set('id', 'one', minutesAfter(NOON, 10))
  sessions.set('id', 'two', minutesAfter(NOON, 20))
  now = minutesAfter(NOON, 15)
  expect(sessions.get('id')).toBe('two')
})

test('a destroyed one is gone, the others stay', () => {
  sessions.set('one', '1', minutesAfter(NOON, 10))
  sessions.set('two', '2', minutesAfter(NOON, 10))
  sessions.destroy('one')
  expect([sessions.get('one'), sessions.get('two')]).toEqual([null, '2'])
})

test('pruning takes what has expired', () => {
  sessions.set('old', '1', minutesAfter(NOON, 1))
  sessions.set('new', '2', minutesAfter(NOON, 10))
  now = minutesAfter(NOON, 5)
  expect(sessions.prune()).toBe(1)
  expect(sessions.get('new')).toBe('2')
})

test('the id itself is nowhere in the database', () => {
  sessions.set('secret-session-id', '{}', minutesAfter(NOON, 10))
  expect(JSON.stringify(database.db.all(sql`SELECT * FROM sessions`))).not.toContain('secret-session-id')
})
