import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { parseSnapshot } from '../../../src/domain/selection/snapshot.ts'
import { tableRows } from '../../support/html.ts'
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
    { key: BIG!, name: '大きい病院', beds: 90, functions: ['emergency'] },
    { key: MIDDLE!, name: '中くらい病院', beds: 80 },
    { key: SMALL!, name: '小さい病院', beds: 70 },
    { key: SILENT!, name: '無回答病院', beds: 60 },
    { key: ISLAND!, name: '島の病院', beds: 50, region: '奄美' },
  )
  for (const hospital of [BIG!, MIDDLE!, SMALL!]) saveSubmission(stores, { hospital })
  saveSubmission(stores, { hospital: ISLAND!, emr: 'none' })
}

describe('the selection page', () => {
  test('shows the band board, with what is missing in red and in words', async () => {
    fill()
    const page = await browser.page('/admin/selection')
    const board = page.querySelector('.band-board')!
    expect([...board.querySelectorAll('thead th')].map((cell) => cell.textContent)).toEqual([
      '病床規模区分',
      '支援枠',
      '選定対象',
      '選定',
      '補欠',
      '過不足',
    ])
    expect(tableRows(board)).toEqual([
      ['20～99床', '2', '3', '2', '1', '充足'],
      ['100床以上', '1', '0', '0', '0', '不足 1'],
      ['合計', '3', '3', '2', '1', '不足 1'],
    ])
    expect(board.querySelectorAll('tr.off-balance .tag--error')).toHaveLength(2)
  })

  test('ranks the eligible with points, decision and reason, and draws the cut line', async () => {
    fill()
    const page = await browser.page('/admin/selection')
    const [ranking, ineligible] = [...page.querySelectorAll('.table-list table')]
    expect(tableRows(ranking!)).toEqual([
      [
        '1',
        '大きい病院',
        '鹿児島',
        '20～99床',
        '90',
        '15.00',
        '救急医療 15.00点',
        '選定',
        '100％',
        '順位：20～99床の区分で第1位（支援枠2）',
      ],
      [
        '2',
        '中くらい病院',
        '鹿児島',
        '20～99床',
        '80',
        '0.00',
        '',
        '選定',
        '100％',
        '順位：20～99床の区分で第2位（支援枠2）',
      ],
      ['20～99床の選定はここまで（2病院）'],
      [
        '3',
        '小さい病院',
        '鹿児島',
        '20～99床',
        '70',
        '0.00',
        '',
        '補欠第1位',
        '0％',
        '20～99床の区分で第3位（支援枠2）のため、枠内に入りません',
      ],
    ])
    expect(tableRows(ineligible!)).toEqual([
      ['無回答病院', '鹿児島', '20～99床', '60', '未回答'],
      ['島の病院', '奄美', '20～99床', '50', '電子カルテを導入していない（予定もない）'],
    ])
  })

  test('shows how every region is served against its floor', async () => {
    fill()
    const page = await browser.page('/admin/selection')
    expect(tableRows(page.querySelector('.table--regions')!)).toEqual([
      ['鹿児島', '3', '2', '1', '充足'],
      ['奄美', '0', '0', '0', '希望なし'],
    ])
  })

  test.each([
    ['?band=large', [], []],
    ['?region=奄美', [], ['島の病院']],
    ['?decision=waitlisted', ['小さい病院'], []],
    ['?decision=selected&band=small', ['大きい病院', '中くらい病院'], []],
    ['?reason=no_submission', [], ['無回答病院']],
    ['?band=__proto__', [], []],
  ])('narrows: %s', async (query, ranked, ineligible) => {
    fill()
    const page = await browser.page(`/admin/selection${encodeURI(query)}`)
    const names = (label: string) =>
      [...page.querySelectorAll(`[aria-label="${label}"] th.name`)].map((cell) => cell.textContent)
    expect(names('順位')).toEqual(ranked)
    expect(names('選定の対象にならない病院')).toEqual(ineligible)
  })

  test('every number of the board leads to as many hospitals', async () => {
    fill()
    const page = await browser.page('/admin/selection')
    const links = [...page.querySelectorAll('.band-board a, .table--regions a, .counts a')]
    expect(links.length).toBeGreaterThan(8)
    for (const link of links) {
      const [url] = link.getAttribute('href')!.split('#')
      const behind = await browser.page(url!)
      expect(behind.querySelectorAll('.table--data .name'), url).toHaveLength(
        Number.parseInt(link.textContent!, 10),
      )
    }
  })

  test('says what waits, and that answers still come in', async () => {
    fill()
    saveSubmission(office.stores, { hospital: BIG! })
    saveSubmission(office.stores, { hospital: { name: '外の病院', address: '鹿児島市', beds: 30 } })
    const page = await browser.page('/admin/selection')
    const [open, waiting] = [...page.querySelectorAll('.banner')].map((banner) => banner.textContent)
    expect(open).toContain('回答期限は令和6年3月18日（月）24時です。')
    expect(waiting).toContain('重複　1件')
    expect(waiting).toContain('特定待ち　1件')
    office.setNow('2024-03-19T00:00:00Z')
    const after = await (await signedIn(office, { login: 'later' })).page('/admin/selection')
    expect(after.querySelectorAll('.banner')).toHaveLength(1)
  })

  test('names a problem, shows more than the seats in red, and offers no seat to an excluded one', async () => {
    fill()
    for (const code of [MIDDLE!, SMALL!, SILENT!])
      addOverride(office.stores, code, 'designate', `指定の理由${code}`)
    addOverride(office.stores, BIG!, 'exclude', '廃院予定')
    const page = await browser.page('/admin/selection')
    expect(page.querySelector('.banner--error')!.textContent).toContain(
      '20～99床の区分で、県の指定が枠を1病院超えています。',
    )
    expect(tableRows(page.querySelector('.band-board')!)[0]).toEqual([
      '20～99床',
      '2',
      '3',
      '3',
      '0',
      '超過 1',
    ])
    expect(page.querySelector('[aria-label="選定の対象にならない病院"]')!.textContent).toContain(
      '県の判断による除外：廃院予定',
    )
    expect(page.querySelector('[aria-label="順位"]')!.textContent).toContain(`県の指定：指定の理由${SILENT}`)
  })

  test('is friendly while there is no hospital', async () => {
    const page = await browser.page('/admin/selection')
    expect(page.querySelector('main')!.textContent).toContain('該当する病院はありません。')
    expect(tableRows(page.querySelector('.band-board')!).at(-1)).toEqual([
      '合計',
      '50',
      '0',
      '0',
      '0',
      '不足 50',
    ])
  })

  test('leads only whoever may confirm to the confirmation', async () => {
    fill()
    const link = 'a[href="/admin/selection/confirm"]'
    expect((await browser.page('/admin/selection')).querySelector(link)).toBeNull()
    const officer = await signedIn(office, { login: 'worker', role: 'officer' })
    expect((await officer.page('/admin/selection')).querySelector(link)).not.toBeNull()
    expect((await browser.get('/admin/selection/confirm')).statusCode).toBe(403)
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
