import { expect, test } from 'vitest'
import { HOSPITAL_FIELDS } from '../../../src/domain/master/hospital.ts'
import { draftReader } from '../../../src/office/draft/draft.ts'
import { aHospital } from '../../support/builders.ts'
import { databaseForEach, HERE, NOON, THERE } from '../../support/database.ts'

const database = databaseForEach()

test('a closed hospital is no candidate, and what was decided of it is not seen; opened again it is', () => {
  const { stores } = database
  const keep = (isClosed: boolean) =>
    stores.hospitals.import(
      {
        hospitals: [aHospital({ key: HERE, medicalCode: HERE }), aHospital({ key: THERE, isClosed })],
        fields: HOSPITAL_FIELDS,
      },
      { actor: 'tanto', at: NOON, source: '病院台帳.csv' },
    )
  keep(false)
  stores.overrides.add(
    { hospitalCode: THERE, kind: 'designate' },
    { actor: 'tanto', at: NOON, reason: '試験' },
  )
  const readDraft = draftReader({ stores, now: () => NOON })
  const of = () => {
    const { hospitals, snapshot, overrides } = readDraft()
    return [hospitals.length, snapshot.candidates.length, overrides.length]
  }
  expect(of()).toEqual([2, 2, 1])
  keep(true)
  expect(of()).toEqual([1, 1, 0])
  expect(stores.hospitals.operating().map(({ key }) => key)).toEqual([HERE])
  expect(stores.hospitals.all()).toHaveLength(2)
  keep(false)
  expect(of()).toEqual([2, 2, 1])
})
