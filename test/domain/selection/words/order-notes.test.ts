import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amend } from '../../../../src/domain/selection/amendment.ts'
import { amendedReading, readingOf } from '../../../../src/domain/selection/reading.ts'
import { select } from '../../../../src/domain/selection/select.ts'
import type { Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { orderNotes } from '../../../../src/domain/selection/words/order-notes.ts'
import { contests } from '../arbitraries.ts'
import { bands, candidate, snapshot } from '../builders.ts'

function amendedBy(taken: Snapshot, declined: readonly string[]) {
  const result = select(taken)
  const outcome = amend(
    result,
    declined.map((code) => ({ code, reason: '病院からの申出' })),
  )
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  return amendedReading(readingOf(taken, result), outcome.amended)
}

function notesAfter(declined: readonly string[], { seats = 4, round = 1 } = {}): [string, string][] {
  const all = ['1', '2', '3', '4', '5', '6'].map((code) => candidate(code))
  const plain = { criteria: {}, tieBreak: [], regionFloor: 0, bands: bands(seats, 0) }
  return [...orderNotes(amendedBy({ ...snapshot(all, plain), round }, declined))]
}

test.each<[string[], number, [string, string][]]>([
  [[], 4, []],
  [['2'], 4, [['3', '順位2は、辞退による欠番です。']]],
  [['1'], 4, [['2', '順位1は、辞退による欠番です。']]],
  [['2', '3'], 4, [['4', '順位2、3は、辞退による欠番です。']]],
  [['1', '2', '3'], 6, [['4', '順位1～3は、辞退による欠番です。']]],
  [
    ['1', '3'],
    4,
    [
      ['2', '順位1は、辞退による欠番です。'],
      ['4', '順位3は、辞退による欠番です。'],
    ],
  ],
  // Nobody waits: what is missing at the end is told by the last that is there.
  [['6', '5'], 6, [['4', '順位5、6は、辞退による欠番です。']]],
  [['1', '2', '3', '4', '5', '6'], 6, []],
  // Who waits has no number to give up.
  [['6'], 4, []],
  // Who moved up and declined then leaves a number too.
  [
    ['1', '5', '6'],
    4,
    [
      ['2', '順位1は、辞退による欠番です。'],
      ['4', '順位5、6は、辞退による欠番です。'],
    ],
  ],
])('after %j of %i seats', (declined, seats, notes) => {
  expect(notesAfter(declined, { seats })).toEqual(notes)
})

test('an additional round says that it begins with 1 as well', () => {
  const anew =
    '順位は、追加選定（第2回）で選定した病院の中の順位です（既に報告した病院とは別に、1から付けています）。'
  expect(notesAfter([], { round: 2 })).toEqual([['1', anew]])
  expect(notesAfter(['1'], { round: 2 })).toEqual([['2', `${anew}順位1は、辞退による欠番です。`]])
})

test('every number that was given is there, or said to be missing', () => {
  const declining = contests.chain((taken) => {
    const eligible = select(taken).results.filter((row) => row.eligible)
    return fc.tuple(fc.constant(taken), fc.shuffledSubarray(eligible.map(({ code }) => code)))
  })
  fc.assert(
    fc.property(declining, ([taken, declined]) => {
      const reading = amendedBy(taken, declined)
      const present = reading.rows.flatMap(({ order }) => order ?? [])
      if (present.length === 0) return
      const said = [...orderNotes(reading).values()].flatMap((text) =>
        [...text.matchAll(/順位(\d+)(?:([、～])(\d+))?は、辞退/g)].flatMap(([, from, , to]) => {
          const [first, last] = [Number(from), Number(to ?? from)]
          return Array.from({ length: last - first + 1 }, (_, index) => first + index)
        }),
      )
      const given =
        reading.first.rows.filter(({ order }) => order !== null).length +
        reading.amended.amendments.filter(({ promoted }) => promoted !== null).length
      expect([...present, ...said].sort((a, b) => a - b)).toEqual(
        Array.from({ length: given }, (_, index) => index + 1),
      )
    }),
  )
})
