import { beforeEach, describe, expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { fieldsOf } from '../../support/forms.ts'
import { formPost, htmlOf, textOf } from '../../support/html.ts'
import { BROWSER, invitationOf, invitationPath, invite } from '../../support/invitations.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { rowsOf, startSurvey, surveyWith } from '../../support/survey.ts'

const HERE = '4619900011'
const THERE = '4619900029'

const site = surveyWith()
beforeEach(() => invite(site, HERE))

const by = { actor: 'tanto', at: new Date('2024-03-11T00:00:00Z'), reason: '誤送付のため' }
const open = (headers: Record<string, string> = {}, url = invitationPath(site, HERE)) =>
  site.app.inject({ url, headers })
const post = (step: string, fields: Record<string, string>) =>
  site.app.inject(formPost(`${invitationPath(site, HERE)}${step}`, fields))
/** What is typed behind a link; the hospital is the link's, whatever is sent. */
const typed = (overrides: Record<string, string> = {}) => aForm({ hospitalCode: THERE, ...overrides })

describe('a link', () => {
  test('opens the form with its hospital, and no other to choose', async () => {
    const page = htmlOf(await open())
    expect(textOf(page, 'h1')).toBe('回答の入力')
    expect(textOf(page, '.fixed-hospital')).toContain('試験病院')
    expect(page.querySelector('select[name="hospitalCode"]')).toBeNull()
    expect(page.querySelector('form')!.getAttribute('action')).toBe(`${invitationPath(site, HERE)}/confirm`)
  })

  test('leads through 確認 to a receipt, and the answer is 照合済', async () => {
    const confirm = htmlOf(await post('/confirm', typed()))
    expect(Object.values(rowsOf(confirm)).join()).toContain('試験病院')
    const sent = await post('', fieldsOf(confirm))
    expect(sent.statusCode).toBe(303)
    expect(sent.headers.location).toMatch(/^\/receipts\/R-0001\//)
    expect(site.stores.submissions.byNumber('R-0001')).toMatchObject({
      hospitalCode: HERE,
      state: 'current',
      isMatched: true,
    })
    const again = await post('', fieldsOf(confirm))
    expect(again.headers.location).toBe(sent.headers.location)
    expect(site.stores.submissions.all()).toHaveLength(1)
  })

  test('asks again for what is wrong, with what was typed', async () => {
    const reply = await post('/confirm', typed({ email: 'x', contactName: '担当 太郎' }))
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(textOf(page, '.error-summary')).toContain('メールアドレス')
    expect(page.querySelector('#contactName')!.getAttribute('value')).toBe('担当 太郎')
  })

  test('can be gone on with on another machine, still the hospital’s', async () => {
    const made = htmlOf(await post('/link', typed({ remarks: '続き' })))
    const { pathname, search } = new URL(textOf(made, '#draft-link'))
    expect(pathname).toBe(`${invitationPath(site, HERE)}/resume`)
    const resumed = htmlOf(await open({}, pathname + search))
    expect(textOf(resumed, '#remarks')).toBe('続き')
    expect(textOf(resumed, '.fixed-hospital')).toContain('試験病院')
    expect(textOf(htmlOf(await open({}, `${pathname}?d=x`)), 'h1')).toBe('このリンクは開けません')
  })

  test('prints the sheet for the seals, which leads back behind the link', async () => {
    const page = htmlOf(await post('/print', typed()))
    expect(page.querySelector('form')!.getAttribute('action')).toBe(`${invitationPath(site, HERE)}/confirm`)
    expect(page.querySelector('[formaction]')!.getAttribute('formaction')).toBe(
      `${invitationPath(site, HERE)}/link`,
    )
  })

  test('says that an answer was received, and that another one will be looked at', async () => {
    saveSubmission(site.stores, { hospital: HERE })
    const banner = textOf(htmlOf(await open()), '.banner')
    expect(banner).toContain('既に回答を受け付けています')
    expect(banner).toContain('お心当たりのない場合')
    const sent = await post('', typed())
    expect(sent.statusCode).toBe(303)
    expect(site.stores.submissions.byNumber('R-0002')).toMatchObject({ state: 'duplicate', isMatched: true })
  })

  test.each(['form', 'confirm', 'print', 'link'])('%s asked for by GET leads to the form', async (step) => {
    const reply = await open({}, `${invitationPath(site, HERE)}/${step}`)
    expect([reply.statusCode, reply.headers.location]).toEqual([303, invitationPath(site, HERE)])
  })

  test('typed in capitals, or with a full stop behind it, is the same', async () => {
    const path = invitationPath(site, HERE)
    const capitals = `/i/${path.slice(3).toUpperCase()}`
    expect((await open({}, capitals)).statusCode).toBe(200)
    const tidied = await open({}, `${path}。`)
    expect([tidied.statusCode, tidied.headers.location]).toEqual([302, path])
  })

  test('stays out of lists, and of the log', async () => {
    expect((await open()).headers['x-robots-tag']).toBe('noindex')
    expect((await open()).body).toContain('<meta name="robots" content="noindex">')
  })
})

describe('a link that is not good', () => {
  test('once revoked is gone: 410, and what was typed shows', async () => {
    const path = invitationPath(site, HERE)
    site.stores.invitations.revoke(HERE, 1, by)
    const reply = await open({}, path)
    expect(reply.statusCode).toBe(410)
    expect(textOf(htmlOf(reply), 'h1')).toBe('このリンクは、取り消されています')
    const sent = await site.app.inject(formPost(path, typed({ remarks: '失われない' })))
    expect(sent.statusCode).toBe(410)
    expect(textOf(htmlOf(sent), 'main')).toContain('失われない')
    expect(site.stores.submissions.all()).toEqual([])
  })

  test('once replaced is gone as well, and the new one opens', async () => {
    const path = invitationPath(site, HERE)
    site.stores.invitations.reissue(HERE, 1, by)
    expect((await open({}, path)).statusCode).toBe(410)
    expect(invitationPath(site, HERE)).not.toBe(path)
    expect((await open()).statusCode).toBe(200)
  })

  test.each(['1-aaaaaaaaaaaaaaaa', '2-aaaaaaaaaaaaaaaa', 'x', '1-', '999999999999-a', '0'])(
    '%s is none of this survey',
    async (token) => {
      const reply = await open({}, `/i/${token}`)
      expect(reply.statusCode).toBe(404)
      expect(textOf(htmlOf(reply), 'main')).toContain('回答フォーム')
    },
  )

  test('is none of another hospital’s: each part is bound to the other', async () => {
    invite(site, THERE)
    const [mine, other] = [invitationPath(site, HERE), invitationPath(site, THERE)]
    expect((await open({}, `/i/1-${other.split('-')[1]}`)).statusCode).toBe(404)
    expect((await open({}, `/i/2-${mine.split('-')[1]}`)).statusCode).toBe(404)
  })

  test.each([
    ['2024-03-01T00:00:00Z', '回答の受付は、まだ始まっていません'],
    ['2024-03-20T00:00:00Z', '回答の受付は終了しました'],
  ])('outside the period, at %s, it says what the form says', async (now, heading) => {
    site.setNow(now)
    expect(textOf(htmlOf(await open(BROWSER)), 'h1')).toBe(heading)
    expect((await post('', typed())).statusCode).toBe(403)
    expect(invitationOf(site, HERE).viewedAt).toBeNull()
  })

  test('what was received in time is found again after the deadline', async () => {
    const fields = typed()
    const sent = await post('', fields)
    site.setNow('2024-03-20T00:00:00Z')
    expect((await post('', fields)).headers.location).toBe(sent.headers.location)
  })
})

describe('that the form was opened', () => {
  test('is kept once, with its hour', async () => {
    await open(BROWSER)
    expect(invitationOf(site, HERE).viewedAt).toEqual(new Date('2024-03-11T01:00:00Z'))
    site.setNow('2024-03-12T01:00:00Z')
    await open(BROWSER)
    expect(invitationOf(site, HERE).viewedAt).toEqual(new Date('2024-03-11T01:00:00Z'))
    const entries = site.stores.audit.all().filter(({ action }) => action === 'invitation.viewed')
    expect(entries).toMatchObject([{ subject: HERE, detail: { counter: 1 } }])
  })

  test.each([
    ['a mail server’s look', { 'user-agent': 'Mozilla/5.0 (compatible; SafeLinks scanner)' }],
    ['a preview of a chat', { 'user-agent': 'Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5' }],
    ['a program', { 'user-agent': 'python-requests/2.31' }],
    ['one that names nothing', { 'user-agent': '' }],
    ['a browser that fetches ahead', { 'sec-purpose': 'prefetch;prerender' }],
    ['a picture’s request', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['what wants no page', { accept: '*/*' }],
  ])('is not, of %s', async (_what, headers) => {
    expect((await open({ ...BROWSER, ...headers })).statusCode).toBe(200)
    expect(invitationOf(site, HERE).viewedAt).toBeNull()
  })

  test('is not, by HEAD', async () => {
    await site.app.inject({ method: 'HEAD', url: invitationPath(site, HERE), headers: BROWSER })
    expect(invitationOf(site, HERE).viewedAt).toBeNull()
  })

  test('is, of a browser that says little of itself, as on an address without https', async () => {
    const { 'sec-fetch-mode': _, 'sec-fetch-dest': __, ...plain } = BROWSER
    await open(plain)
    expect(invitationOf(site, HERE).viewedAt).not.toBeNull()
  })

  test('is, of whoever sends a form', async () => {
    await post('/confirm', typed())
    expect(invitationOf(site, HERE).viewedAt).not.toBeNull()
  })
})

describe('who was given a link and answers first without it', () => {
  const send = (hospitalCode: string) => site.send({ hospitalCode })
  const wait = () => site.stores.settings.change({ unmatchedAnswersWait: 'yes' }, by)

  test('counts as it is, unless the setting says otherwise', async () => {
    await send(HERE)
    expect(site.stores.submissions.byNumber('R-0001')).toMatchObject({ state: 'current', isMatched: false })
  })

  test('waits where it says so, and the receipt says why', async () => {
    wait()
    const { headers } = await send(HERE)
    expect(site.stores.submissions.byNumber('R-0001')).toMatchObject({ state: 'unmatched', isMatched: false })
    const receipt = textOf(htmlOf(await site.get(headers.location as string)), 'main')
    expect(receipt).toContain('貴院からの回答であることを、県の担当者が確認します')
    expect(receipt).not.toContain('別の回答')
  })

  test('does not take the place of the hospital, which answers by its link', async () => {
    wait()
    await send(HERE)
    await post('', typed())
    const states = site.stores.submissions.all().map(({ state, isMatched }) => [state, isMatched])
    expect(states).toEqual([
      ['unmatched', false],
      ['current', true],
    ])
  })

  test('waits neither without a link nor once it is revoked', async () => {
    wait()
    await send(THERE)
    site.stores.invitations.revoke(HERE, 1, by)
    await send(HERE)
    expect(site.stores.submissions.all().map(({ state }) => state)).toEqual(['current', 'current'])
  })

  test('can be made to count, and closed; a closed one says nothing that is not so', async () => {
    wait()
    const { headers } = await send(HERE)
    expect(site.stores.submissions.close('R-0001', by)).toBe('rejected')
    const closed = textOf(htmlOf(await site.get(headers.location as string)), 'main')
    expect(closed).toContain('この回答は、有効な回答として取り扱っていません')
    expect(closed).not.toContain('別の回答')
    expect(site.stores.submissions.reopen('R-0001', by)).toBe('unmatched')
    expect(site.stores.submissions.makeCurrent('R-0001', by)).toBe('made-current')
    expect(site.stores.submissions.currentOf(HERE)?.number).toBe('R-0001')
  })
})

test('the officers’ listener knows no link', async () => {
  const admin = await startSurvey({ side: 'admin' })
  invite(admin, HERE)
  expect((await admin.app.inject({ url: invitationPath(admin, HERE) })).statusCode).toBe(404)
  await admin.close()
})
