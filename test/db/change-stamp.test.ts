import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeStamp } from '../../src/db/change-stamp.ts'
import { openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import { HERE, NOON, THERE } from '../support/database.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

let folder: string
let here: ReturnType<typeof openDatabase>
let elsewhere: ReturnType<typeof openDatabase>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  here = openDatabase(join(folder, 'survey.db'))
  elsewhere = openDatabase(join(folder, 'survey.db'))
})
afterEach(() => {
  here.close()
  elsewhere.close()
  rmSync(folder, { recursive: true })
})

const event = { at: NOON, actor: 'test', action: 'test.done', subject: 'test', detail: {} }

test('the stamp is another one after a change of this connection or another, and the same without', () => {
  const stamp = changeStamp(here.db)
  const stamps = [stamp()]
  const [own, others] = [openStores(here.db, () => NOON), openStores(elsewhere.db, () => NOON)]
  own.audit.all()
  expect(stamp()).toBe(stamps[0])
  const changes = [
    () => addHospitals(own, { key: HERE }),
    () => addHospitals(others, { key: THERE }),
    () => saveSubmission(own, { hospital: HERE }),
    () => saveSubmission(others, { hospital: THERE }),
    () => others.audit.append(event),
  ]
  for (const change of changes) {
    change()
    expect(stamps).not.toContain(stamp())
    stamps.push(stamp())
    own.audit.append(event)
    expect(stamp()).toBe(stamps.at(-1))
  }
})

test('entries of another connection between two looks hide no change of this one', () => {
  const stamp = changeStamp(here.db)
  const [own, others] = [openStores(here.db, () => NOON), openStores(elsewhere.db, () => NOON)]
  const stamps = [stamp()]
  for (let entries = 1; entries < 8; entries += 1) {
    for (let count = 0; count < entries; count += 1) others.audit.append(event)
    addHospitals(own, { key: HERE, beds: 100 + entries })
    expect(stamps).not.toContain(stamp())
    stamps.push(stamp())
  }
})

test('it can be asked for within a transaction, and after one that was given up', () => {
  const stamp = changeStamp(here.db)
  const first = stamp()
  const own = openStores(here.db, () => NOON)
  const givenUp = () =>
    here.db.transaction(() => {
      own.audit.append(event)
      expect(stamp()).toBe(first)
      addHospitals(own, { key: HERE })
      expect(stamp()).not.toBe(first)
      throw new Error('given up')
    })
  expect(givenUp).toThrow('given up')
  const after = stamp()
  addHospitals(own, { key: HERE })
  expect([first, after]).not.toContain(stamp())
})
