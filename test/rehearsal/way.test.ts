import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { aForm } from '../support/builders.ts'
import { KO, OTSU, SELECTION } from '../support/decisions.ts'
import { fieldsOf } from '../support/forms.ts'
import { htmlOf, textOf } from '../support/html.ts'
import { officeWith } from '../support/office.ts'
import {
  answerWithin,
  BEFORE_OPENING,
  enter,
  OPENING,
  rowsButForRehearsals,
  rowsOf,
  sendWithin,
  startAndEnter,
} from '../support/rehearsal.ts'

const WITH_MAIL = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'kakuho@example.jp' }

const office = officeWith({
  ...{ ...SELECTION, answers: [], now: BEFORE_OPENING, onDisk: true, environment: WITH_MAIL },
})
const tanto = office.officer({ login: 'tanto' })
const other = office.officer({ login: 'kenzan' })

test('an answer, the list, the deadline, a selection, its confirmation and the report: and nothing of it is left', async () => {
  const before = rowsButForRehearsals(office.database)
  await startAndEnter(tanto)

  const receipt = await answerWithin(tanto, KO)
  await answerWithin(tanto, OTSU)
  const page = htmlOf(await tanto.get(receipt))
  expect(page.title).toMatch(/^（試験）/)
  expect(textOf(page, '.rehearsal')).toContain('試験')
  expect(textOf(page, 'main')).toContain('R-0001')
  expect((await tanto.get('/admin/submissions')).body).toContain('甲病院')

  expect((await tanto.get('/admin/rehearsal')).body).toContain('hanako@hospital.example.jp')
  const closed = await sendWithin(tanto, '/admin/rehearsal', { to: '/admin/rehearsal/close' })
  expect(closed.headers.location).toBe('/admin/rehearsal?done=closed')
  const late = await tanto.post('/survey?rehearsal=yes', aForm({ hospitalCode: KO }))
  expect(late.statusCode).toBe(403)

  const confirmed = await sendWithin(tanto, '/admin/selection/confirm', {
    typed: { freeSeatsReason: '希望する病院が少ないため' },
  })
  expect(confirmed.headers.location).toBe('/admin/rounds/1')
  expect((await tanto.get('/admin/rounds/1')).body).toContain('（試験）')
  expect((await tanto.get('/admin/rounds/1/ministry.csv')).body).toContain('（試験）鹿児島県')

  // Meanwhile the survey is as it was, for everybody else.
  expect(office.stores.submissions.all()).toEqual([])
  expect((await office.app.inject(receipt)).statusCode).toBe(404)
  expect((await other.get('/admin')).body).not.toContain('試験のページ')
  expect((await other.get('/admin/rounds')).body).not.toContain('/admin/rounds/1')

  const ended = await sendWithin(tanto, '/admin/rehearsal', { to: '/admin/rehearsal/end' })
  expect(ended.headers.location).toBe('/admin/rehearsal?done=ended')
  const after = await tanto.get('/admin/rehearsal?done=ended')
  expect(after.body).toContain('すべて消えています')
  expect(after.body).not.toContain('（試験）')
  expect(textOf(htmlOf(await tanto.get('/admin')), '.figure__value')).toContain('0')

  await office.rehearsal.close()
  expect(rowsButForRehearsals(office.database)).toEqual(before)
  const acts = office.stores.audit.all().slice(-2)
  expect(acts.map(({ action, actor, detail }) => [action, actor, detail])).toEqual([
    ['rehearsal.started', 'tanto', {}],
    ['rehearsal.ended', 'tanto', { why: 'ended' }],
  ])
  expect(office.stores.audit.verify()).toBeNull()
  expect(office.failures).toEqual([])
})

test('what was answered in the minute in which it is closed takes part in the draw', async () => {
  office.setNow('2024-03-07T14:00:10.000Z')
  const { closesAt } = office.stores.settings.read()
  const seen = { method: 'text', closesAt, announcement: null } as const
  expect(office.stores.lots.choose('receipts', seen, { actor: 'tanto', at: office.now() })).toBe('chosen')
  await startAndEnter(tanto)
  await answerWithin(tanto, KO)
  office.setNow('2024-03-07T14:00:40.000Z')
  await sendWithin(tanto, '/admin/rehearsal', { to: '/admin/rehearsal/close' })
  const within = htmlOf(await tanto.get('/admin/rehearsal'))
  expect(within.querySelector('main ol a[href="/admin/lot"]')).not.toBeNull()
  expect(textOf(htmlOf(await tanto.get('/admin/lot/draw')), 'main')).toContain('（1件。')
  await sendWithin(tanto, '/admin/rehearsal', { to: '/admin/rehearsal/end' })
  office.setNow(BEFORE_OPENING)
})

test('two officers walk it together, and each may leave and come back', async () => {
  await startAndEnter(tanto)
  await enter(other)
  await answerWithin(tanto, KO)
  expect((await other.get('/admin/submissions')).body).toContain('甲病院')
  const left = await other.post('/rehearsal/leave?rehearsal=yes')
  expect(left.headers.location).toBe('/admin/rehearsal')
  expect((await other.get('/admin/submissions')).body).not.toContain('甲病院')
  await enter(other)
  expect((await other.get('/admin/submissions')).body).toContain('甲病院')
})

test('of two who start at once one does, and of two who end it the second is told so', async () => {
  await tanto.get('/admin/rehearsal')
  await other.get('/admin/rehearsal')
  const replies = await Promise.all([
    tanto.post('/admin/rehearsal/start'),
    other.post('/admin/rehearsal/start'),
  ])
  expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
  expect(replies.find(({ statusCode }) => statusCode === 409)!.body).toContain('先に試験を始めています')
  const ending = fieldsOf(await other.page('/admin/rehearsal'), '/admin/rehearsal/end')
  await sendWithin(tanto, '/admin/rehearsal', { to: '/admin/rehearsal/end' })
  const second = await other.post('/admin/rehearsal/end', ending)
  expect(second.headers.location).toBe('/admin/rehearsal?done=not-running')
  expect((await other.get(String(second.headers.location))).body).toContain('既に終わっています')
  const entering = await other.post('/admin/rehearsal/enter')
  expect([entering.statusCode, entering.body]).toEqual([409, expect.stringContaining('既に終わっています')])
  const actions = office.stores.audit.all().map(({ action }) => action)
  expect(actions.filter((action) => action.startsWith('rehearsal.'))).toEqual([
    'rehearsal.started',
    'rehearsal.ended',
  ])
})

test('a page of one that was ended since does not end the next one', async () => {
  await startAndEnter(tanto)
  const shown = fieldsOf(await other.page('/admin/rehearsal'), '/admin/rehearsal/end')
  await sendWithin(tanto, '/admin/rehearsal', { to: '/admin/rehearsal/end' })
  office.setNow('2024-03-07T14:10:00Z')
  await startAndEnter(tanto)
  const reply = await other.post('/admin/rehearsal/end', shown)
  expect([reply.statusCode, reply.body]).toEqual([
    409,
    expect.stringContaining('新しい試験は終わっていません'),
  ])
  expect(office.rehearsal.begun()).toMatchObject({ actor: 'tanto' })
})

test('the copy begins with what stood in the survey then, and learns of nothing later', async () => {
  await startAndEnter(tanto)
  const by = { actor: 'test', at: office.now(), reason: '試験' }
  office.stores.settings.change({ contactSection: '新しい係' }, by)
  expect((await tanto.get('/')).body).not.toContain('新しい係')
  expect((await office.app.inject('/')).body).toContain('新しい係')
})

test('after the opening there is none, and the page says why', async () => {
  office.setNow(OPENING)
  await tanto.signIn('tanto')
  const page = await tanto.get('/admin/rehearsal')
  expect(page.body).toContain('回答の受付が始まったため、試験はできません')
  expect(page.body).not.toContain('/admin/rehearsal/start')
  const started = await tanto.post('/admin/rehearsal/start')
  expect([started.statusCode, started.body]).toEqual([409, expect.stringContaining('始められません')])
  expect((await tanto.get('/admin')).body).not.toContain('試験をしてみる')
  expect(office.rehearsal.begun()).toBeNull()
})

test('the first page tells of it until the opening', async () => {
  expect((await tanto.get('/admin')).body).toContain('試験をしてみる')
  await sendWithin(tanto, '/admin/rehearsal', { to: '/admin/rehearsal/start' })
  expect((await tanto.get('/admin')).body).toContain('試験中です')
  await sendWithin(tanto, '/admin/rehearsal', { to: '/admin/rehearsal/end' })
  expect((await tanto.get('/admin')).body).toContain('最後の試験は')
})

test('a survey whose dates are not set yet can be rehearsed as well', async () => {
  await office.restock({ fresh: true, hospitals: SELECTION.hospitals!, policy: SELECTION.policy! })
  await startAndEnter(tanto)
  await answerWithin(tanto, KO)
  expect((await tanto.get('/admin/submissions')).body).toContain('甲病院')
  expect((await office.app.inject('/survey')).body).toContain('準備中')
})

test('it is over also where the record cannot be written just then, which is made up for', async () => {
  await startAndEnter(tanto)
  const other = new Database(office.databasePath)
  other.exec('BEGIN IMMEDIATE')
  const ended = await sendWithin(tanto, '/admin/rehearsal', { to: '/admin/rehearsal/end' })
  expect(ended.headers.location).toBe('/admin/rehearsal?done=ended')
  expect(office.failures).toHaveLength(1)
  other.exec('ROLLBACK')
  other.close()
  expect((await tanto.get('/admin/rehearsal')).body).toContain('試験を始める')
  await startAndEnter(tanto)
  const acts = office.stores.audit.all().filter(({ action }) => action.startsWith('rehearsal.'))
  expect(acts.map(({ action, detail }) => [action, detail])).toEqual([
    ['rehearsal.started', {}],
    ['rehearsal.ended', { why: 'stopped' }],
    ['rehearsal.started', {}],
  ])
})

test('where no copy can be made the page says so, and nothing has happened', async () => {
  const before = rowsOf(office.database)
  const { $client } = office.database.db as unknown as { $client: { serialize: () => Buffer } }
  $client.serialize = () => {
    throw new RangeError('Array buffer allocation failed')
  }
  await tanto.get('/admin/rehearsal')
  const reply = await tanto.post('/admin/rehearsal/start')
  expect(reply.statusCode).toBe(503)
  expect(reply.body).toContain('調査の写しを作成できなかった')
  expect(rowsOf(office.database)).toEqual(before)
  expect(office.failures).toHaveLength(1)
  Reflect.deleteProperty($client, 'serialize')
  await startAndEnter(tanto)
})
