import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { aForm } from '../support/builders.ts'
import { formPost } from '../support/html.ts'
import { statementsOf } from '../support/statements.ts'
import { addHospitals } from '../support/submissions.ts'

/**
 * What SQLite is asked on the way of one answer, once the program has answered before. More than so many statements are a
 * fact that is read again, or something read that no page shows: the machine takes its time for each.
 */
const MOST = { form: 1, confirm: 4, send: 20, receipt: 9 }

/** Whether anything has changed meanwhile is asked as often as something kept is wanted: the shortest question there is. */
const OF_CHANGES = 'PRAGMA data_version'
/** Before it and around it. */
const OF_LOCKS = /^(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA busy_timeout)/

let site: TestApp
beforeEach(async () => {
  site = await startTestApp()
  addHospitals(site.stores, {})
})
afterEach(() => site.close())

/** The form, 確認, the sending and the receipt, with what each of them had SQLite do. */
async function journey(submissionId: string): Promise<Record<keyof typeof MOST, string[]>> {
  const { app } = site
  const sent = aForm({ submissionId })
  let receiptAt = ''
  return {
    form: await statementsOf(() => app.inject('/survey')),
    confirm: await statementsOf(() => app.inject(formPost('/survey/confirm', sent))),
    send: await statementsOf(async () => {
      const { headers } = await app.inject(formPost('/survey', sent))
      receiptAt = String(headers.location)
    }),
    receipt: await statementsOf(async () => {
      const { statusCode } = await app.inject(receiptAt)
      expect(statusCode).toBe(200)
    }),
  }
}

test('an answer costs so many statements, and no fact is read twice in a request', async () => {
  await journey('11111111-1111-4111-8111-111111111111')
  const asked = await journey('22222222-2222-4222-8222-222222222222')
  for (const [step, statements] of Object.entries(asked)) {
    const facts = statements.filter((sql) => sql !== OF_CHANGES && !OF_LOCKS.test(sql))
    expect(facts, step).toEqual([...new Set(facts)])
    expect(statements.length, step).toBeLessThanOrEqual(MOST[step as keyof typeof MOST])
  }
})

test('SQLite plans none of its queries anew for another value: no parameter stands alone', async () => {
  await journey('11111111-1111-4111-8111-111111111111')
  const asked = await journey('22222222-2222-4222-8222-222222222222')
  const queries = Object.values(asked)
    .flat()
    .filter((text) => /^\s*select\b.*\?/is.test(text))
  expect(queries.length).toBeGreaterThan(5)
  expect(queries.filter((text) => /(?:[=<>]|limit)\s*\?/.test(text))).toEqual([])
})

test('a fact that changes is read again by the next request', async () => {
  await journey('11111111-1111-4111-8111-111111111111')
  addHospitals(site.stores, { name: '改名病院' })
  const page = await site.app.inject(formPost('/survey/confirm', aForm()))
  expect(page.body).toContain('改名病院')
})
