import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../../src/db/open.ts'
import { openStores } from '../../../src/db/stores.ts'
import { HOSPITAL_FIELDS } from '../../../src/domain/master/hospital.ts'
import { DEFAULT_FILING_MAPPING } from '../../../src/domain/master/public-facts.ts'
import { filingsAhead, publicFactsOfMaster } from '../../../src/office/public-facts.ts'
import { aHospital } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { htmlOf, type Page, tableRows, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'

const [KO, OTSU, HEI, TEI] = ['4619900011', '4619900029', '4619900037', '4619900045'] as const
const PATH = '/admin/hospitals/public-facts'
const FILED = { name: '診療録管理体制加算１', from: '2024-06-01' }

const office = officeWith({
  hospitals: [
    { key: KO, name: '甲病院', beds: 60, filings: [FILED] },
    { key: OTSU, name: '乙病院', beds: 150, filings: [FILED] },
    { key: HEI, name: '丙病院', beds: 150, filings: [{ name: '診療録管理体制加算２', from: '2024-06-01' }] },
  ],
})
const browser = office.officer()

/** The bureau's list of a day says again what is known of the hospitals. */
function listed(day: string, ...keys: string[]): void {
  const hospitals = keys.map((key) => office.stores.hospitals.byKey(key)!)
  const by = { actor: 'test', at: office.now(), source: '名簿.xlsx' }
  const fields = ['beds', 'filings'] as const
  office.stores.hospitals.import({ fields, hospitals, origin: { source: 'bureau', day } }, by)
}

const form = (page: Page, changed: Record<string, string> = {}) => ({ ...fieldsOf(page, PATH), ...changed })
const look = (page: Page, changed: Record<string, string> = {}) =>
  browser.post(PATH, form(page, { act: 'look', ...changed }))
const counts = (page: Page) =>
  tableRows(page.querySelector('[aria-label="病床規模区分ごとの病院の数"] table'))

describe('public facts of the master', () => {
  test('by the day of the bureau’s newest list; a filing that was not made is no fact', () => {
    listed('2025-10-01', KO, OTSU, HEI)
    const { stores } = office
    const facts = publicFactsOfMaster(stores, stores.hospitals.operating())
    expect([...facts.keys()]).toEqual([KO, OTSU])
    expect(facts.get(KO)).toEqual({
      offlineBackup: true,
      bcp: true,
      networkControl: null,
      source: '施設基準の届出（診療録管理体制加算1）',
      asOf: '2025-10-01',
    })
    listed('2026-07-01', KO)
    expect([...publicFactsOfMaster(stores, stores.hospitals.operating()).keys()]).toEqual([OTSU])
  })

  test('a sheet’s day stands where the bureau has said nothing', () => {
    const { stores } = office
    const hospitals = [aHospital({ key: TEI, filings: [{ ...FILED, from: null }] })]
    const by = { actor: 'test', at: office.now(), source: '台帳.csv' }
    const origin = { source: 'sheet', day: '2025-04-01' } as const
    stores.hospitals.import({ fields: HOSPITAL_FIELDS, hospitals, origin }, by)
    listed('2025-10-01', OTSU)
    const facts = publicFactsOfMaster(stores, stores.hospitals.operating())
    expect([facts.get(TEI)?.asOf, facts.get(OTSU)?.asOf]).toEqual(['2025-04-01', '2025-10-01'])
  })
})

describe('the page', () => {
  test('shows the mapping and how many hospitals get which fact, by band', async () => {
    listed('2025-10-01', KO, OTSU, HEI)
    const page = await browser.page(PATH)
    expect(form(page)).toMatchObject({
      'name-0': '診療録管理体制加算1',
      'offlineBackup-0': 'yes',
      'bcp-0': 'yes',
      'from-0': '令和6年6月1日',
      'until-0': '令和8年5月31日',
    })
    expect(form(page)).not.toHaveProperty('networkControl-0')
    expect(counts(page).slice(0, 2)).toEqual([
      ['20～99床', '1', '1', '1', '1', '0'],
      ['100～199床', '2', '1', '1', '1', '0'],
    ])
    expect(counts(page).at(-1)).toEqual(['計', '3', '2', '2', '2', '0'])
    expect(textOf(await browser.page('/admin/hospitals'), 'main')).toContain('公表情報による対策')
  })

  test('looks ahead before anything is saved, and saves what was looked at', async () => {
    listed('2025-10-01', KO, OTSU, HEI)
    const before = office.stores.audit.all().length
    const added = { 'name-1': '診療録管理体制加算2', 'networkControl-1': 'yes', 'until-1': 'R9.3.31' }
    const looked = htmlOf(await look(await browser.page(PATH), added))
    expect(textOf(looked, 'main')).toContain('まだ登録していません')
    expect(textOf(looked, '.banner a[href="#ahead"]')).toBe('この対応付けにした場合を確認する')
    expect(counts(looked).at(-1)).toEqual(['計', '3', '3', '2', '2', '1'])
    expect(office.stores.audit.all().length).toBe(before)

    const other = await browser.post(PATH, form(looked, { 'bcp-1': 'yes' }))
    expect(other.statusCode).toBe(409)
    expect(textOf(htmlOf(other), '.banner--error')).toContain('影響を確認した後に、内容が変わりました')
    expect(counts(htmlOf(other)).at(-1)).toEqual(['計', '3', '3', '2', '3', '1'])
    expect(office.stores.filingMappings.current().version).toBe(0)

    const saved = await browser.post(PATH, form(looked))
    expect(saved.headers.location).toBe(`${PATH}?done=saved`)
    const after = await browser.page(saved.headers.location!)
    expect(textOf(after, '.banner--success')).toContain('選定案に反映しています')
    expect(textOf(after, '[aria-label="対応付けの変更の記録"]')).toContain(
      '「診療録管理体制加算2」→外部接続点の管理（令和9年3月31日まで）',
    )
    expect(office.stores.filingMappings.current()).toMatchObject({ version: 1, author: 'officer' })
    expect(office.stores.audit.latest(1)[0]).toMatchObject({
      action: 'filing-mapping.changed',
      detail: { before: [{ until: '2026-05-31' }], after: [{}, { until: '2027-03-31' }] },
    })
    const same = await browser.post(PATH, form(after))
    expect(same.headers.location).toBe(`${PATH}?done=unchanged`)
  })

  test('a rule that is taken out is a rule no more', async () => {
    const blank = { 'name-0': '', 'from-0': '', 'until-0': '' }
    const page = await browser.page(PATH)
    const { 'offlineBackup-0': _, 'bcp-0': __, ...rest } = form(page, blank)
    const looked = htmlOf(await browser.post(PATH, { ...rest, act: 'look' }))
    expect(textOf(looked, 'main')).toContain('対応付けがないため、公表情報は使いません')
    await browser.post(PATH, fieldsOf(looked, PATH))
    expect(office.stores.filingMappings.current().mapping).toEqual([])
  })

  test('a name that nobody has filed is pointed out, with those that are like it', async () => {
    const looked = htmlOf(await look(await browser.page(PATH), { 'name-0': '診療録管理体制加算' }))
    expect(textOf(looked, 'main')).toContain(
      '「診療録管理体制加算」の届出：0病院。似た名称の届出：診療録管理体制加算１、診療録管理体制加算２',
    )
  })

  test('what is wrong is said by its field, and what was typed stays', async () => {
    const reply = await look(await browser.page(PATH), {
      'from-0': '令和9年4月1日',
      'bcp-1': 'yes',
      'name-2': '診療録管理体制加算１',
      'until-2': '改定まで',
    })
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    const errors = errorsOf(page)
    expect(errors).toEqual({
      'until-0': expect.stringContaining('1件目の「適用終了日」が「適用開始日」より前です'),
      'name-1': expect.stringContaining('2件目の届出の名称を入力してください'),
      'offlineBackup-2': '3件目の届出から分かる対策を1つ以上選択してください。',
      'until-2': expect.stringContaining('3件目の適用終了日は、'),
    })
    for (const id of Object.keys(errors)) expect(page.querySelector(`#${id}`)).not.toBeNull()
    expect(form(page)).toMatchObject({ 'until-2': '改定まで', 'bcp-1': 'yes' })
  })

  test('two rules of one name and one period are one too many', async () => {
    const twice = {
      'name-1': '診療録管理体制加算１',
      'bcp-1': 'yes',
      'from-1': 'R6.6.1',
      'until-1': 'R8.5.31',
    }
    const page = htmlOf(await look(await browser.page(PATH), twice))
    expect(errorsOf(page)['name-1']).toContain('同じ届出、同じ期間の対応付けが上にあります')
  })

  test('is for officers: a reader does not see it', async () => {
    const reader = await signedIn(office, { login: 'reader', role: 'viewer' })
    expect((await reader.get(PATH)).statusCode).toBe(403)
    expect(textOf(await reader.page('/admin/hospitals'), 'main')).not.toContain('公表情報による対策')
  })
})

test('the look ahead counts what the facts are', () => {
  listed('2025-10-01', KO, OTSU, HEI)
  const ahead = filingsAhead(office.stores, DEFAULT_FILING_MAPPING)
  expect(ahead).toMatchObject({
    hospitals: 3,
    withFilings: 3,
    rules: [{ filed: 2, inForce: 2, similar: [] }],
  })
  expect(ahead.total).toMatchObject({ any: 2, facts: { offlineBackup: 2, bcp: 2, networkControl: 0 } })
})

test('the next edition begins with the mapping and the days of the lists', () => {
  listed('2025-10-01', KO)
  const { stores } = office
  const [rule] = DEFAULT_FILING_MAPPING
  const by = { actor: 'test', at: office.now() }
  stores.filingMappings.save([rule!, { ...rule!, until: '2027-03-31', facts: ['bcp'] }], {
    ...by,
    basedOn: 0,
  })
  stores.filingMappings.save([{ ...rule!, facts: ['networkControl'] }], { ...by, basedOn: 1 })
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-next-'))
  stores.nextEdition(join(folder, 'next.db'), { ...by, file: 'next.db' })
  const next = openDatabase(join(folder, 'next.db'))
  const carried = openStores(next.db, office.now)
  expect(carried.filingMappings.current()).toMatchObject({
    version: 1,
    mapping: [{ ...rule, facts: ['networkControl'] }],
  })
  const facts = publicFactsOfMaster(carried, carried.hospitals.operating())
  expect(facts.get(KO)).toMatchObject({ networkControl: true, bcp: null, asOf: '2025-10-01' })
  next.close()
  rmSync(folder, { recursive: true })
})
