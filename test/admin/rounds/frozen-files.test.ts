import { describe, expect, test } from 'vitest'
import type { Archive } from '../../../src/domain/selection/archive/archive.ts'
import { sha256Hex } from '../../../src/domain/text/canonical.ts'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { decodeText } from '../../../src/files/table/encoding.ts'
import {
  AFTER_DEADLINE,
  decline,
  KO,
  OTSU,
  SELECTION,
  savePolicy,
  sendForm,
  TEI,
  TWO_BANDS,
} from '../../support/decisions.ts'
import { officeWith } from '../../support/office.ts'
import { signedIn } from '../../support/officer.ts'
import { addHospitals } from '../../support/submissions.ts'
import { readXlsx } from '../../support/xlsx.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true, onDisk: true })
const browser = office.officer({ role: 'admin' })

const FILES = [
  'snapshot.json',
  'result.json',
  'register.json',
  'checks.json',
  'ministry.csv',
  'ministry.csv?encoding=cp932',
  'ministry.xlsx',
  'internal.xlsx',
  'archive.json',
]
const download = async (base: string, file: string, by = browser) =>
  (await by.get(`${base}/${file}`)).rawPayload
const downloads = (base: string, by = browser) => Promise.all(FILES.map((file) => download(base, file, by)))

test('the same bytes after restarts, other policies, corrections, declines and selecting again', async () => {
  const before = await downloads('/admin/rounds/1')
  savePolicy(office.stores, { ...TWO_BANDS, regionFloor: 3, bands: [] })
  addHospitals(office.stores, { key: KO, name: '改称病院', beds: 700 })
  office.stores.settings.change(
    { prefecture: '別の県', ministryColumns: '順位,医療機関名' },
    { actor: 'test', at: new Date(AFTER_DEADLINE) },
  )
  savePolicy(office.stores, TWO_BANDS)
  await decline(browser, TEI)
  await sendForm(browser, '/admin/rounds/1/reopen', { reason: '算定誤り', freeSeatsReason: '希望がないため' })
  await office.restart('2024-03-19T06:00:00Z')
  const later = await signedIn(office, { login: 'later', role: 'viewer' })
  for (const [index, bytes] of (await downloads('/admin/rounds/1/editions/1', later)).entries())
    expect(bytes.equals(before[index]!), FILES[index]).toBe(true)
  expect((await later.get('/admin/rounds/1/ministry.csv')).body).toMatch(/^\uFEFF順位,医療機関名\r\n/)
})

describe('the files', () => {
  test('are parsed back and say the same in every format', async () => {
    const csv = decodeText(await download('/admin/rounds/1', 'ministry.csv'))
    const rows = parseCsv(csv.ok ? csv.text : '')
    const cp932 = decodeText(await download('/admin/rounds/1', 'ministry.csv?encoding=cp932'))
    expect([csv.ok && csv.encoding, cp932.ok && cp932.encoding]).toEqual(['utf-8', 'cp932'])
    expect(parseCsv(cp932.ok ? cp932.text : '')).toEqual(rows)
    const sheet = await readXlsx(await download('/admin/rounds/1', 'ministry.xlsx'))
    expect(sheet.ok && sheet.rows).toEqual(rows.ok && rows.rows)
    expect(rows.ok && rows.rows.slice(1).map((cells) => cells.slice(1, 4))).toEqual([
      ['1', TEI, '丁病院'],
      ['2', KO, '甲病院'],
      ['3', OTSU, '乙病院'],
    ])
  })

  test('with the points are marked as internal, in their name and on every sheet', async () => {
    const reply = await browser.get('/admin/rounds/1/internal.xlsx')
    expect(decodeURIComponent(String(reply.headers['content-disposition']))).toContain(
      '初回選定_内部資料.xlsx',
    )
    const sheet = await readXlsx(reply.rawPayload)
    expect(sheet.ok && sheet.rows[0]).toEqual(expect.arrayContaining(['全体の順位', '点数', '判定']))
    expect(sheet.ok && sheet.rows.slice(1).map((cells) => cells[3])).toHaveLength(5)
  })

  test('are all in the archive, each under its hash', async () => {
    const archive: Archive = JSON.parse((await browser.get('/admin/rounds/1/archive.json')).body)
    expect(archive.record).toMatchObject({
      prefecture: '鹿児島県',
      round: 1,
      edition: 1,
      policyVersion: 1,
      proposed: null,
      confirmed: { by: 'officer', name: '試験 officer', at: '2024-03-19T00:00:00.000Z' },
      history: [],
    })
    for (const name of ['register.json', 'ministry.csv', 'ministry.xlsx', 'internal.xlsx', 'checks.json']) {
      const sha256 = sha256Hex(await download('/admin/rounds/1', name))
      expect(archive.sha256.files.find((file) => file.name === name)?.sha256).toBe(sha256)
    }
  })

  test('of a decline name the edition that they follow', async () => {
    const base: Archive = JSON.parse((await browser.get('/admin/rounds/1/archive.json')).body)
    await decline(browser, KO)
    await decline(browser, TEI)
    const { amendment, record }: Archive = JSON.parse(
      (await browser.get('/admin/rounds/1/archive.json')).body,
    )
    expect(amendment!.base).toEqual({ edition: 1, sha256: base.sha256.archive })
    expect(amendment!.declines.map(({ code }) => code)).toEqual([KO, TEI])
    expect(record.history.map(({ action }) => action)).toEqual(['第1版：確定', '第2版：辞退に伴う変更'])
    const amended = JSON.parse((await browser.get('/admin/rounds/1/amended.json')).body)
    expect(amended).toEqual(amendment!.result)
    expect((await browser.get('/admin/rounds/1/editions/1/amended.json')).statusCode).toBe(404)
  })
})
