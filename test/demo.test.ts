import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../src/db/open.ts'
import { openStores, type Stores } from '../src/db/stores.ts'
import { fillDemo } from '../src/demo/fill.ts'
import { isPlausibleMedicalCode } from '../src/domain/master/code.ts'
import { periodOf } from '../src/domain/survey/period.ts'
import { prefectureOf } from '../src/domain/survey/prefecture.ts'
import { firstCharacterOutsideCp932 } from '../src/domain/text/cp932.ts'
import { verifyRecord } from '../src/office/record/verification.ts'
import { RECEIPT_KEY } from './support/receipts.ts'

const NOW = new Date('2024-03-14T05:00:00Z')
let stores: Stores
beforeAll(() => {
  stores = openStores(openDatabase(':memory:', { receiptKey: () => RECEIPT_KEY }).db, () => NOW)
  fillDemo(stores, NOW)
})

test('no demo hospital has the name or the code of a real one', () => {
  const real = ['navii-kagoshima.csv', 'bureau-kagoshima.csv']
    .map((file) => readFileSync(resolve(import.meta.dirname, 'fixtures', file), 'utf8'))
    .join('\n')
  const hospitals = stores.hospitals.all()
  expect(hospitals.filter(({ name, key: code }) => real.includes(name) || real.includes(code))).toEqual([])
  expect(hospitals.every(({ key: code }) => isPlausibleMedicalCode(code, '46'))).toBe(true)
  expect(new Set(hospitals.map(({ name }) => name)).size).toBe(225)
})

test('the bands are as full as Kagoshima’s, so that more want a seat than there are', () => {
  const hospitals = stores.hospitals.all()
  const inBand = (low: number, high: number) =>
    hospitals.filter(({ beds }) => beds >= low && beds <= high).length
  const bands = [
    inBand(20, 99),
    inBand(100, 199),
    inBand(200, 299),
    inBand(300, 399),
    inBand(400, 499),
    inBand(500, 9999),
  ]
  expect(bands).toEqual([114, 76, 18, 8, 5, 4])
})

test('every answer came within the period, and can be written in CP932', () => {
  const { opensAt } = periodOf(stores.settings.read())!
  for (const { submittedAt, answers } of stores.submissions.all()) {
    expect(submittedAt >= opensAt && submittedAt <= NOW).toBe(true)
    for (const text of Object.values(answers)) {
      if (typeof text === 'string') expect(firstCharacterOutsideCp932(text)).toBeNull()
    }
  }
})

test('it is the same on every machine, but for what is drawn', () => {
  const again = openStores(openDatabase(':memory:', { receiptKey: () => RECEIPT_KEY }).db, () => NOW)
  fillDemo(again, NOW)
  const answers = ({ submissions }: Stores) => submissions.all().map(({ lot: _, ...answer }) => answer)
  expect(answers(again)).toEqual(answers(stores))
  // The digest of an answer is of its くじ番号 as well.
  const acts = ({ audit }: Stores) =>
    audit.all().map(({ at, actor, action, subject }) => [at, actor, action, subject])
  expect(acts(again)).toEqual(acts(stores))
})

test('the three kinds of things that wait for an officer are there', () => {
  const states = stores.submissions.all().map(({ state }) => state)
  expect(states.filter((state) => state === 'duplicate')).toHaveLength(2)
  expect(states.filter((state) => state === 'unlinked')).toHaveLength(1)
})

test('is as its record says', async () => {
  expect((await verifyRecord(stores, prefectureOf('鹿児島県'))).findings).toEqual([])
})
