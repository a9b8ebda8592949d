import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join, relative } from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { confirmationCode, receiptPath } from '../../src/domain/answer/receipt.ts'
import { VIEWS_ROOT } from '../../src/web/views.ts'
import { aForm } from '../support/builders.ts'
import { damage } from '../support/faults.ts'
import { askFurther, FOUR } from '../support/further.ts'
import { formPost, htmlOf } from '../support/html.ts'
import { invitationPath, invite } from '../support/invitations.ts'
import { drawAndPublish } from '../support/lots.ts'
import { RECEIPT_KEY, receiptOf } from '../support/receipts.ts'
import { confirmRound } from '../support/rounds.ts'
import { saveSubmission } from '../support/submissions.ts'
import { OTHER, type SurveySite, surveyWith } from '../support/survey.ts'
import { htmlFlaws } from './html-flaws.ts'

const views = fs
  .readdirSync(VIEWS_ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.eta'))

let late: string
let invited: string
const site = surveyWith({ shared: true })
const preparing = surveyWith({ shared: true, fresh: true })
const asked = surveyWith({ shared: true })
const further = surveyWith({ shared: true })
const ended = surveyWith({ shared: true })
beforeAll(() => {
  saveSubmission(site.stores)
  saveSubmission(site.stores)
  saveSubmission(site.stores, { hospital: { name: '架空病院', address: '架空町1', beds: 80 } })
  invite(site, '4619900011')
  invited = invitationPath(site, '4619900011')
  const withdrawn = saveSubmission(site.stores, { hospital: '4619900029' })
  const link = { hospitalCode: '4619900011', expiresAt: new Date(AFTER_ALL), reason: '災害対応のため' }
  late = `/late/${site.stores.lateLinks.create(link, { actor: 'test', at: new Date(AFTER) }).token}`
  saveSubmission(site.stores, { submissionId })
  saveSubmission(site.stores, { submissionId, intent: 'backup', at: '2024-03-12T01:00:00Z' })
  askFurther(further.stores, FOUR)
  ended.stores.purge.purge({
    ...{ at: new Date(OPEN), retentionUntil: '2024-03-10', basis: '廃棄 第1号', sign: () => null },
  })
  saveSubmission(asked.stores)
  confirmRound(asked.stores, { seats: 1 })
  drawAndPublish(asked.stores)
  const request = { round: 1, closesAt: new Date(AFTER_ALL), reason: null, follows: 0 }
  asked.stores.acceptance.ask(request, [], { actor: 'test', at: new Date(OPEN) })
  site.stores.submissions.withdraw(withdrawn.number, { at: new Date('2024-03-12'), actor: 'test' })
})

const OPEN = '2024-03-11T01:00:00Z'
const BEFORE = '2024-03-01T00:00:00Z'
const AFTER = '2024-04-01T00:00:00Z'
const AFTER_ALL = '2024-05-01T00:00:00Z'
const submissionId = crypto.randomUUID()
const veryLong = randomBytes(9_000).toString('base64')
const bad = { ...OTHER, hospitalName: '', emr: 'planned' }

/** Every page of the hospitals' side in every state. */
const PAGES: [what: string, now: string, load: () => ReturnType<SurveySite['get']>][] = [
  ['the notice', OPEN, () => site.get('/')],
  ['the notice before the period', BEFORE, () => site.get('/')],
  ['the notice after the period', AFTER, () => site.get('/')],
  ['the notice in preparation', OPEN, () => preparing.get('/')],
  ['the form in preparation', OPEN, () => preparing.get('/survey')],
  ['the questions and answers', OPEN, () => site.get('/qa')],
  ['the empty sheet', OPEN, () => site.get('/survey/blank')],
  ['the page on personal data', OPEN, () => site.get('/privacy')],
  ['the accessibility statement', OPEN, () => site.get('/accessibility')],
  ['the form', OPEN, () => site.get('/survey')],
  ['the form with one error', OPEN, () => site.confirm({ email: '' })],
  ['the form with every error', OPEN, () => site.post('/survey/confirm', bad)],
  ['the form again', OPEN, () => site.post('/survey/form', aForm())],
  ['確認', OPEN, () => site.confirm()],
  ['確認 with hints', OPEN, () => site.confirm({ emr: 'none', remarks: '一行目\n二行目' })],
  ['確認 of another hospital', OPEN, () => site.confirm(OTHER)],
  ['確認 with a note on the master', OPEN, () => site.confirm({ masterCorrection: '118床です' })],
  ['the form after the trap', OPEN, () => site.app.inject(formPost('/survey/confirm', { website: 'x' }))],
  ['the sheet for the seals', OPEN, () => site.post('/survey/print', aForm())],
  [
    'the sheet of a long answer',
    OPEN,
    () => site.post('/survey/print', aForm({ remarks: '長\n'.repeat(60) })),
  ],
  ['the link', OPEN, () => site.post('/survey/link', aForm())],
  ['no link for so much', OPEN, () => site.post('/survey/link', aForm({ remarks: veryLong }))],
  ['the form by a hospital’s own link', OPEN, () => site.get(invited)],
  ['確認 behind it', OPEN, () => site.post(`${invited}/confirm`, aForm())],
  ['a link of nobody’s', OPEN, () => site.get('/i/1-x')],
  ['the form by a link', OPEN, () => site.resume(aForm())],
  ['the form by a link whose answer was sent', OPEN, () => site.resume(aForm({ submissionId }))],
  ['a link that is broken', OPEN, () => site.get('/survey/resume?d=broken')],
  ['a link that has ended', OPEN, () => site.resume(aForm(), { until: BEFORE })],
  ['the receipt', OPEN, () => site.get(receiptOf(1))],
  ['the receipt of a duplicate', OPEN, () => site.get(receiptOf(2))],
  ['the receipt of another hospital', OPEN, () => site.get(receiptOf(3))],
  ['the receipt of a withdrawal', OPEN, () => site.get(receiptOf(4))],
  [
    'the receipt of a correction',
    OPEN,
    () => site.get(receiptPath({ number: 'R-0005', code: confirmationCode(RECEIPT_KEY, submissionId) })),
  ],
  ['the look-up', OPEN, () => site.get('/receipts')],
  ['the look-up, wrong', OPEN, () => site.app.inject(formPost('/receipts', { number: 'R-1', code: 'x' }))],
  ['the look-up, empty', OPEN, () => site.app.inject(formPost('/receipts', {}))],
  [
    'the correction',
    OPEN,
    () =>
      site.get(
        `${receiptPath({ number: 'R-0005', code: confirmationCode(RECEIPT_KEY, submissionId) })}/edit`,
      ),
  ],
  [
    'the correction with errors',
    OPEN,
    () =>
      site.post(
        `${receiptPath({ number: 'R-0005', code: confirmationCode(RECEIPT_KEY, submissionId) })}/confirm`,
        bad,
      ),
  ],
  ['the correction of another hospital', OPEN, () => site.get(`${receiptOf(3)}/edit`)],
  [
    '確認 of a correction',
    OPEN,
    () =>
      site.post(
        `${receiptPath({ number: 'R-0005', code: confirmationCode(RECEIPT_KEY, submissionId) })}/confirm`,
        aForm(),
      ),
  ],
  [
    'the withdrawal',
    OPEN,
    () =>
      site.get(
        `${receiptPath({ number: 'R-0005', code: confirmationCode(RECEIPT_KEY, submissionId) })}/withdraw`,
      ),
  ],
  ['受諾確認', OPEN, () => asked.get(receiptOf(1))],
  ['the draw', OPEN, () => asked.get('/lot')],
  ['the notice after a draw', OPEN, () => asked.get('/')],
  ['declining', OPEN, () => asked.get(`${receiptOf(1)}/decline`)],
  ['accepted unasked', OPEN, () => site.app.inject(formPost(`${receiptOf(1)}/accept`, {}))],
  [
    'the receipt, closed',
    AFTER,
    () => site.get(receiptPath({ number: 'R-0005', code: confirmationCode(RECEIPT_KEY, submissionId) })),
  ],
  [
    'corrected too late',
    AFTER,
    () =>
      site.post(
        `${receiptPath({ number: 'R-0005', code: confirmationCode(RECEIPT_KEY, submissionId) })}/edit`,
        aForm(),
      ),
  ],
  ['the form within a rehearsal', OPEN, () => within('/survey')],
  [
    'an answer out of a rehearsal that is over',
    OPEN,
    () => preparing.app.inject(formPost('/survey?rehearsal=yes', {})),
  ],
  ['the late form', AFTER, () => site.get(late)],
  ['the late form with errors', AFTER, () => site.post(`${late}/confirm`, { email: '' })],
  ['late 確認', AFTER, () => site.post(`${late}/confirm`, aForm())],
  ['late 院内決裁用', AFTER, () => site.post(`${late}/print`, aForm())],
  ['no late form any more', AFTER_ALL, () => site.post(late, aForm({ remarks: '残ることば' }))],
  ['no late form', AFTER, () => site.get('/late/x')],
  ['no form yet', BEFORE, () => site.get('/survey')],
  ['no form any more', AFTER, () => site.get('/survey')],
  ['too late', AFTER, () => site.send({ remarks: '残ることば' })],
  ['the form with further questions', OPEN, () => further.get('/survey')],
  ['the same with errors', OPEN, () => further.post('/survey/confirm', bad)],
  ['選定の方法', OPEN, () => site.get('/selection')],
  ['not found', OPEN, () => site.get('/nothing')],
  ['what could not be stored', OPEN, () => unstored(() => site.post('/survey', aForm()))],
  [
    'what could not be looked up',
    OPEN,
    () => unstored(() => site.post('/receipts', { number: 'R-0001', code: 'x' })),
  ],
  ['the end of the survey', OPEN, () => ended.get('/')],
]

/** While not even the master can be read. */
async function unstored<Reply>(send: () => Promise<Reply>): Promise<Reply> {
  const end = damage(site.database, 'hospitals', 'submissions')
  const reply = await send()
  end()
  return reply
}

/** A page of the copy, as an officer sees it who has entered. */
async function within(url: string) {
  await preparing.rehearsal.start({ actor: 'test', at: new Date(OPEN) })
  const token = preparing.rehearsal.enter({ login: 'test', isStillIn: () => true, signOut: () => {} })
  return preparing.app.inject({ url, headers: { cookie: `kakuho-rehearsal=${token}` } })
}

test('every page is rendered by some test, in every state without a flaw', async () => {
  const readFile = vi.spyOn(fs, 'readFileSync')
  syncBuiltinESMExports()
  const flaws: Record<string, string[]> = {}
  for (const [what, now, load] of PAGES) {
    site.setNow(now)
    const reply = await load()
    expect(reply.headers['content-type'], what).toBe('text/html; charset=utf-8')
    const found = htmlFlaws(htmlOf(reply))
    if (found.length > 0) flaws[what] = found
  }
  const rendered = new Set(readFile.mock.calls.map(([path]) => relative(VIEWS_ROOT, String(path))))
  readFile.mockRestore()
  syncBuiltinESMExports()
  expect(flaws).toEqual({})
  const ours = views.filter((view) => !/^admin\/|^layouts\/admin/.test(view))
  expect(ours.length).toBeGreaterThan(20)
  expect(ours.filter((view) => !rendered.has(view))).toEqual([])
})

test('no two pages have the same title', async () => {
  site.setNow(OPEN)
  const titles = []
  for (const url of ['/', '/qa', '/privacy', '/survey', '/receipts', receiptOf(1), '/nothing'])
    titles.push(htmlOf(await site.get(url)).querySelector('title')!.textContent)
  expect(new Set(titles).size).toBe(titles.length)
  for (const title of titles) expect(title).toMatch(/｜鹿児島県$/)
})

test.each(views)('%s prints nothing unescaped but its body and its parts', (view) => {
  const source = fs.readFileSync(join(VIEWS_ROOT, view), 'utf8')
  const raw = [...source.matchAll(/<%~\s*([^%]*?)\s*%>/g)].map(([, code]) => code!)
  expect(
    raw.filter((code) => code !== 'it.body' && code !== OF_A_DOCUMENT && !/^include\('\//.test(code)),
  ).toEqual([])
  const unquoted = [...source.matchAll(/\s[\w-]+=<%/g)].map(([text]) => text)
  expect(unquoted).toEqual([])
})

/** A chapter of our own guides, which no user writes. */
const OF_A_DOCUMENT = 'it.section.html'
