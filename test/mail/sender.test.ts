import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { immediately } from '../../src/db/open.ts'
import { enqueue } from '../../src/db/outbox.ts'
import { type MailLog, sendDue, sendVia, startMailSender } from '../../src/mail/sender.ts'
import { databaseForEach, minutesAfter, NOON, startDatabase } from '../support/database.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'

const FROM = 'kakuho@pref.example.jp'
const TO = 'hanako@hospital.example.jp'

const database = databaseForEach()
let server: MailServer
let logged: string[]
let now: Date

beforeEach(async () => {
  server = await startMailServer()
  logged = []
  now = NOON
})
afterEach(() => server.close())

function options(url = server.url) {
  const line = (facts: object, message: string) => void logged.push(JSON.stringify({ ...facts, message }))
  const log: MailLog = { info: line, warn: line, error: line }
  return { outbox: database.stores.outbox, mail: { smtpUrl: url, from: FROM }, now: () => now, log }
}

function put(mail: Partial<{ recipient: string; subject: string; body: string }> = {}) {
  const whole = { recipient: TO, subject: '受付のお知らせ', body: '本文', ...mail }
  immediately(database.db, (tx) => enqueue(tx, whole, NOON))
}

const round = (url?: string) => sendDue(options(url), sendVia(options(url)))
const waiting = () => database.stores.outbox.due(minutesAfter(now, 100_000), 10)

test('what is due arrives, in order, in Japanese, and once', async () => {
  const subject = '【鹿児島県】回答を受け付けました（受付番号R-0001）髙﨑'
  const body = '試験病院　御担当者様\n\n受付番号：R-0001\n.\n「〜」①㈱ 𠮷'
  put({ subject, body })
  put({ subject: '二通目' })
  await round()
  await round()
  expect(server.received.map(({ headers }) => headers.get('subject'))).toEqual([subject, '二通目'])
  const [first] = server.received
  expect(first).toMatchObject({ from: FROM, recipients: [TO] })
  expect(first!.body.replaceAll('\r\n', '\n').trimEnd()).toBe(body)
  expect(Object.fromEntries(first!.headers)).toMatchObject({
    from: FROM,
    to: TO,
    'auto-submitted': 'auto-generated',
    'message-id': `<${NOON.getTime()}.1@pref.example.jp>`,
    date: 'Mon, 11 Mar 2024 03:00:00 +0000',
    'content-type': 'text/plain; charset=utf-8',
  })
  expect(waiting()).toEqual([])
})

test.each([
  ['connecting', { connect: 421 }],
  ['the recipient, for now', { rcpt: 451 }],
  ['the mail, for now', { data: 452 }],
  ['the sender, which is ours to mend', { from: 550 }],
])('a mail server that refuses %s gets the mail again later, the same', async (_name, refuse) => {
  put()
  Object.assign(server.refuse, refuse)
  await round()
  await round()
  expect(waiting()).toMatchObject([{ attempts: 1, nextAttemptAt: minutesAfter(NOON, 1) }])
  for (const key of Object.keys(refuse)) delete server.refuse[key as keyof typeof refuse]
  now = minutesAfter(NOON, 1)
  await round()
  expect(server.received).toHaveLength(1)
  expect(server.received[0]!.headers.get('message-id')).toBe(`<${NOON.getTime()}.1@pref.example.jp>`)
  expect(waiting()).toEqual([])
})

test.each([
  ['the recipient', { rcpt: 550 }],
  ['the mail', { data: 554 }],
])('%s refused for good is given up at once, and the next mail is sent', async (_name, refuse) => {
  put()
  Object.assign(server.refuse, refuse)
  await round()
  expect(database.stores.outbox.givenUp()).toMatchObject([
    { id: 1, attempts: 1, failedAt: NOON, lastError: expect.stringContaining('refused') },
  ])
  for (const key of Object.keys(refuse)) delete server.refuse[key as keyof typeof refuse]
  put({ subject: '二通目' })
  await round()
  expect(server.received.map(({ headers }) => headers.get('subject'))).toEqual(['二通目'])
})

test('one refused recipient does not hold up the others', async () => {
  put({ recipient: 'nobody@hospital.example.jp' })
  put()
  server.refuse.rcpt = 550
  await round()
  expect(database.stores.outbox.givenUp()).toHaveLength(2)
})

test('recipients who cannot be reached now, whoever named them, keep no other mail waiting', async () => {
  for (let count = 0; count < 5; count += 1) put({ recipient: `${count}@slow.example.com` })
  put()
  Object.assign(server.refuse, { rcpt: 451, only: '@slow.example.com' })
  await round()
  expect(server.received).toMatchObject([{ recipients: [TO] }])
  expect(waiting().map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1])
})

test('a mail server that takes no recipient is not asked for all of them in one round', async () => {
  for (let count = 0; count < 30; count += 1) put()
  server.refuse.rcpt = 451
  await round()
  expect(logged).toHaveLength(20)
})

test('a mail server that is down is asked once a round, and every mail keeps', async () => {
  const { url } = server
  await server.close()
  put()
  put()
  await round(url)
  expect(waiting().map(({ attempts }) => attempts)).toEqual([0, 1])
  expect(database.stores.outbox.givenUp()).toEqual([])
})

test('two senders at once send every mail once', async () => {
  for (let count = 0; count < 6; count++) put({ subject: `第${count}通` })
  await Promise.all([round(), round()])
  const subjects = server.received.map(({ headers }) => headers.get('subject'))
  expect(subjects.toSorted()).toEqual(['第0通', '第1通', '第2通', '第3通', '第4通', '第5通'])
})

test('no address and no word of the mail server gets into the log', async () => {
  put({ subject: '二通目' })
  server.refuse.rcpt = 451
  await round()
  server.refuse.rcpt = 550
  now = minutesAfter(NOON, 1)
  await round()
  delete server.refuse.rcpt
  put()
  await round()
  expect(logged).toHaveLength(3)
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([
    { mail: 1, attempt: 1, responseCode: 451, outcome: 'will-retry', message: 'mail not sent' },
    { mail: 1, attempt: 2, responseCode: 550, outcome: 'given-up', message: 'mail not sent' },
    { mail: 2, attempt: 1, message: 'mail sent' },
  ])
  expect(logged.join('')).not.toMatch(/hospital\.example|refused|二通目/)
})

test('a subject adds neither a header nor a recipient nor a body', async () => {
  put({ subject: '件名\r\nBcc: evil@example.com\r\n\r\n偽の本文' })
  await round()
  expect(server.received).toMatchObject([{ recipients: [TO], body: expect.stringMatching(/^本文\s*$/) }])
  const { headers } = server.received[0]!
  expect(headers.has('bcc')).toBe(false)
  expect(headers.get('subject')).toMatch(/^件名 Bcc: evil@example.com/)
})

test.each([
  ['.ab@docomo.example.jp', '".ab"@docomo.example.jp'],
  ['ab.@docomo.example.jp', '"ab."@docomo.example.jp'],
  ['a/b=c@docomo.example.jp', 'a/b=c@docomo.example.jp'],
])(
  'an address that a carrier gave out is told the mail server so that it takes it: %s',
  async (recipient, told) => {
    put({ recipient })
    await round()
    const [mail] = server.received
    expect(mail!.recipients).toEqual([told])
    expect(mail!.headers.get('to')!.replace(/^<|>$/g, '')).toBe(told)
  },
)

test.each([
  `${TO}\r\nRCPT TO:<evil@example.com>`,
  `${TO}, evil@example.com`,
  `evil@example.com <${TO}>`,
  `"evil@example.com" ${TO}`,
  'nobody',
  '',
])('%j is no recipient: given up, and sent to nobody', async (recipient) => {
  put({ recipient })
  await round()
  expect(server.received).toEqual([])
  expect(database.stores.outbox.givenUp()).toMatchObject([{ attempts: 1 }])
})

test('a database that is gone is logged, never thrown', async () => {
  put()
  const gone = startDatabase()
  gone.close()
  await sendDue({ ...options(), outbox: gone.stores.outbox }, sendVia(options()))
  expect(logged.map((line) => JSON.parse(line).message)).toEqual(['the outbox could not be used'])
})

test('closing waits for the mail that is being sent, and begins no other', async () => {
  put()
  put({ subject: '二通目' })
  const release = server.hold()
  const connected = server.nextConnection()
  const sender = startMailSender(options())
  await connected
  const closed = sender.close()
  release()
  await closed
  expect(server.received).toHaveLength(1)
  expect(waiting()).toMatchObject([{ subject: '二通目', attempts: 0 }])
})

test('a mail that was sent is not sent again, though that it was could not be noted at once', async () => {
  put()
  const outbox = database.stores.outbox
  let faults = 2
  const markSent: typeof outbox.markSent = (...noted) => {
    faults -= 1
    if (faults >= 0) throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
    outbox.markSent(...noted)
  }
  // The pause between two notes is the program's own.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const send = vi.fn(async () => {})
  const sending = sendDue({ ...options(), outbox: { ...outbox, markSent } }, send)
  await vi.runAllTimersAsync()
  await sending
  vi.useRealTimers()
  expect(send).toHaveBeenCalledTimes(1)
  expect(waiting()).toEqual([])
})

test('a mail server whose certificate nobody vouches for is handed no mail', async () => {
  const stranger = await startMailServer({ tls: true })
  put()
  await round(stranger.url)
  expect(stranger.received).toEqual([])
  expect(waiting()).toHaveLength(1)
  expect(logged.join()).toContain('will-retry')
  await stranger.close()
})

test('?requireTLS=true: where the mail server offers no TLS, the mail waits and is not sent in the clear', async () => {
  put()
  await round(`${server.url}/?requireTLS=true`)
  expect(server.received).toEqual([])
  expect(waiting()).toHaveLength(1)
})
