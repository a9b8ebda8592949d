import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { confirmationCode } from '../../src/domain/answer/receipt.ts'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, HERE, minutesAfter, NOON, saveContext, THERE } from '../support/database.ts'
import { RECEIPT_KEY } from '../support/receipts.ts'

const database = databaseForEach()

const OTHER = { hospitalCode: 'other', hospitalName: '別院', hospitalAddress: '架空町1', hospitalBeds: '30' }

describe('saving an answer', () => {
  test('makes a receipt with everything that was answered, and its entry on the record', () => {
    const answer = aSubmission({
      emr: 'planned',
      emrPlannedMonth: '2024-09',
      department: '総務課',
      remarks: '備考',
    })
    const outcome = database.send(answer, { channel: 'fax', submittedAt: minutesAfter(NOON, -60) })
    expect(outcome).toEqual({
      kind: 'saved',
      submission: {
        id: 1,
        number: 'R-0001',
        submissionId: answer.submissionId,
        code: confirmationCode(RECEIPT_KEY, answer.submissionId),
        state: 'current',
        isMatched: false,
        channel: 'fax',
        hospitalCode: HERE,
        typedHospital: null,
        version: 1,
        answers: answer.answers,
        submittedAt: minutesAfter(NOON, -60),
        createdAt: NOON,
        correctedAt: NOON,
        withdrawnAt: null,
        withdrawnChannel: null,
        enteredBy: null,
        closedAt: null,
        lot: null,
      },
    })
    expect(database.stores.submissions.byNumber('R-0001')).toEqual(outcome.submission)
    expect(database.stores.audit.latest(1)).toMatchObject([
      {
        actor: 'hospital:test',
        action: 'submission.created',
        subject: 'R-0001',
        detail: { hospitalCode: HERE, state: 'current', channel: 'fax' },
      },
    ])
  })

  test('again with the same number of a sending is the same receipt', () => {
    const answer = aSubmission()
    const first = database.send(answer)
    const again = database.send(answer, { at: minutesAfter(NOON, 5) })
    expect(again).toEqual({ kind: 'already-received', submission: first.submission })
    expect(database.stores.submissions.all()).toHaveLength(1)
    expect(database.actions(1)).toEqual(['submission.created'])
  })

  test('again with other content is a corrected version under the same receipt', () => {
    const answer = aSubmission()
    const { submission } = database.send(answer)
    const changed = { ...answer, answers: { ...answer.answers, intent: 'backup' as const } }
    const again = database.send(changed, { at: minutesAfter(NOON, 5) })
    expect(again.kind).toBe('corrected')
    expect(again.submission).toMatchObject({
      number: 'R-0001',
      code: submission.code,
      version: 2,
      answers: { intent: 'backup' },
      submittedAt: NOON,
      correctedAt: minutesAfter(NOON, 5),
    })
  })

  test('again for another hospital changes nothing', () => {
    const answer = aSubmission()
    const { submission } = database.send(answer)
    const moved = database.send({ ...answer, hospital: { kind: 'master', code: THERE } })
    expect(moved).toEqual({ kind: 'hospital-changed', submission })
  })

  test('of a hospital that has answered waits as a duplicate, and the first stays', () => {
    const first = database.send(aSubmission())
    const second = database.send(aSubmission({ intent: 'none' }))
    const third = database.send(aSubmission())
    expect([first, second, third].map(({ submission }) => [submission.number, submission.state])).toEqual([
      ['R-0001', 'current'],
      ['R-0002', 'duplicate'],
      ['R-0003', 'duplicate'],
    ])
  })

  test('from outside the master waits to be linked, however many there are', () => {
    const outcomes = [database.send(aSubmission(OTHER)), database.send(aSubmission(OTHER))]
    for (const { submission } of outcomes)
      expect(submission).toMatchObject({
        state: 'unlinked',
        hospitalCode: null,
        typedHospital: { name: '別院', address: '架空町1', beds: 30 },
      })
  })

  test('for a hospital that is none stores nothing', () => {
    const answer = { ...aSubmission(), hospital: { kind: 'master' as const, code: '4699999999' } }
    const before = database.stores.audit.all().length
    expect(() => database.stores.submissions.save(answer, saveContext())).toThrow()
    expect(database.stores.submissions.all()).toEqual([])
    expect(database.stores.audit.all()).toHaveLength(before)
  })
})

test('an unknown number is null', () => {
  expect(database.stores.submissions.byNumber('R-0001')).toBeNull()
})

test('the database itself holds one current answer a hospital, and none without a hospital', () => {
  database.send(aSubmission())
  database.send(aSubmission())
  database.send(aSubmission(OTHER))
  const set = (number: string) => () =>
    database.db.run(sql`UPDATE submissions SET state = 'current' WHERE number = ${number}`)
  expect(set('R-0002')).toThrow()
  expect(set('R-0003')).toThrow()
})
