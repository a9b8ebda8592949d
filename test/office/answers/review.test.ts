import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../src/db/open.ts'
import { openStores, type Stores } from '../../../src/db/stores.ts'
import { reviewReader } from '../../../src/office/answers/review.ts'
import { emptyImage, HERE, NOON, openImage, THERE } from '../../support/database.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const BY = { actor: 'officer', at: NOON }
const EXPORT = { ...BY, action: 'submissions.exported', subject: 'csv', detail: { rows: 1 } }

let end: () => void
let own: Stores
/** Of another program over the same file. */
let others: Stores
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  const here = openImage(emptyImage(), join(folder, 'survey.db'))
  const elsewhere = openDatabase(join(folder, 'survey.db'))
  own = openStores(here.db, () => NOON)
  others = openStores(elsewhere.db, () => NOON)
  end = () => {
    here.close()
    elsewhere.close()
    rmSync(folder, { recursive: true })
  }
})
afterEach(() => end())

describe('the rows of the answers', () => {
  test('are kept while only the record grows', () => {
    addHospitals(own, { key: HERE })
    saveSubmission(own, { hospital: HERE })
    const read = reviewReader(own)
    const rows = read()
    own.audit.append(EXPORT)
    expect(read()).toBe(rows)
  })

  test('say at once what has changed, here or through another program', () => {
    for (const stores of [own, others]) {
      const key = stores === own ? HERE : THERE
      const read = reviewReader(own)
      const rowOf = () => read().find(({ submission }) => submission.hospitalCode === key)
      const act = (change: () => void) => {
        own.audit.append(EXPORT)
        change()
        return rowOf()
      }
      expect(act(() => addHospitals(stores, { key, name: '架空病院', beds: 40 }))).toBeUndefined()
      const sent = { hospital: key, submissionId: crypto.randomUUID() }
      expect(act(() => saveSubmission(stores, sent))).toMatchObject({ hospitalName: '架空病院', beds: 40 })
      expect(act(() => addHospitals(stores, { key, name: '見本病院', beds: 50 }))).toMatchObject({
        hospitalName: '見本病院',
        beds: 50,
      })
      expect(act(() => saveSubmission(stores, { ...sent, email: '' }))?.findings).toMatchObject([
        { flag: 'no-email' },
      ])
      const { number } = rowOf()!.submission
      expect(act(() => stores.submissions.withdraw(number, BY))).toMatchObject({
        submission: { state: 'withdrawn' },
        findings: [],
      })
    }
  })
})

describe('answers that name one mail address', () => {
  const saidOf = () =>
    reviewReader(own)().map(({ findings }) => findings.find(({ flag }) => flag === 'same-email')?.says)

  test('name the first three of other hospitals, and how many there are besides', () => {
    const keys = [1, 2, 3, 4, 5].map((each) => `461990010${each}`)
    addHospitals(own, ...keys.map((key, index) => ({ key, name: `第${index + 1}病院` })))
    // R-0001 and R-0002 are of one hospital, R-0007 is of none.
    for (const hospital of [keys[0]!, ...keys]) saveSubmission(own, { hospital })
    saveSubmission(own, { hospital: { name: '台帳外病院', address: '架空町1', beds: 20 } })
    const before = '同じメールアドレスの回答があります：'
    const afterFirst = 'R-0003（第2病院）、R-0004（第3病院）、R-0005（第4病院）ほか2件。'
    expect(saidOf()).toEqual([
      before + afterFirst,
      before + afterFirst,
      `${before}R-0001（第1病院）、R-0002（第1病院）、R-0004（第3病院）ほか3件。`,
      `${before}R-0001（第1病院）、R-0002（第1病院）、R-0003（第2病院）ほか3件。`,
      `${before}R-0001（第1病院）、R-0002（第1病院）、R-0003（第2病院）ほか3件。`,
      `${before}R-0001（第1病院）、R-0002（第1病院）、R-0003（第2病院）ほか3件。`,
      `${before}R-0001（第1病院）、R-0002（第1病院）、R-0003（第2病院）ほか3件。`,
    ])
  })

  test('of one hospital alone say nothing', () => {
    addHospitals(own, { key: HERE })
    for (const hospital of [HERE, HERE, HERE]) saveSubmission(own, { hospital })
    expect(saidOf()).toEqual([undefined, undefined, undefined])
  })
})
