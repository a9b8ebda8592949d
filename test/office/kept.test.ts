import { expect, test } from 'vitest'
import { kept } from '../../src/office/kept.ts'
import { databaseForEach, HERE, NOON } from '../support/database.ts'
import { addHospitals } from '../support/submissions.ts'

const database = databaseForEach()

test('what is kept is read anew after a change, or of another thing', () => {
  const asked: string[] = []
  const read = kept(database.stores, (what: string) => {
    asked.push(what)
    return `${what}: ${database.stores.hospitals.byKey(HERE)!.beds}`
  })
  addHospitals(database.stores, { key: HERE, beds: 40 })
  expect([read('a'), read('a')]).toEqual(['a: 40', 'a: 40'])
  expect(read('b')).toBe('b: 40')
  addHospitals(database.stores, { key: HERE, beds: 50 })
  expect(read('b')).toBe('b: 50')
  const event = { at: NOON, actor: 'test', action: 'test.done', subject: 'test', detail: {} }
  database.stores.audit.append(event)
  expect(read('b')).toBe('b: 50')
  expect(asked).toEqual(['a', 'b', 'b'])
})
