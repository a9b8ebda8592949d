import { allot } from '../src/domain/selection/allotment.ts'
import { fieldOf } from '../src/domain/selection/field.ts'
import type { SnapshotPolicy } from '../src/domain/selection/policy.ts'
import { rank } from '../src/domain/selection/rank.ts'
import { select } from '../src/domain/selection/select.ts'
import { parseSnapshot, type Snapshot } from '../src/domain/selection/snapshot.ts'
import { canonicalJson, sha256Hex } from '../src/domain/text/canonical.ts'
import { COUNTRY, editionSnapshot, generatedSnapshot, PREFECTURE, type Size } from './hospitals.ts'
import type { BenchCase } from './main.ts'

const country = generatedSnapshot(COUNTRY)
const countryEdition = editionSnapshot(COUNTRY)
const text = canonicalJson(country)

/**
 * What a selection is made of. Ratios are to the first case; `select` takes a parsed snapshot and includes its hash. Floors, lots
 * and sizes are held against the sort alone by `npm run bench:web`.
 */
export const cases: BenchCase[] = [
  { name: 'prefecture: select (230 hospitals, 9 regions)', goal: 2, run: selection(PREFECTURE) },
  { name: 'prefecture: select, floors off', goal: 2, run: selection(PREFECTURE, { regionFloor: 0 }) },
  { name: 'prefecture: rank and allot again, facts prepared', run: trial(generatedSnapshot(PREFECTURE)) },
  { name: 'country: select (8,200 hospitals, 330 regions)', goal: 50, run: selection(COUNTRY) },
  { name: 'country: select, four further questions', goal: 60, run: () => select(countryEdition) },
  { name: 'country: of it, rank and allot', run: trial(country) },
  { name: 'country: of it, canonical JSON and hash (2.5 MB)', run: () => sha256Hex(canonicalJson(country)) },
  { name: 'country: before it, JSON.parse', run: () => JSON.parse(text) },
  { name: 'country: before it, parseSnapshot', run: () => parseSnapshot(country) },
]

function selection(size: Size, policy: Partial<SnapshotPolicy> = {}): () => unknown {
  const snapshot = generatedSnapshot(size, policy)
  return () => select(snapshot)
}

function trial(snapshot: Snapshot): () => unknown {
  const field = fieldOf(snapshot)
  return () => allot(field, rank(field, snapshot.policy), snapshot.policy)
}
