import { expect, test } from 'vitest'
import { Sealed } from '../../src/domain/answer/sealed.ts'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, HERE, NOON, THERE } from '../support/database.ts'

const database = databaseForEach()

const FACTS = { offlineBackup: true, bcp: false, networkControl: null }
const BY = { actor: 'tanto', at: NOON, source: 'gmis.csv' }

test('only answers of hospitals whose current answer consents are stored; the others are counted', () => {
  database.send(aSubmission({ hospitalCode: HERE, gmisConsent: 'yes' }))
  database.send(aSubmission({ hospitalCode: THERE, gmisConsent: 'no' }))
  const rows = new Map([
    [HERE, new Sealed(FACTS)],
    [THERE, new Sealed(FACTS)],
    ['4699999999', new Sealed(FACTS)],
  ])
  expect(database.stores.gmis.import(rows, BY)).toMatchObject({
    stored: 1,
    withoutConsent: 1,
    withoutAnswer: 1,
  })
  expect(database.stores.gmis.all()).toEqual(new Map([[HERE, FACTS]]))
  expect(database.stores.audit.latest(1)).toMatchObject([
    {
      action: 'gmis.imported',
      subject: 'gmis.csv',
      detail: { stored: 1, withoutConsent: 1, withoutAnswer: 1 },
    },
  ])
})

test('a later file replaces what an earlier one said', () => {
  database.send(aSubmission())
  database.stores.gmis.import(new Map([[HERE, new Sealed(FACTS)]]), BY)
  const later = { offlineBackup: null, bcp: true, networkControl: false }
  database.stores.gmis.import(new Map([[HERE, new Sealed(later)]]), BY)
  expect(database.stores.gmis.all().get(HERE)).toEqual(later)
})
