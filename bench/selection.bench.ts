import { allot } from '../src/domain/selection/allotment.ts'
import { fieldOf } from '../src/domain/selection/field.ts'
import type { SnapshotPolicy } from '../src/domain/selection/policy.ts'
import { rank, tieComparison } from '../src/domain/selection/rank.ts'
import { scoreOf, weightsOf } from '../src/domain/selection/score.ts'
import { select } from '../src/domain/selection/select.ts'
import { parseSnapshot, type Snapshot } from '../src/domain/selection/snapshot.ts'
import { canonicalJson, sha256Hex } from '../src/domain/text/canonical.ts'
import { COUNTRY, editionSnapshot, generatedSnapshot, PREFECTURE, type Size } from './hospitals.ts'
import type { BenchCase } from './main.ts'

const country = generatedSnapshot(COUNTRY)
const countryEdition = editionSnapshot(COUNTRY)
const text = canonicalJson(country)

/** Ratios are to the first case. `select` takes a parsed snapshot and includes its hash. */
export const cases: BenchCase[] = [
  { name: 'prefecture: select (230 hospitals, 9 regions)', goal: 2, run: selection(PREFECTURE) },
  { name: 'prefecture: select, floors off', goal: 2, run: selection(PREFECTURE, { regionFloor: 0 }) },
  { name: 'prefecture: rank and allot again, facts prepared', run: trial(generatedSnapshot(PREFECTURE)) },
  { name: 'country: select (8,200 hospitals, 330 regions)', goal: 50, run: selection(COUNTRY) },
  { name: 'country: select, floors off', goal: 50, run: selection(COUNTRY, { regionFloor: 0 }) },
  { name: 'country: select, floor 5', goal: 50, run: selection(COUNTRY, { regionFloor: 5 }) },
  { name: 'country: select, four further questions', goal: 60, run: () => select(countryEdition) },
  {
    name: 'country: select, all tied, so all by lottery',
    goal: 50,
    run: selection(COUNTRY, { criteria: {}, tieBreak: ['lottery'] }),
  },
  { name: 'country: of it, the sort alone', run: sorting(country) },
  ...[12_500, 25_000, 50_000, 100_000].map((hospitals) => ({
    name: `${hospitals.toLocaleString('en')} hospitals: select (n log n: ${(nLogN(hospitals) / nLogN(12_500)).toFixed(2)} × the first)`,
    run: selection({ ...COUNTRY, hospitals, seats: seatsFor(hospitals) }),
  })),
  { name: 'country: of it, rank and allot', run: trial(country) },
  { name: 'country: of it, canonical JSON and hash (2.5 MB)', run: () => sha256Hex(canonicalJson(country)) },
  { name: 'country: before it, JSON.parse', run: () => JSON.parse(text) },
  { name: 'country: before it, parseSnapshot', run: () => parseSnapshot(country) },
]

function selection(size: Size, policy: Partial<SnapshotPolicy> = {}): () => unknown {
  const snapshot = generatedSnapshot(size, policy)
  return () => select(snapshot)
}

/** As many for each hospital as the country has. */
function seatsFor(hospitals: number): Size['seats'] {
  return COUNTRY.seats.map((seats) =>
    Math.round((seats * hospitals) / COUNTRY.hospitals),
  ) as unknown as Size['seats']
}

function nLogN(count: number): number {
  return count * Math.log2(count)
}

/** All of them into the order of the ranking, with points and keys at hand. */
function sorting(snapshot: Snapshot): () => unknown {
  const field = fieldOf(snapshot)
  const [weights, compareTied] = [
    weightsOf(snapshot.policy.criteria),
    tieComparison(field, snapshot.policy.tieBreak),
  ]
  const all = field.entrants.map((entrant) => ({ entrant, score: scoreOf(weights, entrant.values) }))
  return () => all.toSorted((a, b) => b.score - a.score || compareTied(a.entrant, b.entrant))
}

function trial(snapshot: Snapshot): () => unknown {
  const field = fieldOf(snapshot)
  return () => allot(field, rank(field, snapshot.policy), snapshot.policy)
}
