import type { Stores } from '../../db/stores.ts'
import { type Comparison, comparePolicies } from '../../domain/selection/comparison.ts'
import type { Policy } from '../../domain/selection/policy.ts'
import { type ChangeLine, changeLines } from '../../domain/selection/words/change-lines.ts'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import { problemText } from '../../domain/selection/words/problem.ts'
import {
  bandTallies,
  functionTallies,
  regionTallies,
  type TallyLine,
} from '../../domain/selection/words/tallies.ts'
import type { Draft } from '../../office/draft/draft.ts'

/** What two policies select on the same facts, side by side and in words. */
export interface PolicyComparison {
  /** What each side is called. */
  before: string
  after: string
  changes: PolicyChange[]
  entering: ChangeLine[]
  leaving: ChangeLine[]
  rebased: ChangeLine[]
  /** Selected on both sides. */
  staying: number
  bands: TallyLine[]
  regions: TallyLine[]
  functions: TallyLine[]
  /** Why a round could not be confirmed under the policy after. */
  problems: string[]
}

export interface Side {
  label: string
  policy: Policy
}

/** The policy that counts, as one side of a comparison. */
export function currentSide({ policies }: Stores): Side {
  const { version, policy } = policies.current()
  return { label: `今の選定基準（${versionLabel(version)}）`, policy }
}

export function policyComparison(
  draft: Pick<Draft, 'withPolicy'>,
  before: Side,
  after: Side,
  byRegion: (a: string, b: string) => number,
): PolicyComparison {
  const snapshots = {
    before: draft.withPolicy(before.policy),
    after: draft.withPolicy(after.policy),
  }
  const compared = comparePolicies(snapshots.before, snapshots.after.policy)
  const lineOf = changeLines(snapshots, compared)
  return {
    before: before.label,
    after: after.label,
    changes: policyChanges(before.policy, after.policy),
    entering: compared.entering.map(lineOf),
    leaving: compared.leaving.map(lineOf),
    rebased: compared.rebased.map(lineOf),
    staying: selectedIn(compared.after) - compared.entering.length,
    bands: bandTallies(compared, before.policy, after.policy),
    regions: regionTallies(compared, byRegion),
    functions: functionTallies(compared),
    problems: compared.after.problems.map((problem) => problemText(problem, snapshots.after)),
  }
}

function selectedIn({ results }: Comparison['after']): number {
  return results.filter(({ decision }) => decision === 'selected').length
}
