import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prefectureOf } from '../../src/domain/survey/prefecture.ts'
import { verifyRecord } from '../../src/office/record/verification.ts'
import { startTestApp } from '../support/app.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'

const PLACE = prefectureOf('鹿児島県')
const [KEPT, GONE] = ['4619900011', '4619900029']
const by = (minute: number) => ({
  actor: 'test',
  at: new Date(Date.UTC(2024, 2, 12, 1, minute)),
  reason: '試験',
})

/** What happens to the answers of two hospitals before they are merged: each step of one of them. */
const steps = fc.array(
  fc.record({
    hospital: fc.constantFrom(KEPT, GONE),
    what: fc.constantFrom('answer', 'answer', 'current', 'close', 'withdraw'),
  }),
  { maxLength: 8 },
)

test('no answer is lost, one counts at most, and the way back leads to where it was', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { stores, close } = await startTestApp()
      addHospitals(stores, { key: KEPT, name: '甲病院' }, { key: GONE, name: '甲分院' })
      for (const { hospital, what } of taken) {
        const own = stores.submissions.ofHospital(hospital)
        const last = own.at(-1)?.number ?? ''
        if (what === 'answer') saveSubmission(stores, { hospital })
        else if (what === 'withdraw' && last) stores.submissions.withdraw(last, { ...by(1), actor: null })
        else if (what === 'close') stores.submissions.close(last, by(2))
        else if (what === 'current') stores.submissions.makeCurrent(last, by(3))
      }
      const standing = () =>
        stores.submissions.all().map(({ number, hospitalCode, state }) => [number, hospitalCode, state])
      const before = standing()
      const counted = [KEPT, GONE].map((key) => stores.submissions.currentOf(key)?.number)

      const kept = stores.hospitals.byKey(KEPT)!
      expect(stores.hospitalActs.merge({ kept, gone: GONE }, by(4))).toBe('merged')
      expect(standing().map(([number, hospital]) => [number, hospital])).toEqual(
        before.map(([number]) => [number, KEPT]),
      )
      expect(stores.submissions.currentOf(KEPT)?.number).toBe(counted[0] ?? counted[1])
      expect((await verifyRecord(stores, PLACE)).findings).toEqual([])

      expect(stores.hospitalActs.undoMerger(1, by(5))).toBe('undone')
      expect(standing()).toEqual(before)
      expect((await verifyRecord(stores, PLACE)).findings).toEqual([])
      expect(stores.hospitals.byKey(GONE)).toMatchObject({ isClosed: false, mergedInto: null })
      await close()
    }),
    { numRuns: 25 },
  )
})

test('a merger further on goes back first', async () => {
  const { stores, close } = await startTestApp()
  const third = '4619900037'
  addHospitals(stores, { key: KEPT }, { key: GONE, name: '乙' }, { key: third, name: '丙' })
  stores.hospitalActs.merge({ kept: stores.hospitals.byKey(KEPT)!, gone: GONE }, by(1))
  stores.hospitalActs.merge({ kept: stores.hospitals.byKey(third)!, gone: KEPT }, by(2))
  expect(stores.hospitals.byCode(GONE)?.key).toBe(third)
  expect(stores.hospitalActs.undoMerger(1, by(3))).toBe('not-in-effect')
  expect(stores.hospitalActs.undoMerger(2, by(4))).toBe('undone')
  expect(stores.hospitalActs.undoMerger(1, by(5))).toBe('undone')
  expect(stores.hospitals.operating()).toHaveLength(3)
  await close()
})
