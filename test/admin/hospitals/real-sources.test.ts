import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { WaitingRow } from '../../../src/db/waiting-rows.ts'
import { listOf, type MasterFile, readMasterFile } from '../../../src/office/master/import.ts'
import { openMatches } from '../../../src/office/master/matching.ts'
import { differingHospitals } from '../../../src/office/master/sources.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

/** The real lists of one prefecture: the bureau's with 医療機関コード, the open data with 機関コード alone. */
const DATA = resolve(import.meta.dirname, '../../../../shared/data')
const FOLDER = existsSync(DATA) ? DATA : undefined
const BUREAU = 'r7_10_shisetsu_kagoshima_ika_02.xlsx'
const NAVII = '01-1_hospital_facility_info_20250601.kagoshima-part.csv'

describe.skipIf(FOLDER === undefined)('the real lists of one prefecture', () => {
  const office = officeWith({ now: '2025-11-01T00:00:00Z' })
  const officer = office.officer()
  const file = (name: string) => ({ name, bytes: readFileSync(resolve(FOLDER!, name)) })

  /** On the pages, as an officer does it. */
  async function takeInOnScreen(name: string) {
    await officer.get('/admin/hospitals/import')
    const page = htmlOf(await officer.upload('/admin/hospitals/import', file(name)))
    const action = page.querySelector('main form')!.getAttribute('action')!
    const done = await officer.post(action, fieldsOf(page, action))
    expect(done.statusCode).toBe(303)
  }
  const files = new Map<string, MasterFile>()
  /** The same, the file read once for all tests. */
  async function takeIn(name: string) {
    if (!files.has(name)) {
      const { bytes } = file(name)
      const read = await readMasterFile(office.stores, name, bytes, office.now())
      if (read.ok) files.set(name, read.file)
    }
    const act = { actor: 'officer', at: office.now(), source: name }
    office.stores.hospitals.import(listOf(files.get(name)!, 'keep'), act)
  }
  const count = () => office.stores.hospitals.all().length
  const rowNamed = (name: string, place: string): WaitingRow =>
    office.stores.hospitalMatches
      .waiting()
      .find(({ hospital }) => hospital.name.includes(name) && hospital.municipality === place)!

  describe.each([
    ['the bureau’s first', BUREAU, NAVII, 229],
    ['the open data first', NAVII, BUREAU, 139],
  ])('%s', (_order, first, second, before) => {
    beforeEach(async () => {
      await takeIn(first)
    })

    test('what is the same by name waits, and is neither a second hospital nor lost', async () => {
      expect(count()).toBe(before)
      await takeInOnScreen(second)
      const matches = openMatches(office.stores)
      // Rows without anything like them are hospitals of their own: 牧之原診療所 and others.
      expect([matches.length, count() - before]).toEqual(second === NAVII ? [135, 4] : [136, 93])
      expect(matches.filter(({ isCertain }) => isCertain).length).toBeGreaterThan(80)
      expect(matches.every(({ candidates }) => candidates.length > 0)).toBe(true)
    })

    test('the certain ones are confirmed together, and the codes are one hospital’s', async () => {
      await takeIn(second)
      const certain = openMatches(office.stores).filter(({ isCertain }) => isCertain)
      const page = await officer.page('/admin/hospitals/matches')
      const pairs = [...page.querySelectorAll('input[name="pair"]')].map((box) => box.getAttribute('value')!)
      expect(pairs).toHaveLength(certain.length)
      const { reason } = fieldsOf(page, '/admin/hospitals/matches')
      const form = new URLSearchParams([
        ...pairs.map((pair) => ['pair', pair]),
        ['reason', reason!],
      ]).toString()
      const [hospitals, all] = [count(), openMatches(office.stores).length]
      expect((await officer.postText('/admin/hospitals/matches', form)).statusCode).toBe(303)
      expect(count()).toBe(hospitals)
      expect(openMatches(office.stores)).toHaveLength(all - certain.length)
      const { row, candidates } = certain[0]!
      const joined = office.stores.hospitals.byCode(row.code)!
      expect(joined.key).toBe(candidates[0]!.hospital.key)
      expect([joined.medicalCode, joined.naviiCode]).not.toContain(null)
      expect(office.stores.hospitals.byCode(joined.medicalCode!)).toEqual(joined)
      // The same file again knows them by their codes; no row has got lost, and none is there twice.
      await takeIn(second)
      expect(openMatches(office.stores).length + count()).toBe(all - certain.length + hospitals)
      expect(count() - hospitals).toBeLessThan(3)
    })

    test('name twins are never certain, and stand beside each other', async () => {
      await takeIn(second)
      for (const place of ['鹿児島市', '枕崎市']) {
        const { id } = rowNamed('尾辻病院', place)
        const match = openMatches(office.stores).find(({ row }) => row.id === id)!
        expect(match.isCertain).toBe(false)
        expect(match.candidates.map(({ hospital }) => hospital.municipality)).toEqual(
          place === '鹿児島市' ? ['鹿児島市', '枕崎市'] : ['枕崎市', '鹿児島市'],
        )
        const page = await officer.page(`/admin/hospitals/matches/${id}`)
        const heads = [...page.querySelectorAll('thead th')].map((head) => head.textContent)
        expect(heads.filter((head) => head!.includes('尾辻病院'))).toHaveLength(3)
        expect(textOf(page, 'main')).toContain('市町村が違う')
      }
    })
  })

  test('beds differ for some hospitals of the same name: both are kept, the later day counts, bands are marked', async () => {
    await takeIn(BUREAU)
    await takeIn(NAVII)
    const exact = openMatches(office.stores).filter(
      ({ candidates: [best] }) => best!.likeness.name === 'same' && best!.likeness.isSamePlace,
    )
    const act = { actor: 'officer', at: office.now(), reason: '名称と市町村が同じ' }
    for (const { row, candidates } of exact)
      office.stores.hospitalMatches.join(row.id, candidates[0]!.hospital.key, act)
    const differing = differingHospitals(office.stores).filter(({ difference }) => difference.fact === 'beds')
    expect([exact.length, differing.length]).toEqual([104, 9])
    expect(differing.filter(({ bands }) => bands.length > 1).length).toBeGreaterThan(0)
    const page = await officer.page('/admin/hospitals/differences')
    expect(textOf(page, 'main')).toContain('選択していない項目（9件）')
    expect(textOf(page, 'main')).toContain('医療情報ネット（令和7年6月1日（日）現在）')
  })
})
