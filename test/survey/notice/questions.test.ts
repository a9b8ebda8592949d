import { beforeAll, expect, test } from 'vitest'
import { htmlOf, type Page, textOf } from '../../support/html.ts'
import { surveyWith } from '../../support/survey.ts'

let page: Page
const site = surveyWith({ shared: true })
beforeAll(async () => {
  page = htmlOf(await site.get('/qa'))
})

test('all thirteen stand on the page, each with an address of its own', () => {
  const numbers = [...page.querySelectorAll('.question')].map(({ id }) => id)
  expect(numbers.toSorted()).toEqual(Array.from({ length: 13 }, (_, index) => `q${index + 1}`).toSorted())
})

test('the table of contents leads to every one', () => {
  const targets = [...page.querySelectorAll('.contents a')].map((link) => link.getAttribute('href')!)
  expect(targets).toHaveLength(13)
  for (const target of targets) expect(page.querySelector(target)).not.toBeNull()
})

test.each([
  [1, ['院内の一部でも導入', '一部の診療科', '手書き']],
  [2, ['明確な期限は設けられていません', '支援を受けるまでに導入']],
  [3, ['1者', '子会社', '販売会社']],
  [4, ['可能な限り両方']],
  [5, ['病院の費用負担はありません', 'クラウドサービスを含む', 'ソフトウェア', '保守管理', '復旧作業']],
  [6, ['1テラバイト（TB）', '30万円から40万円']],
  [7, ['世代', '柔軟に判断', '打合せ']],
  [8, ['提案', '拘束を受けることはありません']],
  [9, ['永続的に使えるものではありません', '感染しない', '復旧']],
  [10, ['令和6年度を通して', '病院の都合']],
  [11, ['立ち会っていただいて差し支えありません']],
  [12, ['直接連絡', '間に入る']],
  [13, ['構成図', '事前質問票', 'オンラインでも可', '規模', '負担の軽減']],
])('question %i keeps its facts', (number, facts) => {
  const text = textOf(page, `#q${number}`)
  for (const fact of facts) expect(text).toContain(fact)
})

test('the form shows those that help, beside its questions', async () => {
  const form = htmlOf(await site.get('/survey'))
  const beside = (name: string) =>
    [...form.querySelectorAll(`fieldset:has(#${name}) details strong`)].map(({ textContent }) => textContent)
  for (const name of ['emr', 'intent'])
    expect(form.querySelectorAll(`fieldset:has(#${name}) summary`)).toHaveLength(1)
  expect(beside('emr').map((text) => text!.match(/Q(\d+)/)![1])).toEqual(['1', '2'])
  expect(beside('intent').map((text) => text!.match(/Q(\d+)/)![1])).toEqual(['4', '5', '6', '13'])
})
