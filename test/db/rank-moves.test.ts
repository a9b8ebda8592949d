import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { databaseForEach, HERE, minutesAfter, NOON, THERE } from '../support/database.ts'

const database = databaseForEach()

const by = (reason: string, minutes = 0) => ({ actor: 'tanto', at: minutesAfter(NOON, minutes), reason })
const places = (round = 1) =>
  database.stores.rankMoves.active(round).map(({ hospitalCode, position }) => [hospitalCode, position])

test('moves are in effect in the order in which they were made, each round for itself', () => {
  const { rankMoves, audit } = database.stores
  rankMoves.add(1, { hospitalCode: THERE, position: 2 }, by('搬送の実績'))
  rankMoves.add(1, { hospitalCode: HERE, position: 1 }, by('圏域の拠点'))
  rankMoves.add(2, { hospitalCode: HERE, position: 7 }, by('追加選定'))
  expect(places()).toEqual([
    [THERE, 2],
    [HERE, 1],
  ])
  expect(places(2)).toEqual([[HERE, 7]])
  expect(audit.latest(1)).toMatchObject([
    { action: 'rank-move.added', subject: HERE, detail: { round: 2, position: 7, reason: '追加選定' } },
  ])
})

test('a later move of the same hospital takes the place of the earlier one, and applies last', () => {
  const { rankMoves } = database.stores
  rankMoves.add(1, { hospitalCode: HERE, position: 5 }, by('一回目'))
  rankMoves.add(1, { hospitalCode: THERE, position: 2 }, by('搬送の実績'))
  rankMoves.add(1, { hospitalCode: HERE, position: 3 }, by('二回目', 5))
  expect(places()).toEqual([
    [THERE, 2],
    [HERE, 3],
  ])
  expect(rankMoves.all().at(-1)).toMatchObject({
    position: 5,
    reason: '一回目',
    undoneBy: 'tanto',
    undoneAt: minutesAfter(NOON, 5),
    undoneReason: null,
  })
})

test('a move can be undone once, with a reason', () => {
  const { rankMoves, audit } = database.stores
  rankMoves.add(1, { hospitalCode: HERE, position: 5 }, by('圏域の拠点'))
  expect(rankMoves.undo(1, by('誤り', 5))).toBe('undone')
  expect(rankMoves.undo(1, by('もう一度'))).toBe('not-in-effect')
  expect(places()).toEqual([])
  expect(rankMoves.all()).toMatchObject([{ undoneReason: '誤り' }])
  expect(audit.latest(1)).toMatchObject([{ action: 'rank-move.undone', detail: { reason: '誤り' } }])
})

test('a whole list takes the place of what was in effect, and of nothing else', () => {
  const { rankMoves, audit } = database.stores
  rankMoves.add(1, { hospitalCode: HERE, position: 5 }, by('圏域の拠点'))
  rankMoves.add(2, { hospitalCode: HERE, position: 7 }, by('追加選定'))
  const moves = [
    { hospitalCode: THERE, position: 1, reason: '会議で決定' },
    { hospitalCode: HERE, position: 4, reason: '圏域の拠点' },
  ]
  rankMoves.replaceAll(1, moves, by('順位表の取込み'))
  expect(rankMoves.active(1)).toMatchObject(moves)
  expect(places(2)).toEqual([[HERE, 7]])
  expect(audit.latest(1)).toMatchObject([
    {
      action: 'rank-moves.replaced',
      subject: 'round 1',
      detail: {
        reason: '順位表の取込み',
        moves: [
          [THERE, 1],
          [HERE, 4],
        ],
      },
    },
  ])
  rankMoves.replaceAll(1, [], by('点数の順に戻す'))
  expect(places()).toEqual([])
})

test('nothing is stored of a list that does not hold', () => {
  const { rankMoves, audit } = database.stores
  rankMoves.add(1, { hospitalCode: HERE, position: 5 }, by('圏域の拠点'))
  const before = audit.all().length
  const twice = [1, 2].map((position) => ({ hospitalCode: THERE, position, reason: 'x' }))
  expect(() => rankMoves.replaceAll(1, twice, by('x'))).toThrow()
  expect(() => rankMoves.add(1, { hospitalCode: 'none', position: 1 }, by('x'))).toThrow()
  expect(() => rankMoves.add(1, { hospitalCode: THERE, position: 0 }, by('x'))).toThrow()
  expect(places()).toEqual([[HERE, 5]])
  expect(audit.all()).toHaveLength(before)
  expect(() => database.db.run(sql`UPDATE rank_moves SET undone_by = 'x'`)).toThrow()
})
