import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { fill } from '../../support/contents.ts'
import { AFTER_DEADLINE, confirm, TWO_BANDS } from '../../support/decisions.ts'
import { type OfficersBrowser, signedIn } from '../../support/officer.ts'
import { addOverride } from '../../support/overrides.ts'
import { statementsOf } from '../../support/statements.ts'

/** What an officer opens, and takes away, while the survey runs and after it. */
const PAGES = [
  '/admin',
  '/admin/submissions',
  '/admin/submissions?q=test&sort=hospital',
  '/admin/submissions/R-0002',
  '/admin/submissions/new',
  '/admin/hospitals',
  '/admin/hospitals?q=test',
  '/admin/hospitals/4610000001',
  '/admin/nonrespondents',
  '/admin/nonrespondents/calls',
  '/admin/invitations',
  '/admin/reminders',
  '/admin/reminders/log',
  '/admin/late-links',
  '/admin/overrides',
  '/admin/tally',
  '/admin/undelivered',
  '/admin/selection',
  '/admin/rounds/1',
  '/admin/letters',
  '/admin/letters/print',
  '/admin/letters/mail',
  '/admin/letters/posted',
] as const
const FILES = [
  '/admin/submissions.csv',
  '/admin/submissions.xlsx',
  '/admin/hospitals.csv',
  '/admin/nonrespondents.csv',
  '/admin/invitations.csv',
  '/admin/tally.csv',
  '/admin/letters.xlsx',
] as const

interface Office extends TestApp {
  officer: OfficersBrowser
}

let [small, large]: Office[] = []
beforeAll(async () => {
  small = await officeOf(6)
  large = await officeOf(60)
})
afterAll(async () => {
  await small?.close()
  await large?.close()
})

/** Of so many hospitals all but a few have answered, and the first round is confirmed. */
async function officeOf(count: number): Promise<Office> {
  const testApp = await startTestApp({ now: AFTER_DEADLINE })
  const keys = Array.from({ length: count }, (_, index) => String(4_610_000_000 + index))
  fill(testApp.stores, {
    settings: { prefectureSeats: '3' },
    policy: TWO_BANDS,
    hospitals: keys.map((key, index) => ({ key, name: `${index}病院`, beds: 50 + (index % 3) * 60 })),
    answers: keys.slice(0, -3).map((hospital, index) => ({ hospital, email: `a${index}@example.jp` })),
  })
  const officer = await signedIn(testApp, { login: 'admin', role: 'admin' })
  await confirm(officer, { acknowledged: 'yes', freeSeatsReason: '該当なし', waitingReason: '照会中' })
  return { ...testApp, officer }
}

let decisions = 0

/** How many questions SQLite is asked, after a fact has changed and again as things stand then. */
async function askedBy({ stores, officer }: Office, url: string): Promise<[first: number, again: number]> {
  decisions += 1
  stores.settings.change(
    { contactSection: `第${decisions}係` },
    { actor: 'test', at: new Date(AFTER_DEADLINE) },
  )
  const open = async () => expect((await officer.get(url)).statusCode).toBe(200)
  return [(await statementsOf(open)).length, (await statementsOf(open)).length]
}

test.each([...PAGES, ...FILES])('%s asks as much of ten times as many hospitals', async (url) => {
  const [first, again] = await askedBy(small!, url)
  const asked = await askedBy(large!, url)
  expect(asked).toEqual([first, again])
})

test('the master and the answers are read once for all lists, and whoever asks again gets the same', () => {
  const { stores } = large!
  expect(stores.submissions.all()).toBe(stores.submissions.all())
  expect(stores.hospitals.operating()).toBe(stores.hospitals.operating())
})

test('after a change only what differs is another value', () => {
  const { stores } = large!
  const [answers, hospitals] = [stores.submissions.all(), stores.hospitals.all()]
  const at = new Date(AFTER_DEADLINE)
  stores.submissions.withdraw(answers[1]!.number, { at, actor: null })
  const after = stores.submissions.all()
  expect(after[1]).toMatchObject({ number: answers[1]!.number, state: 'withdrawn' })
  expect(after.filter((answer, index) => answer !== answers[index])).toHaveLength(1)
  addOverride(stores, hospitals[0]!.key, 'exclude', '試験')
  expect(stores.hospitals.all().every((hospital, index) => hospital === hospitals[index])).toBe(true)
})

test('what is given up with its transaction was never kept', () => {
  const { stores } = large!
  const before = stores.submissions.all()
  const number = before[2]!.number
  expect(() =>
    stores.together(() => {
      stores.submissions.withdraw(number, { at: new Date(AFTER_DEADLINE), actor: null })
      expect(stores.submissions.all()[2]!.state).toBe('withdrawn')
      throw new Error('given up')
    }),
  ).toThrow('given up')
  expect(stores.submissions.all()[2]).toEqual(before[2])
})
