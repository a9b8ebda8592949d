import { expect, test } from 'vitest'
import { fieldOf } from '../../../src/domain/selection/field.ts'
import type { Policy, SnapshotPolicy } from '../../../src/domain/selection/policy.ts'
import { rank, separatingKey } from '../../../src/domain/selection/rank.ts'
import type { Candidate } from '../../../src/domain/selection/snapshot.ts'
import { sha256Hex } from '../../../src/domain/text/canonical.ts'
import { bands, candidate, lineOf, snapshot, submission } from './builders.ts'

const EQUAL: Partial<SnapshotPolicy> = { criteria: {}, bands: bands(0, 0) }

function order(candidates: Candidate[], policy: Partial<SnapshotPolicy>): string[] {
  const taken = snapshot(candidates, { ...EQUAL, ...policy })
  return rank(fieldOf(taken), taken.policy).map(({ entrant }) => entrant.candidate.code)
}

function answeredAt(code: string, submittedAt: string, changes: Partial<Candidate> = {}): Candidate {
  return candidate(code, { submission: submission({ submittedAt }), ...changes })
}

/** Designated without an answer: eligible, and without a time. */
function silent(code: string): Candidate {
  return candidate(code, { submission: null, override: { kind: 'designate', reason: '県の判断' } })
}

test('the higher score comes first, whatever else', () => {
  const all = [candidate('1', { beds: 900 }), candidate('2', { functions: ['disaster'] })]
  expect(order(all, { criteria: { disaster: 1 }, tieBreak: ['beds'] })).toEqual(['2', '1'])
})

test('beds: the larger first', () => {
  const all = [candidate('1', { beds: 9 }), candidate('2', { beds: 100 }), candidate('3', { beds: 20 })]
  expect(order(all, { tieBreak: ['beds'] })).toEqual(['2', '3', '1'])
})

test('submittedAt: the earlier instant first, those without one last', () => {
  const all = [
    silent('0'),
    answeredAt('1', '2024-03-11T02:00:00.100Z'),
    answeredAt('2', '2024-03-11T02:00:00.09Z'),
    answeredAt('3', '2024-03-11T02:00:00Z'),
    silent('4'),
  ]
  expect(order(all, { tieBreak: ['submittedAt'] })).toEqual(['3', '2', '1', '0', '4'])
})

test('the same instant written in two ways is a tie', () => {
  const all = [answeredAt('2', '2024-03-11T02:00:00Z'), answeredAt('1', '2024-03-11T02:00:00.000Z')]
  expect(order(all, { tieBreak: ['submittedAt'] })).toEqual(['1', '2'])
})

test('lottery: by the hash of seed and code, so another seed draws another order', () => {
  const codes = ['1', '2', '3', '4', '5', '6', '7', '8']
  const drawn = (seed: string) =>
    order(
      codes.map((code) => candidate(code)),
      { tieBreak: ['lottery'], lotterySeed: seed },
    )
  const byHash = (seed: string) =>
    [...codes].sort((a, b) => (sha256Hex(`${seed}:${a}`) < sha256Hex(`${seed}:${b}`) ? -1 : 1))
  expect(drawn('令和6年3月19日')).toEqual(byHash('令和6年3月19日'))
  expect(drawn('令和6年3月20日')).toEqual(byHash('令和6年3月20日'))
  expect(drawn('令和6年3月20日')).not.toEqual(drawn('令和6年3月19日'))
})

test('the code is last, by code point', () => {
  const all = [candidate('𠮷'), candidate('b'), candidate('﨑'), candidate('a10'), candidate('a9')]
  expect(order(all, { tieBreak: [] })).toEqual(['a10', 'a9', 'b', '﨑', '𠮷'])
})

test('the keys count in the order of the policy', () => {
  const all = [
    answeredAt('1', '2024-03-12T00:00:00Z', { beds: 90 }),
    answeredAt('2', '2024-03-11T00:00:00Z', { beds: 50 }),
    answeredAt('3', '2024-03-11T00:00:00Z', { beds: 60 }),
  ]
  expect(order(all, { tieBreak: ['beds', 'submittedAt'] })).toEqual(['1', '3', '2'])
  expect(order(all, { tieBreak: ['submittedAt', 'beds'] })).toEqual(['3', '2', '1'])
})

test('the ineligible have no place in the ranking, and band ranks count within the band', () => {
  const all = [
    candidate('1', { beds: 200 }),
    candidate('2', { submission: null, beds: 300 }),
    candidate('3', { beds: 90 }),
    candidate('4', { beds: 150 }),
    candidate('5', { beds: 20 }),
  ]
  const places = ['1', '2', '3', '4', '5'].map((code) => {
    const { rank, bandRank } = lineOf(code, all, { ...EQUAL, tieBreak: ['beds'] })
    return [rank, bandRank]
  })
  expect(places).toEqual([
    [1, 1],
    [null, null],
    [3, 1],
    [2, 2],
    [4, 2],
  ])
})

test('names the key that separates two hospitals', () => {
  const all = [
    candidate('1', { functions: ['disaster'] }),
    candidate('2', { beds: 60 }),
    candidate('3'),
    answeredAt('4', '2024-03-12T00:00:00Z'),
    answeredAt('5', '2024-03-12T00:00:00Z'),
  ]
  const keysBetween = (tieBreak: Policy['tieBreak']) => {
    const taken = snapshot(all, { criteria: { disaster: 1 }, tieBreak })
    const field = fieldOf(taken)
    const ranked = rank(field, taken.policy)
    return ranked.slice(1).map((each, index) => separatingKey(field, tieBreak, ranked[index]!, each))
  }
  expect(keysBetween(['beds', 'submittedAt', 'lottery'])).toEqual(['score', 'beds', 'submittedAt', 'lottery'])
  expect(keysBetween(['beds'])).toEqual(['score', 'beds', 'code', 'code'])
})
