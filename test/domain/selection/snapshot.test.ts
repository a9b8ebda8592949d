import { expect, test } from 'vitest'
import { DEFAULT_POLICY, parsePolicy } from '../../../src/domain/selection/policy.ts'
import { parseSnapshot } from '../../../src/domain/selection/snapshot.ts'
import { changed, validSnapshot } from './archive/changed-snapshot.ts'

test('takes a valid snapshot as it is', () => {
  expect(parseSnapshot(validSnapshot())).toEqual({ ok: true, snapshot: validSnapshot() })
})

test.each<[string, (string | number)[], unknown]>([
  ['no candidates', ['candidates'], []],
  ['bands with gaps', ['policy', 'bands', 0, 'max'], 50],
  ['a band of one size', ['policy', 'bands', 0, 'max'], 20],
  ['no seats', ['policy', 'bands', 0, 'seats'], 0],
  ['no points', ['policy', 'criteria'], {}],
  ['no tie-break', ['policy', 'tieBreak'], []],
  ['no floor', ['policy', 'regionFloor'], 0],
  ['no answer to GMIS though consenting', ['candidates', 0, 'gmis'], null],
  ['an instant to the second', ['takenAt'], '2024-02-29T23:59:59Z'],
  ['a planned EMR without its month', ['candidates', 0, 'submission', 'emr'], 'planned'],
  ['rare characters', ['candidates', 0, 'name'], '𠮷野﨑"病院\\🏥'],
])('takes %s', (_, path, value) => {
  expect(parseSnapshot(changed(path, value))).toMatchObject({ ok: true })
})

test('a policy alone is refused in the same words', () => {
  expect(parsePolicy(DEFAULT_POLICY)).toEqual({ ok: true, policy: DEFAULT_POLICY })
  expect(parsePolicy({ ...DEFAULT_POLICY, unknownValue: -1 })).toEqual({
    ok: false,
    problems: [{ path: 'unknownValue', message: '0以上の整数で指定してください。' }],
  })
  expect(parsePolicy(7)).toMatchObject({ ok: false, problems: [{ path: 'policy' }] })
})
