import { describe, expect, test } from 'vitest'
import { preparationsOf } from '../../../src/admin/dashboard/preparations.ts'
import type { User } from '../../../src/domain/record/staff.ts'
import { parseSettings } from '../../../src/domain/survey/settings-schema.ts'
import { FIRST_EDITION } from '../../support/database.ts'
import { type PagePart, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addHospitals } from '../../support/submissions.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

type Standing = Parameters<typeof preparationsOf>[0]

function settingsWith(changes: Record<string, string> = {}) {
  const parsed = parseSettings({ ...FIRST_EDITION, noticeConfirmed: 'yes', ...changes })
  if (!parsed.ok) throw new Error(parsed.refusals.map(({ message }) => message).join())
  return parsed.settings
}

const user = (login: string, role: User['role'], disabledAt: Date | null = null): User => ({
  login,
  name: login,
  role,
  disabledAt,
  mustChangePassword: false,
  createdAt: new Date(0),
  epoch: 0,
})

const READY: Standing = {
  state: 'before',
  settings: settingsWith(),
  hospitals: 229,
  seats: 50,
  policyVersion: 1,
  users: [user('kanri', 'admin')],
}

const missingIn = (changes: Partial<Standing>) =>
  preparationsOf({ ...READY, ...changes }, { mayManage: true })!
    .filter(({ count }) => count > 0)
    .map(({ text, note, href }) => [text, note.replace('未完了：', ''), href])

describe('each is ticked by the facts', () => {
  test('all of them, in the order of the work', () => {
    const all = preparationsOf(READY, { mayManage: true })!
    expect(all.map(({ text }) => text)).toEqual([
      '病院台帳',
      '受付期間',
      '調査の名称と連絡先',
      '支援枠',
      '年度と日付',
      '案内文',
      '利用者',
    ])
    expect(all.map(({ count }) => count)).toEqual(all.map(() => 0))
    expect(all[1]!.note).toBe('令和6年3月8日（金）から令和6年3月18日（月）24時まで')
  })

  test.each<[string, Partial<Standing>, string[]]>([
    ['no hospital', { hospitals: 0 }, ['病院台帳', '病院が登録されていません', '/admin/hospitals/import']],
    [
      'no deadline',
      { settings: settingsWith({ closesAt: '' }) },
      ['受付期間', '回答期限', '/admin/settings#closesAt'],
    ],
    [
      'neither day',
      { settings: settingsWith({ opensAt: '', closesAt: '' }) },
      ['受付期間', '受付開始日時、回答期限', '/admin/settings#opensAt'],
    ],
    [
      'another prefecture with the contact of the first',
      {
        settings: settingsWith({ prefecture: '大阪府', prefectureCode: '27', contactSection: '地域医療係' }),
      },
      [
        '調査の名称と連絡先',
        '発出者（部・課の名称）、連絡先（電話番号）、連絡先（メールアドレス）',
        '/admin/settings#issuer',
      ],
    ],
    [
      'seats that do not add up',
      { seats: 51 },
      ['支援枠', '区分ごとの合計（51病院分）が支援予定病院数（50病院）と一致していません', '/admin/policy'],
    ],
    [
      'facts with a date',
      { settings: settingsWith({ fiscalYear: '', gmisSurveyOn: '' }) },
      ['年度と日付', '事業の年度、GMIS調査の実施日', '/admin/settings#fiscalYear'],
    ],
    [
      'a notice that nobody has read',
      { settings: settingsWith({ noticeConfirmed: 'no' }) },
      ['案内文', '病院に公開する文を確認した、という記録がありません', '/admin/notice#confirmation'],
    ],
    [
      'nobody to approve',
      {
        settings: settingsWith({ secondApproval: 'yes' }),
        users: [user('kanri', 'admin'), user('v', 'viewer'), user('x', 'officer', new Date(0))],
      },
      ['利用者', '起案した人とは別に、決裁する人が登録されていません', '/admin/users'],
    ],
    [
      'no administrator',
      { users: [user('t', 'officer')] },
      ['利用者', '管理者が登録されていません', '/admin/users'],
    ],
  ])('%s', (_name, changes, expected) => {
    expect(missingIn(changes)).toEqual([expected])
  })

  test('they go away once the survey is open and nothing is missing, and stay while something is', () => {
    for (const state of ['open', 'closed'] as const) {
      expect(preparationsOf({ ...READY, state }, { mayManage: true })).toBeNull()
      expect(missingIn({ state, hospitals: 0 })).toHaveLength(1)
    }
    const unread = settingsWith({ noticeConfirmed: 'no' })
    expect(preparationsOf({ ...READY, state: 'open', settings: unread }, { mayManage: true })).toBeNull()
  })
})

describe('on the page', () => {
  const office = officeWith({ now: '2024-03-01T03:00:00Z', fresh: true })
  const admin = office.officer({ login: 'kanri', role: 'admin' })
  const items = (page: PagePart) => [...page.querySelectorAll('.preparations .todo__item')]

  test('of a new file they lead, each to a page that is there; the public side says 準備中', async () => {
    const page = await admin.page('/admin')
    expect(htmlFlaws(page)).toEqual([])
    expect(textOf(page, '#preparations')).toBe('準備7件のうち3件が済んでいます')
    expect(items(page).map((item) => textOf(item, '.todo__count'))).toEqual([
      '1項目',
      '2項目',
      '✓済み',
      '✓済み',
      '4項目',
      '1項目',
      '✓済み',
    ])
    for (const link of page.querySelectorAll('.preparations a')) {
      const [url, anchor] = link.getAttribute('href')!.split('#')
      const found = await admin.page(url!)
      if (anchor) expect(found.querySelector(`#${anchor}`), anchor).not.toBeNull()
    }
    expect(textOf(page, '.standing')).toContain('準備中')
    expect((await office.app.inject({ url: '/' })).body).toContain('準備中')
    expect((await office.app.inject({ url: '/survey' })).body).toContain('準備中')
  })

  test('they are ticked one by one as the facts are set', async () => {
    const by = { actor: 'kanri', at: new Date('2024-03-01T03:00:00Z') }
    addHospitals(office.stores, {})
    expect(textIn(items(await admin.page('/admin'))[0]!)).toContain('済み')
    office.stores.settings.change({ ...FIRST_EDITION, noticeConfirmed: 'yes' }, by)
    const page = await admin.page('/admin')
    expect(textOf(page, '#preparations')).toBe('準備すべて済んでいます')
    office.setNow('2024-03-11T03:00:00Z')
    await admin.signIn('kanri')
    expect((await admin.page('/admin')).querySelector('#preparations')).toBeNull()
  })

  test('whoever may not open the page of users has no way to it', async () => {
    const reader = await signedIn(office, { login: 'etsuran', role: 'viewer' })
    const page = await reader.page('/admin')
    expect(items(page)).toHaveLength(7)
    expect(page.querySelector('a[href="/admin/users"]')).toBeNull()
  })
})
