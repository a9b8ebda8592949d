import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { movesFor, orderProblems, withMoves } from '../../../src/domain/selection/moves.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { parseSnapshot, type Snapshot } from '../../../src/domain/selection/snapshot.ts'
import { canonicalJson } from '../../../src/domain/text/canonical.ts'
import { contests, MEDIUM, SMALL, snapshots } from './arbitraries.ts'
import { bands, candidate, snapshot } from './builders.ts'
import { moved, rankingOf, withoutMoves } from './moved-snapshots.ts'
import {
  bestByTrial,
  codesOf,
  contendersOf,
  lackingOf,
  mostUnits,
  unitsServed,
  withRedistribution,
} from './reference.ts'

const PLAIN = { criteria: {}, tieBreak: [], regionFloor: 0, bands: bands(2, 0) }
const FOUR = ['1', '2', '3', '4'].map((code) => candidate(code))
const move = (code: string, position: number) => ({ code, position, reason: '搬送の実績を考慮' })

function placesAfter(moves: Snapshot['moves'] & {}): string[] {
  const { results } = select({ ...snapshot(FOUR, PLAIN), moves })
  return results.map(({ code, rank, bandRank, order, waitlistPosition }) =>
    [code, rank, bandRank, order ?? `補${waitlistPosition}`].join(' '),
  )
}

describe('a move', () => {
  test('up: whoever is passed goes down by one, and the seats follow', () => {
    expect(placesAfter([move('4', 2)])).toEqual(['1 1 1 1', '4 2 2 2', '2 3 3 補1', '3 4 4 補2'])
  })

  test('down, and beyond the end is the end', () => {
    expect(placesAfter([move('1', 3)])).toEqual(['2 1 1 1', '3 2 2 2', '1 3 3 補1', '4 4 4 補2'])
    expect(placesAfter([move('1', 9999)])).toEqual(['2 1 1 1', '3 2 2 2', '4 3 3 補1', '1 4 4 補2'])
  })

  test('applies to what the moves before have left', () => {
    expect(placesAfter([move('4', 1), move('1', 1)])).toEqual([
      '1 1 1 1',
      '4 2 2 2',
      '2 3 3 補1',
      '3 4 4 補2',
    ])
  })

  test('of a hospital that is not eligible has no effect but on the hash', () => {
    const taken = snapshot([...FOUR, candidate('5', { submission: null })], PLAIN)
    const result = select({ ...taken, moves: [move('5', 1)] })
    expect({ ...result, snapshotSha256: '' }).toEqual({ ...select(taken), snapshotSha256: '' })
    expect(result.snapshotSha256).not.toBe(select(taken).snapshotSha256)
  })
})

test('an empty list of moves decides as none does', () => {
  fc.assert(
    fc.property(snapshots(SMALL), (taken) => {
      const bytes = (result: object) => canonicalJson({ ...result, snapshotSha256: '' })
      expect(bytes(select({ ...taken, moves: [] }))).toBe(bytes(select(taken)))
    }),
  )
})

test('every moved snapshot is a valid one, and its ranking is the moved ranking', () => {
  fc.assert(
    fc.property(moved(fc.oneof(snapshots(SMALL), snapshots(MEDIUM))), (taken) => {
      expect(parseSnapshot(taken)).toEqual({ ok: true, snapshot: taken })
      const byHand = withMoves(rankingOf(withoutMoves(taken)), taken.moves!, (code) => code)
      expect(rankingOf(taken)).toEqual(byHand)
    }),
  )
})

test('the seats of a moved ranking are the best there are, floors served first', () => {
  fc.assert(
    fc.property(moved(fc.oneof(contests, snapshots(SMALL))), (taken) => {
      const contenders = contendersOf(taken)
      const seated = bestByTrial(contenders, taken, taken.policy.regionFloor)
      const expected =
        taken.policy.shortfall === 'redistribute'
          ? withRedistribution(contenders, taken.policy, seated)
          : seated
      const selected = select(taken).results.filter(({ decision }) => decision === 'selected')
      expect(codesOf(selected)).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})

test('no band gets more than its seats, and the floors all they can', () => {
  fc.assert(
    fc.property(moved(snapshots(MEDIUM, { shortfall: 'leave' })), (taken) => {
      const result = select(taken)
      const contenders = contendersOf(taken)
      for (const { id, seats, selected } of result.bands) {
        const designated = contenders.filter((each) => each.band === id && each.designated).length
        expect(selected).toBeLessThanOrEqual(Math.max(seats, designated))
      }
      const seated = codesOf(result.results.filter(({ decision }) => decision === 'selected'))
      const walked = contenders.filter(({ code, designated }) => seated.has(code) && !designated)
      const lacking = lackingOf(contenders, taken, taken.policy.regionFloor)
      expect(unitsServed(walked, lacking)).toBe(mostUnits(contenders, taken))
    }),
  )
})

describe('refuses a move, and names the field', () => {
  const problemsOf = (moves: unknown) => {
    const parsed = parseSnapshot({ ...snapshot(FOUR), moves })
    return parsed.ok ? [] : parsed.problems
  }
  test.each<[string, unknown, RegExp]>([
    ['moves', {}, /配列/],
    ['moves[0].position', [move('1', 0)], /1以上の整数/],
    ['moves[0].position', [move('1', 10_000)], /9999以下の整数/],
    ['moves[0].position', [move('1', 1.5)], /整数で指定/],
    ['moves[0].code', [move('9', 1)], /「9」の病院が candidates にありません/],
    ['moves[0].reason', [{ ...move('1', 1), reason: '　' }], /理由を記入/],
    ['moves[0].reason', [{ code: '1', position: 1 }], /必須の項目/],
    ['moves[0].by', [{ ...move('1', 1), by: 'x' }], /定められていません/],
    ['moves[1].code', [move('1', 1), move('1', 2)], /「1」が moves\[0\] と重複/],
  ])('%s', (path, moves, message) => {
    expect(problemsOf(moves)).toEqual([{ path, message: expect.stringMatching(message) }])
  })

  test('not one within the limits', () => {
    expect(problemsOf([move('1', 9999), move('2', 1)])).toEqual([])
  })
})

describe('moves for an order', () => {
  const orders = fc
    .uniqueArray(fc.integer({ min: 0, max: 99 }).map(String), { maxLength: 40, size: 'max' })
    .chain((codes) => fc.tuple(fc.constant(codes), fc.shuffledSubarray(codes, { minLength: codes.length })))

  test('give that order', () => {
    fc.assert(
      fc.property(orders, ([current, wanted]) => {
        expect(withMoves(current, movesFor(current, wanted), (code) => code)).toEqual(wanted)
      }),
    )
  })

  test('are the fewest: no fewer hospitals taken out leave the rest in its order', () => {
    const few = fc.shuffledSubarray([...'1234567'], { minLength: 7 })
    fc.assert(
      fc.property(few, (wanted) => {
        let longest = 0
        for (let mask = 0; mask < 2 ** 7; mask += 1) {
          const kept = wanted.filter((_, index) => (mask >> index) & 1)
          if (kept.every((code, index) => index === 0 || kept[index - 1]! < code))
            longest = Math.max(longest, kept.length)
        }
        expect(movesFor([...'1234567'], wanted)).toHaveLength(7 - longest)
      }),
    )
  })

  test('of one hospital say its place in it', () => {
    expect(movesFor([...'abcde'], [...'adbce'])).toEqual([{ code: 'd', position: 2 }])
    expect(movesFor([...'abcde'], [...'bcdea'])).toEqual([{ code: 'a', position: 5 }])
    expect(movesFor([...'abc'], [...'abc'])).toEqual([])
  })

  test('are asked for of the same hospitals only', () => {
    expect(orderProblems([...'abc'], [...'bxbc'])).toEqual({
      missing: ['a'],
      unknown: ['x'],
      repeated: ['b'],
    })
    expect(orderProblems([...'abc'], [...'cab'])).toEqual({ missing: [], unknown: [], repeated: [] })
    expect(() => movesFor([...'abc'], [...'ab'])).toThrow(TypeError)
  })
})
