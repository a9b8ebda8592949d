import { compareSelections } from '../src/domain/selection/comparison.ts'
import { explain } from '../src/domain/selection/explain/explain.ts'
import { lotEffect } from '../src/domain/selection/explain/lots.ts'
import { DEFAULT_POLICY } from '../src/domain/selection/policy.ts'
import { readingOf } from '../src/domain/selection/reading.ts'
import type { Snapshot } from '../src/domain/selection/snapshot.ts'
import { stabilityOf } from '../src/domain/selection/stability.ts'
import { COUNTRY, editionSnapshot, generatedSnapshot, PREFECTURE } from './hospitals.ts'
import type { BenchCase } from './main.ts'

const prefecture = generatedSnapshot(PREFECTURE)
const edition = editionSnapshot(PREFECTURE)
const byLottery = generatedSnapshot(PREFECTURE, { criteria: { emergency: 1 }, tieBreak: ['lottery'] })
const withoutFloors = { ...DEFAULT_POLICY, regionFloor: 0 }

const country = readingOf(generatedSnapshot(COUNTRY))
const tied = readingOf(generatedSnapshot(COUNTRY, { criteria: {}, tieBreak: ['lottery'] }))

/** What is worked out around a selection of 230 hospitals. Stability is 230 runs and the first one with its hash. */
export const cases: BenchCase[] = [
  { name: 'prefecture: stability', goal: 100, run: () => stabilityOf(readingOf(prefecture)) },
  { name: 'prefecture: stability, nearly all tied', goal: 100, run: () => stabilityOf(readingOf(byLottery)) },
  {
    name: 'prefecture: stability, four further questions',
    goal: 100,
    run: () => stabilityOf(readingOf(edition)),
  },
  { name: 'country: stability, in a thread of its own', run: () => stabilityOf(country) },
  { name: 'country: whose seat hangs on the lot', goal: 50, run: () => lotEffect(country.contest()) },
  { name: 'country: the same, all tied', run: () => lotEffect(tied.contest()) },
  { name: 'country: explain one hospital', goal: 5, run: explanationInCountry },
  { name: 'prefecture: explain one hospital', run: explanations(prefecture, 1) },
  { name: 'prefecture: explain every hospital', run: explanations(prefecture, Number.POSITIVE_INFINITY) },
  { name: 'prefecture: compare two policies', run: comparison },
]

function explanations(snapshot: Snapshot, count: number): () => unknown {
  const { result, rows } = readingOf(snapshot)
  const wanted = rows.filter((row) => row.eligible).slice(-count)
  return () => {
    const reading = readingOf(snapshot, result)
    return wanted.map(({ code }) => explain(reading, code))
  }
}

function explanationInCountry() {
  return explain(country, country.rows[3_000]!.code)
}

function comparison() {
  return compareSelections(readingOf(prefecture), readingOf({ ...prefecture, policy: withoutFloors }))
}
