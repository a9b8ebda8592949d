import { afterEach, beforeEach, expect, test } from 'vitest'
import { receiptAddress } from '../../src/domain/answer/receipt.ts'
import { aForm } from '../support/builders.ts'
import { formPost } from '../support/html.ts'
import { addresses, startWithRoutes } from '../support/route-table.ts'
import { statementsOf } from '../support/statements.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

const SENT = aForm()

let site: Awaited<ReturnType<typeof startWithRoutes>>
beforeEach(async () => {
  site = await startWithRoutes()
  addHospitals(site.stores, {})
})
afterEach(() => site.close())

/** The statements over the answers that a request makes, but for those that look for one by a column with an index. */
async function readingAll(request: () => Promise<unknown>): Promise<string[]> {
  const statements = (await statementsOf(request)).map((sql) => sql.toLowerCase())
  return statements.filter(
    (sql) =>
      /^select .*from "submissions"/s.test(sql) &&
      !/\bwhere\b[^)]*$|\bwhere \("submissions"\."hospital_code" = \+?\? and [^)]*\)( order by [^)]*)?$/s.test(
        sql,
      ),
  )
}

/** An address as it stands in the table, with what is known of the one answer and the one link put into it. */
function filled(url: string, token: string): string {
  const [, , number, code] = receiptAddress(site.stores.submissions.byNumber('R-0001')!).split('/')
  return url.replace(':number', number!).replace(':code', code!).replace(':token', token)
}

test.each(['2024-03-12T01:00:00Z', '2024-03-20T01:00:00Z'])(
  'no address of the hospitals’ side reads every answer, whatever is sent to it at %s',
  async (now) => {
    const { stores, app } = site
    saveSubmission(stores, { submissionId: SENT.submissionId })
    site.setNow(now)
    const link = {
      hospitalCode: SENT.hospitalCode,
      expiresAt: new Date('2024-03-25T15:00:00Z'),
      reason: '試験',
    }
    const { token } = stores.lateLinks.create(link, { actor: 'test', at: new Date(now) })
    const isPublic = (url: string) => !url.startsWith('/admin') && !url.startsWith('/assets')
    const requests = [
      ...addresses(site.routes, 'GET').map((url) => ({ method: 'GET' as const, url: filled(url, token) })),
      ...addresses(site.routes, 'POST').map((url) => formPost(filled(url, token), SENT)),
    ].filter(({ url }) => isPublic(url))
    expect(requests.length).toBeGreaterThan(25)
    for (const request of requests)
      expect(await readingAll(() => app.inject(request)), `${request.method} ${request.url}`).toEqual([])
  },
)

test('a link to a form that was sent is told by the one number', async () => {
  const made = await site.app.inject(formPost('/survey/link', SENT))
  const [path] = /\/survey\/resume\?d=[\w-]+/.exec(made.body)!
  await site.app.inject(formPost('/survey', SENT))
  expect(await readingAll(() => site.app.inject(path))).toEqual([])
})

test('the measure sees a reading of all answers', async () => {
  expect(await readingAll(async () => site.stores.submissions.all())).toHaveLength(1)
  expect(await readingAll(async () => site.stores.submissions.bySubmissionId(SENT.submissionId))).toEqual([])
})
