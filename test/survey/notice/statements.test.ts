import { describe, expect, test } from 'vitest'
import { dayText } from '../../../src/domain/text/dates.ts'
import { TESTED_ON } from '../../../src/survey/notice/notice.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { startSurvey, surveyWith } from '../../support/survey.ts'

const site = surveyWith({ shared: true })

describe('the page on personal data', () => {
  const privacy = async (of: Pick<typeof site, 'get'> = site) =>
    textOf(htmlOf(await of.get('/privacy')), 'main')

  test.each([
    ['what is kept', '氏名、所属する部署、電話番号、メールアドレス'],
    ['for the selection', '対象病院の選定'],
    ['for the report', '厚生労働省への報告'],
    ['for the contractor', '受託事業者への提供'],
    ['whom the contractor calls', '支援対象に選定された病院'],
    ['that consent decides on the GMIS answers', '「活用してよい」と回答した病院のものだけ'],
    ['of which survey', '令和6年1月31日（水）にGMIS（医療機関等情報支援システム）で実施した調査'],
    [
      'what becomes of who does not consent, as the form says it',
      'GMIS調査の回答結果を用いずに評価します。希望しないことを理由に評価を下げることはありません',
    ],
    ['that they go with the consent', 'その時点で消去します'],
    ['how long', '保存期間（5年）が満了するまで'],
    ['what becomes of it then', '保存期間が満了した後は、消去します'],
    ['that there is no cookie', 'Cookieを使用しません'],
    ['who reads it', '権限を与えられた県の職員だけ'],
    ['whom to ask', '099-286-2707'],
  ])('says %s', async (_fact, text) => {
    expect(await privacy()).toContain(text)
  })

  test('takes the years from the settings, and speaks of encryption where there is some', async () => {
    const other = await startSurvey({ environment: { PUBLIC_URL: 'https://kakuho.pref.example.jp' } })
    other.stores.settings.change({ retentionYears: '10' }, { actor: 'test', at: new Date('2024-03-01') })
    expect(await privacy(other)).toContain('保存期間（10年）')
    expect(await privacy(other)).toContain('暗号化した通信')
    expect(await privacy()).not.toContain('暗号化した通信')
    await other.close()
  })
})

test('the accessibility statement says what was tested, when, and what was not; it claims no more', async () => {
  const text = textOf(htmlOf(await site.get('/accessibility')), 'main')
  for (const fact of [
    'JIS X 8341-3:2016の適合レベルAAに配慮',
    dayText(TESTED_ON),
    'WCAG 2.2の適合レベルAとAA',
    '320ピクセル',
    '200％',
    'ハイコントラスト',
    'スクリーンリーダーなどの支援技術を使う方による試験は、行っていません',
    '099-286-2707',
  ])
    expect(text).toContain(fact)
  expect(text).not.toContain('準拠')
})

test('every page leads to both', async () => {
  const page = htmlOf(await site.get('/'))
  for (const href of ['/privacy', '/accessibility'])
    expect(page.querySelector(`.site-footer a[href="${href}"]`)).not.toBeNull()
})
