import { stabilityOf } from '../src/domain/selection/stability.ts'
import { generatedSnapshot, PREFECTURE } from './hospitals.ts'
import type { BenchCase } from './main.ts'

const prefecture = generatedSnapshot(PREFECTURE)
const byLottery = generatedSnapshot(PREFECTURE, { criteria: { emergency: 1 }, tieBreak: ['lottery'] })

/** 230 runs each, and the first selection with its hash. */
export const cases: BenchCase[] = [
  { name: 'prefecture: stability (230 hospitals)', goal: 100, run: () => stabilityOf(prefecture) },
  { name: 'prefecture: stability, nearly all tied', goal: 100, run: () => stabilityOf(byLottery) },
]
