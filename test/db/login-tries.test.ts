import { expect, test } from 'vitest'
import { loginTryStore } from '../../src/db/login-tries.ts'
import { loginTries } from '../../src/db/schema.ts'
import { officeWith } from '../support/office.ts'

const office = officeWith()
const AT = new Date('2024-03-11T01:00:00Z')
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000)
const rows = () => office.database.db.select().from(loginTries).all()

test('a burst at once is limited too, and who is refused costs no write', () => {
  const { loginTries: tries } = office.stores
  const key = [{ kind: 'pair', key: 'k' } as const]
  const waits = Array.from({ length: 20 }, () => tries.take(key, AT))
  expect(waits).toEqual([...Array(10).fill(0), ...Array(10).fill(30_000)])
  expect(rows()).toMatchObject([{ key: 'k', failures: 10 }])
  // The next one is taken, counts, and makes the wait longer.
  expect(tries.take(key, later(30))).toBe(0)
  expect(tries.take(key, later(30))).toBe(60_000)
})

test('it is forgotten after a while without a failure', () => {
  const { loginTries: tries } = office.stores
  const key = [{ kind: 'pair', key: 'k' } as const]
  for (let times = 0; times < 10; times += 1) tries.take(key, AT)
  const afterwards = later(12 * 60 * 60)
  expect(tries.take(key, afterwards)).toBe(0)
  expect(rows()).toMatchObject([{ failures: 1 }])
})

test('who was right takes the own count away, and one of what is shared', () => {
  const { loginTries: tries } = office.stores
  const keys = [
    { kind: 'pair', key: 'own' },
    { kind: 'network', key: 'shared' },
  ] as const
  for (let times = 0; times < 3; times += 1) tries.take(keys, AT)
  tries.succeeded(keys)
  expect(rows()).toMatchObject([{ key: 'shared', failures: 2, waitUntil: null }])
})

test('a flood of made-up logins stays within its room, and hides no login under attack', () => {
  const tries = loginTryStore(office.database.db, 100)
  const attacked = [{ kind: 'account', key: 'attacked' } as const]
  for (let times = 0; times < 20; times += 1) tries.take(attacked, AT)
  for (let times = 0; times < 500; times += 1)
    tries.take([{ kind: 'account', key: `made-up-${times}` }], later(1 + times / 1000))
  expect(rows().length).toBeLessThanOrEqual(100)
  expect(tries.take(attacked, later(2))).toBeGreaterThan(0)
})

test('what is forgotten is pruned', () => {
  const { loginTries: tries } = office.stores
  tries.take([{ kind: 'network', key: 'n' }], AT)
  tries.take([{ kind: 'account', key: 'a' }], AT)
  expect(tries.prune(later(60 * 60))).toBe(1)
  expect(rows()).toMatchObject([{ key: 'a' }])
})
