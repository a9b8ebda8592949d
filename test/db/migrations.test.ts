import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations')
const journal = JSON.parse(readFileSync(resolve(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as {
  entries: { idx: number; when: number; tag: string }[]
}

test('each migration is later than the one before: an older one would be skipped for ever', () => {
  const times = journal.entries.map(({ when }) => when)
  expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b))
})

test('every SQL file is in the journal', () => {
  const files = readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql'))
  expect(files.toSorted()).toEqual(journal.entries.map(({ tag }) => `${tag}.sql`))
})

/** A rebuilt table drops its rows' children by cascade: who writes one adds it here after reading the SQL. */
const REVIEWED_REBUILDS = ['0001_editions', '0002_closed-answers']

test('no migration rebuilds or drops a table unread', () => {
  const risky = journal.entries
    .map(({ tag }) => tag)
    .filter((tag) => /__new_|DROP TABLE/i.test(readFileSync(resolve(MIGRATIONS, `${tag}.sql`), 'utf8')))
  expect(risky).toEqual(REVIEWED_REBUILDS)
})
