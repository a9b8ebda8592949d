import { describe, expect, test } from 'vitest'
import type { TypedForm } from '../../../src/domain/answer/form.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, type Page, textOf } from '../../support/html.ts'
import { OTHER, rowsOf, surveyWith } from '../../support/survey.ts'

const site = surveyWith({ shared: true })

async function confirmed(overrides: Partial<TypedForm> = {}): Promise<Page> {
  const reply = await site.confirm(overrides)
  expect(reply.statusCode).toBe(200)
  return htmlOf(reply)
}

test('確認 shows every answer in words, and stores nothing', async () => {
  const page = await confirmed({ emr: 'planned', emrPlannedMonth: '2024-09', remarks: '一行目\n二行目' })
  expect(textOf(page, 'h1')).toBe('回答内容の確認')
  expect(rowsOf(page)).toEqual({
    病院名: '試験病院（鹿児島市）',
    担当部署: '（記入なし）',
    担当者名: '試験 花子',
    電話番号: '099-000-0000',
    メールアドレス: 'hanako@hospital.example.jp',
    電子カルテシステムの導入状況: '導入予定',
    電子カルテシステムの導入予定年月: '令和6年9月',
    本事業の活用意向: '両方の支援を希望する',
    GMIS調査の回答結果の活用の可否: '活用してよい',
    備考: '一行目\n二行目',
  })
  expect(site.stores.submissions.all()).toEqual([])
})

test('under 一覧にない病院 it shows what was typed', async () => {
  const rows = rowsOf(await confirmed({ ...OTHER, hospitalBeds: '１，２００床' }))
  expect(rows).toMatchObject({
    病院名: '一覧にない病院',
    '病院名（一覧にない病院）': '架空病院',
    病院の所在地: '鹿児島県鹿児島市架空町2-2',
    許可病床数: '1200床',
  })
})

describe('what the prefecture knows of the hospital', () => {
  test('stands there for checking, with a way to say that it is wrong', async () => {
    const page = await confirmed()
    expect(textOf(page, '.facts')).toContain('許可病床数：120床 二次医療圏：鹿児島')
    const report = page.querySelector('.facts button')!
    expect(report.getAttribute('formaction')).toBe('/survey/form#masterCorrection')
    const form = htmlOf(await site.post('/survey/form', fieldsOf(page)))
    expect(form.getElementById('masterCorrection')?.localName).toBe('textarea')
  })

  test('is corrected by a note to the officer, which stays one line of the answer', async () => {
    const page = await confirmed({ masterCorrection: '許可病床数は、正しくは１１８床です。' })
    expect(rowsOf(page)).toMatchObject({ 病院の登録内容の訂正: '許可病床数は、正しくは１１８床です。' })
    expect(textOf(page, '.facts')).toContain('県の担当者が確認します')
    await site.post('/survey', fieldsOf(page))
    expect(site.stores.submissions.all()).toMatchObject([
      { answers: { masterCorrection: '許可病床数は、正しくは１１８床です。' } },
    ])
    expect(site.stores.hospitals.byCode('4619900011')?.beds).toBe(120)
  })

  test('is nothing for one outside the master', async () => {
    expect((await confirmed(OTHER)).querySelector('.facts')).toBeNull()
  })
})

describe('what can be normalised is not refused', () => {
  test.each<[field: keyof TypedForm, typed: string, stored: string]>([
    ['phone', '０９９（２８６）２７０７', '099-286-2707'],
    ['phone', '099ー286−2707', '099-286-2707'],
    ['phone', '099 286 2707', '099-286-2707'],
    ['phone', '0992862707', '099-286-2707'],
    ['email', '"a..b"@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['contactName', '𠮷田 葛\u{e0100}子', '𠮷田 葛\u{e0100}子'],
    ['phone', '+81 99-286-2707', '099-286-2707'],
    ['phone', '+81 (0)99 286 2707', '099-286-2707'],
    ['email', 'ｈａｎａｋｏ＠ｈｏｓｐｉｔａｌ．ｅｘａｍｐｌｅ．ｊｐ', 'hanako@hospital.example.jp'],
    ['email', ' hanako@hospital.example.jp\u200b', 'hanako@hospital.example.jp'],
    ['contactName', '\u00a0試験\u00a0花子 ', '試験 花子'],
    ['contactName', '髙﨑 濵子', '髙﨑 濵子'],
    ['department', '㈱試験　総務課', '㈱試験　総務課'],
    ['emrPlannedMonth', '令和６年９月', '2024-09'],
    ['emrPlannedMonth', '2024/9', '2024-09'],
    ['emrPlannedMonth', 'R6.9', '2024-09'],
    ['remarks', '一行目\r\n二行目\r\n', '一行目\n二行目'],
  ])('%s: %j becomes %j', async (field, typed, stored) => {
    const page = await confirmed({ emr: 'planned', emrPlannedMonth: '2024-09', [field]: typed })
    expect(fieldsOf(page)[field]).toBe(stored)
  })
})

test('fields behind a choice that was not made are left out', async () => {
  const page = await confirmed({ hospitalName: '架空病院', hospitalBeds: 'x', emrPlannedMonth: '2024-09' })
  expect(fieldsOf(page)).toMatchObject({ hospitalName: '', hospitalBeds: '', emrPlannedMonth: '' })
  expect(Object.keys(rowsOf(page))).not.toContain('電子カルテシステムの導入予定年月')
})

test('each row leads back to its field, with everything kept', async () => {
  const page = await confirmed(OTHER)
  const buttons = [...page.querySelectorAll('.summary-list button')]
  expect(buttons).toHaveLength(Object.keys(rowsOf(page)).length)
  const form = htmlOf(await site.post('/survey/form', fieldsOf(page)))
  for (const button of buttons) {
    const [path, field] = button.getAttribute('formaction')!.split('#')
    expect(path).toBe('/survey/form')
    expect(form.getElementById(field!)).not.toBeNull()
    const label = button.closest('.summary-list__row')!.querySelector('dt')!.textContent
    expect(button.textContent).toBe(`変更：${label}`)
  }
})

test('a form without a number gets one, a form with one keeps it', async () => {
  const given = crypto.randomUUID()
  expect(fieldsOf(await confirmed({ submissionId: given })).submissionId).toBe(given)
  const made = fieldsOf(await confirmed({ submissionId: '' })).submissionId
  expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(fieldsOf(await confirmed({ submissionId: '1; drop table' })).submissionId).toMatch(/^[0-9a-f-]{36}$/)
})

describe('what an answer means is said politely, and it is taken', () => {
  test.each<[Partial<TypedForm>, RegExp]>([
    [{ emr: 'none', intent: 'both' }, /選定の対象とはなりません/],
    [{ emr: 'none', intent: 'none' }, /このまま御回答ください/],
    [
      { emr: 'planned', emrPlannedMonth: '2025-04' },
      /令和7年4月）が、支援が行われる期間（令和7年3月まで）の後/,
    ],
    [{ intent: 'undecided' }, /「検討中」のままでは/],
    [{ intent: 'none' }, /「希望しない」と御回答いただく場合は/],
  ])('%j', async (answer, hint) => {
    const page = await confirmed(answer)
    expect(textOf(page, '.banner')).toMatch(hint)
    expect(page.querySelectorAll('.banner')).toHaveLength(1)
  })

  test.each<[Partial<TypedForm>]>([
    [{}],
    [{ emr: 'partial', intent: 'backup' }],
    [{ emr: 'planned', emrPlannedMonth: '2025-03', intent: 'network', gmisConsent: 'no' }],
  ])('nothing to say of %j', async (answer) => {
    expect((await confirmed(answer)).querySelector('.banner')).toBeNull()
  })
})
