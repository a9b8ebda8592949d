import { expect, test } from 'vitest'
import { CONSENT_CHOICES, EMR_CHOICES, INTENT_CHOICES } from '../../../src/domain/answer/choices.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { surveyWith } from '../../support/survey.ts'

const site = surveyWith()
const sheet = async () => textOf(htmlOf(await site.get('/survey/blank')), '.blank')

test('the empty sheet asks what the form asks', async () => {
  const text = await sheet()
  for (const { label } of [...EMR_CHOICES, ...INTENT_CHOICES, ...CONSENT_CHOICES])
    expect(text).toContain(`□${label}`)
  for (const label of [
    '病院名',
    '担当部署',
    '担当者名',
    '電話番号',
    'メールアドレス',
    '備考',
    '導入予定（令和',
  ])
    expect(text).toContain(label)
})

test('it says which survey the consent is about, and when that was', async () => {
  const text = await sheet()
  for (const fact of [
    '厚生労働省が令和',
    '病院における医療情報システムのサイバーセキュリティ対策に係る調査',
    '貴院の回答結果',
  ])
    expect(text).toContain(fact)
})

test('it says where to and until when, and what the personal data are for', async () => {
  const by = { actor: 'test', at: new Date('2024-03-01') }
  expect(site.stores.settings.change({ contactFax: '０９９（２８６）５９２８' }, by)).toEqual([])
  const text = await sheet()
  for (const fact of [
    'FAX099-286-5928',
    '令和6年3月18日（月）24時',
    'imushika@pref.kagoshima.lg.jp',
    '厚生労働省への報告',
  ])
    expect(text).toContain(fact)
  expect(textOf(htmlOf(await site.get('/')), 'main')).toContain('回答票（印刷用）')
})

test('what is no number is refused for the fax', () => {
  const by = { actor: 'test', at: new Date('2024-03-01') }
  expect(site.stores.settings.change({ contactFax: 'なし' }, by)).toMatchObject([{ key: 'contactFax' }])
})
