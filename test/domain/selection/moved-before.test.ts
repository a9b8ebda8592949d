import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { movesFor, withMoves } from '../../../src/domain/selection/moves.ts'

const CODES = [...'1234567']
const codes = ({ code }: { code: string }) => code

describe('moves towards an order, where some hospitals were moved before', () => {
  test('keep the moved one moved where either of two could be', () => {
    expect(movesFor([...'ab'], [...'ba']).map(codes)).toEqual(['b'])
    expect(movesFor([...'ab'], [...'ba'], new Set(['a'])).map(codes)).toEqual(['a'])
  })

  test('leave those alone whom nobody moved', () => {
    const moved = new Set(['1', '2', '3'])
    expect(movesFor(CODES, [...'4561237'], moved).map(codes)).toEqual(['1', '2', '3'])
    expect(movesFor(CODES, [...'4561237']).map(codes)).toEqual(['4', '5', '6'])
  })

  test('let go of whoever stands where the points put it', () => {
    expect(movesFor(CODES, CODES, new Set(['2', '5']))).toEqual([])
    expect(movesFor(CODES, [...'1253467'], new Set(['2', '5']))).toEqual([{ code: '5', position: 3 }])
  })

  test('lead to the order, and move the fewest of those who had not been', () => {
    const order = fc.shuffledSubarray(CODES, { minLength: CODES.length })
    fc.assert(
      fc.property(order, fc.subarray(CODES), (wanted, before) => {
        const moves = movesFor(CODES, wanted, new Set(before))
        expect(withMoves(CODES, moves, (code) => code)).toEqual(wanted)
        const rest = wanted.filter((code) => !before.includes(code))
        const fewest = movesFor(
          CODES.filter((code) => !before.includes(code)),
          rest,
        )
        expect(moves.filter(({ code }) => !before.includes(code))).toHaveLength(fewest.length)
      }),
    )
  })
})
