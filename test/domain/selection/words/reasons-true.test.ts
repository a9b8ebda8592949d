import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amend, type Decline } from '../../../../src/domain/selection/amendment.ts'
import { amendedReading, readingOf } from '../../../../src/domain/selection/reading.ts'
import type { Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { type Reasons, reasonsFile, reasonsOf } from '../../../../src/domain/selection/words/reasons.ts'
import { contests, editions, MEDIUM, SMALL, snapshots } from '../arbitraries.ts'
import { moved, resultOf } from '../moved-snapshots.ts'
import { cutAsStated, HOSPITAL_CLAIMS, holds, POINTS_CLAIMS } from './hospital-claims.ts'
import { ministryHolds } from './ministry-claims.ts'
import { OFFICER_CLAIMS } from './officer-claims.ts'
import { Facts } from './reason-facts.ts'

const small = fc.oneof(
  contests,
  snapshots(SMALL),
  editions(SMALL),
  snapshots(SMALL, { tieBreak: ['beds', 'lottery'] }),
)
const any = fc.oneof(small, moved(small))

/** As confirmed, or after some of its hospitals have declined or were passed over. */
const declined = any.chain((taken) => {
  const ranked = resultOf(taken).results.filter(({ eligible }) => eligible)
  const decline = (code: string) =>
    fc.constantFrom<Decline>(
      { code, reason: '病院からの申出' },
      { code, reason: '初回選定で選定済み（繰上げの対象外）', kind: 'passed-over' },
    )
  const codes = fc.oneof(
    fc.constant([]),
    fc.shuffledSubarray(
      ranked.map(({ code }) => code),
      { maxLength: Math.min(3, ranked.length) },
    ),
  )
  return codes
    .chain((list) => fc.tuple(...list.map(decline)))
    .map((declines) => ({ taken, declines: declines as Decline[] }))
})

function everyReason(
  drawn: fc.Arbitrary<{ taken: Snapshot; declines: Decline[] }>,
  check: (reasons: Reasons, code: string, facts: Facts) => void,
): void {
  fc.assert(
    fc.property(drawn, ({ taken, declines }) => {
      const facts = factsOf(taken, declines)
      const of = reasonsOf(facts.reading)
      for (const { code } of taken.candidates) check(of(code), code, facts)
    }),
  )
}

function factsOf(taken: Snapshot, declines: Decline[]): Facts {
  const first = readingOf(taken, resultOf(taken))
  const outcome = amend(first.result, declines)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  return new Facts(amendedReading(first, outcome.amended))
}

test('every sentence to a hospital is one that is known, and so', () => {
  everyReason(declined, ({ hospital }, code, facts) =>
    holds(hospital, HOSPITAL_CLAIMS, facts, facts.reading.row(code)),
  )
})

test('its points beside the cut are so, and where it has as many and waits it is said why', () => {
  everyReason(declined, ({ points, hospital }, code, facts) => {
    const row = facts.reading.row(code)
    const isRanked = row.decision === 'selected' || row.decision === 'waitlisted'
    expect(points !== null).toBe(isRanked)
    if (points === null) return
    holds(points, POINTS_CLAIMS, facts, row)
    const { cut } = cutAsStated(facts, row.band!)
    if (cut === null) return
    const isPuzzling = row.decision === 'waitlisted' && row.score >= Number(cut.replace('.', ''))
    if (!isPuzzling) expect(points).toMatch(/点でした。$/)
    else if (points.endsWith('点でした。'))
      expect(hospital).toMatch(/同じ病院の間では、|確保するための枠を優先したため/)
  })
})

test('every sentence to the ministry is so', () => {
  everyReason(declined, ({ ministry }, code, facts) =>
    ministryHolds(ministry, facts, facts.reading.row(code)),
  )
})

test('every sentence to an officer is so', () => {
  everyReason(declined, ({ officer }, code, facts) => {
    for (const line of officer.split('\n')) holds(line, OFFICER_CLAIMS, facts, facts.firstRow(code))
  })
})

test('everyone has all three, whole, and to the hospital and the ministry none names another', () => {
  const with60 = fc.oneof(
    declined,
    fc.oneof(snapshots(MEDIUM), editions(MEDIUM)).map((taken) => ({ taken, declines: [] as Decline[] })),
  )
  fc.assert(
    fc.property(with60, ({ taken, declines }) => {
      const { reading } = factsOf(taken, declines)
      const { reasons } = reasonsFile(reading, reasonsOf(reading))
      expect(reasons.map(({ code }) => code).sort()).toEqual(taken.candidates.map(({ code }) => code).sort())
      for (const { officer, hospital, points, ministry } of reasons) {
        for (const text of [officer, hospital, ministry, points ?? '-']) {
          expect(text.trim()).not.toBe('')
          expect(text).not.toMatch(/undefined|null|NaN|Infinity|\{|\}|（）|、、|。。|-\d|\d{4}-\d{2}/)
        }
        for (const text of [hospital, ministry, points ?? '']) expect(text).not.toMatch(/試験.*病院/)
        // No weakness, nor what any score is made of.
        expect(hospital + ministry + (points ?? '')).not.toMatch(/立入検査|未整備|未策定|管理の不足|GMIS/)
        expect(hospital).not.toMatch(/\d点|第\d+位/)
        expect(ministry).not.toMatch(/\d点/)
        expect(hospital).toMatch(/。$/)
      }
    }),
  )
})
