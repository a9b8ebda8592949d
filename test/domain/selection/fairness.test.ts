import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOSPITAL_FUNCTIONS } from '../../../src/domain/master/hospital.ts'
import { fairnessOf, shareDifference, shareOf } from '../../../src/domain/selection/fairness.ts'
import { type Reading, readingOf } from '../../../src/domain/selection/reading.ts'
import type { HospitalResult } from '../../../src/domain/selection/result.ts'
import { fairnessSentences, partSentences } from '../../../src/domain/selection/words/fairness.ts'
import { compareText } from '../../../src/domain/text/text-order.ts'
import { MEDIUM, SMALL, snapshots } from './arbitraries.ts'
import { bands, candidate, snapshot } from './builders.ts'

const NOBODY_OWNS = { ownership: new Map<string, string>(), byRegion: compareText }
const KEYS = ['all', 'answered', 'eligible', 'selected'] as const

describe('counts', () => {
  const drawn = fc.oneof(snapshots(SMALL), snapshots(MEDIUM)).chain((taken) =>
    fc.subarray(taken.candidates.map(({ code }) => code)).map((known) => {
      const ownership = new Map(known.map((code) => [code, '公立']))
      return { reading: readingOf(taken), ownership }
    }),
  )
  const countsOf = ({ candidate }: Reading, rows: readonly HospitalResult[]) => ({
    all: rows.length,
    answered: rows.filter(({ code }) => candidate(code).submission).length,
    eligible: rows.filter(({ eligible }) => eligible).length,
    selected: rows.filter(({ decision }) => decision === 'selected').length,
  })

  test('every part but that of the functions shares out all hospitals', () => {
    fc.assert(
      fc.property(drawn, ({ reading, ownership }) => {
        const { total, parts } = fairnessOf(reading, { ownership, byRegion: compareText })
        expect(total).toEqual(countsOf(reading, reading.rows))
        const shared = parts.filter(({ id, groups }) => id !== 'function' && groups.length > 0)
        expect(shared).toHaveLength(ownership.size === 0 ? 2 : 3)
        for (const { id, groups } of shared)
          for (const key of KEYS) {
            const sum = groups.reduce((all, group) => all + group[key], 0)
            expect(sum, `${id} ${key}`).toBe(total[key])
          }
      }),
      { numRuns: 60 },
    )
  })

  test('every group is what a filter finds', () => {
    fc.assert(
      fc.property(drawn, ({ reading, ownership }) => {
        const { rows, candidate } = reading
        const { parts } = fairnessOf(reading, { ownership, byRegion: compareText })
        const labelled = (part: number, label: string) =>
          parts[part]!.groups.find((group) => group.label === label)
        for (const region of new Set(rows.map((row) => row.region)))
          expect(labelled(1, region)).toEqual({
            label: region,
            ...countsOf(
              reading,
              rows.filter((row) => row.region === region),
            ),
          })
        for (const { id, label } of HOSPITAL_FUNCTIONS) {
          const having = rows.filter(({ code }) => candidate(code).functions.includes(id))
          expect(labelled(2, label)?.selected ?? 0).toBe(countsOf(reading, having).selected)
        }
        expect(labelled(3, '公立')?.all ?? 0).toBe(ownership.size)
      }),
      { numRuns: 60 },
    )
  })
})

describe('shares', () => {
  const count = fc.nat(9000)
  const counts = fc.record({ all: count, answered: count, eligible: count, selected: count })

  test('are rounded half up to tenths, differences out of the counts themselves', () => {
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 9000 }), (part, whole) => {
        const tenths = shareOf(part, whole)!
        expect(Number.isInteger(tenths)).toBe(true)
        expect(Math.abs(tenths - (1000 * part) / whole)).toBeLessThanOrEqual(0.5)
      }),
    )
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.constantFrom('eligible' as const, 'all' as const),
        (group, total, of) => {
          const tenths = shareDifference(group, total, of)
          if (total.selected === 0 || total[of] === 0) {
            expect(tenths).toBeNull()
            return
          }
          const exact = 1000 * (group.selected / total.selected - group[of] / total[of])
          expect(Object.is(tenths, -0)).toBe(false)
          expect(Math.abs(tenths! - exact)).toBeLessThan(0.5001)
        },
      ),
    )
    expect([shareOf(1, 0), shareOf(1, 8), shareOf(1, 16), shareOf(3, 3)]).toEqual([null, 125, 63, 1000])
  })
})

describe('in words', () => {
  const hospitals = (region: string, beds: number, from: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      candidate(String(from + index), { region, beds: beds - index }),
    )
  /** By beds: 12 of 鹿児島 are the larger ones, 12 of 南薩 the smaller; two of 熊毛 come last. */
  const all = [
    ...hospitals('鹿児島', 90, 100, 12),
    ...hospitals('南薩', 60, 200, 12),
    ...hospitals('熊毛', 30, 300, 2),
  ]
  const fairness = (seats: number) =>
    fairnessOf(
      readingOf(snapshot(all, { bands: bands(seats, 0), criteria: {}, tieBreak: ['beds'], regionFloor: 0 })),
      NOBODY_OWNS,
    )
  const ofRegions = (seats: number) => {
    const { parts, total } = fairness(seats)
    return partSentences(parts.find(({ id }) => id === 'region')!, total)
  }

  test('a difference is said in shares, points and hospitals; of a few hospitals nothing is said', () => {
    expect(ofRegions(16)).toEqual([
      '南薩は、選定対象の46.2％、選定の25.0％です（21.2ポイント低い）。選定対象と同じ割合であれば約7病院のところ、4病院です。',
      '鹿児島は、選定対象の46.2％、選定の75.0％です（28.8ポイント高い）。選定対象と同じ割合であれば約7病院のところ、12病院です。',
      '選定対象が10病院に満たない区分（熊毛：2病院）は、1病院の違いで割合が大きく変わるため、差については述べません。',
    ])
  })

  test('none that is large is said to be none', () => {
    expect(ofRegions(26)).toEqual([
      '選定対象が10病院以上の区分に、5ポイント以上かつ2病院分以上の差はありません。',
      expect.stringContaining('熊毛：2病院'),
    ])
  })

  test('what one hospital weighs, and nothing where nobody is selected', () => {
    expect(fairnessSentences(fairness(16), 1)[0]).toBe(
      '病院26のうち、回答26、選定対象26、選定16です。選定が16病院のとき、1病院が6.3ポイントに当たります。',
    )
    expect(fairnessSentences(fairness(0), 1)).toEqual([
      '病院26のうち、回答26、選定対象26、選定0です。選定した病院がないため、差は示しません。',
    ])
    expect(ofRegions(0)).toEqual([])
    expect(fairnessSentences(fairness(16), 2).join()).toContain('この回の選定です')
    expect(fairnessSentences({ ...fairness(16), declined: 3 }, 1).join()).toContain('辞退した3病院は')
  })
})
