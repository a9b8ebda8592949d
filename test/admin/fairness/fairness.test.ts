import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { AFTER_DEADLINE, confirm, decline, KO, OTSU, SELECTION, TEI } from '../../support/decisions.ts'
import { type Page, tableRows, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { readXlsx } from '../../support/xlsx.ts'

const OWNERS: Record<string, string> = { [KO]: '公立', [OTSU]: '医療法人', [TEI]: '医療法人' }

const office = officeWith({
  now: AFTER_DEADLINE,
  ...SELECTION,
  hospitals: SELECTION.hospitals!.map((hospital) => ({
    ...hospital,
    ...(hospital.key === OTSU && { region: '熊毛', functions: ['disaster'] as const }),
    ownership: OWNERS[hospital.key!] ?? null,
  })) as never,
})
const reader = office.officer({ role: 'viewer', login: 'reader' })

const table = (page: Page, label: string) => tableRows(page.querySelector(`[aria-label="${label}"] table`))

async function csv(query = ''): Promise<string[][]> {
  const parsed = parseCsv((await reader.get(`/admin/fairness.csv${query}`)).body)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.rows
}

describe('the page', () => {
  test('has the shares of all, of who answered, may be selected and is, by band, region, function, ownership', async () => {
    const page = await reader.page('/admin/fairness')
    expect(table(page, '病床規模区分別')).toEqual([
      ['20～99床', '4 66.7％', '3 60.0％', '3 60.0％', '2 66.7％', '＋6.7', '0.0'],
      ['100床以上', '2 33.3％', '2 40.0％', '2 40.0％', '1 33.3％', '－6.7', '0.0'],
      ['全体', '6 100.0％', '5 100.0％', '5 100.0％', '3 100.0％', '－', '－'],
    ])
    expect(table(page, '二次医療圏別').map((row) => row.slice(0, 5))).toEqual([
      ['鹿児島', '5 83.3％', '4 80.0％', '4 80.0％', '2 66.7％'],
      ['熊毛', '1 16.7％', '1 20.0％', '1 20.0％', '1 33.3％'],
      ['全体', '6 100.0％', '5 100.0％', '5 100.0％', '3 100.0％'],
    ])
    expect(table(page, '医療機能別').map(([label]) => label)).toEqual([
      '災害拠点病院',
      'いずれの機能もない病院',
      '全体',
    ])
    expect(table(page, '開設者種別').map(([label, all]) => [label, all])).toEqual([
      ['医療法人', '2 33.3％'],
      ['公立', '1 16.7％'],
      ['（登録なし）', '3 50.0％'],
      ['全体', '6 100.0％'],
    ])
  })

  test('draws every share with its number, and says carefully what is few', async () => {
    const page = await reader.page('/admin/fairness')
    const island = [...page.querySelectorAll('[aria-label="二次医療圏別の割合"] li')].find((each) =>
      textIn(each).startsWith('熊毛'),
    )!
    expect(textIn(island)).toBe('熊毛 全病院16.7％（1） 選定対象20.0％（1） 選定33.3％（1）')
    expect(island.querySelectorAll('rect')).toHaveLength(3)
    expect(textOf(page, 'main')).toContain('1病院が33.3ポイントに当たります')
    expect(textOf(page, 'main')).toContain('差は、四捨五入する前の割合から計算しています。')
    expect(textOf(page, 'main')).toContain('選定対象が10病院以上の区分がないため、差については述べません')
  })

  test('is reached from the selection and from a confirmed round, which it can show as it was', async () => {
    expect((await reader.page('/admin/selection')).querySelector('a[href="/admin/fairness"]')).not.toBeNull()
    const admin = await signedIn(office, { login: 'admin', role: 'admin' })
    await confirm(admin)
    await decline(admin, OTSU)
    expect(
      (await reader.page('/admin/rounds/1')).querySelector('a[href="/admin/fairness?round=1"]'),
    ).not.toBeNull()
    const page = await reader.page('/admin/fairness?round=1')
    expect(textOf(page, 'main p strong')).toBe('初回選定（第2版）')
    // 乙 declined, 丙 moved up.
    expect(
      table(page, '二次医療圏別').map(([region, , , eligible, selected]) => [region, eligible, selected]),
    ).toEqual([
      ['鹿児島', '4 100.0％', '3 100.0％'],
      ['熊毛', '0 0.0％', '0 0.0％'],
      ['全体', '4 100.0％', '3 100.0％'],
    ])
    expect(textOf(page, 'main')).toContain('辞退した1病院は、選定対象にも選定にも含みません。')
    const links = [...page.querySelectorAll('[aria-label="選定の回"] a')].map((link) => [
      textIn(link),
      link.getAttribute('href'),
      link.getAttribute('aria-current'),
    ])
    expect(links).toEqual([
      ['選定案', '/admin/fairness', null],
      ['初回選定', '/admin/fairness?round=1', 'page'],
    ])
    expect(textOf(await reader.page('/admin/fairness'), 'main p strong')).toBe('選定案（追加選定（第2回））')
    expect((await csv('?round=1')).find(([, label]) => label === '熊毛')!.at(8)).toBe('0')
    const entry = office.stores.audit.latest(1)[0]!
    expect(entry).toMatchObject({ action: 'fairness.exported', actor: 'reader', detail: { edition: 2 } })
  })

  test('a round that is none is the draft', async () => {
    for (const round of ['0', '9', 'x', '1e3'])
      expect(textOf(await reader.page(`/admin/fairness?round=${round}`), 'main p strong')).toBe(
        '選定案（初回選定）',
      )
  })
})

describe('the files', () => {
  test('have the rows of all tables', async () => {
    const [head, ...rows] = await csv()
    expect(head).toEqual([
      '表',
      '区分',
      '全病院',
      '全病院の割合（％）',
      '回答',
      '回答の割合（％）',
      '選定対象',
      '選定対象の割合（％）',
      '選定',
      '選定の割合（％）',
      '選定と選定対象の差（ポイント）',
      '選定と全病院の差（ポイント）',
    ])
    expect(rows[0]).toEqual([
      '病床規模区分',
      '20～99床',
      '4',
      '66.7',
      '3',
      '60',
      '3',
      '60',
      '2',
      '66.7',
      '6.7',
      '0',
    ])
    expect(new Set(rows.map(([part]) => part))).toEqual(
      new Set(['病床規模区分', '二次医療圏', '医療機能', '開設者種別']),
    )
    const book = await readXlsx((await reader.get('/admin/fairness.xlsx')).rawPayload)
    expect(book.ok && book.rows).toHaveLength(rows.length + 1)
    const names = office.stores.hospitals.all().map(({ name }) => name)
    expect(names.filter((name) => rows.flat().includes(name))).toEqual([])
  })
})
