import { beforeEach, describe, expect, test } from 'vitest'
import { tableRows, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { A, B, C, D, E, fillWorkbench } from '../../support/workbench.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith()
const browser = office.officer()

/** 確定結果 and how it stands, with what is said of each. */
function verdictsOf(page: Awaited<ReturnType<typeof browser.page>>): string[][] {
  return [...page.querySelectorAll('.verdicts__line')].map((line) =>
    ['dt', 'dd'].map((part) => textIn(line.querySelector(part))),
  )
}

describe('the page of a hospital', () => {
  beforeEach(() => fillWorkbench(office.stores))

  test('says in words why it waits and what would have to change', async () => {
    const page = await browser.page(`/admin/hospitals/${C}`)
    expect(textIn(page.querySelector('h1'))).toBe('丙病院')
    expect(verdictsOf(page)).toEqual([
      [
        '選定案での判定',
        '補欠第1位 20～99床の区分で第3位（支援枠2）のため、補欠第1位です。第2位とは点数が同じで、差は許可病床数です。',
      ],
    ])
    const sentences = [...page.querySelectorAll('.sentences li')].map(textIn)
    expect(sentences[0]).toBe('20～99床の枠（支援枠2）に入らないため、補欠第1位です。')
    expect(sentences).toContain('点数があと0.01点高ければ選定されます。')
    expect(sentences).toContain('20～99床の枠があと1病院分あれば選定されます。')
  })

  test('shows the points of every criterion that counts, as a bar and in a table that adds up', async () => {
    const page = await browser.page(`/admin/hospitals/${A}`)
    const rows = tableRows(page.querySelector('[aria-label="点数の内訳"] table'))
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ['救急医療', '25', '60', '15.00'],
      ['災害医療', '15', '100', '15.00'],
      ['合計', '40', '', '30.00'],
    ])
    expect(page.querySelector('.score-picture title')!.textContent).toBe('救急医療 15.00点、災害医療 15.00点')
    expect(page.querySelectorAll('.score-picture .bar__segment')).toHaveLength(2)
  })

  test('names its neighbours once each, with what separates them', async () => {
    const page = await browser.page(`/admin/hospitals/${C}`)
    expect(tableRows(page.querySelector('[aria-label="前後の病院"] table'))).toEqual([
      ['全体・区分内で1つ上', '2', '2', '乙病院', '20～99床', '15.00', '選定', '点数同じ（病床数の多い順）'],
      ['全体で1つ下', '4', '1', '大病院', '100床以上', '0.00', '選定', '15.00点'],
      ['区分内で1つ下', '5', '4', '丁病院', '20～99床', '0.00', '補欠第2位', '15.00点'],
    ])
    const first = await browser.page(`/admin/hospitals/${A}`)
    expect(tableRows(first.querySelector('[aria-label="前後の病院"] table')).map(([place]) => place)).toEqual(
      ['全体・区分内で1つ下'],
    )
  })

  test('tells how far the decision hangs on the weights, and on which', async () => {
    const firm = await browser.page(`/admin/hospitals/${A}`)
    expect(textIn(firm.querySelector('.stability--large'))).toBe('100％')
    expect(textIn(firm.querySelector('main'))).toContain('230回計算し直したうち、230回で選定されました。')
    expect(textIn(firm.querySelector('main'))).toContain(
      '1つの観点の配点だけを20％増減しても、判定は変わりません。',
    )
    addHospitals(office.stores, { key: '4610000078', name: '救急病院', beds: 30, functions: ['emergency'] })
    saveSubmission(office.stores, { hospital: '4610000078' })
    const onTheLine = await browser.page(`/admin/hospitals/${B}`)
    expect(textIn(onTheLine.querySelector('.stability--large'))).toMatch(/^\d\d?％配点により変わる$/)
    expect(textIn(onTheLine.querySelector('main'))).toContain(
      '「救急医療」の配点を20％増やすと選定から外れます。「災害医療」の配点を20％減らすと選定から外れます。',
    )
  })

  test('of one that is out says everything that keeps it out', async () => {
    const page = await browser.page(`/admin/hospitals/${E}`)
    expect(verdictsOf(page)).toEqual([['選定案での判定', '対象外 対象外です。理由：未回答。']])
    expect(textIn(page.querySelector('.sentences'))).toContain('回答がありません。')
    expect(page.querySelector('#stability')).toBeNull()
    expect(page.querySelector('#neighbours')).toBeNull()
    expect(textIn(page.querySelector('main'))).toContain('有効な回答はありません。')
    expect(page.querySelector('input[name="position"]')).toBeNull()
    expect(page.querySelector(`a[href="/admin/hospitals/${E}/designate"]`)).not.toBeNull()
  })

  test('has the master, the answer that counts and the others', async () => {
    const second = saveSubmission(office.stores, { hospital: D, intent: 'network' })
    const page = await browser.page(`/admin/hospitals/${D}`)
    const lists = [...page.querySelectorAll('.summary-list')].map(textIn)
    expect(lists[0]).toContain('本事業の活用意向両方の支援を希望する')
    expect(lists[1]).toContain('所在地鹿児島県鹿児島市架空町1-1')
    expect(lists[1]).toContain('許可病床数60床（一般病床120）')
    const answers = page.querySelector('#answer')!.parentElement!
    expect(textIn(answers)).toContain(`ほかの回答：${second.number} 重複`)
    const submission = await browser.page(`/admin/submissions/${second.number}`)
    expect(submission.querySelector(`a[href="/admin/hospitals/${D}"]`)).not.toBeNull()
  })

  test('offers a step to each neighbour, and any rank', async () => {
    const page = await browser.page(`/admin/hospitals/${C}`)
    const steps = [...page.querySelectorAll('.rank-steps a')].map((link) => [
      textIn(link),
      link.getAttribute('href'),
    ])
    expect(steps).toEqual([
      ['↑ 1つ上へ（第2位）', `/admin/hospitals/${C}/move?position=2`],
      ['↓ 1つ下へ（第4位）', `/admin/hospitals/${C}/move?position=4`],
      ['↓ 区分内で1つ下へ（第5位）', `/admin/hospitals/${C}/move?position=5`],
    ])
  })

  test('is none for a code that is none', async () => {
    expect((await browser.get('/admin/hospitals/4619999999')).statusCode).toBe(404)
    expect((await browser.get('/admin/hospitals/%E0%A4%A')).statusCode).toBe(404)
  })

  test('finds a hospital whose code has to be written in an address', async () => {
    const code = 'A/1 #%'
    addHospitals(office.stores, { key: code, medicalCode: null, naviiCode: code, name: '記号病院', beds: 40 })
    const list = await browser.page('/admin/hospitals?q=記号')
    const href = list.querySelector('.table--data .name a')!.getAttribute('href')!
    expect(textIn((await browser.page(href)).querySelector('h1'))).toBe('記号病院')
  })
})

test('every hospital of the demo has a page without a flaw, and its summary fits its decision', async () => {
  await office.restock({ demo: '2024-03-14T01:00:00Z' })
  for (const [index, { key: code }] of office.stores.hospitals.all().entries()) {
    if (index % 9 !== 0) continue
    const page = await browser.page(`/admin/hospitals/${code}`)
    expect(htmlFlaws(page), code).toEqual([])
    const [, said] = verdictsOf(page)[0]!
    expect(said).toMatch(/^(選定 .*選定しています。|(補欠第\d+位) .*\2です。|対象外 対象外です。)/)
  }
})
