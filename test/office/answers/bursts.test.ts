import fc from 'fast-check'
import { expect, test } from 'vitest'
import { burstIn } from '../../../src/office/answers/bursts.ts'
import type { SubmissionRow } from '../../../src/office/answers/rows.ts'

const MINUTE = 60_000

test('how many of other hospitals came within a minute is what one by one counts, in whatever order', () => {
  const answer = fc.record({
    at: fc.integer({ min: 0, max: 6 * MINUTE }),
    hospital: fc.integer({ min: 1, max: 6 }),
    isMatched: fc.boolean(),
    channel: fc.constantFrom('web', 'fax'),
  })
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 40 }), (answers) => {
      const rows = answers.map(({ at, hospital, isMatched, channel }, id) => ({
        submission: { id, isMatched, channel, createdAt: new Date(at) },
        hospital: { key: `${hospital}` },
      })) as unknown as SubmissionRow[]
      const burstOf = burstIn(rows)
      answers.forEach((one, id) => {
        const counts = (each: typeof one) => !each.isMatched && each.channel === 'web'
        const others = answers.filter(
          (each) => counts(each) && each.hospital !== one.hospital && Math.abs(each.at - one.at) <= MINUTE,
        )
        expect(burstOf(rows[id]!)).toBe(counts(one) ? others.length : 0)
      })
    }),
  )
})
