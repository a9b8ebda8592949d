import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { sendDue, sendVia } from '../../../src/mail/sender.ts'
import { leavingMails } from '../../../src/office/mail/leaving.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, tableRows, textOf } from '../../support/html.ts'
import { invitationPath, invite } from '../../support/invitations.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'
import { Office, officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const [ICHI, NI, SAN, SHI] = ['4619900011', '4619900029', '4619900037', '4619900045'] as const
const HOSPITALS = [
  { key: ICHI, name: '一病院', email: 'ichi@hospital.example.jp' },
  { key: NI, name: '二病院', email: 'ni@hospital.example.jp', fax: '099-000-0002' },
  { key: SAN, name: '三病院', email: null },
  { key: SHI, name: '四病院', email: 'shi@hospital.example.jp' },
]
const FROM = 'kakuho@pref.example.jp'
/** Three days before the deadline: the day that is set. */
const DUE = '2024-03-15T01:00:00Z'

const office = officeWith({
  now: DUE,
  hospitals: HOSPITALS,
  environment: { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: FROM },
})
const officer = office.officer()
const other = office.officer({ login: 'other' })
const viewer = office.officer({ login: 'viewer', role: 'viewer' })

let server: MailServer
beforeEach(async () => {
  server = await startMailServer()
})
afterEach(() => server.close())

const page = async (url: string, browser = officer) => {
  const found = await browser.page(url)
  expect(htmlFlaws(found), url).toEqual([])
  return found
}

/** The form of the page as it would be sent: with every hospital that it names. */
async function sendForm(query = '', browser = officer): Promise<string> {
  const shown = await page(`/admin/reminders/send${query}`, browser)
  const { batch } = fieldsOf(shown, '/admin/reminders')
  const hospitals = [...shown.querySelectorAll('input[name="hospital"]')].map(
    (field) => field.getAttribute('value')!,
  )
  return String(new URLSearchParams([['batch', batch!], ...hospitals.map((code) => ['hospital', code])]))
}
const send = async (query = '', more = '') =>
  officer.postText('/admin/reminders', `${await sendForm(query)}${more}`)

/** What the sender of the program does with what waits. */
async function deliver(): Promise<string[]> {
  const { stores, invitationKey, publicUrl, now } = office
  const written = leavingMails(stores, { invitationKey, publicUrl, receiptMail: () => null })
  const quiet = { info: () => {}, warn: () => {}, error: () => {} }
  const options = {
    outbox: stores.outbox,
    mail: { smtpUrl: server.url, from: FROM },
    now,
    log: quiet,
    written,
  }
  await sendDue(options, sendVia(options))
  return server.received.flatMap(({ recipients }) => recipients)
}
/** A session does not last for days. */
async function later(now: string): Promise<void> {
  office.setNow(now)
  await officer.signIn()
}
const log = async () =>
  tableRows((await page('/admin/reminders/log')).querySelector('[aria-label="督促の記録"] table')).map(
    (row) => [row[1], row[2], row[6]],
  )

describe('the day that is set', () => {
  const due = async () => textOf(await page('/admin'), '#todo + .todo')

  test('is on the first page, with as many as are to be reminded', async () => {
    expect(await due()).toMatch(/4病院 *督促の時期です（回答期限の3日前）/)
    await send(`?hospital=${ICHI}`)
    expect(await due()).toMatch(/3病院 *督促の時期です/)
    saveSubmission(office.stores, { hospital: NI, at: DUE })
    expect(await due()).toMatch(/2病院 *督促の時期です/)
  })

  test('counts a call since as well, and not one before', async () => {
    const call = { way: 'phone', caller: '担当', reached: null, result: 'absent', note: null } as const
    const by = { actor: 'officer', at: office.now() }
    const at = (text: string) => ({ ...call, contactedAt: new Date(text) })
    office.stores.contacts.add(SAN, 'one', at('2024-03-14T14:00:00Z'), by)
    expect(await due()).toMatch(/4病院 *督促の時期です/)
    office.stores.contacts.add(SAN, 'two', at('2024-03-14T15:00:00Z'), by)
    expect(await due()).toMatch(/3病院 *督促の時期です/)
  })

  test.each([
    ['before it', '2024-03-14T01:00:00Z', '3'],
    ['after the deadline', '2024-03-19T01:00:00Z', '3'],
    ['where none is set', DUE, ''],
  ])('is not said %s', async (_when, now, reminderDays) => {
    await later(now)
    office.stores.settings.change({ reminderDays }, { actor: 'test', at: office.now() })
    expect(await due()).not.toContain('督促の時期')
  })

  test('is another one when the deadline was extended', async () => {
    await send()
    office.stores.settings.change(
      { closesAt: '2024-03-25', originalClosesAt: '2024-03-18' },
      { actor: 'test', at: office.now() },
    )
    expect(await due()).not.toContain('督促の時期')
    await later('2024-03-22T01:00:00Z')
    expect(await due()).toMatch(/4病院 *督促の時期です/)
  })
})

describe('a text', () => {
  test('is written for each hospital, with its own link', async () => {
    invite(office, ICHI)
    const shown = await page('/admin/reminders/preview')
    const own = `${office.publicUrl}${invitationPath(office, ICHI)}`
    expect(textOf(shown, '#text-1')).toContain('一病院 御担当者様')
    expect(textOf(shown, '#text-1')).toContain(own)
    expect(textOf(shown, '#text-1')).toContain('貴院専用')
    expect(textOf(shown, '#text-1')).toContain('令和6年3月18日（月）24時')
    expect(textOf(shown, '#text-2')).toContain(`${office.publicUrl}/survey`)
    expect(textOf(shown, '#text-2')).not.toContain('貴院専用')
    const plain = await page(`/admin/reminders/preview?hospital=${ICHI}&links=form`)
    expect(textOf(plain, '#text-1')).not.toContain(own)
    expect(plain.querySelectorAll('section textarea')).toHaveLength(1)
  })

  test('to say on the phone, and to fax with address and code', async () => {
    const phone = await page(`/admin/reminders/preview?way=phone&hospital=${NI}`)
    expect(textOf(phone, '#text-1')).toContain('電話しました')
    const fax = await page('/admin/reminders/preview?way=fax')
    expect(fax.querySelectorAll('.letter')).toHaveLength(4)
    const mine = textOf(await page(`/admin/reminders/preview?way=fax&hospital=${NI}`), '.letter')
    expect(mine).toContain('FAX 099-000-0002')
    expect(mine).toContain('二病院')
  })

  test.each(['mail', 'fax', 'phone'])('%s is the officer’s to change', async (way) => {
    const url = `/admin/reminders/texts/${way}`
    const form = fieldsOf(await page(url), url)
    const body = '{病院名}様\n\n{リンク}\n\n係より'
    expect((await officer.post(url, { ...form, subject: '{調査の名称}', body })).headers.location).toContain(
      'done=text',
    )
    expect(textOf(await page(url), 'main')).toContain('一病院様')
    expect(textOf(await page(`/admin/reminders/preview?way=${way}`), 'main')).toContain('一病院様')
    const stale = await officer.post(url, { ...form, body: `後の人{リンク}` })
    expect([stale.statusCode, textOf(htmlOf(stale), '#body')]).toEqual([409, '後の人{リンク}'])
    const wrong = await officer.post(url, { ...form, body: '{院長名}{リンク}' })
    expect([wrong.statusCode, textOf(htmlOf(wrong), '.error-summary')]).toEqual([
      422,
      expect.stringContaining('「{院長名}」は使えません'),
    ])
  })
})

describe('mails', () => {
  test('go to chosen ones, with the log of what, when, to whom, and what became of them', async () => {
    invite(office, ICHI)
    const reply = await send(`?hospital=${ICHI}&hospital=${SAN}`)
    expect(reply.headers.location).toContain('sent=1')
    expect(textOf(await page(reply.headers.location as string), '.done')).toContain('1病院への督促メール')
    expect(await log()).toEqual([['一病院', '回答期限の3日前', '送信待ち']])
    expect(await deliver()).toEqual(['ichi@hospital.example.jp'])
    expect(await log()).toEqual([['一病院', '回答期限の3日前', '送信済み']])
    const [mail] = server.received
    expect(mail!.headers.get('subject')).toContain('【回答期限 あと3日】')
    expect(mail!.body).toContain(`${office.publicUrl}${invitationPath(office, ICHI)}`)
    const parsed = parseCsv((await viewer.get('/admin/reminders/log.csv')).body)
    expect(parsed.ok && parsed.rows[1]).toEqual(
      expect.arrayContaining(['一病院', 'ichi@hospital.example.jp', '送信済み']),
    )
  })

  test('hold no link while they wait in the database', async () => {
    invite(office, ICHI)
    await send()
    const [token] = [invitationPath(office, ICHI).split('-')[1]!]
    for (const mail of office.stores.outbox.due(new Date('2024-04-01'), 10))
      expect(mail.body).not.toContain(token)
    expect(JSON.stringify(office.stores.audit.all())).not.toContain(token)
  })

  test('go once an occasion: to all three, then to nobody, unless it is asked for', async () => {
    expect((await send()).headers.location).toContain('sent=3&already=0&answered=0')
    const again = await send()
    expect(again.statusCode).toBe(409)
    expect(textOf(htmlOf(again), '.banner--error')).toContain('既に送っています')
    const asked = await send('', '&again=yes')
    expect(asked.headers.location).toContain('sent=3')
    expect((await log()).map(([, occasion]) => occasion)).toEqual([
      ...Array(3).fill('回答期限の3日前（2回目）'),
      ...Array(3).fill('回答期限の3日前'),
    ])
    expect(await deliver()).toHaveLength(6)
  })

  test('go once for two clicks, even where another one is asked for', async () => {
    const form = await sendForm()
    const [one, two] = [
      await officer.postText('/admin/reminders', form),
      await officer.postText('/admin/reminders', form),
    ]
    expect(two.headers.location).toBe(one.headers.location)
    const more = `${await sendForm()}&again=yes`
    for (let click = 0; click < 2; click += 1) await officer.postText('/admin/reminders', more)
    expect(office.stores.reminders.all()).toHaveLength(6)
  })

  test('go once for two officers who look at the same page', async () => {
    const [mine, theirs] = [await sendForm(), await sendForm('', other)]
    expect((await officer.postText('/admin/reminders', mine)).statusCode).toBe(303)
    expect((await other.postText('/admin/reminders', theirs)).statusCode).toBe(409)
    expect(office.stores.reminders.all()).toHaveLength(3)
  })

  test('are another occasion on the next day that is set', async () => {
    office.stores.settings.change({ reminderDays: '3,1' }, { actor: 'test', at: office.now() })
    await send()
    await later('2024-03-17T01:00:00Z')
    expect((await send()).headers.location).toContain('sent=3')
    expect(new Set((await log()).map(([, occasion]) => occasion))).toEqual(
      new Set(['回答期限の3日前', '回答期限の1日前']),
    )
  })

  test('leave out who has answered since the page was opened', async () => {
    const form = await sendForm()
    saveSubmission(office.stores, { hospital: ICHI, at: DUE })
    const reply = await officer.postText('/admin/reminders', form)
    expect(reply.headers.location).toContain('sent=2&already=0&answered=1')
    expect(await deliver()).toEqual(['ni@hospital.example.jp', 'shi@hospital.example.jp'])
  })

  test('leave out who has answered while the mail server was down', async () => {
    await send()
    server.refuse.connect = 421
    await deliver()
    saveSubmission(office.stores, { hospital: NI, at: DUE })
    delete server.refuse.connect
    await later('2024-03-15T06:00:00Z')
    expect((await deliver()).sort()).toEqual(['ichi@hospital.example.jp', 'shi@hospital.example.jp'])
    expect(await log()).toContainEqual(['二病院', '回答期限の3日前', '回答があったため送信せず'])
    expect(office.stores.outbox.givenUp()).toEqual([])
  })

  test('go to nobody once the deadline is past, nor with a link that was revoked', async () => {
    invite(office, ICHI)
    await send()
    office.stores.invitations.revoke(ICHI, 1, { actor: 'officer', at: office.now(), reason: '誤送付' })
    expect(await deliver()).not.toContain('ichi@hospital.example.jp')
    expect(await log()).toContainEqual(['一病院', '回答期限の3日前', 'リンクを取り消したため送信せず'])
    await send('', '&again=yes')
    await later('2024-03-19T00:00:00Z')
    const before = server.received.length
    await deliver()
    expect(server.received).toHaveLength(before)
    expect(await log()).toContainEqual(['四病院', '回答期限の3日前（2回目）', '期限を過ぎたため送信せず'])
  })

  test('that come back are said so', async () => {
    server.refuse.rcpt = 550
    await send(`?hospital=${ICHI}`)
    await deliver()
    expect(await log()).toEqual([['一病院', '回答期限の3日前', '届きませんでした']])
  })

  test('are shown before they go, with who gets none and why', async () => {
    const shown = await page('/admin/reminders/send')
    const main = textOf(shown, 'main')
    expect(main).toContain('3病院に送ります')
    expect(main).toContain('メールアドレスの登録がない1病院（三病院）')
    expect(main).toContain('一病院 御担当者様')
  })

  test('go to hospitals that are chosen, by officers, within the period', async () => {
    await page('/admin/reminders')
    expect((await officer.post('/admin/reminders', {})).statusCode).toBe(422)
    expect((await viewer.get('/admin/reminders')).statusCode).toBe(403)
    await later('2024-03-19T01:00:00Z')
    await officer.get('/admin')
    expect((await officer.post('/admin/reminders', { hospital: ICHI })).statusCode).toBe(409)
    expect(textOf(await page('/admin/reminders/send'), 'main')).toContain('受付期間ではありません')
    expect(office.stores.reminders.all()).toEqual([])
  })

  test('with links wait for the key', async () => {
    invite(office, ICHI)
    office.stores.invitations.changeKey('another', { actor: 'officer', at: office.now(), reason: '試験' })
    expect((await officer.get('/admin/reminders/send')).body).toContain('督促メールは送れません')
    expect(textOf(await page('/admin/reminders/send?links=form'), 'main')).toContain('3病院に送ります')
  })
})

test('a hospital without a usable address is called, not mailed', async () => {
  addHospitals(office.stores, { ...HOSPITALS[0]!, email: 'not an address' })
  expect(textOf(await page('/admin/reminders/send'), 'main')).toContain('2病院に送ります')
})

test('without a mail server the texts are there, and nothing can be sent', async () => {
  const plain = new Office({ now: DUE, hospitals: HOSPITALS })
  const browser = plain.officer()
  await plain.open({ hospitals: HOSPITALS })
  const list = await browser.page('/admin/reminders')
  expect(textOf(list, 'main')).toContain('メールサーバーが設定されていない')
  expect(list.querySelector('[formaction="/admin/reminders/send"]')).toBeNull()
  expect((await browser.post('/admin/reminders', { hospital: ICHI })).statusCode).toBe(409)
  expect(plain.stores.reminders.all()).toEqual([])
  await plain.close()
})
