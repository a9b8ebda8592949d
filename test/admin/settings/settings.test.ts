import { beforeEach, describe, expect, test } from 'vitest'
import { SETTING_DEFAULTS } from '../../../src/domain/survey/settings.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'

const office = officeWith()
const browser = office.officer({ role: 'admin' })

beforeEach(async () => {
  await browser.get('/admin/settings')
})

const survey = (changes: Record<string, string>) =>
  browser.post('/admin/settings', { ...SETTING_DEFAULTS, ...changes })

describe('the survey’s settings', () => {
  test('are shown as they are typed, and saved with a record of what changed', async () => {
    const page = await browser.page('/admin/settings')
    const value = (name: string) => page.querySelector(`#${name}`)!.getAttribute('value')
    expect(value('closesAt')).toBe('2024-03-18')
    expect(page.querySelector('label[for="closesAt"]')!.textContent).toBe('回答期限')
    const reply = await survey({ closesAt: '２０２４-０３-２０', title: '調査その２' })
    expect(reply.headers.location).toBe('/admin/settings?done=survey')
    expect(office.stores.settings.stored()).toEqual({ closesAt: '2024-03-20', title: '調査その２' })
    const [title, closes] = office.stores.audit.latest(2)
    expect([closes, title].map((entry) => [entry!.subject, entry!.detail])).toEqual(
      expect.arrayContaining([
        ['closesAt', { before: null, after: '2024-03-20' }],
        ['title', { before: null, after: '調査その２' }],
      ]),
    )
    expect((await browser.page(reply.headers.location!)).querySelector('.banner--success')).not.toBeNull()
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
      ['#contactEmail', '連絡先（メールアドレス）'],
    ])
    expect(page.querySelector('#closesAt')!.getAttribute('value')).toBe('2024-02-30')
    expect(page.querySelector('#closesAt')!.getAttribute('aria-describedby')).toContain('closesAt-error')
    expect(office.stores.settings.stored()).toEqual({})
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
        '回答期限：ほかの人の変更は「2024-03-25」、入力した内容は「2024-03-22」',
      ])
      expect(office.stores.settings.stored()).toEqual({ closesAt: '2024-03-25', secondApproval: 'yes' })
      const kept = fieldsOf(page, '/admin/settings')
      expect(kept).toMatchObject({ ...mine, secondApproval: 'yes', 'shown.closesAt': '2024-03-25' })
      expect((await browser.post('/admin/settings', kept)).statusCode).toBe(303)
      expect(office.stores.settings.stored()).toEqual({ ...mine, secondApproval: 'yes' })
    })

    test('a bad value does not bring back what the colleague changed', async () => {
      const fields = await opened()
      office.stores.settings.change({ closesAt: '2024-03-25' }, colleague)
      const reply = await browser.post('/admin/settings', { ...fields, contactEmail: '<x>' })
      expect(reply.statusCode).toBe(422)
      expect(fieldsOf(htmlOf(reply), '/admin/settings')).toMatchObject({
        closesAt: '2024-03-25',
        contactEmail: '<x>',
      })
    })
  })

  test('refuse a deadline before the opening', async () => {
    const page = htmlOf(await survey({ closesAt: '2024-03-01' }))
    expect(page.querySelector('#closesAt-error')!.textContent).toContain('受付開始日時より後にしてください')
  })
})

describe('the seats', () => {
  const SEATS = {
    'seats.20-99': '23',
    'seats.100-199': '19',
    'seats.200-299': '4',
    'seats.300-399': '2',
    'seats.400-499': '1',
    'seats.500-': '1',
    regionFloor: '1',
    shortfall: 'leave',
    supportPeriodEnd: '2025-03',
    policyVersion: '0',
    note: '厚生労働省の通知による',
  }
  const seats = (changes: Record<string, string>) =>
    browser.post('/admin/settings/seats', { ...SEATS, ...changes })

  test('become a new version of the policy, with the note', async () => {
    const reply = await seats({
      'seats.20-99': '２２',
      'seats.500-': '2',
      regionFloor: '0',
      shortfall: 'redistribute',
    })
    expect(reply.headers.location).toBe('/admin/settings?done=seats')
    const { version, policy } = office.stores.policies.current()
    expect(version).toBe(1)
    expect(policy).toMatchObject({ regionFloor: 0, shortfall: 'redistribute' })
    expect(policy.bands.map((band) => band.seats)).toEqual([22, 19, 4, 2, 1, 2])
    expect(office.stores.audit.latest(1)).toMatchObject([
      { actor: 'officer', action: 'policy.saved', detail: { note: '厚生労働省の通知による' } },
    ])
  })

  test('are shown against the prefecture’s number', async () => {
    expect((await browser.page('/admin/settings')).querySelector('main')!.textContent).not.toContain(
      '一致していません',
    )
    await seats({ 'seats.20-99': '30' })
    const text = (await browser.page('/admin/settings')).querySelector('main')!.textContent!
    expect(text).toContain('枠の合計は57、県の支援予定病院数は50です。一致していません')
  })

  test.each([
    [{ 'seats.20-99': '-1' }, 'seats.20-99', '20～99床の枠'],
    [{ 'seats.500-': '二' }, 'seats.500-', '500床以上の枠'],
    [{ regionFloor: '' }, 'regionFloor', '医療圏ごとに確保する病院数'],
    [{ shortfall: 'x' }, 'shortfall', '枠に余りが出たとき'],
    [{ supportPeriodEnd: '2025-13' }, 'supportPeriodEnd', '支援期間の終期（年月）'],
    [{ note: ' ' }, 'note', '変更の理由を入力してください。'],
  ])('are refused by name: %j', async (changes, anchor, name) => {
    const reply = await seats(changes)
    expect(reply.statusCode).toBe(422)
    const [link, ...rest] = [...htmlOf(reply).querySelectorAll('#error-summary a')]
    expect(rest).toEqual([])
    expect(link!.getAttribute('href')).toBe(`#${anchor}`)
    expect(link!.textContent).toContain(name)
    expect(office.stores.policies.current().version).toBe(0)
  })

  test('are not saved over a version that somebody else saved in between', async () => {
    const { policy } = office.stores.policies.current()
    office.stores.policies.save({ ...policy, regionFloor: 2 }, { actor: 'x', at: new Date(), note: '先に' })
    const reply = await seats({ 'seats.20-99': '22' })
    expect(reply.statusCode).toBe(409)
    const page = htmlOf(reply)
    expect(page.querySelector('.banner--error')!.textContent).toContain('ほかの人が選定基準を変更しました')
    expect(page.querySelector('[name="seats.20-99"]')!.getAttribute('value')).toBe('22')
    expect(page.querySelector('.banner--error li')!.textContent).toMatch(/：1病院以上 → 2病院以上$/)
    // What was left alone is as the colleague saved it: saving again does not take that back.
    expect(page.querySelector('[name="regionFloor"]')!.getAttribute('value')).toBe('2')
    expect(office.stores.policies.current().version).toBe(1)
  })

  test('unchanged make no version', async () => {
    const reply = await seats({})
    expect(reply.headers.location).toBe('/admin/settings?done=unchanged')
    expect(office.stores.policies.current().version).toBe(0)
  })
})

test.each(['officer', 'viewer'] as const)('a %s reads the settings and changes none', async (role) => {
  const other = await signedIn(office, { login: 'other', role })
  const page = await other.page('/admin/settings')
  expect(page.querySelector('main button')).toBeNull()
  expect(page.querySelectorAll('main fieldset:not([disabled])')).toHaveLength(0)
  expect((await other.post('/admin/settings', { title: 'x' })).statusCode).toBe(403)
  expect((await other.post('/admin/settings/seats', { note: 'x' })).statusCode).toBe(403)
})
