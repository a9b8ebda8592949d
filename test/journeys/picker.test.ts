import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectAccessible, siteWith, type Visitor, visit } from '../support/browser.ts'

const site = siteWith({
  shared: true,
  hospitals: [
    { key: '4619900011', name: '濵﨑第一病院', kana: 'ハマサキダイイチビョウイン' },
    { key: '4619900029', name: '若竹センター病院', kana: 'ワカタケセンタービョウイン', beds: 87 },
    { key: '4619900037', name: '渚病院', kana: null, region: '奄美', municipality: '奄美市', beds: 45 },
    {
      key: '4619900045',
      name: '霧ケ丘ヴィラ医院',
      kana: 'キリガオカビライイン',
      region: '奄美',
      municipality: '國頭町',
    },
    {
      key: '4619900052',
      name: '𠮷齋㈱病院',
      kana: 'ヨシサイビョウイン',
      region: '奄美',
      municipality: '奄美市',
    },
  ],
})
let visitor: Visitor
let page: Page
beforeEach(async () => {
  visitor = await visit()
  page = visitor.page
  await page.goto(`${site.address}/survey`)
})
afterEach(async () => {
  await visitor.context.close()
  expect(visitor.complaints).toEqual([])
})

const filter = () => page.getByLabel('病院名・フリガナ・市町村名・医療機関コードで絞り込む')
const offered = () => page.locator('#hospitalCode optgroup option').allTextContents()
const said = () => page.locator('.picker__count').textContent()
const FIRST = '濵﨑第一病院（鹿児島市）'
const SECOND = '若竹センター病院（鹿児島市）'
const THIRD = '渚病院（奄美市）'
const FOURTH = '霧ケ丘ヴィラ医院（國頭町）'
const FIFTH = '𠮷齋㈱病院（奄美市）'

test.each([
  ['はまさき', [FIRST]],
  ['ハマサキ', [FIRST]],
  ['ﾊﾏｻｷ', [FIRST]],
  ['浜崎', [FIRST]],
  ['わかたけ せんた', [SECOND]],
  ['ワカタケセンタービヨウイン', [SECOND]],
  ['奄美市', [FIFTH, THIRD]],
  ['奄美　渚', [THIRD]],
  ['４６１９９０００２９', [SECOND]],
  ['46,1990,002', [SECOND]],
  ['鹿児島', [FIRST, SECOND]],
  ['病院', [FIRST, SECOND, FIFTH, THIRD]],
  ['濱碕', [FIRST]],
  ['霧が丘', [FOURTH]],
  ['霧ヶ丘', [FOURTH]],
  ['霧ガ', [FOURTH]],
  ['びら', [FOURTH]],
  ['ﾋ゛ﾗ', [FOURTH]],
  ['ヒ゛ラ', [FOURTH]],
  ['国頭', [FOURTH]],
  ['吉斉', [FIFTH]],
  ['吉斎（株）', [FIFTH]],
  ['株式会社', [FIFTH]],
  ['病院 どこにもない', []],
])('%s finds %j', async (typed, found) => {
  await filter().fill(typed)
  expect(await offered()).toEqual(found)
  expect(await said()).toContain(
    found.length === 0 ? '該当する病院がありません' : `${found.length}病院が該当します`,
  )
  const others = page.locator('#hospitalCode > option')
  expect(await others.allTextContents()).toEqual(['選択してください', '一覧にない病院'])
})

test('by keyboard: type, Enter takes the only one, beds and region are said; Escape brings all back', async () => {
  await filter().focus()
  await page.keyboard.type('nagisa')
  await page.keyboard.press('Enter')
  expect(await page.locator('#hospitalCode').inputValue()).toBe('')
  await filter().fill('渚')
  await page.keyboard.press('Enter')
  expect(await page.locator('#hospitalCode').inputValue()).toBe('4619900037')
  expect(await page.evaluate('document.activeElement.id')).toBe('hospitalCode')
  expect(await page.getByRole('status').filter({ hasText: '許可病床数' }).textContent()).toBe(
    '許可病床数：45床　二次医療圏：奄美',
  )
  await filter().focus()
  await page.keyboard.press('Escape')
  expect(await offered()).toHaveLength(5)
  expect(await page.locator('#hospitalCode').inputValue()).toBe('4619900037')
  expect(page.url()).toBe(`${site.address}/survey`)
})

test('the chosen hospital stays chosen, whatever is looked for after it', async () => {
  await page.locator('#hospitalCode').selectOption('4619900011')
  await filter().fill('渚')
  expect(await page.locator('#hospitalCode').inputValue()).toBe('4619900011')
  expect(await offered()).toEqual([FIRST, THIRD])
  expect(await said()).toContain('1病院が該当します')
})

test('the note on the master belongs to a chosen hospital of the list', async () => {
  const note = page.getByLabel('病院の登録内容の訂正')
  expect(await note.isVisible()).toBe(false)
  await page.locator('#hospitalCode').selectOption('4619900029')
  expect(await note.isVisible()).toBe(true)
  await page.locator('#hospitalCode').selectOption('other')
  expect(await note.isVisible()).toBe(false)
  expect(await page.locator('.facts').count()).toBe(0)
})

test('leaving with something typed and not sent is asked about, going on is not', async () => {
  const asked: string[] = []
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type())
    await dialog.accept()
  })
  await page.goto(site.address)
  await page.goto(`${site.address}/survey`)
  expect(asked).toEqual([])
  await page.getByLabel('担当者名').click()
  await page.keyboard.type('a')
  await page.getByRole('button', { name: '確認画面へ進む' }).click()
  await page.locator('.error-summary').waitFor()
  expect(asked).toEqual([])
  await page.getByLabel('担当者名').click()
  await page.goto(site.address)
  expect(asked).toEqual(['beforeunload'])
})

test('the link is copied by a button', async () => {
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: '入力を中断し、後で続ける' }).click()
  await page.getByRole('button', { name: 'リンクをコピーする' }).click()
  await page.getByText('コピーしました。').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
    await page.getByLabel('入力した内容の続きから始めるリンク').inputValue(),
  )
})

test('narrowed, empty or chosen, it is accessible', async () => {
  for (const typed of ['渚', 'どこにもない', '']) {
    await filter().fill(typed)
    await expectAccessible(page)
  }
  await page.locator('#hospitalCode').selectOption('4619900029')
  await expectAccessible(page)
})
