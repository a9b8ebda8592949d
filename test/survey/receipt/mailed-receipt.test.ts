import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../../src/config.ts'
import { sendDue, sendVia } from '../../../src/mail/sender.ts'
import { serve } from '../../../src/serve.ts'
import { aForm } from '../../support/builders.ts'
import { startCommands } from '../../support/command.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'
import { writtenBy } from '../../support/mails.ts'
import { receiptOf } from '../../support/receipts.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { type SurveySite, startSurvey } from '../../support/survey.ts'

const FROM = 'kakuho@pref.example.jp'
const PUBLIC_URL = 'https://kakuho.pref.example.jp'
const START = '2024-03-11T01:00:00Z'

const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

let server: MailServer
beforeEach(async () => {
  server = await startMailServer()
})
afterEach(() => server.close())

const environment = (url = server.url) => ({ SMTP_URL: url, MAIL_FROM: FROM, PUBLIC_URL })

describe('with a mail server', () => {
  let site: SurveySite
  beforeEach(async () => {
    site = await startSurvey({ environment: environment() })
  })
  afterEach(() => site.close())

  /** What the program's sender does every few seconds. */
  const deliver = (at = START) => {
    const sending = { outbox: site.stores.outbox, now: () => new Date(at), log: SILENT }
    const written = writtenBy({ ...site, publicUrl: PUBLIC_URL })
    return sendDue(sending, sendVia({ ...sending, written, mail: { smtpUrl: server.url, from: FROM } }))
  }
  const subjects = () => server.received.map(({ headers }) => headers.get('subject'))

  test('answer, correction and withdrawal are each mailed once, with the link to the receipt', async () => {
    const sent = aForm()
    const { location } = (await site.post('/survey', sent)).headers
    await site.post('/survey', sent)
    await deliver()
    const edit = { ...sent, intent: 'backup', version: '1' }
    await site.post(`${location}/edit`, edit)
    await site.post(`${location}/edit`, edit)
    await deliver()
    await site.post(`${location}/withdraw`)
    await site.post(`${location}/withdraw`)
    await deliver()
    expect(subjects()).toEqual([
      '【鹿児島県】回答を受け付けました（受付番号R-0001）',
      '【鹿児島県】回答の訂正を受け付けました（受付番号R-0001）',
      '【鹿児島県】回答の取下げを受け付けました（受付番号R-0001）',
    ])
    for (const { from, recipients, body } of server.received) {
      expect([from, recipients]).toEqual([FROM, ['hanako@hospital.example.jp']])
      expect(body).toContain(`${PUBLIC_URL}${location}`)
    }
  })

  test('nothing is mailed of what was refused or changed nothing', async () => {
    await site.send({ email: '' })
    await site.confirm()
    saveSubmission(site.stores)
    await site.post(`${receiptOf(1)}/edit`, { ...aForm({ department: '総務課' }), version: '1' })
    await site.post(`${receiptOf(1)}/confirm`, aForm({ intent: 'none' }))
    await deliver()
    expect(subjects()).toEqual([])
  })

  test('the receipt says where the copy goes', async () => {
    const { location } = (await site.send()).headers
    const page = htmlOf(await site.get(location!))
    expect(textOf(page, '.receipt')).toContain('受付のお知らせをhanako@hospital.example.jpにお送りします')
  })

  test('a mail server that is down holds up no answer, and the mail comes once it is back', async () => {
    await server.close()
    const reply = await site.send()
    expect(reply.statusCode).toBe(303)
    await deliver()
    expect((await site.get(reply.headers.location!)).statusCode).toBe(200)
    server = await startMailServer()
    await deliver('2024-03-11T01:00:30Z')
    expect(subjects()).toEqual([])
    await deliver('2024-03-11T01:02:00Z')
    expect(subjects()).toEqual(['【鹿児島県】回答を受け付けました（受付番号R-0001）'])
  })
})

test('without a mail server everything works by page, and no mail is spoken of', async () => {
  const site = await startSurvey()
  const { location } = (await site.send()).headers
  expect(textOf(htmlOf(await site.get(location!)), 'main')).not.toContain('お送りします')
  expect(site.stores.outbox.due(new Date('2030-01-01'), 10)).toEqual([])
  await site.close()
})

test('the running program answers before the mail is taken, and mails it beside the requests', async () => {
  const commands = startCommands({ now: START })
  expect((await commands.run(['demo'])).code).toBe(0)
  const code = commands.stored((stores) => stores.hospitals.all()[0]!.key)
  const release = server.hold()
  const arrived = server.nextMail()
  const config = readConfig({
    DATABASE_PATH: commands.databasePath,
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...environment(),
  })
  const running = await serve(config, () => new Date(START))
  const reply = await fetch(`${running.publicAddress}/survey`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(aForm({ hospitalCode: code })),
  })
  expect(reply.status).toBe(303)
  const receipt = await fetch(`${running.publicAddress}${reply.headers.get('location')}`)
  expect(await receipt.text()).toContain('お送りします')
  expect(server.received).toEqual([])
  release()
  await arrived
  expect(server.received.map(({ recipients }) => recipients)).toEqual([['hanako@hospital.example.jp']])
  await running.close()
  commands.remove()
})
