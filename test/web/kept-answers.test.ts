import { beforeEach, describe, expect, test } from 'vitest'
import { aForm } from '../support/builders.ts'
import { damage, fillDisk, lock, makeReadOnly, moveAway } from '../support/faults.ts'
import { fieldsOf } from '../support/forms.ts'
import { htmlOf, type PagePart, textOf } from '../support/html.ts'
import { invitationPath, invite } from '../support/invitations.ts'
import { receiptOf } from '../support/receipts.ts'
import { confirmRound } from '../support/rounds.ts'
import { saveSubmission } from '../support/submissions.ts'
import { rowsOf, surveyWith } from '../support/survey.ts'

const HERE = '4619900011'
const RECEIPT = receiptOf(1)

const site = surveyWith({ onDisk: true })
beforeEach(() => {
  saveSubmission(site.stores)
  saveSubmission(site.stores, { hospital: '4619900029', remarks: '前'.repeat(400) })
  invite(site, HERE)
})

/** More than has room in a page of the database. */
const LONG = {
  remarks: '備考'.repeat(480),
  masterCorrection: '訂正'.repeat(100),
  department: '課'.repeat(90),
}

function aLateLink(): string {
  const link = { hospitalCode: HERE, expiresAt: new Date('2024-03-22T15:00:00Z'), reason: '災害対応のため' }
  return `/late/${site.stores.lateLinks.create(link, { actor: 'tanto', at: site.now() }).token}`
}

/** Where an answer is stored, with what is sent there, and what its own 確認 is called. */
const STORED_AT = {
  回答フォーム: { url: () => '/survey', fields: {}, heading: '回答内容の確認' },
  期限後受付のリンク: { url: aLateLink, fields: {}, heading: '回答内容の確認（期限後受付）' },
  回答用リンク: { url: () => invitationPath(site, HERE), fields: {}, heading: '回答内容の確認' },
  受付票の訂正: { url: () => `${RECEIPT}/edit`, fields: { version: '1' }, heading: '訂正内容の確認' },
}

/** @returns what ends it */
const FAULTS: Record<string, () => () => void> = {
  'no room on the disk': () => fillDisk(site.database),
  'read-only': () => makeReadOnly(site.database),
  'a damaged record': () => damage(site.database, 'audit_log'),
  'the file moved away': () => moveAway(site.databasePath),
}

/** What is to be pressed again is there, called so. */
function isButtonNamed(page: PagePart): boolean {
  const named = /「([^」]+)」を、もう一度押してください/.exec(textOf(page, '[role="alert"]'))?.[1]
  return [...page.querySelectorAll('main button')].some(({ textContent }) => textContent === named)
}

const stored = () => site.stores.submissions.all().length

describe.each(Object.entries(STORED_AT))('%s', (_name, { url: urlOf, fields, heading }) => {
  test.each(Object.entries(FAULTS))(
    '%s: 503, the filled 確認, and taken as soon as it can be',
    async (_fault, begin) => {
      const url = urlOf()
      const before = stored()
      const typed = { ...aForm(LONG), ...fields }
      const wanted = url === `${RECEIPT}/edit` ? { ...typed, submissionId: expect.anything() } : typed
      const end = begin()
      const reply = await site.post(url, typed)
      const page = htmlOf(reply)
      expect([reply.statusCode, reply.headers['cache-control']]).toEqual([503, 'no-store'])
      expect(textOf(page, 'title')).toMatch(/^エラー：/)
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
      expect(textOf(page, 'h1')).toBe(heading)
      expect(textOf(page, '[role="alert"]')).toMatch(
        /ただいま保存できないため、(?:回答|訂正)は、まだ受け付けていません/,
      )
      expect(isButtonNamed(page)).toBe(true)
      expect(textOf(page, 'main')).toContain(LONG.remarks)
      expect(fieldsOf(page)).toMatchObject(wanted)
      end()
      const again = await site.post(url, fieldsOf(page))
      expect([again.statusCode, String(again.headers.location)]).toEqual([
        303,
        expect.stringMatching(/^\/receipts\//),
      ])
      expect(stored()).toBe(before + (url === `${RECEIPT}/edit` ? 0 : 1))
      const receipt = htmlOf(await site.get(String(again.headers.location)))
      expect(rowsOf(receipt).備考).toContain(LONG.remarks)
    },
  )
})

test('where not even the hospitals can be read, what was typed is shown without them, and sent again', async () => {
  const end = damage(site.database, 'hospitals', 'settings', 'question_lists', 'submissions')
  const reply = await site.send(LONG)
  const page = htmlOf(reply)
  expect(reply.statusCode).toBe(503)
  expect(textOf(page, 'h1')).toBe('保存できないため、まだ受け付けていません')
  expect(rowsOf(page)).toMatchObject({ 担当者名: '試験 花子', 備考: LONG.remarks })
  end()
  expect((await site.post('/survey', fieldsOf(page))).statusCode).toBe(303)
})

/** What follows an answer, with what was typed, and what its own page is called. */
const AFTERWARDS = {
  '/withdraw': {
    fields: {},
    heading: '回答を取り下げますか',
    says: '取下げは、まだ受け付けていません。登録されている回答は、変わっていません。',
  },
  '/decline': {
    fields: { reason: '体制が整わないため' },
    heading: '支援を辞退しますか',
    says: '辞退の申出は、まだ受け付けていません。入力した内容は、このページに残っています。',
  },
}

test.each(Object.entries(AFTERWARDS))(
  '%s: its own page comes again, says what is kept, and is taken as soon as it can be',
  async (act, { fields, heading, says }) => {
    confirmRound(site.stores, { seats: 1 })
    const by = { actor: 'test', at: site.now() }
    const closesAt = new Date('2024-03-25T15:00:00Z')
    site.stores.acceptance.ask({ round: 1, closesAt, reason: null, follows: 0 }, [], by)
    const end = makeReadOnly(site.database)
    const reply = await site.post(RECEIPT + act, fields)
    end()
    const page = htmlOf(reply)
    expect([reply.statusCode, textOf(page, 'h1')]).toEqual([503, heading])
    expect(textOf(page, 'title')).toMatch(/^エラー：/)
    expect(textOf(page, '[role="alert"]')).toContain(says)
    expect(isButtonNamed(page)).toBe(true)
    expect(fieldsOf(page, RECEIPT + act)).toMatchObject(fields)
    const again = await site.post(RECEIPT + act, fieldsOf(page, RECEIPT + act))
    expect(again.statusCode).toBe(303)
  },
)

test('of a button alone nothing is said to have been typed', async () => {
  const end = makeReadOnly(site.database)
  const reply = await site.post(`${RECEIPT}/accept`, {})
  end()
  expect(reply.statusCode).toBe(503)
  expect(textOf(htmlOf(reply), 'main')).not.toContain('入力した内容')
  expect(textOf(htmlOf(reply), 'button')).toBe('もう一度送信する')
})

describe('another program has the lock', () => {
  test('what only reads is answered meanwhile, and what writes goes through after it', async () => {
    const release = lock(site.databasePath)
    const sending = site.send({ remarks: '待ちました' })
    for (const url of ['/', '/survey', RECEIPT]) expect((await site.get(url)).statusCode).toBe(200)
    // 確認 stores nothing and waits for nobody.
    expect((await site.confirm()).statusCode).toBe(200)
    expect(stored()).toBe(2)
    release()
    expect((await sending).statusCode).toBe(303)
    expect(stored()).toBe(3)
  })

  test('who waits too long, or for a program that stops, gets the filled 確認', async () => {
    const release = lock(site.databasePath)
    const sending = site.send(LONG)
    await site.get('/')
    await site.app.close()
    const reply = await sending
    release()
    expect([reply.statusCode, reply.headers['retry-after']]).toEqual([503, '5'])
    expect(textOf(htmlOf(reply), 'main')).toContain(LONG.remarks)
    expect(stored()).toBe(2)
  })
})
