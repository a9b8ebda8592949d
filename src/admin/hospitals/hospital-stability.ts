import type { HospitalResult } from '../../domain/selection/result.ts'
import { flipText, type StabilityMark, stabilityMark } from '../../domain/selection/words/stability.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { draftStability } from '../../office/draft/stability.ts'

export type HospitalStability =
  /** Not eligible: no points can change that. */
  | { kind: 'none' }
  /** To be worked out when asked for. */
  | { kind: 'unknown' }
  | { kind: 'known'; mark: StabilityMark; flips: string[] }

/** How far a hospital's decision hangs on the weights. */
export function hospitalStability(draft: Draft, row: HospitalResult, asked: boolean): HospitalStability {
  if (!row.eligible) return { kind: 'none' }
  const stability = draftStability(draft, asked)
  const mark = stability && stabilityMark(stability, row.code)
  if (!stability || !mark) return { kind: 'unknown' }
  const { flips } = stability.hospitals.get(row.code)!
  return { kind: 'known', mark, flips: flips.map((flip) => flipText(flip, row.decision)) }
}
