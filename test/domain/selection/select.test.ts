import { expect, test } from 'vitest'
import type { SnapshotPolicy } from '../../../src/domain/selection/policy.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { canonicalJson, sha256Hex } from '../../../src/domain/text/canonical.ts'
import { bands, candidate, lineOf, selectedOf, snapshot } from './builders.ts'

/** Ranked by code alone, without floors: each test switches on what it is about. */
const PLAIN: Partial<SnapshotPolicy> = { criteria: {}, tieBreak: [], regionFloor: 0, bands: bands(2, 1) }

const small = (code: string, region = '鹿児島') => candidate(code, { beds: 50, region })
const large = (code: string, region = '鹿児島') => candidate(code, { beds: 200, region })

test('without floors every band takes its best', () => {
  const all = [small('1'), small('2'), small('3'), large('4'), large('5')]
  expect(selectedOf(all, PLAIN)).toEqual(['1: rank', '2: rank', '4: rank'])
})

test('the order runs over the selected, the waiting list within its band', () => {
  const all = [large('1'), large('2'), small('3'), small('4'), small('5'), large('6')]
  const places = all.map(({ code }) => {
    const { order, waitlistPosition } = lineOf(code, all, PLAIN)
    return [order, waitlistPosition]
  })
  expect(places).toEqual([
    [1, null],
    [null, 1],
    [2, null],
    [3, null],
    [null, 1],
    [null, 2],
  ])
})

test('regions are listed by name, ineligible hospitals by code, both by code point', () => {
  const out = (code: string, region: string) => candidate(code, { region, submission: null })
  const result = select(snapshot([out('𠮷', '𠮷野'), out('b', '﨑山'), out('﨑', '奄美')], PLAIN))
  expect(result.regions.map(({ id }) => id)).toEqual(['奄美', '﨑山', '𠮷野'])
  expect(result.results.map(({ code }) => code)).toEqual(['b', '﨑', '𠮷'])
})

test('an empty master and a policy without bands have a result too', () => {
  expect(select(snapshot([], PLAIN))).toMatchObject({ results: [], regions: [], problems: [] })
  expect(select(snapshot([small('1')], { ...PLAIN, bands: [] }))).toMatchObject({
    results: [{ reason: 'no_band', band: null }],
    bands: [],
  })
})

test('the hash is of the canonical snapshot, whatever the order of its keys', () => {
  const taken = snapshot([small('1')], PLAIN)
  const reordered = Object.fromEntries(Object.entries(taken).reverse()) as typeof taken
  expect(select(taken).snapshotSha256).toBe(sha256Hex(canonicalJson(taken)))
  expect(select(reordered)).toEqual(select(taken))
})
