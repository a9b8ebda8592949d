import { expect, test } from 'vitest'
import { htmlOf, textOf } from '../../support/html.ts'
import { surveyWith } from '../../support/survey.ts'

const site = surveyWith({ shared: true })

async function notice() {
  return htmlOf(await site.get('/'))
}

test.each([
  ['the date of issue', '令和6年3月8日（金）'],
  ['the issuer', '鹿児島県くらし保健福祉部保健医療福祉課長'],
  ['to whom', '各医療機関管理者'],
  ['whose programme', '厚生労働省'],
  ['the first part', '外部ネットワークとの接続の安全性の検証・検査'],
  ['the second part', 'オフライン・バックアップ体制の整備'],
  ['who asked for the selection', '支援対象病院の選定は、厚生労働省から各都道府県に依頼されています'],
  ['who is meant', '電子カルテシステムを導入している病院が対象です'],
  ['partly introduced counts', '院内の一部に導入している病院も対象'],
  ['planned counts', 'これから導入する病院も'],
  ['the others answer too', '電子カルテシステムを導入していない病院も御回答ください'],
  ['the report', '厚生労働省に報告'],
  ['when the contractor comes', '令和6年4月以降'],
  ['how the contractor comes', '支援対象病院に直接連絡'],
  ['question 1', '電子カルテシステムの導入の有無'],
  ['question 2', '本事業の活用意向'],
  ['question 3', '令和6年1月31日（水）にGMIS'],
  ['the survey that question 3 means', '病院における医療情報システムのサイバーセキュリティ対策に係る調査'],
  ['the seats of the country', '全国で約2,000病院'],
  ['the seats of the prefecture', '本県では約50病院'],
  [
    'what happens beyond the seats',
    '対象枠を超える活用意向があった場合は、県において支援対象病院を選定します',
  ],
  ['the deadline', '令和6年3月18日（月）24時'],
  ['the telephone', '099-286-2707'],
  ['the mail address', 'imushika@pref.kagoshima.lg.jp'],
  ['the section', '医務係'],
])('the notice says %s', async (_fact, text) => {
  expect(textOf(await notice(), 'main')).toContain(text)
})

test('the days left are counted, the last day says so', async () => {
  expect(textOf(await notice(), '.call')).toContain('あと7日')
  site.setNow('2024-03-18T14:59:59Z')
  expect(textOf(await notice(), '.call')).toContain('本日が期限です')
})

test('before and after the period nobody is sent to the form', async () => {
  site.setNow('2024-03-07T14:59:59Z')
  const before = await notice()
  expect(textOf(before, '.call')).toContain('令和6年3月8日（金）')
  expect(before.querySelector('main a[href="/survey"]')).toBeNull()
  site.setNow('2024-03-18T15:00:00Z')
  const after = await notice()
  expect(textOf(after, '.call')).toContain('回答の受付は終了しました')
  expect(after.querySelector('main a[href="/survey"]')).toBeNull()
  site.setNow('2024-03-11T01:00:00Z')
  expect(textOf(await notice(), 'main a[href="/survey"]')).toBe('回答をはじめる')
})

test('another prefecture changes its settings, not the pages', async () => {
  const refusals = site.stores.settings.change(
    {
      prefecture: '架空県',
      prefectureCode: '03',
      title: '架空の調査',
      issuer: '架空県保健福祉部医療政策室',
      issuedOn: '2025-02-04',
      closesAt: '2025-02-14T17:00:00+09:00',
      contactPhone: '019-000-0000',
      prefectureSeats: '1234',
      contractorContactFrom: '2025-05',
      fiscalYear: '2025',
      gmisSurveyOn: '2025-01-20',
    },
    { actor: 'test', at: new Date('2024-03-01') },
  )
  expect(refusals).toEqual([])
  const page = await notice()
  const text = textOf(page, 'body')
  for (const fact of [
    '架空県保健福祉部医療政策室長',
    '令和7年2月4日（火）',
    '令和7年2月14日（金）17時00分',
    '約1,234病院',
    '令和7年5月以降',
    '令和7年度',
    '令和7年1月20日（月）',
  ])
    expect(text).toContain(fact)
  expect(text).not.toMatch(/鹿児島|令和6年/)
  expect(page.querySelector('a[href="tel:+81190000000"]')?.textContent).toBe('019-000-0000')
})
