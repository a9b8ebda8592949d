import { expect, test } from 'vitest'
import type { TypedForm } from '../../../src/domain/answer/form.ts'
import { type QuestionId, questionOf } from '../../../src/domain/answer/questions.ts'
import { aForm } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, type Page, textOf } from '../../support/html.ts'
import { OTHER, surveyWith } from '../../support/survey.ts'

const site = surveyWith({ shared: true })

async function sheet(overrides: Partial<TypedForm> = {}): Promise<Page> {
  const reply = await site.post('/survey/print', aForm(overrides))
  expect(reply.statusCode).toBe(200)
  return htmlOf(reply)
}

function rows(page: Page): Record<string, string> {
  const lines = [...page.querySelectorAll('.sheet__answers tr')]
  return Object.fromEntries(
    lines.map((line) => [line.querySelector('th')!.textContent, line.querySelector('td')!.textContent]),
  )
}

test('it has every answer in words, boxes for the seals, and says that nothing was sent', async () => {
  const page = await sheet({ emr: 'planned', emrPlannedMonth: '2024-09', remarks: '一行目\n二行目' })
  expect(rows(page)).toEqual({
    病院名: '試験病院（鹿児島市）',
    県が把握している内容: '許可病床数：120床　二次医療圏：鹿児島',
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
  expect(textOf(page, '.sheet__inquiry')).toBe('標記の調査について、次のとおり回答してよろしいか伺います。')
  expect([...page.querySelectorAll('.sheet__facts dt')].map(({ textContent }) => textContent)).toEqual([
    '提出先',
    '回答期限',
    '文書番号',
    '起案日',
    '決裁日',
    '施行日',
  ])
  const seals = [...page.querySelectorAll('.sheet__seals th')].map(({ textContent }) => textContent)
  expect(seals).toEqual(['院長', '事務長', '課長', '起案者'])
  expect(textOf(page, '.sheet__stamp')).toBe('未送信')
  expect(textOf(page, '.sheet__foot')).toContain('令和6年3月11日（月）10時00分現在')
  expect(site.stores.submissions.all()).toEqual([])
})

test('who signs is told what each question is for, what it costs and what work it makes', async () => {
  const page = await sheet()
  const purposes = [...page.querySelectorAll('.sheet__purpose')].map(
    (cell) => cell.closest('tr')!.querySelector('th')!.textContent,
  )
  expect(purposes).toEqual(['emr', 'intent', 'gmisConsent'].map((id) => questionOf(id as QuestionId).label))
  const background = textOf(page, '.sheet__background')
  for (const words of ['保守管理', '30万円から40万円程度', 'ネットワークの構成図', 'ヒアリング'])
    expect(background).toContain(words)
})

test('the fuller the answer, the less is said beside it, but for what it costs', async () => {
  const sizes = await Promise.all(
    [0, 300, 1_000].map(async (length) => {
      const page = await sheet({ remarks: 'あ'.repeat(length) })
      const [label] = page.querySelector('.sheet')!.className.match(/roomy|normal|dense/) ?? []
      return [label, page.querySelectorAll('.sheet__purpose').length, textOf(page, '.sheet__background dt')]
    }),
  )
  expect(sizes).toEqual([
    ['roomy', 3, '本事業の内容'],
    ['normal', 3, '本事業の内容'],
    ['dense', 0, '費用の負担'],
  ])
})

test('under 一覧にない病院 it has what was typed', async () => {
  expect(rows(await sheet(OTHER))).toMatchObject({ 許可病床数: '80床', 病院の所在地: OTHER.hospitalAddress })
  expect(Object.keys(rows(await sheet(OTHER)))).not.toContain('県が把握している内容')
})

test('everything goes back to 確認', async () => {
  const page = await sheet({ remarks: '一行目\n二行目' })
  const again = await site.post('/survey/confirm', fieldsOf(page))
  expect(fieldsOf(htmlOf(again))).toEqual(fieldsOf(page))
})

test('what could not be sent is not printed either: the form says why', async () => {
  const reply = await site.post('/survey/print', aForm({ email: '' }))
  expect(reply.statusCode).toBe(422)
  expect(Object.keys(errorsOf(htmlOf(reply)))).toEqual(['email'])
})

test('very many lines are written on, so that it stays one sheet; fewer stay as they are', async () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `行${index}`)
  expect(rows(await sheet({ remarks: lines(30).join('\n') })).備考).toBe(lines(30).join('\n'))
  const many = await sheet({ remarks: lines(90).join('\n'), masterCorrection: '一\n\n二' })
  expect(rows(many)).toMatchObject({ 備考: lines(90).join('／'), 病院の登録内容の訂正: '一／二' })
  expect(many.querySelector('.sheet--dense')).toBeNull()
  expect((await sheet({ remarks: 'あ'.repeat(1_000) })).querySelector('.sheet--dense')).not.toBeNull()
})
