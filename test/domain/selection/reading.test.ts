import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amend } from '../../../src/domain/selection/amendment.ts'
import { bandLabel } from '../../../src/domain/selection/bands.ts'
import { fieldOf } from '../../../src/domain/selection/field.ts'
import { rank } from '../../../src/domain/selection/rank.ts'
import { amendedReading, readingOf } from '../../../src/domain/selection/reading.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { MEDIUM, SMALL, snapshots } from './arbitraries.ts'
import { bands, candidate, snapshot } from './builders.ts'
import { moved } from './moved-snapshots.ts'

const any = fc.oneof(snapshots(SMALL), snapshots(MEDIUM), moved(snapshots(SMALL)))

describe('the reading of a selection', () => {
  test('says of every hospital what the snapshot and the result say', () => {
    fc.assert(
      fc.property(any, (taken) => {
        const result = select(taken)
        const reading = readingOf(taken, result)
        expect(reading.rows).toEqual(result.results)
        for (const each of taken.candidates) {
          expect(reading.candidate(each.code)).toBe(each)
          expect(reading.name(each.code)).toBe(each.name)
          expect(reading.move(each.code)).toEqual(
            taken.moves?.find((move) => move.code === each.code) ?? null,
          )
        }
        for (const row of result.results) {
          const band = taken.policy.bands.find(({ id }) => id === row.band)
          expect(reading.row(row.code)).toBe(row)
          expect(reading.band(row.band)).toBe(band ?? null)
          expect(reading.bandLabel(row.band)).toBe(band ? bandLabel(band) : '区分外')
        }
      }),
    )
  })

  test('knows the ranking by points alone, whatever was moved', () => {
    fc.assert(
      fc.property(any, (taken) => {
        const reading = readingOf(taken)
        const natural = rank(fieldOf(taken), taken.policy).map(({ entrant }) => entrant.candidate.code)
        expect(natural.map((code) => reading.naturalRank(code))).toEqual(
          [...natural.keys()].map((at) => at + 1),
        )
        for (const { code, eligible } of reading.rows)
          expect(reading.naturalRank(code) === null).toBe(!eligible)
      }),
    )
  })

  test('counts every band, and all of them', () => {
    fc.assert(
      fc.property(any, (taken) => {
        const { board, rows, bands: tallies } = readingOf(taken)
        const { rows: lines, total } = board()
        expect(lines.map(({ id, seats, selected }) => [id, seats, selected])).toEqual(
          tallies.map(({ id, seats, selected }) => [id, seats, selected]),
        )
        expect(total.eligible).toBe(rows.filter(({ eligible }) => eligible).length)
        expect(total.selected + total.waitlisted).toBe(total.eligible)
      }),
    )
  })

  test('knows nothing of another hospital', () => {
    const reading = readingOf(snapshot([candidate('1')]))
    for (const look of [reading.candidate, reading.name, reading.row])
      expect(() => look('none')).toThrow(RangeError)
    expect([reading.naturalRank('none'), reading.move('none')]).toEqual([null, null])
  })
})

test('after a decline the lines and the board are the new ones, the ranking is the old one', () => {
  const taken = snapshot(
    ['1', '2', '3'].map((code) => candidate(code)),
    { criteria: {}, tieBreak: [], regionFloor: 0, bands: bands(1, 0) },
  )
  const first = readingOf(taken)
  const outcome = amend(first.result, [{ code: '1', reason: '病院からの申出' }])
  if (!outcome.ok) throw new Error('the decline of the test is refused')
  const after = amendedReading(first, outcome.amended)
  expect(['1', '2', '3'].map((code) => after.texts.decision(after.row(code)))).toEqual([
    '辞退',
    '選定',
    '補欠第2位',
  ])
  expect(after.board().total).toMatchObject({ seats: 1, selected: 1, waitlisted: 1 })
  expect([after.first, after.result]).toEqual([first, first.result])
  expect(after.naturalRank('1')).toBe(1)
})
