import { describe, expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { rowsOf, surveyWith } from '../../support/survey.ts'

/** A file as it is made. */
const site = surveyWith({ fresh: true })
const office = officeWith({ fresh: true })
const BY = { actor: 'test', at: new Date('2026-11-01') }

const mainOf = async (url: string) => textOf(htmlOf(await site.get(url)), 'main')
const set = (settings: Record<string, string>) =>
  expect(site.stores.settings.change(settings, BY)).toEqual([])

const PAGES = ['/', '/qa', '/privacy', '/accessibility', '/receipts', '/survey']

describe('until its period is set, the survey is in preparation', () => {
  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['the opening alone', { opensAt: '2024-03-01' }],
    ['the deadline alone', { closesAt: '2024-03-31' }],
    ['all but the period', { fiscalYear: '令和9年度', issuedOn: 'R8.12.1' }],
  ])('with %s set', async (_what, settings) => {
    set(settings)
    for (const url of ['/', '/survey']) {
      const reply = await site.get(url)
      expect([url, reply.statusCode]).toEqual([url, 200])
      expect(textOf(htmlOf(reply), 'main')).toContain('準備中')
      expect(htmlOf(reply).querySelector('main :is(form, a[href="/survey"])')).toBeNull()
    }
    expect(await mainOf('/qa')).toContain('電子カルテシステム')
    for (const url of ['/survey', '/survey/confirm', '/survey/link']) {
      const reply = await site.post(url, aForm({ remarks: '大事なことば' }))
      expect([url, reply.statusCode]).toEqual([url, 403])
      expect(rowsOf(htmlOf(reply))).toMatchObject({ 備考: '大事なことば' })
    }
    expect(site.stores.submissions.all()).toEqual([])
  })

  test('from then on it is open, by command or page', async () => {
    set({ opensAt: '令和6年3月8日', closesAt: '令和6年3月18日17時' })
    expect(await mainOf('/')).toContain('期限令和6年3月18日（月）17時00分')
    expect((await site.send()).statusCode).toBe(303)
  })
})

test('what nobody set is said nowhere, in sentences that stand without it', async () => {
  set({ opensAt: '2024-03-08', closesAt: '2024-03-18', resultsPublished: 'yes' })
  const sent = await site.send({ emr: 'planned', emrPlannedMonth: '2024-09' })
  const receipt = sent.headers.location!
  const texts = await Promise.all([...PAGES, receipt].map(async (url) => [url, await mainOf(url)] as const))
  for (const [url, text] of texts) {
    const dates = text.match(/(?:令和|平成)[元\d]+年[^\s。、]*/g) ?? []
    const set = /^令和6年3月(?:8日（金）|18日（月）|11日（月）)|^令和6年9月|^令和7年4月$/
    const stated = dates.filter((date) => !set.test(date) && url !== '/accessibility')
    expect([url, stated]).toEqual([url, []])
    expect([url, /年度|約\d|以降|null|undefined|（）|「」|、。|、、/.exec(text)?.[0]]).toEqual([
      url,
      undefined,
    ])
  }
  const text = (url: string) => texts.find(([each]) => each === url)![1]
  expect(text('/')).toContain(
    '厚生労働省は、病院におけるサイバーセキュリティを一層確かなものとするため、「医療機関',
  )
  expect(text('/')).toContain('厚生労働省がGMIS（医療機関等情報支援システム）で実施した')
  expect(text('/')).toContain('受託事業者からの連絡厚生労働省が契約した')
  expect(text('/qa')).toContain('事業は、1年を通して実施されますか。')
  expect(text('/privacy')).toContain('厚生労働省がGMIS（医療機関等情報支援システム）で実施した調査')
  expect(text('/survey')).toContain('厚生労働省がGMIS（医療機関等情報支援システム）で実施した')
})

test('a planned month is never too late for a period without an end, and is measured once there is one', async () => {
  set({ opensAt: '2024-03-08', closesAt: '2024-03-18' })
  const planned = { emr: 'planned', emrPlannedMonth: '2030-01' } as const
  expect(textOf(htmlOf(await site.confirm(planned)), 'main')).not.toContain('より後')
  expect(site.stores.policies.current().version).toBe(0)
  set({ fiscalYear: '令和6年度' })
  expect(site.stores.policies.current().policy.supportPeriodEnd).toBe('2025-03')
  expect(textOf(htmlOf(await site.confirm(planned)), 'main')).toContain('（令和7年3月まで）より後')
})

test('a policy that was saved before the year was set ends with that year too, another keeps its own end', () => {
  const { policies } = site.stores
  policies.save({ ...policies.current().policy, regionFloor: 2 }, { ...BY, note: '試験' })
  set({ fiscalYear: '2027' })
  expect(policies.current().policy).toMatchObject({ regionFloor: 2, supportPeriodEnd: '2028-03' })
  policies.save({ ...policies.current().policy, supportPeriodEnd: '2028-01' }, { ...BY, note: '試験' })
  set({ fiscalYear: '2028' })
  expect(policies.current().policy.supportPeriodEnd).toBe('2028-01')
})

describe('an officer', () => {
  const admin = office.officer({ login: 'admin', role: 'admin' })

  test('finds what is missing on every page that is about it, and none falls', async () => {
    for (const url of [
      '/admin',
      '/admin/settings',
      '/admin/late-links',
      '/admin/policy',
      '/admin/selection',
    ]) {
      const page = await admin.page(url)
      expect([url, /null|undefined|（）|NaN|9999|7981/.exec(textOf(page, 'main'))?.[0]]).toEqual([
        url,
        undefined,
      ])
    }
    expect(textOf(await admin.page('/admin'), 'main')).toContain('準備中')
    expect(textOf(await admin.page('/admin/settings'), 'main')).toContain('調査は準備中です')
  })

  test('is told before confirming that a planned month was measured by nothing', async () => {
    const planned = { emr: 'planned', emrPlannedMonth: '2030-01' } as const
    addHospitals(office.stores, {})
    saveSubmission(office.stores, planned)
    const text = textOf(await admin.page('/admin/selection/confirm'), 'main')
    expect(text).toContain('支援期間の終期（年月）が設定されていません')
    expect(text).not.toMatch(/（回答期限：）|対象外/)
    office.stores.settings.change({ fiscalYear: '令和12年度' }, BY)
    expect(textOf(await admin.page('/admin/selection/confirm'), 'main')).not.toContain('終期（年月）が設定')
  })
})
