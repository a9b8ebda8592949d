import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { isPlausibleMedicalCode } from '../../../src/domain/master/code.ts'
import { bandIndexOf } from '../../../src/domain/selection/bands.ts'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { readGeography } from '../../../src/files/geography/municipalities.ts'
import { readHospitalFile } from '../../../src/files/hospitals/file.ts'
import { cell, readTable } from '../../../src/files/table/table.ts'

/** The list as it was published, where it lies beside the project: it is too large to lie in it. */
const DATA = resolve(import.meta.dirname, '../../../../shared/data')
const LIST = resolve(DATA, 'r7_10_shisetsu_kagoshima_ika_02.xlsx')

const digits = (text: string | null) => (text ?? '').replace(/\D/g, '')
const squeezed = (text: string | null) => (text ?? '').replace(/\s/gu, '')

test.skipIf(!existsSync(LIST))(
  'the published list gives 229 hospitals, each as another reading of it has it',
  async () => {
    const geography = readGeography(resolve(import.meta.dirname, '../../../resources'), '46')
    const file = await readHospitalFile(readFileSync(LIST), { prefectureCode: '46', geography })
    if (!file.ok) throw new Error(file.message)
    const hospitals = file.hospitals.map(({ hospital }) => hospital)
    const { bands } = DEFAULT_POLICY
    expect([file.format, file.asOf, hospitals.length, file.errors.length]).toEqual([
      'bureau',
      '2025-10-01',
      229,
      0,
    ])
    expect(
      bands.map((_, index) => hospitals.filter(({ beds }) => bandIndexOf(bands, beds) === index).length),
    ).toEqual([105, 87, 16, 13, 4, 4])
    expect(hospitals.filter(({ medicalCode }) => !isPlausibleMedicalCode(medicalCode!, '46'))).toEqual([])
    const read = readTable(readFileSync(resolve(DATA, 'kagoshima-hospitals-202510.csv')))
    if (!read.ok) throw new Error(read.message)
    const known = new Map(read.table.records.map((record) => [cell(record, '医療機関コード'), record]))
    expect(known.size).toBe(229)
    for (const hospital of hospitals) {
      const record = known.get(hospital.medicalCode!)!
      const of = (header: string) => cell(record, header)
      expect([
        squeezed(hospital.name),
        squeezed(hospital.address),
        hospital.postcode,
        digits(hospital.phone),
        digits(hospital.fax),
        hospital.municipality,
        hospital.region,
        hospital.beds,
      ]).toEqual([
        squeezed(of('医療機関名')),
        squeezed(of('所在地')),
        of('郵便番号'),
        digits(of('電話番号')),
        digits(of('FAX番号')),
        of('市町村'),
        of('二次医療圏'),
        Number(of('許可病床数')),
      ])
      expect([hospital.phone, hospital.fax].every((number) => /^0[\d-]+$/.test(number ?? ''))).toBe(true)
      const { bedsByType } = hospital
      expect(Object.values(bedsByType!).reduce((sum, count) => sum + count, 0)).toBe(hospital.beds)
      const filed =
        /診療録管理体制加算([１２３])/.exec(hospital.filings.map(({ name }) => name).join())?.[1] ?? ''
      expect(filed.normalize('NFKC')).toBe(of('診療録管理体制加算'))
    }
  },
)
