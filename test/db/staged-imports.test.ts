import { expect, test } from 'vitest'
import { stagedImports } from '../../src/db/schema.ts'
import { databaseForEach, minutesAfter, NOON } from '../support/database.ts'

const database = databaseForEach()
const DAY = 24 * 60

const add = (file: string, { actor = 'tanto', at = NOON } = {}) =>
  database.stores.stagedImports.add({ actor, file, content: `${file} の内容` }, at)
const open = (id: number, { actor = 'tanto', at = NOON } = {}) =>
  database.stores.stagedImports.open(id, actor, at)
const ends = () =>
  database.db
    .select()
    .from(stagedImports)
    .all()
    .map(({ file, content, end }) => [file, content, end])

test('a file is seen by whoever brought it, for a day', () => {
  const id = add('甲.csv')
  expect(open(id)).toMatchObject({ file: '甲.csv', content: '甲.csv の内容' })
  expect(open(id, { actor: 'kanri' })).toBeNull()
  expect(open(id, { at: minutesAfter(NOON, DAY - 1) })).not.toBeNull()
  expect(open(id, { at: minutesAfter(NOON, DAY) })).toBeNull()
  expect(open(id + 1)).toBeNull()
})

test.each(['applied', 'cancelled'] as const)('once %s, nothing of it is kept but its name', (end) => {
  const id = add('甲.csv')
  database.stores.stagedImports.end(id, end, NOON)
  expect(open(id)).toBeNull()
  expect(ends()).toEqual([['甲.csv', null, end]])
  expect(database.stores.stagedImports.fileOf(id)).toBe('甲.csv')
})

test('of one officer three wait at most, the oldest goes; what is over goes with the next file', () => {
  add('他.csv', { actor: 'kanri' })
  for (const name of ['一', '二', '三', '四']) add(`${name}.csv`)
  expect(ends().map(([file, , end]) => [file, end])).toEqual([
    ['他.csv', null],
    ['一.csv', 'replaced'],
    ['二.csv', null],
    ['三.csv', null],
    ['四.csv', null],
  ])
  add('翌日.csv', { at: minutesAfter(NOON, DAY) })
  expect(ends().filter(([, content]) => content !== null)).toEqual([['翌日.csv', '翌日.csv の内容', null]])
})
