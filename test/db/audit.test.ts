import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { appendAudit } from '../../src/db/audit.ts'
import { immediately } from '../../src/db/open.ts'
import { databaseForEach, NOON } from '../support/database.ts'

const database = databaseForEach()

const event = (subject: string) => ({
  at: NOON,
  actor: 'tanto',
  action: 'test.done',
  subject,
  detail: { n: 1, 語: '値' },
})

function fill(): void {
  for (const subject of ['a', 'b', 'c']) database.stores.audit.append(event(subject))
}

test('entries form a chain from the first on', () => {
  fill()
  const entries = database.stores.audit.all()
  expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  expect(entries[0]!.previousHash).toBe('0'.repeat(64))
  for (const [index, entry] of entries.slice(1).entries())
    expect(entry.previousHash).toBe(entries[index]!.hash)
  expect(entries.at(-1)).toMatchObject(event('c'))
  expect(database.stores.audit.verify()).toBeNull()
  expect(database.stores.audit.latest(2).map(({ subject }) => subject)).toEqual(['c', 'b'])
})

test.each([
  ['another actor', sql`UPDATE audit_log SET actor = 'x' WHERE seq = 3`, 3],
  ['another time', sql`UPDATE audit_log SET at = at + 1 WHERE seq = 2`, 2],
  ['another detail', sql`UPDATE audit_log SET detail = '{"n":2}' WHERE seq = 4`, 4],
  ['a missing entry', sql`DELETE FROM audit_log WHERE seq = 3`, 3],
  ['a missing first entry', sql`DELETE FROM audit_log WHERE seq = 1`, 1],
  ['a changed hash', sql`UPDATE audit_log SET hash = ${'f'.repeat(64)} WHERE seq = 2`, 2],
])('the chain names the first entry that does not follow: %s', (_name, change, seq) => {
  fill()
  for (const guard of ['written_once', 'never_deleted'])
    database.db.run(sql.raw(`DROP TRIGGER audit_log_${guard}`))
  database.db.run(change)
  expect(database.stores.audit.verify()).toBe(seq)
})

test('a step that fails takes its entry with it', () => {
  const before = database.stores.audit.all().length
  const failing = () =>
    immediately(database.db, (tx) => {
      appendAudit(tx, event('lost'))
      throw new Error('no')
    })
  expect(failing).toThrow('no')
  expect(database.stores.audit.all()).toHaveLength(before)
  expect(database.stores.audit.verify()).toBeNull()
})
