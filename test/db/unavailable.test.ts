import { DrizzleError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { asUnavailable, ifAvailable, isLocked } from '../../src/db/unavailable.ts'

const fromDriver = (code: string) => Object.assign(new Error('said by SQLite'), { code })
const wrapped = (cause: Error) => new DrizzleError({ message: 'Failed to run the query', cause })

const STORAGE = [
  ...['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_SHORT_READ'],
  ...[
    'SQLITE_BUSY',
    'SQLITE_BUSY_SNAPSHOT',
    'SQLITE_BUSY_RECOVERY',
    'SQLITE_LOCKED',
    'SQLITE_LOCKED_SHAREDCACHE',
  ],
  ...['SQLITE_READONLY', 'SQLITE_READONLY_DBMOVED', 'SQLITE_READONLY_CANTINIT', 'SQLITE_CORRUPT'],
  ...['SQLITE_CORRUPT_INDEX', 'SQLITE_NOTADB', 'SQLITE_CANTOPEN', 'SQLITE_CANTOPEN_ISDIR', 'SQLITE_PROTOCOL'],
]

test.each(STORAGE)('%s is for want of storage, however it is wrapped', (code) => {
  for (const error of [fromDriver(code), wrapped(fromDriver(code)), wrapped(wrapped(fromDriver(code)))]) {
    const unavailable = asUnavailable(error)
    expect(unavailable).toMatchObject({ statusCode: 503 })
    expect(unavailable!.retryAfter).toBeGreaterThan(0)
    expect(asUnavailable(wrapped(unavailable!))).toBe(unavailable)
  }
})

test.each([
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_ERROR',
  'SQLITE_MISUSE',
  'SQLITE_TOOBIG',
  'ENOSPC',
  undefined,
])('%s is not', (code) => {
  const error = Object.assign(new Error('SQLITE_FULL'), { code })
  expect(asUnavailable(error)).toBeNull()
  expect(asUnavailable(wrapped(error))).toBeNull()
  expect(() =>
    ifAvailable(() => {
      throw error
    }),
  ).toThrow(error)
})

test('what is thrown that is no error, or its own cause, is nothing of the storage', () => {
  const circle = new Error('round and round')
  circle.cause = circle
  for (const thrown of [circle, 'SQLITE_FULL', null, undefined, { code: 'SQLITE_FULL' }])
    expect(asUnavailable(thrown)).toBeNull()
})

test('a lock is gone in a moment, the rest takes somebody', () => {
  expect(STORAGE.filter((code) => isLocked(fromDriver(code)))).toEqual(
    STORAGE.filter((code) => /BUSY|LOCKED|PROTOCOL/.test(code)),
  )
})
