import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SELECTION } from '../support/decisions.ts'
import { officeWith } from '../support/office.ts'
import {
  answerWithin,
  BEFORE_OPENING,
  enter,
  rowsButForRehearsals,
  sendWithin,
  startAndEnter,
} from '../support/rehearsal.ts'

const CODES = SELECTION.hospitals!.map(({ key }) => key!)

const office = officeWith({ ...SELECTION, answers: [], now: BEFORE_OPENING })
const admin = office.officer({ login: 'kanri', role: 'admin' })

/** What somebody may do within, in any order: some are refused, and that is as well. */
const acts: Record<string, () => Promise<unknown>> = {
  answer: () => answerWithin(admin, CODES[0]!),
  answers: () => Promise.all(CODES.slice(1, 4).map((code) => answerWithin(admin, code))),
  settings: () =>
    sendWithin(admin, '/admin/settings', {
      typed: { contactSection: '試しの係', contactPhone: '099-000-0000' },
    }),
  user: () =>
    sendWithin(admin, '/admin/users', { typed: { login: 'shinjin', name: '新人', role: 'officer' } }),
  password: () => sendWithin(admin, '/admin/password', { typed: { current: 'x', password: 'y' } }),
  hospital: () => sendWithin(admin, '/admin/hospitals/new', { typed: { name: '試しの病院' } }),
  list: () => admin.get('/admin/hospitals.xlsx'),
  package: () => admin.get('/admin/package.zip'),
  close: () => sendWithin(admin, '/admin/rehearsal', { to: '/admin/rehearsal/close' }),
  confirm: () =>
    sendWithin(admin, '/admin/selection/confirm', {
      typed: { freeSeatsReason: '試し', waitingReason: '試し' },
    }),
  leave: async () => {
    await admin.post('/rehearsal/leave?rehearsal=yes')
    await enter(admin)
    return 'entered again'
  },
}

const done = new Set<string>()

test('whatever is done within, and in whatever order, every row of the survey is as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(acts)), { minLength: 4, maxLength: 9 }),
      fc.constantFrom('end', 'open'),
      async (chosen, end) => {
        await office.restock({ ...SELECTION, answers: [] })
        office.setNow(BEFORE_OPENING)
        const before = rowsButForRehearsals(office.database)
        await startAndEnter(admin)
        // A page that is no longer there has no form: that is no act.
        for (const act of chosen) {
          const reply = await acts[act]!().catch(() => null)
          if (reply !== null) done.add(act)
        }
        if (end === 'end') await sendWithin(admin, '/admin/rehearsal', { to: '/admin/rehearsal/end' })
        else office.setNow('2024-03-12T00:00:00Z')
        await admin.get('/admin')
        expect(office.rehearsal.begun()).toBeNull()
        expect(rowsButForRehearsals(office.database)).toEqual(before)
        expect(office.failures).toEqual([])
      },
    ),
    { numRuns: 12, seed: 20240307 },
  )
  expect([...done].sort()).toEqual(Object.keys(acts).sort())
}, 120_000)
