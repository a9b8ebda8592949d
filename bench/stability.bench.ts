import { comparePolicies } from '../src/domain/selection/comparison.ts'
import { explain } from '../src/domain/selection/explain/explain.ts'
import { DEFAULT_POLICY } from '../src/domain/selection/policy.ts'
import { select } from '../src/domain/selection/select.ts'
import type { Snapshot } from '../src/domain/selection/snapshot.ts'
import { stabilityOf } from '../src/domain/selection/stability.ts'
import { generatedSnapshot, PREFECTURE } from './hospitals.ts'
import type { BenchCase } from './main.ts'

const prefecture = generatedSnapshot(PREFECTURE)
const byLottery = generatedSnapshot(PREFECTURE, { criteria: { emergency: 1 }, tieBreak: ['lottery'] })
const withoutFloors = { ...DEFAULT_POLICY, regionFloor: 0 }

/** What is worked out around a selection of 230 hospitals. Stability is 230 runs and the first one with its hash. */
export const cases: BenchCase[] = [
  { name: 'prefecture: stability', goal: 100, run: () => stabilityOf(prefecture) },
  { name: 'prefecture: stability, nearly all tied', goal: 100, run: () => stabilityOf(byLottery) },
  { name: 'prefecture: explain one hospital', run: explanations(prefecture, 1) },
  { name: 'prefecture: explain every hospital', run: explanations(prefecture, Number.POSITIVE_INFINITY) },
  { name: 'prefecture: compare two policies', run: () => comparePolicies(prefecture, withoutFloors) },
]

function explanations(snapshot: Snapshot, count: number): () => unknown {
  const result = select(snapshot)
  const codes = result.results.filter((row) => row.eligible).map(({ code }) => code)
  const wanted = codes.slice(-count)
  return () => wanted.map(explain(snapshot, result))
}
