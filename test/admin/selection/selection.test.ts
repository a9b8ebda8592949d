import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { parseSnapshot } from '../../../src/domain/selection/snapshot.ts'
import { draftReader } from '../../../src/office/draft/draft.ts'
import { type PagePart, tableRows, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addOverride } from '../../support/overrides.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const office = officeWith()
const browser = office.officer({ role: 'viewer' })

const [BIG, MIDDLE, SMALL, SILENT, ISLAND] = [
  '4610000011',
  '4610000029',
  '4610000037',
  '4610000045',
  '4610000052',
]

/** Two seats for three small hospitals of 鹿児島, one seat for large ones that nobody wants, and one of 奄美 without EMR. */
function fill(): void {
  const { stores } = office
  const bands = [
    { id: 'small', min: 20, max: 99, seats: 2 },
    { id: 'large', min: 100, max: null, seats: 1 },
  ]
  stores.policies.save(
    { ...DEFAULT_POLICY, bands, criteria: { emergency: 25 } },
    { actor: 'test', at: new Date('2024-03-01T00:00:00Z'), note: '試験' },
  )
  addHospitals(
    stores,
    { key: BIG!, name: '大きい病院', kana: 'オオキイビョウイン', beds: 90, functions: ['emergency'] },
    { key: MIDDLE!, name: '中くらい病院', kana: 'チュウクライビョウイン', beds: 80 },
    { key: SMALL!, name: '小さい病院', kana: 'チイサイビョウイン', beds: 70 },
    { key: SILENT!, name: '無回答病院', beds: 60 },
    { key: ISLAND!, name: '島の病院', kana: 'シマノビョウイン', beds: 50, region: '奄美' },
  )
  for (const hospital of [BIG!, MIDDLE!, SMALL!]) saveSubmission(stores, { hospital })
  saveSubmission(stores, { hospital: ISLAND!, emr: 'none' })
}

describe('the selection page', () => {
  const answer = async () => textIn((await browser.page('/admin/selection')).querySelector('.page-lead'))

  test('answers first how the seats are filled, and in which bands they are not', async () => {
    fill()
    expect(await answer()).toBe('選定案 2病院を選定しています。100床以上の区分で枠が1病院分残っています。')
    const page = await browser.page('/admin/selection')
    const chips = [...page.querySelectorAll('.seat-line li')].map(textIn)
    expect(chips).toEqual([
      expect.stringMatching(/合計.*2／.*3.*不足 1/),
      expect.stringMatching(/20～99床.*2／.*2/),
      expect.stringMatching(/100床以上.*0／.*1.*不足 1/),
    ])
  })

  test.each<[string, number[], string]>([
    ['as many as there are', [2, 0], '2病院を選定し、支援枠に過不足はありません。'],
    [
      'more than there are hospitals',
      [4, 0],
      '3病院を選定しています。20～99床の区分で枠が1病院分残っています。',
    ],
    [
      'too many of two',
      [4, 2],
      '3病院を選定しています。20～99床の区分で枠が1病院分残っています。100～199床の区分で枠が2病院分残っています。',
    ],
    ['too many of three', [4, 2, 3], '3病院を選定しています。3区分で合わせて枠が6病院分残っています。'],
  ])('answers where the seats are %s', async (_, seats, expected) => {
    fill()
    const lower = [20, 100, 200]
    const bands = seats.map((count, index) => ({
      id: `band${index}`,
      min: lower[index]!,
      max: lower[index]! === 20 ? 99 : lower[index]! + 99,
      seats: count,
    }))
    office.stores.policies.save(
      { ...DEFAULT_POLICY, bands },
      { actor: 'test', at: new Date('2024-03-02T00:00:00Z'), note: '試験' },
    )
    expect(await answer()).toBe(`選定案 ${expected}`)
  })

  test('answers where more are designated than there are seats', async () => {
    fill()
    for (const code of [BIG!, MIDDLE!, SMALL!]) addOverride(office.stores, code, 'designate', '拠点')
    expect(await answer()).toContain(
      '3病院を選定しています。20～99床の区分で枠を1病院分超えています。100床以上の区分で枠が1病院分残っています。',
    )
  })

  test('keeps the table of the bands, with what is missing in words', async () => {
    fill()
    const page = await browser.page('/admin/selection')
    const board = page.querySelector('.band-board')!
    expect(tableRows(board).map((row) => row.slice(0, 5))).toEqual([
      ['20～99床', '2', '3', '2', '1'],
      ['100床以上', '1', '0', '0', '0'],
      ['合計', '3', '3', '2', '1'],
    ])
    expect(board.querySelectorAll('tr.off-balance .tag--error')).toHaveLength(2)
  })

  test('ranks the eligible with points, decision and reason, and draws the cut line', async () => {
    fill()
    const page = await browser.page('/admin/selection')
    const { reading } = draftReader({ stores: office.stores, now: () => new Date('2024-03-11T01:00:00Z') })()
    const reasons = reading.rows.filter(({ eligible }) => eligible).map((row) => reading.texts.why(row))
    const rows = [...page.querySelectorAll('.rank tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map(textIn),
    )
    const decision = (index: number) => reading.texts.decision(reading.rows[index]!)
    expect(rows).toEqual([
      ['1', '大きい病院 鹿児島 20～99床（90床）', '15.00診療機能 15.00点', `${decision(0)} ${reasons[0]}`],
      ['2', '中くらい病院 鹿児島 20～99床（80床）', '0.00診療機能 0.00点', `${decision(1)} ${reasons[1]}`],
      ['20～99床の支援枠 2病院分は、ここまで'],
      ['3', '小さい病院 鹿児島 20～99床（70床）', '0.00診療機能 0.00点', `${decision(2)} ${reasons[2]}`],
    ])
    expect([...page.querySelectorAll('.rank .tag')].map((tag) => tag.getAttribute('class'))).toEqual([
      'tag tag--ok',
      'tag tag--ok',
      'tag tag--muted',
    ])
    const ineligible = page.querySelector('[aria-label="選定の対象にならない病院"] table')!
    expect(tableRows(ineligible).map(([name, region, band, beds]) => [name, region, band, beds])).toEqual([
      ['無回答病院', '鹿児島', '20～99床', '60'],
      ['島の病院', '奄美', '20～99床', '50'],
    ])
    expect(page.querySelector('#ineligible')!.hasAttribute('open')).toBe(false)
  })

  test('shows how every region is served against its floor', async () => {
    fill()
    const page = await browser.page('/admin/selection')
    expect(tableRows(page.querySelector('.table--regions')!)).toEqual([
      ['鹿児島', '3', '2', '1', '充足'],
      ['奄美', '0', '0', '0', '対象なし'],
    ])
  })

  const namesIn = (page: PagePart) => ({
    ranked: [...page.querySelectorAll('.rank__who a')].map(textIn),
    ineligible: [...page.querySelectorAll('[aria-label="選定の対象にならない病院"] th.name')].map(textIn),
    isOpen: page.querySelector('#ineligible')!.hasAttribute('open'),
  })

  test.each([
    ['?band=large', [], [], false],
    ['?region=奄美', [], ['島の病院'], false],
    ['?decision=waitlisted', ['小さい病院'], [], false],
    ['?decision=selected&band=small', ['大きい病院', '中くらい病院'], [], false],
    ['?decision=ineligible', [], ['無回答病院', '島の病院'], true],
    ['?reason=no_submission', [], ['無回答病院'], true],
    ['?band=__proto__', [], [], false],
    ['?q=中くらい', ['中くらい病院'], [], false],
    ['?q=ﾁｭｳｸﾗｲ', ['中くらい病院'], [], false],
    ['?q=しまの', [], ['島の病院'], true],
    ['?q=シマノ　ビョウイン', [], ['島の病院'], true],
    ['?q=４６１０００００１１', ['大きい病院'], [], false],
    ['?q=4610000045', [], ['無回答病院'], true],
    ['?q=病院&decision=selected', ['大きい病院', '中くらい病院'], [], false],
  ])('narrows: %s', async (query, ranked, ineligible, isOpen) => {
    fill()
    const page = await browser.page(`/admin/selection${encodeURI(query)}`)
    expect(namesIn(page)).toEqual({ ranked, ineligible, isOpen })
  })

  test.each([
    ['', [BIG, MIDDLE, SMALL]],
    ['?sort=name', [BIG, SMALL, MIDDLE]],
    ['?sort=-name', [MIDDLE, SMALL, BIG]],
    ['?sort=beds', [SMALL, MIDDLE, BIG]],
    ['?sort=-points', [BIG, MIDDLE, SMALL]],
    ['?sort=toString', [BIG, MIDDLE, SMALL]],
  ])('sorts: %s, and only the ranking has cut lines', async (query, codes) => {
    fill()
    const page = await browser.page(`/admin/selection${query}`)
    const shown = [...page.querySelectorAll('.rank__who a')].map((link) =>
      link.getAttribute('href')!.split('/').at(-1),
    )
    expect(shown).toEqual(codes)
    expect(page.querySelectorAll('.rank__cut')).toHaveLength(/sort=-?(name|beds|points)/.test(query) ? 0 : 1)
    const file = await browser.get(`/admin/selection.csv${query}`)
    const order = file.body.split('\r\n').map((line) => line.split(',')[2])
    expect(order.filter((code) => codes.includes(code!))).toEqual(codes)
  })

  test('every number beside the ranking leads to as many hospitals, whatever is chosen already', async () => {
    fill()
    addOverride(office.stores, SMALL!, 'designate', '拠点')
    let followed = 0
    for (const chosen of [
      '',
      '?band=small',
      '?region=奄美',
      '?decision=waitlisted',
      '?reason=no_emr',
      '?q=病院',
    ]) {
      const page = await browser.page(`/admin/selection${encodeURI(chosen)}`)
      for (const link of page.querySelectorAll(
        '.facets a[href^="/admin/selection?"], .facets a[href^="/admin/selection#"]',
      )) {
        const [url, anchor] = link.getAttribute('href')!.split('#')
        const behind = namesIn(await browser.page(url!))
        const isBack = link.getAttribute('aria-current') === 'true' && /判断/.test(textIn(link))
        const found = anchor === 'ranking' ? behind.ranked : behind.ineligible
        if (!isBack)
          expect(found, `${chosen} ${textIn(link)}`).toHaveLength(Number(/\d+$/.exec(textIn(link))![0]))
        followed += 1
      }
    }
    expect(followed).toBeGreaterThan(60)
  })

  test('every number of the tables leads to as many hospitals', async () => {
    fill()
    const page = await browser.page('/admin/selection')
    const links = [...page.querySelectorAll('.band-board a, .table--regions a')]
    expect(links.length).toBeGreaterThan(6)
    for (const link of links) {
      const [url] = link.getAttribute('href')!.split('#')
      const { ranked } = namesIn(await browser.page(url!))
      expect(ranked, url).toHaveLength(Number.parseInt(link.textContent!, 10))
    }
  })

  test('those about which an officer has decided something are a list of their own', async () => {
    fill()
    addOverride(office.stores, SMALL!, 'designate', '拠点')
    const by = { actor: 'test', at: new Date('2024-03-10'), reason: '搬送' }
    office.stores.rankMoves.add(1, { hospitalCode: MIDDLE!, position: 1 }, by)
    const page = await browser.page('/admin/selection?judged=yes')
    expect(namesIn(page).ranked).toEqual(['中くらい病院', '小さい病院'])
    const moved = textIn(page.querySelector('.rank__decision'))
    expect(moved).toContain('順位を変更 点数では第2位。搬送')
    const back = page.querySelector('.facets a[aria-current="true"][href="/admin/selection#ranking"]')
    expect(textIn(back)).toContain('県の判断・順位の変更')
  })

  test('says what waits, and that answers still come in', async () => {
    fill()
    saveSubmission(office.stores, { hospital: BIG! })
    saveSubmission(office.stores, { hospital: { name: '外の病院', address: '鹿児島市', beds: 30 } })
    const page = await browser.page('/admin/selection')
    const waiting = [...page.querySelectorAll('.page-lead a')]
    expect(waiting.map((link) => [textIn(link), link.getAttribute('href')])).toEqual([
      ['確認待ちの回答（重複） 1件', '/admin/submissions?state=duplicate'],
      ['確認待ちの回答（病院の特定待ち） 1件', '/admin/submissions?state=unlinked'],
    ])
    expect(textIn(page.querySelector('main'))).toContain('これから届く回答によって、選定案は変わります。')
    office.setNow('2024-03-19T00:00:00Z')
    const after = await (await signedIn(office, { login: 'later' })).page('/admin/selection')
    expect(textIn(after.querySelector('main'))).not.toContain('これから届く回答')
  })

  test('names a problem, and offers no seat to an excluded one', async () => {
    fill()
    for (const code of [MIDDLE!, SMALL!, SILENT!])
      addOverride(office.stores, code, 'designate', `指定の理由${code}`)
    addOverride(office.stores, BIG!, 'exclude', '廃院予定')
    const page = await browser.page('/admin/selection')
    expect(page.querySelector('.banner--error')!.textContent).toContain(
      '20～99床の区分で、県の指定が枠を1病院超えています。',
    )
    expect(page.querySelector('[aria-label="選定の対象にならない病院"]')!.textContent).toContain('廃院予定')
    const ranking = textIn(page.querySelector('.rank'))
    expect(ranking).toContain(`県の指定：指定の理由${SILENT}`)
    expect(ranking).toContain('20～99床の支援枠 2病院分は、ここまで（選定は3病院）')
  })

  test('is friendly while there is no hospital', async () => {
    const page = await browser.page('/admin/selection')
    expect(page.querySelector('main')!.textContent).toContain('該当する病院はありません。')
    expect(textIn(page.querySelector('.page-lead'))).toContain(
      '選定される病院はありません。6区分で合わせて枠が50病院分残っています。',
    )
  })

  test('without any seat says so, and shows neither decisions nor what follows from them', async () => {
    fill()
    const bands = [{ id: 'all', min: 20, max: null, seats: 0 }]
    const by = { actor: 'test', at: new Date('2024-03-02T00:00:00Z'), note: '試験' }
    office.stores.policies.save({ ...DEFAULT_POLICY, bands }, by)
    const page = await (await signedIn(office, { login: 'worker', role: 'officer' })).page('/admin/selection')
    const text = textIn(page.querySelector('main'))
    expect(text).toContain('支援枠がありません。')
    expect(text).not.toMatch(/充足|過不足はありません|0％|枠に届かない|枠内に入りません/)
    expect(page.querySelector('.rank__shift, .rank__cut, .seat-line, #on-the-line, .bench__act')).toBeNull()
  })

  test.each([
    ['大阪府', '府'],
    ['北海道', '道'],
    ['東京都', '都'],
  ])('speaks of %s by its kind, on the pages of the policy too', async (prefecture, kind) => {
    fill()
    office.stores.settings.change({ prefecture }, { actor: 'test', at: new Date('2024-03-02') })
    addOverride(office.stores, SMALL!, 'designate', '拠点')
    addOverride(office.stores, SILENT!, 'exclude', '廃院予定')
    const urls = [
      'selection',
      'selection?view=points',
      'selection/order',
      'policy',
      'policy/versions',
      'scenarios',
    ]
    const texts = []
    for (const url of urls) texts.push(textIn((await browser.page(`/admin/${url}`)).querySelector('main')))
    expect(texts.join()).not.toContain('県')
    for (const words of [`${kind}の指定・除外 2`, `${kind}の指定：拠点`, `${kind}の判断・順位の変更 1`])
      expect(texts[0]).toContain(words)
  })

  test('leads only whoever may confirm to the confirmation', async () => {
    fill()
    const link = 'a[href="/admin/selection/confirm"]'
    expect((await browser.page('/admin/selection')).querySelector(link)).toBeNull()
    const officer = await signedIn(office, { login: 'worker', role: 'officer' })
    expect(textIn((await officer.page('/admin/selection')).querySelector(link))).toBe('確定前の確認へ')
    expect((await browser.get('/admin/selection/confirm')).statusCode).toBe(403)
  })

  test('has the files for whoever verifies it folded away, at the end', async () => {
    fill()
    const page = await browser.page('/admin/selection')
    const folded = [...page.querySelectorAll('details')].at(-1)!
    expect(folded.hasAttribute('open')).toBe(false)
    expect([...folded.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      '/admin/selection/snapshot.json',
      '/admin/selection/result.json',
    ])
    expect(textIn(page.querySelector('main'))).not.toMatch(/\.json|安定性|当落/)
  })
})

describe('the files of the draft', () => {
  test('agree with each other, with the hash and with a recomputation', async () => {
    await office.restock({ demo: '2024-03-14T01:00:00Z' })
    const snapshotFile = await browser.get('/admin/selection/snapshot.json')
    office.setNow('2024-03-11T02:00:00Z')
    const resultFile = await browser.get('/admin/selection/result.json')
    expect(snapshotFile.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(snapshotFile.headers['content-disposition']).toContain('filename="snapshot.json"')
    expect(snapshotFile.headers['cache-control']).toBe('no-store')
    const parsed = parseSnapshot(JSON.parse(snapshotFile.body))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    expect(parsed.snapshot.candidates).toHaveLength(225)
    const result = JSON.parse(resultFile.body)
    expect(result).toEqual(select(parsed.snapshot))
    expect(result.snapshotSha256).toBe(createHash('sha256').update(snapshotFile.rawPayload).digest('hex'))
  })

  test('follow the facts', async () => {
    fill()
    const before = await browser.get('/admin/selection/snapshot.json')
    office.setNow('2024-03-11T02:00:00Z')
    saveSubmission(office.stores, { hospital: SILENT! })
    const after = await browser.get('/admin/selection/snapshot.json')
    expect(JSON.parse(before.body).takenAt).toBe('2024-03-11T01:00:00.000Z')
    expect(JSON.parse(after.body).takenAt).toBe('2024-03-11T02:00:00.000Z')
    expect(JSON.parse(after.body).candidates[3].submission).not.toBeNull()
  })

  test('are on the record', async () => {
    fill()
    await browser.get('/admin/selection/result.json')
    expect(office.stores.audit.latest(1)).toMatchObject([
      { actor: 'officer', action: 'selection.exported', detail: { file: 'result.json' } },
    ])
  })
})
