import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/open.ts'
import { LONGEST_WAIT } from '../../src/db/serving.ts'
import { openStores } from '../../src/db/stores.ts'
import type { NewSubmission } from '../../src/domain/answer/submission.ts'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, HERE, NOON, saveContext, THERE } from '../support/database.ts'
import { statementsOf } from '../support/statements.ts'

const database = databaseForEach()

const sent = (hospitalCode: string) => aSubmission({ hospitalCode })
const save = (answer: NewSubmission) =>
  database.stores.withOthers(() => database.stores.submissions.save(answer, saveContext()))
const numbers = () => database.stores.submissions.all().map(({ number }) => number)

/** Refused by the database itself. */
function broken(): NewSubmission {
  const answer = sent(HERE)
  return { ...answer, answers: { ...answer.answers, emrPlannedMonth: '2024-10' } }
}

test('what comes in at once is stored with one commit, in order, each with its entry on the record', async () => {
  const answers = [sent(HERE), sent(THERE), sent(HERE)]
  const statements = await statementsOf(async () => {
    const saved = await Promise.all(answers.map(save))
    expect(saved.map(({ submission: { number, state } }) => [number, state])).toEqual([
      ['R-0001', 'current'],
      ['R-0002', 'current'],
      ['R-0003', 'duplicate'],
    ])
  })
  expect(statements.filter((each) => each === 'COMMIT')).toHaveLength(1)
  expect(database.actions(3)).toEqual(Array(3).fill('submission.created'))
  expect(database.stores.audit.verify()).toBeNull()
})

test('nobody is told before the commit', async () => {
  const order: string[] = []
  const statements = statementsOf(async () => {
    await Promise.all([HERE, THERE].map((code) => save(sent(code)).then(() => order.push(code))))
  })
  expect(numbers()).toEqual([])
  await statements
  expect(order).toEqual([HERE, THERE])
})

test('one that is refused takes no other with it', async () => {
  const outcomes = await Promise.allSettled([save(sent(HERE)), save(broken()), save(sent(THERE))])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(numbers()).toEqual(['R-0001', 'R-0002'])
  expect(database.stores.audit.verify()).toBeNull()
})

test('the same sending twice at once is one answer', async () => {
  const answer = sent(HERE)
  const saved = await Promise.all([save(answer), save(answer)])
  expect(saved.map(({ kind }) => kind)).toEqual(['saved', 'already-received'])
  expect(numbers()).toEqual(['R-0001'])
})

test('where the database gives everything up, all are told so and nothing is stored', async () => {
  const { stores, db } = database
  const giveUp = () => {
    // As a full disk does in the middle of a statement.
    db.run(sql`ROLLBACK`)
    throw new Error('the disk is full')
  }
  const outcomes = await Promise.allSettled([save(sent(HERE)), stores.withOthers(giveUp), save(sent(THERE))])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(numbers()).toEqual([])
  expect((await save(sent(HERE))).kind).toBe('saved')
})

test('where the commit fails, all are told so and nothing is stored', async () => {
  const { stores, db } = database
  db.run(sql`CREATE TABLE parents (id INTEGER PRIMARY KEY)`)
  db.run(sql`CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)`)
  const orphan = () => db.run(sql`INSERT INTO children VALUES (1)`)
  const outcomes = await Promise.allSettled([save(sent(HERE)), stores.withOthers(orphan), save(sent(THERE))])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(numbers()).toEqual([])
  expect((await save(sent(HERE))).kind).toBe('saved')
})

describe('where another program takes the lock after all', () => {
  let folder: string
  let served: OpenDatabase
  let other: Database.Database
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kakuho-shared-commits-'))
    const path = join(folder, 'survey.db')
    served = openDatabase(path)
    served.serve(() => {})
    other = new Database(path)
    other.exec('BEGIN IMMEDIATE')
  })
  afterEach(() => {
    served.close()
    other.close()
    rmSync(folder, { recursive: true })
  })
  const entry = (action: string) => ({ at: NOON, actor: 'test', action, subject: 'test', detail: {} })

  test('it is waited for, beside everything else and in order', async () => {
    const { withOthers, audit } = openStores(served.db, () => NOON)
    const first = withOthers(() => audit.append(entry('test.first')))
    await setTimeout(50)
    const second = withOthers(() => audit.append(entry('test.second')))
    await setTimeout(250)
    expect(audit.all()).toEqual([])
    other.exec('ROLLBACK')
    await Promise.all([first, second])
    expect(audit.all().map(({ action }) => action)).toEqual(['test.first', 'test.second'])
  })

  test('it is given up where that takes too long, and whoever comes afterwards is stored', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { withOthers, audit } = openStores(served.db, () => NOON)
    const first = withOthers(() => audit.append(entry('test.first')))
    await setTimeout(50)
    vi.advanceTimersByTime(LONGEST_WAIT)
    await expect(first).rejects.toThrow('locked')
    vi.useRealTimers()
    other.exec('ROLLBACK')
    await withOthers(() => audit.append(entry('test.second')))
    expect(audit.all().map(({ action }) => action)).toEqual(['test.second'])
  })
})
