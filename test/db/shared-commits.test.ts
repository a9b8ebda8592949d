import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { NewSubmission } from '../../src/domain/answer/submission.ts'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, HERE, saveContext, THERE } from '../support/database.ts'
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
