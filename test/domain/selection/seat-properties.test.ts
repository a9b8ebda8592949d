import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HospitalResult } from '../../../src/domain/selection/result.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { MEDIUM, snapshots } from './arbitraries.ts'

const isSelected = ({ decision }: HospitalResult) => decision === 'selected'
const hasSeatOfOwnBand = ({ basis }: HospitalResult) => basis !== null && basis !== 'redistributed'

describe('with the floors off', () => {
  const floorsOff = snapshots(MEDIUM, { regionFloor: 0 })

  test('it is a cut of the sorted list, band by band', () => {
    fc.assert(
      fc.property(floorsOff, (snapshot) => {
        const { results, bands } = select(snapshot)
        for (const { id, seats } of bands) {
          const here = results.filter(({ band, eligible }) => band === id && eligible)
          const designated = here.filter(({ basis }) => basis === 'designated')
          const others = here.filter(({ basis }) => basis !== 'designated')
          const cut = others.slice(0, Math.max(0, seats - designated.length))
          expect(others.filter(hasSeatOfOwnBand)).toEqual(cut)
        }
        expect(results.some(({ basis }) => basis === 'region_floor')).toBe(false)
      }),
    )
  })

  test('a hospital that scores higher never loses its seat', () => {
    const points = fc.integer({ min: 1, max: 1000 })
    fc.assert(
      fc.property(floorsOff, points, fc.nat(), (drawn, disaster, at) => {
        const criteria = { ...drawn.policy.criteria, disaster }
        const snapshot = { ...drawn, policy: { ...drawn.policy, criteria } }
        const seated = select(snapshot).results.filter(
          ({ decision, values }) => decision === 'selected' && values.disaster === 0,
        )
        fc.pre(seated.length > 0)
        const { code } = seated[at % seated.length]!
        const candidates = snapshot.candidates.map((candidate) =>
          candidate.code === code
            ? { ...candidate, functions: [...candidate.functions, 'disaster' as const] }
            : candidate,
        )
        const raised = select({ ...snapshot, candidates }).results.find((line) => line.code === code)!
        expect(raised.decision).toBe('selected')
      }),
    )
  })
})

describe('with redistribution', () => {
  const redistributing = snapshots(MEDIUM, { shortfall: 'redistribute' })

  test('no seat stays free while anyone waits, and the best of the rest come first', () => {
    fc.assert(
      fc.property(redistributing, (snapshot) => {
        const { results, bands, problems } = select(snapshot)
        const seats = bands.reduce((sum, band) => sum + band.seats, 0)
        const over = problems.reduce((sum, problem) => sum + problem.over, 0)
        const eligible = results.filter((line) => line.eligible).length
        expect(results.filter(isSelected).length).toBe(Math.min(eligible, seats + over))
        const lastGiven = results.findLastIndex(({ basis }) => basis === 'redistributed')
        const firstWaiting = results.findIndex(({ decision }) => decision === 'waitlisted')
        if (firstWaiting >= 0) expect(lastGiven).toBeLessThan(firstWaiting)
      }),
    )
  })

  test('takes no seat from anyone who has one without it', () => {
    fc.assert(
      fc.property(redistributing, (snapshot) => {
        const leave = { ...snapshot, policy: { ...snapshot.policy, shortfall: 'leave' as const } }
        const codes = (lines: HospitalResult[]) => lines.map(({ code }) => code)
        expect(codes(select(snapshot).results.filter(hasSeatOfOwnBand))).toEqual(
          codes(select(leave).results.filter(isSelected)),
        )
      }),
    )
  })
})
