import type { Scenario } from '../../db/policies.ts'
import type { Stores } from '../../db/stores.ts'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import { officerNames } from '../../office/officer-names.ts'
import { savedOf, type VersionLine } from './policy-version-lines.ts'

/** One 検討案 beside the current policy. */
export interface ScenarioLine {
  id: number
  name: string
  href: string
  /** Compares it with the current policy; null for an archived one. */
  compareHref: string | null
  /** 第2版から作成 */
  origin: string
  saved: NonNullable<VersionLine['saved']>
  /** What it does otherwise than the current policy. */
  changes: PolicyChange[]
}

export function scenarioLine(stores: Stores, scenario: Scenario): ScenarioLine {
  const { id, name, basedOn, latest, archivedAt } = scenario
  return {
    id,
    name,
    href: `/admin/scenarios/${id}`,
    compareHref: archivedAt ? null : compareHref(CURRENT, name),
    origin: `選定基準の${versionLabel(basedOn)}から作成`,
    saved: savedOf(latest, officerNames(stores)),
    changes: policyChanges(stores.policies.current().policy, latest.policy),
  }
}

/** What the current policy is called in the address of a comparison; no scenario can have this name. */
export const CURRENT = 'current'

export function compareHref(a: string, b: string): string {
  return `/admin/scenarios/compare?${new URLSearchParams({ a, b })}`
}
