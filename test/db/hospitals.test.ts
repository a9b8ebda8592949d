import { expect, test } from 'vitest'
import { HOSPITAL_FIELDS } from '../../src/domain/master/hospital.ts'
import { aHospital } from '../support/builders.ts'
import { databaseForEach, HERE, NOON, THERE } from '../support/database.ts'

const database = databaseForEach()

const BY = { actor: 'tanto', at: NOON, source: '病院一覧.csv' }

test('a hospital comes back as it went in, every field of it', () => {
  const full = aHospital({
    key: '4610000011',
    naviiCode: '46100001',
    kana: null,
    municipality: null,
    functions: ['emergency', 'disaster'],
    inspection: 'insufficient',
    bedsByType: null,
    email: 'a@hospital.example.jp',
    postcode: '890-0046',
    fax: '099-000-0002',
    gmisId: 'A1234567',
    ownership: '医療法人',
    filings: [{ name: '診療録管理体制加算１', from: '2024-06-01' }],
    supportedIn: '令和6年度',
    isClosed: true,
  })
  database.stores.hospitals.import({ hospitals: [full], fields: HOSPITAL_FIELDS }, BY)
  expect(database.stores.hospitals.byCode('4610000011')).toEqual(full)
  expect(database.stores.hospitals.byCode('4610000029')).toBeNull()
})

test('an import adds, changes and leaves alone, counted beforehand and on the record', () => {
  const list = {
    hospitals: [
      aHospital({ key: HERE }),
      aHospital({ key: THERE, name: '改称病院' }),
      aHospital({ key: '4610000011' }),
    ],
    fields: HOSPITAL_FIELDS,
  }
  const counts = { added: 1, changed: 1, unchanged: 1, conflicts: [] }
  expect(database.stores.hospitals.compare(list)).toEqual(counts)
  expect(database.stores.hospitals.all()).toHaveLength(2)
  expect(database.stores.hospitals.import(list, BY)).toEqual(counts)
  expect(database.stores.hospitals.byCode(THERE)!.name).toBe('改称病院')
  expect(database.stores.hospitals.all().map(({ key: code }) => code)).toEqual(['4610000011', HERE, THERE])
  expect(database.stores.audit.latest(1)).toMatchObject([
    { action: 'hospitals.imported', subject: '病院一覧.csv', detail: { added: 1, changed: 1, unchanged: 1 } },
  ])
  expect(database.stores.hospitals.compare(list)).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
})

test('hospitals that a file does not name stay', () => {
  database.stores.hospitals.import({ hospitals: [], fields: HOSPITAL_FIELDS }, BY)
  expect(database.stores.hospitals.all()).toHaveLength(2)
})

test('one row that fits two hospitals keeps the whole file out', () => {
  const naviiCode = '46100001'
  database.stores.hospitals.import(
    { hospitals: [aHospital({ key: naviiCode, medicalCode: null, naviiCode })], fields: HOSPITAL_FIELDS },
    BY,
  )
  const both = aHospital({ key: HERE, medicalCode: HERE, naviiCode, name: '二つに合う病院' })
  const list = { hospitals: [both, aHospital({ key: '4610000011' })], fields: HOSPITAL_FIELDS }
  expect(database.stores.hospitals.import(list, BY).conflicts).toEqual(['二つに合う病院'])
  expect(database.stores.hospitals.byCode('4610000011')).toBeNull()
})
