import type { HospitalResult } from '../../domain/selection/result.ts'
import type { Stability } from '../../domain/selection/stability.ts'
import { flipsSummary, type StabilityMark, stabilityMark } from '../../domain/selection/words/stability.ts'
import type { SelectionLine } from './selection-lines.ts'

/** A hospital whose decision hangs on the weights, and on which of them. */
export interface LineOnTheLine {
  line: SelectionLine
  stability: StabilityMark
  flips: string
}

/** 当落線上: some of the runs select it and some do not. */
export function isOnTheLine(stability: Stability): (row: HospitalResult) => boolean {
  return ({ code }) => stabilityMark(stability, code)?.isOnTheLine === true
}

export function lineOnTheLineOf(
  stability: Stability,
  lineOf: (row: HospitalResult) => SelectionLine,
): (row: HospitalResult) => LineOnTheLine {
  return (row) => ({
    line: lineOf(row),
    stability: stabilityMark(stability, row.code)!,
    flips: flipsSummary(stability.hospitals.get(row.code)!.flips),
  })
}
