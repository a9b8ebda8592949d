import { describe, expect, test } from 'vitest'
import { Sealed } from '../../../src/domain/answer/sealed.ts'
import { parseSnapshot } from '../../../src/domain/selection/snapshot.ts'
import { safeguardLines } from '../../../src/domain/selection/words/safeguards.ts'
import { draftReader } from '../../../src/office/draft/draft.ts'
import { tableRows, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const [KO, OTSU, HEI] = ['4619900011', '4619900029', '4619900037'] as const
const FILED = { name: '診療録管理体制加算１', from: '2024-06-01' }
const SOURCE = '施設基準の届出（診療録管理体制加算1）'

const office = officeWith({
  policy: { criteria: { offlineBackup: 10, bcp: 5, networkControl: 5 }, supportPeriodEnd: '2025-03' },
  hospitals: [
    { key: KO, name: '甲病院', beds: 60, filings: [FILED] },
    { key: OTSU, name: '乙病院', beds: 70, filings: [FILED], supportedIn: '令和6年度' },
    { key: HEI, name: '丙病院', beds: 80 },
  ],
  answers: [
    { hospital: KO, gmisConsent: true },
    { hospital: OTSU, gmisConsent: false },
    { hospital: HEI, gmisConsent: false },
  ],
})
const browser = office.officer({ role: 'viewer' })
const draft = () => draftReader({ stores: office.stores, now: office.now })()

function published(): void {
  const { stores } = office
  const by = { actor: 'test', at: office.now(), source: '名簿.xlsx' }
  const origin = { source: 'bureau', day: '2025-10-01' } as const
  stores.hospitals.import(
    { fields: ['beds', 'filings'], hospitals: stores.hospitals.operating(), origin },
    by,
  )
}

describe('a draft', () => {
  test('has the public facts of whoever has filed, and of nobody else', () => {
    published()
    const { snapshot } = draft()
    expect(parseSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual({ ok: true, snapshot })
    const facts = Object.fromEntries(snapshot.candidates.map(({ code, publicFacts }) => [code, publicFacts]))
    const filed = { offlineBackup: true, bcp: true, networkControl: null, source: SOURCE, asOf: '2025-10-01' }
    expect(facts).toEqual({ [KO]: filed, [OTSU]: filed })
    expect(snapshot.candidates.find(({ code }) => code === HEI)).not.toHaveProperty('publicFacts')
  })

  test('is scored by them only where the GMIS survey says nothing', () => {
    published()
    office.stores.gmis.import(gmisOf({ offlineBackup: false, bcp: null }), {
      actor: 'test',
      at: office.now(),
      source: 'gmis.csv',
    })
    const { reading } = draft()
    const values = (code: string) => {
      const { offlineBackup, bcp, networkControl } = reading.row(code).values
      return [offlineBackup, bcp, networkControl]
    }
    expect(values(KO)).toEqual([100, 0, 50])
    expect(values(OTSU)).toEqual([0, 0, 50])
    expect(values(HEI)).toEqual([50, 50, 50])
  })

  test('without a filing that shows anything has the bytes that it always had', () => {
    const { snapshot } = draft()
    expect(snapshot.candidates.some((each) => 'publicFacts' in each)).toBe(true)
    office.stores.filingMappings.save([], { actor: 'test', at: office.now(), basedOn: 0 })
    expect(draft().snapshot.candidates.some((each) => 'publicFacts' in each)).toBe(false)
  })
})

describe('who reads', () => {
  test('finds on the hospital’s page which source counted, with its day', async () => {
    published()
    const page = await browser.page(`/admin/hospitals/${OTSU}`)
    const main = textOf(page, 'main')
    expect(main).toContain(
      `オフライン・バックアップあり（公表情報：${SOURCE}、令和7年10月1日現在。GMIS調査の回答がないため使用）`,
    )
    expect(main).toContain('外部接続点の管理不明（評価値50）')
    expect(main).toContain('過去の支援：令和6年度')
    expect(textOf(page, '.table--points')).toContain(`公表情報：${SOURCE}、令和7年10月1日現在`)
    const other = textOf(await browser.page(`/admin/hospitals/${HEI}`), 'main')
    expect(other).not.toContain('公表情報：')
    expect(other).not.toContain('過去の支援')
  })

  test('finds them in the ranking’s points and its file', async () => {
    published()
    const points = await browser.page('/admin/selection?view=points')
    expect(textOf(points, '.table--ranking tbody tr')).toMatch(/丙病院/)
    const row = tableRows(points.querySelector('.table--ranking')).find((cells) => cells.includes('乙病院'))!
    expect(row.filter((cell) => cell.includes('公表情報'))).toHaveLength(2)
    const csv = (await browser.get('/admin/selection.csv')).body
    const [head, ...lines] = csv.replace(/^\uFEFF/u, '').split('\r\n')
    const place = head!.split(',').indexOf('公表情報')
    const cell = (name: string) => lines.find((line) => line.includes(name))!.split(',')[place]
    expect(cell('乙病院')).toBe(
      `オフライン・バックアップ、サイバー攻撃を想定したBCPの策定（${SOURCE}、令和7年10月1日現在）`,
    )
    expect(cell('丙病院')).toBe('')
  })

  test('finds who was supported earlier on the list, and has no column for it where nobody was', async () => {
    const heads = async () =>
      [...(await browser.page('/admin/hospitals')).querySelectorAll('thead th')].map((head) => textIn(head))
    expect(await heads()).toContain('過去の支援年度')
    expect(textOf(await browser.page('/admin/hospitals?q=乙病院'), 'tbody')).toContain('令和6年度')
    await office.restock({ hospitals: [{ key: KO, name: '甲病院' }] })
    expect(await heads()).not.toContain('過去の支援年度')
  })

  test('nothing of them is on the public side', async () => {
    published()
    for (const address of ['/', '/survey', '/qa'])
      expect((await office.app.inject(address)).body).not.toContain('診療録管理体制加算')
  })
})

test('in words: what is published beside the hospital’s own answer', () => {
  const publicFacts = {
    offlineBackup: true,
    bcp: true,
    networkControl: null,
    source: '届出',
    asOf: '2025-10-01',
  }
  const gmis = { offlineBackup: false, bcp: true, networkControl: null }
  expect(safeguardLines({ gmis, publicFacts }, 50).map(({ text }) => text)).toEqual([
    'なし（GMIS調査の回答）。公表情報：届出、令和7年10月1日現在では「あり」',
    'あり（GMIS調査の回答）。公表情報：届出、令和7年10月1日現在も「あり」',
    '不明（評価値50）',
  ])
})

function gmisOf(facts: { offlineBackup: boolean | null; bcp: boolean | null }) {
  return new Map([[KO, new Sealed({ ...facts, networkControl: null })]])
}
