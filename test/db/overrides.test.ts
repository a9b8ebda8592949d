import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { databaseForEach, HERE, minutesAfter, NOON, THERE } from '../support/database.ts'

const database = databaseForEach()

const by = (reason: string, minutes = 0) => ({ actor: 'tanto', at: minutesAfter(NOON, minutes), reason })

test('a decision has its author, time and reason, and is on the record', () => {
  const { overrides, audit } = database.stores
  expect(overrides.add({ hospitalCode: HERE, kind: 'designate' }, by('離島の拠点'))).toBe('added')
  expect(overrides.active()).toEqual([
    {
      id: 1,
      hospitalCode: HERE,
      kind: 'designate',
      reason: '離島の拠点',
      author: 'tanto',
      createdAt: NOON,
      undoneBy: null,
      undoneAt: null,
      undoneReason: null,
    },
  ])
  expect(audit.latest(1)).toMatchObject([
    {
      action: 'override.added',
      actor: 'tanto',
      subject: HERE,
      detail: { kind: 'designate', reason: '離島の拠点' },
    },
  ])
})

test('what was undone counts no longer and stays, with who undid it and why', () => {
  const { overrides, audit } = database.stores
  overrides.add({ hospitalCode: HERE, kind: 'designate' }, by('離島の拠点'))
  overrides.add({ hospitalCode: THERE, kind: 'exclude' }, by('廃院予定'))
  expect(overrides.undo(2, by('廃院は中止', 5))).toBe('undone')
  expect(overrides.active().map(({ hospitalCode }) => hospitalCode)).toEqual([HERE])
  expect(overrides.all()[0]).toMatchObject({
    hospitalCode: THERE,
    reason: '廃院予定',
    undoneBy: 'tanto',
    undoneAt: minutesAfter(NOON, 5),
    undoneReason: '廃院は中止',
  })
  expect(audit.latest(1)).toMatchObject([
    { action: 'override.undone', subject: THERE, detail: { kind: 'exclude', reason: '廃院は中止' } },
  ])
})

test('a hospital has one in effect at a time, and may have the next one after it', () => {
  const { overrides, audit } = database.stores
  overrides.add({ hospitalCode: HERE, kind: 'designate' }, by('離島の拠点'))
  const before = audit.all().length
  expect(overrides.add({ hospitalCode: HERE, kind: 'exclude' }, by('廃院予定'))).toBe('in-effect')
  expect(overrides.undo(9, by('ない'))).toBe('not-in-effect')
  expect(audit.all()).toHaveLength(before)
  overrides.undo(1, by('取消し'))
  expect(overrides.undo(1, by('もう一度'))).toBe('not-in-effect')
  expect(overrides.add({ hospitalCode: HERE, kind: 'exclude' }, by('廃院予定'))).toBe('added')
  expect(overrides.ofHospital(HERE).map(({ kind }) => kind)).toEqual(['exclude', 'designate'])
  expect(overrides.ofHospital(THERE)).toEqual([])
})

test('the database itself holds one in effect, and no undoing without its author', () => {
  const { overrides } = database.stores
  overrides.add({ hospitalCode: HERE, kind: 'designate' }, by('離島の拠点'))
  const insert = sql`INSERT INTO overrides (hospital_code, kind, reason, author, created_at) VALUES (${HERE}, 'exclude', 'x', 'x', 1)`
  expect(() => database.db.run(insert)).toThrow()
  expect(() => database.db.run(sql`UPDATE overrides SET undone_at = 1`)).toThrow()
})
