import { beforeEach, describe, expect, test } from 'vitest'
import { SETTING_DEFAULTS } from '../../../src/domain/survey/settings.ts'
import { FIRST_EDITION } from '../../support/database.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, tableRows } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'

const office = officeWith()
const browser = office.officer({ role: 'admin' })

beforeEach(async () => {
  await browser.get('/admin/settings')
})

const survey = (changes: Record<string, string>) =>
  browser.post('/admin/settings', { ...SETTING_DEFAULTS, ...FIRST_EDITION, ...changes })

describe('the survey’s settings', () => {
  test.each(['admin', 'viewer'] as const)('every group is led to from the side, for the %s', async (role) => {
    const reader = await signedIn(office, { login: 'reader', role })
    const page = await reader.page('/admin/settings')
    const led = [...page.querySelectorAll('nav[aria-label="設定の項目"] a')].map((link) => [
      link.getAttribute('href'),
      link.textContent,
    ])
    const groups = [...page.querySelectorAll('main section > h2')].map(({ id, textContent }) => [
      `#${id}`,
      textContent,
    ])
    expect(led).toEqual(groups)
    expect(led.map(([, heading]) => heading)).toContain('決裁')
  })

  test('are shown as they are typed, and saved with a record of what changed', async () => {
    const page = await browser.page('/admin/settings')
    const value = (name: string) => page.querySelector(`#${name}`)!.getAttribute('value')
    expect(value('closesAt')).toBe('令和6年3月18日（月）24時')
    expect(value('opensAt')).toBe('令和6年3月8日（金）')
    expect(value('fiscalYear')).toBe('令和6年度')
    expect(page.querySelector('label[for="closesAt"]')!.textContent).toBe('回答期限')
    const reply = await survey({ closesAt: '令和６年３月２０日', title: '調査その２' })
    expect(reply.headers.location).toBe('/admin/settings?done=survey')
    const done = (await browser.page(reply.headers.location!)).querySelector('.done')!
    expect(done.querySelector('a')!.getAttribute('href')).toBe('/admin')
    expect(office.stores.settings.stored()).toEqual({
      ...FIRST_EDITION,
      closesAt: '2024-03-20',
      title: '調査その２',
    })
    const [title, closes] = office.stores.audit.latest(2)
    expect([closes, title].map((entry) => [entry!.subject, entry!.detail])).toEqual(
      expect.arrayContaining([
        ['closesAt', { before: '2024-03-18', after: '2024-03-20' }],
        ['title', { before: null, after: '調査その２' }],
      ]),
    )
    expect((await browser.page(reply.headers.location!)).querySelector('.banner--success')).not.toBeNull()
  })

  test('have no character that turns round what stands beside it', async () => {
    const reply = await survey({ contactPhone: '\u202e099-286-0000\u202c', title: '調\u200b査' })
    expect(reply.statusCode).toBe(303)
    expect(office.stores.settings.stored()).toEqual({
      ...FIRST_EDITION,
      contactPhone: '099-286-0000',
      title: '調査',
    })
    expect((await survey({ contactPhone: '\u202e,' })).statusCode).toBe(422)
  })

  test('refuse a bad value by its name, keep what was typed and change nothing', async () => {
    const reply = await survey({ closesAt: '2024-02-30', contactEmail: '<x>', title: '別の名称' })
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(page.querySelector('title')!.textContent).toMatch(/^エラー：/)
    const links = [...page.querySelectorAll('#error-summary a')].map((link) => [
      link.getAttribute('href'),
      link.textContent!.split('：')[0],
    ])
    expect(links).toEqual([
      ['#closesAt', '回答期限'],
      ['#contactEmail', '連絡先（メールアドレス）は、メールアドレスの形で入力してください。'],
    ])
    expect(page.querySelector('#closesAt')!.getAttribute('value')).toBe('2024-02-30')
    expect(page.querySelector('#closesAt')!.getAttribute('aria-describedby')).toContain('closesAt-error')
    expect(office.stores.settings.stored()).toEqual(FIRST_EDITION)
  })

  describe('changed by a colleague since the page was opened', () => {
    const colleague = { actor: 'colleague', at: new Date('2024-03-11T00:30:00Z') }
    const opened = async () => fieldsOf(await browser.page('/admin/settings'), '/admin/settings')

    test('keep the colleague’s change where it is left alone', async () => {
      const fields = await opened()
      office.stores.settings.change({ closesAt: '2024-03-25' }, colleague)
      const reply = await browser.post('/admin/settings', { ...fields, contactPhone: '099-286-0000' })
      expect(reply.headers.location).toBe('/admin/settings?done=survey')
      expect(office.stores.settings.stored()).toEqual({
        ...FIRST_EDITION,
        closesAt: '2024-03-25',
        contactPhone: '099-286-0000',
      })
    })

    test('name the field, the colleague’s value and one’s own, where both changed the same', async () => {
      const fields = await opened()
      office.stores.settings.change({ closesAt: '2024-03-25', secondApproval: 'yes' }, colleague)
      const mine = { closesAt: '2024-03-22', contactPhone: '099-286-0000' }
      const reply = await browser.post('/admin/settings', { ...fields, ...mine })
      expect(reply.statusCode).toBe(409)
      const page = htmlOf(reply)
      const banner = page.querySelector('.banner--error')!
      expect([...banner.querySelectorAll('li')].map((line) => line.textContent)).toEqual([
        '回答期限：ほかの人の変更は「令和6年3月25日（月）24時」、入力した内容は「令和6年3月22日（金）24時」',
      ])
      expect(office.stores.settings.stored()).toEqual({
        ...FIRST_EDITION,
        closesAt: '2024-03-25',
        secondApproval: 'yes',
      })
      const kept = fieldsOf(page, '/admin/settings')
      expect(kept).toMatchObject({ ...mine, secondApproval: 'yes', 'shown.closesAt': '2024-03-25' })
      expect((await browser.post('/admin/settings', kept)).statusCode).toBe(303)
      expect(office.stores.settings.stored()).toEqual({ ...FIRST_EDITION, ...mine, secondApproval: 'yes' })
    })

    test('a bad value does not bring back what the colleague changed', async () => {
      const fields = await opened()
      office.stores.settings.change({ closesAt: '2024-03-25' }, colleague)
      const reply = await browser.post('/admin/settings', { ...fields, contactEmail: '<x>' })
      expect(reply.statusCode).toBe(422)
      expect(fieldsOf(htmlOf(reply), '/admin/settings')).toMatchObject({
        closesAt: '令和6年3月25日（月）24時',
        contactEmail: '<x>',
      })
    })
  })

  test('refuse a deadline before the opening', async () => {
    const page = htmlOf(await survey({ closesAt: '2024-03-01' }))
    expect(page.querySelector('#closesAt-error')!.textContent).toContain('受付開始日時より後にしてください')
  })
})

test('a date is saved as an officer writes it, and one that was left alone stays as it is stored', async () => {
  const fields = fieldsOf(await browser.page('/admin/settings'), '/admin/settings')
  expect((await browser.post('/admin/settings', fields)).statusCode).toBe(303)
  expect(office.stores.settings.stored()).toEqual(FIRST_EDITION)
  const typed = {
    closesAt: '令和6年3月22日（金）17時05分',
    issuedOn: 'Ｒ６．３．７',
    contractorContactFrom: '2024年5月',
    fiscalYear: 'R6',
    approvalTitles: '部長、課長',
    systemContact: '情報政策課（内線1234）',
  }
  expect((await browser.post('/admin/settings', { ...fields, ...typed })).statusCode).toBe(303)
  expect(office.stores.settings.stored()).toEqual({
    ...FIRST_EDITION,
    closesAt: '2024-03-22T17:05',
    issuedOn: '2024-03-07',
    contractorContactFrom: '2024-05',
    approvalTitles: '部長,課長',
    systemContact: '情報政策課（内線1234）',
  })
})

test('an impossible date says so, and keeps the others as they were typed', async () => {
  const typed = { closesAt: '令和6年2月30日', gmisSurveyOn: '令和6年1月31日（金）', opensAt: 'R6.3.8 9時' }
  const page = htmlOf(await survey(typed))
  const errors = [...page.querySelectorAll('#error-summary a')].map((link) => link.textContent)
  expect(errors).toEqual([
    '回答期限：「令和6年2月30日」という日付はありません。日付を確認してください。',
    'GMIS調査の実施日：令和6年1月31日は水曜日です。日付と曜日を確認してください。',
  ])
  for (const [name, value] of Object.entries(typed))
    expect(page.querySelector(`#${name}`)!.getAttribute('value')).toBe(value)
})

test('they stand in groups, and no example is of another year', async () => {
  office.stores.settings.change({ fiscalYear: '2027' }, { actor: 'test', at: new Date('2024-03-01') })
  const page = await browser.page('/admin/settings')
  const headings = [...page.querySelectorAll('main h2')].map((heading) => heading.textContent)
  expect(headings).toEqual([
    '基本',
    '期間',
    '連絡先',
    '事業の数値',
    '案内文',
    '調査依頼と督促',
    '結果の表示',
    '決裁',
    'ログイン',
    '署名鍵',
    '変更の履歴',
    'バックアップ',
  ])
  const hints = [...page.querySelectorAll('.field__support')].map((hint) => hint.textContent).join('')
  expect(hints).toContain('令和8年12月18日17時')
  expect(hints).not.toMatch(/令和6|2024/)
})

test.each([
  ['50', '枠の合計は50病院分、県の支援予定病院数は50病院です。一致しています。'],
  ['57', '枠の合計は50病院分、県の支援予定病院数は57病院です。一致していません。'],
])('the seats stand against the prefecture’s number %s, with the way to the policy', async (seats, text) => {
  office.stores.settings.change({ prefectureSeats: seats }, { actor: 'test', at: new Date('2024-03-01') })
  const page = await browser.page('/admin/settings')
  expect(page.querySelector('main')!.textContent).toContain(text)
  expect(page.querySelector('main a[href="/admin/policy"]')).not.toBeNull()
})

test.each(['officer', 'viewer'] as const)('a %s reads the settings and changes none', async (role) => {
  const other = await signedIn(office, { login: 'other', role })
  const page = await other.page('/admin/settings')
  expect(page.querySelector('main :is(button, input, select)')).toBeNull()
  const values = [...page.querySelectorAll('main dl > div')].map((line) =>
    [...line.children].map(({ textContent }) => textContent),
  )
  expect(values).toEqual(
    expect.arrayContaining([
      ['回答期限', '令和6年3月18日（月）24時'],
      ['選定の決裁', '担当者が確定する（決裁は紙などで行う）'],
      ['システム管理者の連絡先', '（未設定）'],
      ['支援予定病院数（全国）', '2,000病院'],
    ]),
  )
  expect((await other.post('/admin/settings', { title: 'x' })).statusCode).toBe(403)
})

test('every setting has its place: a group of the page, or a page of its own', async () => {
  const page = await browser.page('/admin/settings')
  const shown = [...page.querySelectorAll('form.settings [name]')].map((field) => field.getAttribute('name')!)
  const elsewhere = ['prefectureSeats', 'ministryColumns']
  for (const key of Object.keys(SETTING_DEFAULTS))
    expect(shown.includes(key), key).toBe(!elsewhere.includes(key))
})

test('what was changed stands below, with before and after, the newest first', async () => {
  await survey({ closesAt: '2024-03-25', noticeConfirmed: 'yes' })
  await browser.get('/admin/settings')
  await survey({ closesAt: '2024-03-26', noticeConfirmed: 'yes' })
  for (const role of ['admin', 'viewer'] as const) {
    const reader = await signedIn(office, { login: `reads-as-${role}`, role })
    const rows = tableRows(
      (await reader.page('/admin/settings')).querySelector('#changes ~ .table-list table'),
    )
    expect(rows[0]!.slice(1)).toEqual([
      '試験 officer',
      '回答期限',
      '令和6年3月25日（月）24時',
      '令和6年3月26日（火）24時',
    ])
    expect(rows.map((row) => row[2])).toEqual(expect.arrayContaining(['案内文の確認']))
  }
})
