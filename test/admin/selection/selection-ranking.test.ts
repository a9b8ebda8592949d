import { describe, expect, test } from 'vitest'
import { readingOf } from '../../../src/domain/selection/reading.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { parseSnapshot } from '../../../src/domain/selection/snapshot.ts'
import { stabilityOf } from '../../../src/domain/selection/stability.ts'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { decodeText } from '../../../src/files/table/encoding.ts'
import { htmlOf, type PagePart, tableRows, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { A, B, C, D, fillWorkbench } from '../../support/workbench.ts'
import { readXlsx } from '../../support/xlsx.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith()
const browser = office.officer({ role: 'viewer' })

const demo = () => office.restock({ demo: '2024-03-14T01:00:00Z' })

/** The draft as anyone can recompute it from its file. */
async function recomputed() {
  const parsed = parseSnapshot(JSON.parse((await browser.get('/admin/selection/snapshot.json')).body))
  if (!parsed.ok) throw new Error('the draft is no snapshot')
  return { snapshot: parsed.snapshot, result: select(parsed.snapshot) }
}

describe('the points along the ranking', () => {
  test('are bars of one scale: the longest is the highest score', async () => {
    fillWorkbench(office.stores)
    const page = await browser.page('/admin/selection')
    const bars = [...page.querySelectorAll('.rank__bar')].filter((bar) => bar.querySelector('rect'))
    const ends = bars.map((bar) => {
      const last = [...bar.querySelectorAll('rect')].at(-1)!
      return Math.round(Number(last.getAttribute('x')) + Number(last.getAttribute('width')))
    })
    expect(ends).toEqual([160, 80, 80])
    expect(textIn(bars[0]!.querySelector('title'))).toBe('診療機能 30.00点')
    expect([...page.querySelectorAll('.legend li')].map(textIn)).toEqual([
      '診療機能',
      '地域での役割',
      '対策の不足',
      '回答の内容',
    ])
    for (const rect of page.querySelectorAll('.rank__part')) {
      const pattern = /^url\(#(.+)\)$/.exec(rect.getAttribute('fill')!)![1]!
      expect(page.getElementById(pattern), pattern).not.toBeNull()
    }
  })

  test('are heard by kind, and add up to the score', async () => {
    await demo()
    const page = await browser.page('/admin/selection')
    const rows = [...page.querySelectorAll('.rank__points')]
    expect(rows).toHaveLength(100)
    for (const row of rows) {
      const parts = [...textIn(row.querySelector('title')).matchAll(/ ([\d.]+)点/g)].map(([, each]) =>
        Number(each),
      )
      expect(parts).toHaveLength(4)
      expect(parts.reduce((sum, each) => sum + each, 0)).toBeCloseTo(
        Number(textIn(row.querySelector('b'))),
        2,
      )
      const widths = [...row.querySelectorAll('rect')].map((rect) => Number(rect.getAttribute('width')))
      expect(widths).toHaveLength(parts.filter((each) => each > 0).length)
    }
  })

  test('are columns by a link, and add up to the score', async () => {
    await demo()
    const page = await browser.page('/admin/selection')
    const link = [...page.querySelectorAll('.rank-legend a')].find((each) =>
      textIn(each).includes('表で見る'),
    )!
    const table = await browser.page(link.getAttribute('href')!.split('#')[0]!)
    const rows = tableRows(table.querySelector('.table--ranking')).filter((row) => row.length > 1)
    expect(rows.length).toBeGreaterThan(50)
    for (const row of rows) {
      const points = row.slice(4, -2).map(Number)
      expect(points).toHaveLength(14)
      expect(points.reduce((sum, each) => sum + each, 0)).toBeCloseTo(Number(row[3]), 2)
    }
    expect(table.querySelector('.rank__bar')).toBeNull()
    expect(textIn(table.querySelector('.rank-legend a'))).toBe('点数の内訳を図で見る')
  })
})

describe('the stability', () => {
  test('is that of the engine, and only all is 100 and only none is 0', async () => {
    await demo()
    const { snapshot, result } = await recomputed()
    const { hospitals, runs, onTheLine } = stabilityOf(readingOf(snapshot, result))
    const first = await browser.page('/admin/selection?view=points')
    const second = await browser.page('/admin/selection?view=points&page=2')
    const rows = [first, second].flatMap((page) => [...page.querySelectorAll('.table--ranking tbody tr')])
    expect(rows).toHaveLength(hospitals.size)
    const shown = new Map(
      rows.map((row) => [
        row.querySelector('.name a')!.getAttribute('href')!.split('/').at(-1)!,
        textIn(row.querySelector('.stability')),
      ]),
    )
    for (const [code, { selected }] of hospitals) {
      const percent = Number.parseInt(shown.get(code)!, 10)
      expect(percent === 100).toBe(selected === runs)
      expect(percent === 0).toBe(selected === 0)
      expect(Math.abs(percent - (100 * selected) / runs)).toBeLessThan(1)
      expect(shown.get(code)!.includes('配点により変わる')).toBe(onTheLine.includes(code))
    }
    const bars = await browser.page('/admin/selection?stability=line')
    const said = [...bars.querySelectorAll('.rank__points > small')].map(textIn)
    expect(said).toHaveLength(onTheLine.length)
    expect(said[0]).toMatch(/^配点を変えると\d+％の場合に選定$/)
  })

  test('lists whose decision hangs on the weights, and on which criterion alone', async () => {
    fillWorkbench(office.stores)
    addHospitals(office.stores, { key: '4610000078', name: '救急病院', beds: 30, functions: ['emergency'] })
    saveSubmission(office.stores, { hospital: '4610000078' })
    const page = await browser.page('/admin/selection')
    const lines = tableRows(page.querySelector('[aria-label="配点により結果が変わる病院"] table'))
    expect(textIn(page.querySelector('#on-the-line h2'))).toBe('配点により結果が変わる病院（2病院）')
    const flips = '救急医療の配点を20％増、災害医療の配点を20％減'
    expect(lines.map(([, name, , , , each]) => [name, each])).toEqual([
      ['乙病院', flips],
      ['救急病院', flips],
    ])
    const filtered = await browser.page('/admin/selection?stability=line')
    expect([...filtered.querySelectorAll('.rank__who a')].map(textIn)).toEqual(['乙病院', '救急病院'])
    expect(textIn(filtered.querySelector('.facets a[aria-current][href="/admin/selection#ranking"]'))).toBe(
      '配点により変わる 2',
    )
  })

  test('says so where no decision hangs on them', async () => {
    fillWorkbench(office.stores)
    const page = await browser.page('/admin/selection')
    expect(textIn(page.querySelector('main'))).toContain('判定が変わる病院はありません。')
  })

  test('of many hospitals is worked out beside the pages when asked for, and from then on shown', async () => {
    fillMany()
    const page = await browser.page('/admin/selection')
    expect(textIn(page.querySelector('.facets'))).not.toContain('配点により変わる')
    expect(shares(await browser.page('/admin/selection?view=points'))).toHaveLength(0)
    const link = linkNamed(page, '配点を変えた場合の選定割合を計算する')

    // Whoever asks is told at once; the browser goes on to the page that comes with the result, without a script.
    const told = await browser.get(link)
    expect(told.headers.refresh).toBe('0; url=/admin/selection?stability=show&wait=yes#on-the-line')
    const atWork = htmlOf(told)
    expect(textIn(atWork.querySelector('#on-the-line [role=status]'))).toMatch(
      /^選定の対象となる4\d\d病院について、配点を変えた場合の選定割合を計算しています/,
    )
    expect(htmlFlaws(atWork)).toEqual([])
    // Nobody who has not asked is led anywhere, and it is worked out once.
    const other = await browser.get('/admin/selection')
    expect(other.headers.refresh).toBeUndefined()
    expect(other.body).toContain('計算しています')

    const done = linkNamed(atWork, '計算の結果を表示する')
    const [shown, again] = await Promise.all([browser.get(done), browser.get(done)])
    expect(shown.headers.refresh).toBeUndefined()
    expect(textIn(htmlOf(shown).querySelector('#on-the-line'))).toMatch(
      /（\d+病院） 配点をそれぞれ80～120％の範囲で/,
    )
    expect(again.body).not.toContain('wait=yes')
    expect(shares(await browser.page('/admin/selection?view=points'))).toHaveLength(100)
    expect(textIn((await browser.page('/admin/selection')).querySelector('.facets'))).toContain(
      '配点により変わる',
    )
  })

  test('of many hospitals comes with a file that is about it, and is that of the engine', async () => {
    fillMany()
    const file = await browser.get('/admin/selection.csv?stability=show')
    const parsed = parseCsv(file.body.replace(/^\ufeff/u, ''))
    if (!parsed.ok) throw new Error(parsed.message)
    const [heads, ...rows] = parsed.rows
    const share = heads!.indexOf('配点を変えた場合の選定割合')
    const { snapshot, result } = await recomputed()
    const { hospitals } = stabilityOf(readingOf(snapshot, result))
    expect(rows.filter((row) => row[share] !== '')).toHaveLength(hospitals.size)
    const page = await browser.page('/admin/hospitals/4611000000')
    expect(page.querySelectorAll('.stability--large')).toHaveLength(1)
  })

  test('of many hospitals is asked for on the page of one, too', async () => {
    fillMany()
    const link = linkNamed(await browser.page('/admin/hospitals/4611000000'), '選定割合を計算する')
    const told = await browser.get(link)
    expect(told.headers.refresh).toBe('0; url=/admin/hospitals/4611000000?stability=done#stability')
    const done = linkNamed(htmlOf(told), '計算の結果を表示する')
    expect((await browser.page(done)).querySelectorAll('.stability--large')).toHaveLength(1)
  })
})

/** More than are worked out unasked. */
function fillMany(): void {
  fillWorkbench(office.stores)
  const codes = Array.from({ length: 410 }, (_, index) => String(4611000000 + index))
  addHospitals(office.stores, ...codes.map((code) => ({ key: code, name: `多数${code}`, beds: 40 })))
  for (const hospital of codes) saveSubmission(office.stores, { hospital })
}

function shares(page: PagePart) {
  return page.querySelectorAll('[data-label="配点を変えた場合の選定割合"]')
}

function linkNamed(page: PagePart, name: string): string {
  const link = [...page.querySelectorAll('a')].find((each) => textIn(each) === name)!
  return link.getAttribute('href')!.split('#')[0]!
}

describe('the pages', () => {
  test('hold a hundred each, and lead through all of them once', async () => {
    await demo()
    const { result } = await recomputed()
    const seen = { ranking: [] as string[], ineligible: [] as string[] }
    for (const [name, label] of [
      ['ranking', '順位'],
      ['ineligible', '選定の対象にならない病院'],
    ] as const) {
      for (let url: string | undefined = '/admin/selection'; url; ) {
        const page: Awaited<ReturnType<typeof browser.page>> = await browser.page(url)
        const links = page.querySelectorAll(
          name === 'ranking' ? '.rank__who a' : `[aria-label="${label}"] .name a`,
        )
        expect(links.length).toBeLessThanOrEqual(100)
        seen[name].push(...[...links].map((link) => link.getAttribute('href')!.split('/').at(-1)!))
        const nav = name === 'ranking' ? '順位のページ' : '選定の対象にならない病院のページ'
        url = page.querySelector(`nav[aria-label="${nav}"] [rel="next"]`)?.getAttribute('href')?.split('#')[0]
      }
    }
    const codes = (eligible: boolean) =>
      result.results.filter((row) => row.eligible === eligible).map(({ code }) => code)
    expect(seen.ranking).toEqual(codes(true))
    expect(seen.ineligible).toEqual(codes(false))
  })

  test('are without a flaw, whatever is asked for', async () => {
    await demo()
    const asked = [
      '',
      '?page=2',
      '?page=99',
      '?view=points',
      '?stability=line',
      '?band=none',
      '?reason=no_submission',
      '?q=病院&sort=-name',
      '?judged=yes&view=points',
      '?page=x&out=-1',
    ]
    for (const query of asked) {
      const reply = await browser.get(`/admin/selection${query}`)
      expect(reply.statusCode, query).toBe(200)
      expect(htmlFlaws(htmlOf(reply)), query).toEqual([])
    }
  })
})

describe('what is shown as a file', () => {
  test('has every page of the filter, the figures as numbers, and says on every row that it is internal', async () => {
    await demo()
    const { result } = await recomputed()
    const page = await browser.page('/admin/selection?band=100-199&page=1')
    const link = [...page.querySelectorAll('.list-head a')].find((each) => textIn(each) === 'Excel')!
    const reply = await browser.get(link.getAttribute('href')!)
    expect(reply.headers['content-disposition']).toContain(
      encodeURIComponent('選定案の順位（内部資料）.xlsx'),
    )
    const read = await readXlsx(reply.rawPayload)
    if (!read.ok) throw new Error(read.message)
    const [headers, ...rows] = read.rows
    const column = (name: string) => rows.map((row) => row[headers!.indexOf(name)])
    const expected = result.results.filter(({ band }) => band === '100-199')
    expect(column('医療機関コード')).toEqual(expected.map(({ code }) => code))
    expect(column('点数').map(Number)).toEqual(expected.map(({ score }) => score / 100))
    expect(column('順位')).toEqual(expected.map(({ rank }) => (rank === null ? '' : String(rank))))
    expect(new Set(column('取扱い'))).toEqual(new Set(['内部資料']))
    expect(headers).toContain('救急医療（配点25）')
    expect(office.stores.audit.latest(1)).toMatchObject([
      { action: 'selection.exported', detail: { file: 'selection.xlsx', rows: expected.length } },
    ])
  })

  test.each(['utf-8', 'cp932'])('is a CSV in %s with the same rows', async (encoding) => {
    fillWorkbench(office.stores)
    const by = { actor: 'test', at: new Date('2024-03-10'), reason: '=搬送の実績' }
    office.stores.rankMoves.add(1, { hospitalCode: D, position: 1 }, by)
    const reply = await browser.get(`/admin/selection.csv?band=small&decision=eligible&encoding=${encoding}`)
    const decoded = decodeText(reply.rawPayload)
    if (!decoded.ok) throw new Error(decoded.message)
    expect(decoded.encoding).toBe(encoding)
    const parsed = parseCsv(decoded.text)
    const [headers, ...rows] = parsed.ok ? parsed.rows : []
    expect(rows.map((row) => row[2])).toEqual([D, A, B, C])
    const cell = (name: string) => rows[0]![headers!.indexOf(name)]
    expect([cell('点数による順位'), cell('順位を変更した理由')]).toEqual(['5', "'=搬送の実績"])
    expect(cell('取扱い')).toBe('内部資料')
  })

  test('needs a session', async () => {
    for (const file of [
      'selection.csv',
      'selection.xlsx',
      'selection/order.xlsx',
      'hospitals.csv',
      'nonrespondents.csv',
    ])
      expect((await office.app.inject(`/admin/${file}`)).statusCode).toBe(303)
  })
})
