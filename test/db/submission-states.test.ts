import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stateNotice } from '../../src/domain/answer/receipt.ts'
import type { Submission } from '../../src/domain/answer/submission.ts'
import { waitingOf } from '../../src/office/answers/waiting.ts'
import { aSubmission } from '../support/builders.ts'
import { HERE, minutesAfter, NOON, startDatabase, THERE } from '../support/database.ts'

const OTHER = { hospitalCode: 'other', hospitalName: '別院', hospitalAddress: '架空町1', hospitalBeds: '30' }
const NUMBERS = ['R-0001', 'R-0002', 'R-0003', 'R-0004', 'R-0005']

type Database = ReturnType<typeof startDatabase>
/** One thing that a hospital or an officer does; refused where it cannot be done. */
type Step = { name: string; run: (database: Database, minute: number) => unknown }

const numbered = (name: string, run: (database: Database, number: string, minute: number) => unknown) =>
  fc.constantFrom(...NUMBERS).map(
    (number): Step => ({
      name: `${name} ${number}`,
      run: (database, minute) => {
        if (database.stores.submissions.byNumber(number)) run(database, number, minute)
      },
    }),
  )
const officer = (minute: number) => ({ actor: 'tanto', at: minutesAfter(NOON, minute), reason: '確認' })
const hospital = (minute: number) => ({ actor: null, at: minutesAfter(NOON, minute) })

const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .constantFrom({ hospitalCode: HERE }, { hospitalCode: THERE }, OTHER)
    .map((form): Step => ({ name: `send ${form.hospitalCode}`, run: ({ send }) => send(aSubmission(form)) })),
  numbered('make current', ({ stores }, number, minute) =>
    stores.submissions.makeCurrent(number, officer(minute)),
  ),
  numbered('close', ({ stores }, number, minute) => stores.submissions.close(number, officer(minute))),
  numbered('reopen', ({ stores }, number, minute) => stores.submissions.reopen(number, officer(minute))),
  numbered('link', ({ stores }, number, minute) => stores.submissions.link(number, HERE, officer(minute))),
  numbered('unlink', ({ stores }, number, minute) => stores.submissions.unlink(number, officer(minute))),
  numbered('withdraw', ({ stores }, number, minute) => stores.submissions.withdraw(number, hospital(minute))),
  numbered('correct', ({ stores }, number, minute) => {
    const { typedHospital, hospitalCode, answers } = stores.submissions.byNumber(number)!
    const form = typedHospital ? OTHER : { hospitalCode: hospitalCode! }
    const content = { ...aSubmission(form), answers: { ...answers, department: `第${minute}課` } }
    stores.submissions.correct(number, content, hospital(minute))
  }),
)

/** What holds of every answer after a step. @param told the numbers of which the record says something of it */
function expectSound(
  after: readonly Submission[],
  before: readonly Submission[],
  told: ReadonlySet<string>,
): void {
  for (const submission of after) {
    const { number, state, hospitalCode, closedAt, withdrawnAt, version } = submission
    const was = before.find((each) => each.number === number)
    const isChanged = was?.state !== state || was.version !== version || was.hospitalCode !== hospitalCode
    expect([number, !isChanged || told.has(number)]).toEqual([number, true])
    expect(was?.state === 'withdrawn' && state !== 'withdrawn').toBe(false)
    expect(closedAt !== null).toBe(['rejected', 'outside'].includes(state))
    expect(withdrawnAt !== null).toBe(state === 'withdrawn')
    expect(state === 'withdrawn' || (hospitalCode === null) === ['unlinked', 'outside'].includes(state)).toBe(
      true,
    )
  }
}

test('whatever is done in whatever order: one counts at most, nothing is lost, everything is on the record', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const database = startDatabase()
      const { submissions, audit } = database.stores
      for (const [minute, { run }] of steps.entries()) {
        const before = submissions.all()
        const entries = audit.all().length
        run(database, minute)
        const after = submissions.all()
        const told = audit.all().slice(entries)
        expectSound(after, before, new Set(told.map(({ subject }) => subject)))
        expect(after.slice(0, before.length).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
        for (const code of [HERE, THERE])
          expect(
            after.filter((each) => each.hospitalCode === code && each.state === 'current').length,
          ).toBeLessThan(2)
        const { duplicate, unlinked } = waitingOf(after)
        const waiting = after.filter(({ state }) => state === 'duplicate' || state === 'unlinked')
        expect(duplicate + unlinked).toBe(waiting.length)
      }
      expect(audit.verify()).toBeNull()
      database.close()
    }),
    { numRuns: 150 },
  )
})

test('nothing is a dead end: from any state but withdrawn an answer can still come to count', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const database = startDatabase()
      const { submissions } = database.stores
      for (const [minute, { run }] of steps.entries()) run(database, minute)
      for (const { number, state } of submissions.all().filter((each) => each.state !== 'withdrawn')) {
        if (state === 'outside') submissions.reopen(number, officer(60))
        if (submissions.byNumber(number)!.state === 'unlinked') submissions.link(number, HERE, officer(61))
        submissions.makeCurrent(number, officer(62))
        expect(submissions.byNumber(number)!.state).toBe('current')
      }
      database.close()
    }),
    { numRuns: 80 },
  )
})

test('what a receipt says of another answer is so', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const database = startDatabase()
      const { submissions } = database.stores
      for (const [minute, { run }] of steps.entries()) run(database, minute)
      for (const { state, hospitalCode, number } of submissions.all()) {
        const current = hospitalCode === null ? null : submissions.currentOf(hospitalCode)
        const facts = { answersUntil: '', hasCurrent: current !== null, hasOthers: true, kind: '県' }
        const text = stateNotice(state, facts)?.text ?? ''
        const saysAnother = /別の回答を有効と(して取り扱っています|しました)/.test(text)
        if (saysAnother) expect([current !== null, current?.number]).not.toEqual([true, number])
        if (saysAnother) expect(current).not.toBeNull()
        if (['duplicate', 'rejected'].includes(state) && current) expect(saysAnother).toBe(true)
      }
      database.close()
    }),
    { numRuns: 80 },
  )
})
