import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { databaseForEach, FIRST_EDITION, NOON } from '../support/database.ts'

const database = databaseForEach()

const BY = { actor: 'admin', at: NOON }

test('settings are the defaults until changed, and every change is on the record with before and after', () => {
  const { settings, audit } = database.stores
  expect(settings.read()).toMatchObject({ prefecture: '鹿児島県', prefectureSeats: 50 })
  expect(settings.stored()).toEqual(FIRST_EDITION)
  expect(settings.change({ prefecture: '架空県', prefectureSeats: '60' }, BY)).toEqual([])
  expect(settings.change({ prefectureSeats: '61' }, BY)).toEqual([])
  expect(settings.read()).toMatchObject({ prefecture: '架空県', prefectureSeats: 61 })
  const changes = audit.all().filter(({ action }) => action === 'settings.changed')
  expect(changes.map(({ subject, detail }) => [subject, detail])).toEqual([
    ['prefecture', { before: null, after: '架空県' }],
    ['prefectureSeats', { before: null, after: '60' }],
    ['prefectureSeats', { before: '60', after: '61' }],
  ])
})

test('one bad value refuses them all by name', () => {
  const { settings } = database.stores
  const refusals = settings.change({ title: '新しい名称', closesAt: '2024-02-30', nonsense: 'x' }, BY)
  expect(refusals.map(({ key }) => key).sort()).toEqual(['closesAt', 'nonsense'])
  expect(settings.stored()).toEqual(FIRST_EDITION)
})

test('the same again is no change', () => {
  const { settings } = database.stores
  settings.change({ title: '名称' }, BY)
  const before = database.stores.audit.all().length
  settings.change({ title: '名称' }, BY)
  expect(database.stores.audit.all()).toHaveLength(before)
})

test('stored settings that are not usable stop the program and are named', () => {
  database.db.run(sql`UPDATE settings SET value = 'x' WHERE key = 'fiscalYear'`)
  expect(() => database.stores.settings.read()).toThrow('fiscalYear')
})
