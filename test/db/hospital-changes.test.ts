import { expect, test } from 'vitest'
import { storeHospital } from '../../src/db/hospital-changes.ts'
import { immediately } from '../../src/db/open.ts'
import { hospitalChanges } from '../../src/db/schema.ts'
import { HOSPITAL_FIELDS } from '../../src/domain/master/hospital.ts'
import { aHospital } from '../support/builders.ts'
import { databaseForEach, HERE, NOON } from '../support/database.ts'

const database = databaseForEach()
const BY = { actor: 'tanto', at: NOON, source: '病院一覧.csv' }
const NEW = '4610000011'
const imported = (...hospitals: ReturnType<typeof aHospital>[]) =>
  database.stores.hospitals.import({ hospitals, fields: HOSPITAL_FIELDS }, BY)

test('an import leaves who changed which field of which hospital, from which file', () => {
  imported(aHospital({ key: HERE, beds: 99, phone: '099-111-1111' }), aHospital({ key: NEW }))
  const { hospitalHistory } = database.stores
  const [newest] = hospitalHistory.imports()
  expect(newest).toMatchObject({ file: '病院一覧.csv', actor: 'tanto', added: 1, changed: 1, missing: 1 })
  expect(hospitalHistory.ofImport(newest!.id)).toMatchObject([
    {
      hospitalCode: HERE,
      kind: 'imported',
      actor: 'tanto',
      at: NOON,
      source: '病院一覧.csv',
      before: { beds: 120, phone: '099-000-0000' },
      after: { beds: 99, phone: '099-111-1111' },
    },
    { hospitalCode: NEW, before: null, after: aHospital({ key: NEW }) },
  ])
  expect(hospitalHistory.importById(newest!.id)).toEqual(newest)
})

test('what changes nothing leaves nothing; an act by hand leaves its reason', () => {
  imported(aHospital({ key: HERE }))
  const { hospitals, hospitalHistory } = database.stores
  const before = hospitals.byCode(HERE)!
  const count = hospitalHistory.ofHospital(HERE).length
  const act = { kind: 'edited', actor: 'tanto', at: NOON, source: '電話', reason: '移転のため' } as const
  immediately(database.db, (tx) => {
    expect(storeHospital(tx, before, before, act)).toBeNull()
    expect(storeHospital(tx, before, { ...before, address: '架空町2' }, act)).toBeGreaterThan(0)
  })
  const [newest, ...rest] = hospitalHistory.ofHospital(HERE)
  expect(rest).toHaveLength(count)
  expect(newest).toMatchObject({
    kind: 'edited',
    source: '電話',
    reason: '移転のため',
    before: { address: before.address },
    after: { address: '架空町2' },
  })
})

test('the record of a hospital never says something else', () => {
  imported(aHospital({ key: NEW }))
  expect(() => database.db.update(hospitalChanges).set({ actor: 'x' }).run()).toThrow(/never changes/)
  expect(() => database.db.delete(hospitalChanges).run()).toThrow(/never deleted/)
})
