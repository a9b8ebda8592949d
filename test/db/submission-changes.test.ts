import { expect, test } from 'vitest'
import type { OutgoingMail } from '../../src/db/outbox.ts'
import { Sealed } from '../../src/domain/answer/sealed.ts'
import type { Submission } from '../../src/domain/answer/submission.ts'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, HERE, minutesAfter, NOON, THERE } from '../support/database.ts'

const database = databaseForEach()

const LATER = minutesAfter(NOON, 60)
const BY = { at: LATER, actor: 'hospital:R-0001' }
const GMIS = new Map([[HERE, new Sealed({ offlineBackup: true, bcp: false, networkControl: null })]])

function importGmis() {
  return database.stores.gmis.import(GMIS, { actor: 'test', at: NOON, source: 'gmis.csv' })
}

test('a correction is a new version under the same number and keeps the place in the ranking', () => {
  const { submission } = database.send(aSubmission())
  const corrected = database.stores.submissions.correct(
    submission.number,
    aSubmission({ intent: 'backup' }),
    BY,
  )
  expect(corrected).toEqual({
    kind: 'corrected',
    submission: {
      ...submission,
      version: 2,
      answers: { ...submission.answers, intent: 'backup' },
      correctedAt: LATER,
    },
  })
  const { versions } = database.stores.submissions
  expect(versions(submission.id).map(({ version, answers }) => [version, answers.intent])).toEqual([
    [1, 'both'],
    [2, 'backup'],
  ])
  expect(database.actions(1)).toEqual(['submission.corrected'])
})

test('what a hospital says about the master is part of its answer, and only a note', () => {
  const answer = aSubmission()
  const { submission } = database.send(answer)
  const masterCorrection = '許可病床数は、正しくは118床です。'
  const noted = { ...answer, answers: { ...answer.answers, masterCorrection } }
  expect(database.stores.submissions.correct(submission.number, noted, BY).kind).toBe('corrected')
  const { versions } = database.stores.submissions
  expect(versions(submission.id).map(({ answers }) => answers.masterCorrection)).toEqual([
    null,
    masterCorrection,
  ])
  expect(database.stores.hospitals.byCode(HERE)?.beds).toBe(120)
})

test('a correction that says the same leaves no version behind', () => {
  const { submission } = database.send(aSubmission())
  const outcome = database.stores.submissions.correct(submission.number, aSubmission(), BY)
  expect(outcome).toEqual({ kind: 'unchanged', submission })
  expect(database.stores.submissions.versions(submission.id)).toHaveLength(1)
})

test('a version that the corrector has not seen is not written over', () => {
  const { number, id } = database.send(aSubmission()).submission
  const { submissions } = database.stores
  const first = submissions.correct(number, aSubmission({ intent: 'backup' }), { ...BY, basedOn: 1 })
  expect(first.kind).toBe('corrected')
  const second = submissions.correct(number, aSubmission({ emr: 'none' }), { ...BY, basedOn: 1 })
  expect(second).toMatchObject({ kind: 'changed-meanwhile', submission: { version: 2 } })
  const same = submissions.correct(number, aSubmission({ intent: 'backup' }), { ...BY, basedOn: 1 })
  expect(same.kind).toBe('unchanged')
  expect(submissions.versions(id)).toHaveLength(2)
  const seen = submissions.correct(number, aSubmission({ emr: 'none' }), { ...BY, basedOn: 2 })
  expect(seen).toMatchObject({ kind: 'corrected', submission: { version: 3 } })
})

test.each([
  ['another hospital of the master', { hospitalCode: THERE }],
  [
    'a hospital outside the master',
    { hospitalCode: 'other', hospitalName: '別院', hospitalAddress: '架空町', hospitalBeds: '30' },
  ],
])('a correction cannot move the answer to %s', (_name, form) => {
  const { submission } = database.send(aSubmission())
  const outcome = database.stores.submissions.correct(submission.number, aSubmission(form), BY)
  expect(outcome).toEqual({ kind: 'hospital-changed', submission })
})

test('under another hospital the typed name may be mended', () => {
  const typed = { hospitalCode: 'other', hospitalAddress: '架空町', hospitalBeds: '30' }
  const { submission } = database.send(aSubmission({ ...typed, hospitalName: '別印' }))
  const mended = aSubmission({ ...typed, hospitalName: '別院' })
  const outcome = database.stores.submissions.correct(submission.number, mended, BY)
  expect(outcome.kind).toBe('corrected')
  expect(outcome.submission.typedHospital?.name).toBe('別院')
  const versions = database.stores.submissions.versions(submission.id)
  expect(versions.map(({ typedHospital }) => typedHospital?.name)).toEqual(['別印', '別院'])
})

test('a correction that takes consent back takes the GMIS answers with it', () => {
  const { submission } = database.send(aSubmission())
  expect(importGmis().stored).toBe(1)
  database.stores.submissions.correct(submission.number, aSubmission({ gmisConsent: 'no' }), BY)
  expect(database.stores.gmis.all().size).toBe(0)
})

test('a withdrawn answer frees its hospital, and its GMIS answers are gone', () => {
  const { submission } = database.send(aSubmission())
  importGmis()
  const { submissions, gmis } = database.stores
  expect(submissions.withdraw(submission.number, BY)).toBe('withdrawn')
  expect(submissions.byNumber(submission.number)).toEqual({
    ...submission,
    state: 'withdrawn',
    withdrawnAt: LATER,
  })
  expect(gmis.all().size).toBe(0)
  expect(database.actions(2)).toEqual(['submission.withdrawn', 'gmis.forgotten'])
  expect(importGmis()).toMatchObject({ stored: 0, withoutAnswer: 1 })

  const again = database.send(aSubmission(), { at: LATER }).submission
  expect(again).toMatchObject({ number: 'R-0002', state: 'current', submittedAt: LATER })
})

test('withdrawing twice is said, and recorded once', () => {
  const { number } = database.send(aSubmission()).submission
  database.stores.submissions.withdraw(number, BY)
  const { length } = database.stores.audit.all()
  expect(database.stores.submissions.withdraw(number, { ...BY, at: minutesAfter(LATER, 5) })).toBe(
    'already-withdrawn',
  )
  expect(database.stores.submissions.byNumber(number)?.withdrawnAt).toEqual(LATER)
  expect(database.stores.audit.all()).toHaveLength(length)
})

test('what is withdrawn cannot be corrected, nor come back by sending it again', () => {
  const answer = aSubmission()
  const { number } = database.send(answer).submission
  database.stores.submissions.withdraw(number, BY)
  expect(database.stores.submissions.correct(number, aSubmission({ emr: 'none' }), BY).kind).toBe('withdrawn')
  const changed = { ...answer, answers: { ...answer.answers, emr: 'none' as const } }
  expect(database.send(changed).kind).toBe('withdrawn')
})

test('a duplicate goes on waiting for the officer when the current answer is withdrawn', () => {
  const first = database.send(aSubmission()).submission
  const second = database.send(aSubmission({ intent: 'network' })).submission
  const { submissions } = database.stores
  submissions.withdraw(first.number, BY)
  expect(submissions.byNumber(second.number)?.state).toBe('duplicate')
  const decision = { ...BY, reason: '病院に電話で確認した' }
  expect(submissions.makeCurrent(second.number, decision)).toBe('made-current')
  expect(submissions.all().map(({ state }) => state)).toEqual(['withdrawn', 'current'])
})

test('withdrawing a duplicate leaves the current answer and its GMIS answers alone', () => {
  const first = database.send(aSubmission()).submission
  const second = database.send(aSubmission({ intent: 'network' })).submission
  importGmis()
  database.stores.submissions.withdraw(second.number, BY)
  expect(database.stores.submissions.byNumber(first.number)?.state).toBe('current')
  expect(database.stores.gmis.all().size).toBe(1)
})

test('an unknown number is the caller’s mistake', () => {
  expect(() => database.stores.submissions.withdraw('R-0009', BY)).toThrow('R-0009')
  expect(() => database.stores.submissions.correct('R-0009', aSubmission(), BY)).toThrow('R-0009')
})

test('the mail about an answer is on its way with it: once a new one, a correction, a withdrawal', () => {
  const mail = ({ number, version, state, answers }: Submission): OutgoingMail => ({
    recipient: answers.email,
    subject: `${number}-${version}-${state}`,
    body: '',
  })
  const { submissions, outbox } = database.stores
  /** The subjects of what has to leave now, and leaves. */
  const leaving = () => {
    const due = outbox.due(LATER, 10)
    for (const { id } of due) outbox.markSent(id, LATER)
    return due.map(({ subject }) => subject)
  }
  const answer = aSubmission()
  const { number } = database.send(answer, { mail }).submission
  expect(leaving()).toEqual(['R-0001-1-current'])
  database.send(answer, { mail })
  expect(leaving()).toEqual([])
  submissions.correct(number, aSubmission({ intent: 'none' }), { ...BY, mail })
  submissions.correct(number, aSubmission({ intent: 'none' }), { ...BY, mail })
  expect(leaving()).toEqual(['R-0001-2-current'])
  submissions.correct(number, aSubmission({ intent: 'both' }), { ...BY, mail })
  submissions.withdraw(number, { ...BY, mail })
  submissions.withdraw(number, { ...BY, mail })
  // One that waits says what is newest.
  expect(leaving()).toEqual(['R-0001-3-withdrawn'])
})

test('answer and mail are stored together or not at all', () => {
  const unsendable = () => ({ recipient: null as never, subject: 's', body: 'b' })
  expect(() => database.send(aSubmission(), { mail: unsendable })).toThrow('NOT NULL')
  expect(database.stores.submissions.all()).toEqual([])
  database.send(aSubmission(), { mail: () => null })
  expect(database.stores.outbox.due(NOON, 10)).toEqual([])
})
