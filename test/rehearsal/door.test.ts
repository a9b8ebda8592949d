import { describe, expect, test } from 'vitest'
import { sealDraft } from '../../src/survey/answer/draft-link.ts'
import { aForm } from '../support/builders.ts'
import { KO, SELECTION } from '../support/decisions.ts'
import { fieldsOf } from '../support/forms.ts'
import { formPost, htmlOf, textOf } from '../support/html.ts'
import { invitationPath, invite } from '../support/invitations.ts'
import { officeWith } from '../support/office.ts'
import { addOfficer, officersBrowser, PASSWORD } from '../support/officer.ts'
import {
  answerWithin,
  BEFORE_OPENING,
  enter,
  OPENING,
  rowsButForRehearsals,
  sendWithin,
  startAndEnter,
} from '../support/rehearsal.ts'
import { ask } from '../support/sockets.ts'
import { saveSubmission } from '../support/submissions.ts'

const office = officeWith({ ...SELECTION, answers: [], now: BEFORE_OPENING, onDisk: true })
const tanto = office.officer({ login: 'tanto' })
const admin = office.officer({ login: 'kanri', role: 'admin' })

/** A form of the copy with everything in it, as a browser would send it later. */
async function openForm(): Promise<[address: string, fields: Record<string, string>]> {
  const typed = aForm({ hospitalCode: KO, submissionId: '' })
  const page = htmlOf(await sendWithin(tanto, '/survey', { to: '/survey/confirm', typed }))
  const address = '/survey?rehearsal=yes'
  return [address, fieldsOf(page, address)]
}

describe('who is led in', () => {
  test('nobody but whoever was given the cookie, and hospitals are given none', async () => {
    await startAndEnter(tanto)
    for (const url of ['/', '/qa', '/survey', '/receipts', '/admin/login']) {
      const reply = await office.app.inject(url)
      expect(reply.body, url).not.toContain('（試験）')
      if (!url.startsWith('/admin')) expect(reply.headers['set-cookie'], url).toBeUndefined()
    }
    const forged = await office.app.inject({ url: '/', headers: { cookie: 'kakuho-rehearsal=guessed' } })
    expect(forged.body).not.toContain('（試験）')
    expect(forged.headers['set-cookie']).toContain('Max-Age=0')
  })

  test('a reader may not open the page, and the cookie is of this host alone where there is https', async () => {
    const reader = officersBrowser(office)
    await addOfficer(office, { login: 'etsuran', role: 'viewer' })
    await reader.signIn('etsuran')
    expect((await reader.get('/admin/rehearsal')).statusCode).toBe(403)
    await startAndEnter(tanto)
    const entering = await sendWithin(admin, '/admin/rehearsal', { to: '/admin/rehearsal/enter' })
    expect(String(entering.headers['set-cookie'])).toMatch(
      /kakuho-rehearsal=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax/,
    )
  })

  test('nobody once a hospital has answered, though the opening is moved: its くじ番号 would be in the copy', async () => {
    office.setNow(OPENING)
    saveSubmission(office.stores, { hospital: KO, at: OPENING })
    for (const opensAt of ['', '2024-03-10']) {
      const refusals = office.stores.settings.change({ opensAt }, { actor: 'x', at: office.now() })
      expect(refusals).toEqual([])
      const officer = officersBrowser(office)
      await officer.signIn('tanto')
      const page = textOf(htmlOf(await officer.get('/admin/rehearsal')), 'main')
      expect(page).toContain('既に病院からの回答があるため、試験はできません')
      const reply = await officer.post('/admin/rehearsal/start', {})
      expect([reply.statusCode, textOf(htmlOf(reply), 'main')]).toEqual([
        409,
        expect.stringContaining('試験は始められません'),
      ])
    }
  })

  test('a word of an address that stands for nothing says nothing', async () => {
    for (const within of [false, true]) {
      if (within) await startAndEnter(tanto)
      for (const done of ['constructor', '__proto__', 'toString']) {
        const page = await tanto.get(`/admin/rehearsal?done=${done}`)
        expect([page.statusCode, page.body], done).toEqual([
          200,
          expect.not.stringMatching(/native code|\[object/),
        ])
      }
    }
  })

  test('within, an officer is who they are, with what they may do', async () => {
    await startAndEnter(tanto)
    const page = htmlOf(await tanto.get('/admin'))
    expect(textOf(page, '.admin-header__officer')).toContain('試験 tanto')
    expect((await tanto.get('/admin/users')).statusCode).toBe(403)
    await enter(admin)
    expect((await admin.get('/admin/users')).statusCode).toBe(200)
  })

  test('who loses the right in the survey is out at once', async () => {
    await startAndEnter(tanto)
    expect((await tanto.get('/admin')).statusCode).toBe(200)
    office.stores.staff.disable('tanto', null, { actor: 'kanri', at: office.now() })
    const reply = await tanto.get('/admin')
    expect([reply.statusCode, reply.body]).toEqual([410, expect.stringContaining('調査の試験は終わりました')])
    expect((await tanto.get('/admin')).headers.location).toContain('/admin/login')
  })

  test('whoever logs out within has logged out of the survey', async () => {
    await startAndEnter(tanto)
    const out = await sendWithin(tanto, '/admin', { to: '/admin/logout' })
    expect(out.headers.location).toBe('/admin/login')
    expect((await tanto.get('/admin')).headers.location).toContain('/admin/login')
    expect(office.stores.audit.latest(1)[0]).toMatchObject({ action: 'logout', actor: 'tanto' })
  })

  test('a form of another site neither leaves nor logs out', async () => {
    await startAndEnter(tanto)
    for (const url of ['/rehearsal/leave', '/admin/logout?rehearsal=yes']) {
      const cookie = [...tanto.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { cookie, 'sec-fetch-site': 'cross-site' }
      const reply = await office.app.inject(formPost(url, {}, headers))
      expect([url, reply.statusCode]).toEqual([url, 403])
    }
    expect((await tanto.get('/admin')).body).toContain('（試験）')
  })
})

describe('the link for the hospitals’ side', () => {
  async function newLink(): Promise<string> {
    // The survey's own page: in a browser that has not entered.
    const page = htmlOf(await admin.get('/admin/rehearsal'))
    const link = [...page.querySelectorAll('a')].find((each) =>
      each.getAttribute('href')!.includes('/rehearsal/'),
    )
    return new URL(link!.getAttribute('href')!).pathname
  }

  test('is good once, for a browser that is nobody on the officers’ side', async () => {
    await startAndEnter(tanto)
    const link = await newLink()
    const phone = officersBrowser(office)
    expect((await phone.get(link)).headers.location).toBe('/')
    expect((await phone.get('/')).body).toContain('（試験）')
    expect((await phone.get('/admin')).headers.location).toContain('/admin/login')
    const again = await office.app.inject(link)
    expect([again.statusCode, again.body]).toEqual([404, expect.stringContaining('このリンクは使えません')])
    expect(again.headers['set-cookie']).toBeUndefined()
    expect((await phone.post('/rehearsal/leave?rehearsal=yes')).headers.location).toBe('/')
  })

  test('is good for ten minutes, and leaves an officer in the same browser one', async () => {
    await startAndEnter(tanto)
    const [first, second] = [await newLink(), await newLink()]
    await tanto.get(first)
    expect((await tanto.get('/admin')).statusCode).toBe(200)
    office.setNow('2024-03-07T14:11:00Z')
    expect((await office.app.inject(second)).statusCode).toBe(404)
  })
})

describe('what is sent on the wrong side', () => {
  test('a form of the copy is not stored in the survey: left, ended, or long after the opening', async () => {
    await startAndEnter(tanto)
    const [address, fields] = await openForm()
    const before = rowsButForRehearsals(office.database)
    await tanto.post('/rehearsal/leave?rehearsal=yes')
    const send = () => tanto.post(address, fields)
    const left = await send()
    expect([left.statusCode, left.body]).toEqual([409, expect.stringContaining('保存していません')])
    office.setNow('2024-03-12T00:00:00Z')
    expect((await send()).statusCode).toBe(409)
    expect(office.stores.submissions.all()).toEqual([])
    expect(rowsButForRehearsals(office.database)).toEqual(before)
  })

  test('the opening ends it while a form is open, and the sender is told', async () => {
    await startAndEnter(tanto)
    const [address, fields] = await openForm()
    office.setNow(OPENING)
    const sent = await tanto.post(address, fields)
    expect([sent.statusCode, sent.body]).toEqual([
      409,
      expect.stringContaining('実際の調査には記録していません'),
    ])
    expect(sent.body).not.toContain('（試験）')
    expect(office.stores.submissions.all()).toEqual([])
    expect(office.stores.audit.latest(1)[0]).toMatchObject({
      ...{ action: 'rehearsal.ended', actor: 'system', detail: { why: 'opened' } },
    })
    expect((await tanto.get('/admin/rehearsal')).body).toContain('自動で終わりました')
  })

  test('so does the opening by the settings, for whoever looks at a page', async () => {
    await startAndEnter(tanto)
    const by = { actor: 'kanri', at: office.now() }
    expect(office.stores.settings.change({ opensAt: '2024-03-07 20:00' }, by)).toEqual([])
    const page = await tanto.get('/survey')
    expect([page.statusCode, page.body]).toEqual([410, expect.stringContaining('調査の試験は終わりました')])
    expect(htmlOf(page).querySelector('main a')!.getAttribute('href')).toBe('/survey')
    expect((await tanto.get('/survey')).statusCode).toBe(200)
  })

  test('an officer’s form of the copy is not offered to be sent again in the survey', async () => {
    await startAndEnter(admin)
    const reply = await admin.get('/admin/settings')
    const fields = fieldsOf(htmlOf(reply), '/admin/settings?rehearsal=yes')
    await admin.post('/rehearsal/leave?rehearsal=yes')
    await admin.get('/admin/settings')
    const sent = await admin.post('/admin/settings?rehearsal=yes', { ...fields, contactSection: '試しの係' })
    expect([sent.statusCode, sent.body]).toEqual([409, expect.stringContaining('保存していません')])
    expect(sent.body).not.toContain('試しの係')
    expect(office.stores.settings.read().contactSection).toBe('医務係')
  })

  test('a form of the survey is not stored in the copy', async () => {
    const fields = fieldsOf(htmlOf(await admin.get('/admin/settings')), '/admin/settings')
    await startAndEnter(admin)
    const sent = await admin.post('/admin/settings', { ...fields, contactSection: '試しの係' })
    expect([sent.statusCode, sent.body]).toEqual([
      409,
      expect.stringContaining('実際の調査のページから送信された内容は、保存していません'),
    ])
    expect((await admin.get('/')).body).not.toContain('試しの係')
  })
})

describe('keys of its own', () => {
  test('a draft and a hospital’s link of the copy open nothing in the survey, nor the other way', async () => {
    invite(office, KO)
    const real = invitationPath(office, KO)
    await startAndEnter(tanto)
    expect((await office.app.inject(real)).statusCode).toBe(200)
    expect((await tanto.get(real)).statusCode).toBe(404)

    const list = await tanto.get('/admin/invitations')
    const token = await linkWithin(list.body)
    expect((await tanto.get(token)).statusCode).toBe(200)
    expect((await office.app.inject(token)).statusCode).toBe(404)

    const typed = aForm({ hospitalCode: KO, remarks: '試しの備考' })
    const kept = await tanto.post('/survey/link?rehearsal=yes', typed)
    const [draft] = /\/survey\/resume\?d=[\w.~-]+/.exec(kept.body)!
    const expiresAt = new Date('2024-03-18T15:00:00Z')
    const own = `/survey/resume?d=${sealDraft(typed, { secret: office.secret, expiresAt })}`
    expect((await tanto.get(draft)).body).toContain('試しの備考')
    expect((await tanto.get(own)).body).not.toContain('試しの備考')
    office.setNow('2024-03-12T00:00:00Z')
    expect((await office.app.inject(own)).body).toContain('試しの備考')
    expect((await office.app.inject(draft)).body).not.toContain('試しの備考')
  })

  async function linkWithin(list: string): Promise<string> {
    const page = await tanto.get(`/admin/invitations/${KO}`)
    const found = /\/i\/1-[0-9a-z]{16}/.exec(page.body) ?? /\/i\/1-[0-9a-z]{16}/.exec(list)
    if (!found) throw new Error('no link on the pages')
    return found[0]
  }

  test('the password of the survey is that of the copy, for whoever came by a link', async () => {
    await startAndEnter(tanto)
    const link = /\/rehearsal\/([\w-]{43})/.exec((await admin.get('/admin/rehearsal')).body)![0]
    const phone = officersBrowser(office)
    await phone.get(link)
    const login = { typed: { login: 'tanto', password: PASSWORD } }
    const reply = await sendWithin(phone, '/admin/login', login)
    expect(reply.headers.location).toBe('/admin')
    expect(office.stores.audit.latest(1)[0]!.action).toBe('rehearsal.started')
  })
})

test('the next survey is not made of a trial', async () => {
  await startAndEnter(admin)
  for (const url of [
    '/admin/next-edition.db',
    '/admin/next%2Dedition.db',
    '/%61dmin/next-edition.db?x',
    '/admin/next-edition.db#x',
  ]) {
    const reply = await admin.get(url)
    expect([reply.statusCode, reply.body], url).toEqual([409, expect.stringContaining('試験ではできません')])
  }
  // As a proxy asks, and a browser that is told to use one.
  const address = await office.app.listen({ host: '127.0.0.1', port: 0 })
  const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  for (const url of ['http://a/admin/next-edition.db', 'HTTPS://a:1/admin/next%2Dedition.db']) {
    const head = `GET ${url} HTTP/1.1\r\nHost: a\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`
    expect((await ask(address, head)).status, url).toBe(409)
  }
})

test('a start of the program ends what another had begun, on the record, and nobody is within any more', async () => {
  await startAndEnter(tanto)
  const [address, fields] = await openForm()
  await answerWithin(tanto, KO)
  // As if it had been killed: nothing says that it ended.
  Reflect.set(office.rehearsal, 'close', async () => {})
  await office.restart('2024-03-07T14:30:00Z')
  expect(office.stores.audit.latest(1)[0]).toMatchObject({
    ...{ action: 'rehearsal.ended', actor: 'system', detail: { why: 'stopped' } },
  })
  expect((await tanto.post(address, fields)).statusCode).toBe(409)
  expect(office.stores.submissions.all()).toEqual([])
  await tanto.signIn('tanto')
  expect((await tanto.get('/admin/rehearsal')).body).toContain('システムが停止したため')
})
