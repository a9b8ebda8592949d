import { expect, test } from 'vitest'
import { immediately } from '../../src/db/open.ts'
import { enqueue } from '../../src/db/outbox.ts'
import { databaseForEach, minutesAfter, NOON } from '../support/database.ts'

const database = databaseForEach()

const HOUR = 60

function put(subject: string, at = NOON) {
  const mail = { recipient: 'hanako@hospital.example.jp', subject, body: '本文' }
  immediately(database.db, (tx) => enqueue(tx, mail, at))
}

test('what is due comes in the order it was put, never early', () => {
  put('二通目', minutesAfter(NOON, 1))
  put('一通目')
  const subjects = (now: Date, limit = 10) =>
    database.stores.outbox.due(now, limit).map(({ subject }) => subject)
  expect(subjects(new Date(NOON.getTime() - 1))).toEqual([])
  expect(subjects(NOON)).toEqual(['一通目'])
  expect(subjects(minutesAfter(NOON, 1))).toEqual(['一通目', '二通目'])
  expect(subjects(minutesAfter(NOON, 1), 1)).toEqual(['一通目'])
})

test('a mail that somebody is sending is nobody else’s, until its sender has been silent for ten minutes', () => {
  put('一通目')
  const { outbox } = database.stores
  expect(outbox.claim(NOON)).toMatchObject({ subject: '一通目', attempts: 1 })
  expect(outbox.claim(NOON)).toBeNull()
  expect(outbox.claim(minutesAfter(NOON, 9))).toBeNull()
  expect(outbox.claim(minutesAfter(NOON, 10))).toMatchObject({ subject: '一通目', attempts: 2 })
})

test('a sent mail is never due again', () => {
  put('一通目')
  const { outbox } = database.stores
  outbox.markSent(outbox.claim(NOON)!.id, NOON)
  expect(outbox.due(minutesAfter(NOON, 1000 * HOUR), 10)).toEqual([])
  expect(outbox.givenUp()).toEqual([])
})

test('failures wait longer and longer; after nearly three days the mail is given up', () => {
  put('一通目')
  const { outbox } = database.stores
  const start = NOON
  let now = NOON
  const waits: number[] = []
  for (;;) {
    const mail = outbox.claim(now)!
    const failure = { at: now, error: '451 try later', permanent: false }
    if (outbox.markFailed(mail.id, failure) === 'given-up') break
    const [next] = database.stores.outbox.due(minutesAfter(now, 1000 * HOUR), 1)
    waits.push((next!.nextAttemptAt.getTime() - now.getTime()) / 60_000)
    now = next!.nextAttemptAt
  }
  expect(waits).toEqual([1, 5, 30, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR])
  expect(outbox.givenUp()).toMatchObject([{ attempts: 9, failedAt: now, lastError: '451 try later' }])
  expect(now.getTime() - start.getTime()).toBeGreaterThan(68 * HOUR * 60_000)
  expect(outbox.claim(minutesAfter(now, 1000 * HOUR))).toBeNull()
})

test('a mail refused for good is not tried again', () => {
  put('一通目')
  const { outbox } = database.stores
  const { id } = outbox.claim(NOON)!
  expect(outbox.markFailed(id, { at: NOON, error: '550 no such user', permanent: true })).toBe('given-up')
  expect(outbox.givenUp()).toMatchObject([{ id, failedAt: NOON, lastError: '550 no such user' }])
})

test('what a mail said is gone with its end; to whom it went, and of what it was, is not', () => {
  put('一通目')
  put('二通目', minutesAfter(NOON, 1))
  const { outbox } = database.stores
  outbox.markSent(outbox.claim(NOON)!.id, NOON)
  const at = minutesAfter(NOON, 1)
  outbox.markFailed(outbox.claim(at)!.id, { at, error: '550 unknown', permanent: true })
  expect(outbox.since(NOON).map(({ recipient, subject, body }) => [recipient, subject, body])).toEqual([
    ['hanako@hospital.example.jp', '二通目', ''],
    ['hanako@hospital.example.jp', '一通目', ''],
  ])
})
