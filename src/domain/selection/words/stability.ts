import { pointLabel, type SnapshotPolicy } from '../policy.ts'
import type { Decision } from '../result.ts'
import type { Flip, Stability } from '../stability.ts'

/** How a table and a small picture show a hospital's stability. */
export interface StabilityMark {
  /** 92％: 100 only where it is selected in all runs, 0 only where in none. */
  percent: string
  /** In how many runs it is selected. */
  selected: number
  runs: number
  isOnTheLine: boolean
}

/** @returns null for a hospital that is not eligible */
export function stabilityMark({ hospitals, runs }: Stability, code: string): StabilityMark | null {
  const hospital = hospitals.get(code)
  if (!hospital) return null
  const { selected } = hospital
  return {
    percent: `${percentOf(selected, runs)}％`,
    selected,
    runs,
    isOnTheLine: selected > 0 && selected < runs,
  }
}

/** 「救急医療」の配点を20％減らすと選定から外れます。 */
export function flipText({ criterion, percent }: Flip, decision: Decision, policy: Points): string {
  const change = percent < 100 ? `${100 - percent}％減らす` : `${percent - 100}％増やす`
  const outcome = decision === 'selected' ? '選定から外れます' : '選定されます'
  return `「${pointLabel(policy, criterion)}」の配点を${change}と${outcome}。`
}

/** 救急医療の配点を20％減、災害医療の配点を20％増 */
export function flipsSummary(flips: readonly Flip[], policy: Points): string {
  const texts = flips.map(
    ({ criterion, percent }) => `${pointLabel(policy, criterion)}の配点を20％${percent < 100 ? '減' : '増'}`,
  )
  return texts.join('、') || '1つの観点の配点だけでは変わりません'
}

/** What the points are called. */
type Points = Pick<SnapshotPolicy, 'criteria' | 'questions'>

/** Nearly all is not all, and hardly any is not none. */
function percentOf(selected: number, runs: number): number {
  const share = (100 * selected) / runs
  return share > 50
    ? Math.min(Math.round(share), selected < runs ? 99 : 100)
    : Math.max(Math.round(share), selected > 0 ? 1 : 0)
}
