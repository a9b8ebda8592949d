import type { FastifyReply } from 'fastify'
import type { Scenario } from '../../db/policies.ts'
import { type PolicyContents, policyContents } from '../../domain/selection/words/policy.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import type { PolicyComparison } from './policy-comparison.ts'
import { type FormRules, storedForm, type TypedForm } from './policy-form.ts'
import { type PolicyForm, policyForm } from './policy-form-model.ts'
import type { FieldErrors } from './policy-reading.ts'
import { type ScenarioLine, scenarioLine } from './scenario-lines.ts'

export interface ScenarioModel {
  line: ScenarioLine
  isArchived: boolean
  /** What the page shows: nobody puts away anything else. */
  version: number
  contents: PolicyContents
  form: PolicyForm
  tried: PolicyComparison | null
  /** Somebody saved in between: null where nobody did. */
  stale: PolicyChange[] | null
  name: { value: string; error: string | null }
  problem: { heading: string; text: string } | null
  /** What was typed stands there, though the scenario was put away meanwhile. */
  isFormKept: boolean
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/policy/scenario': ScenarioModel
  }
}

export interface ScenarioExtras {
  form?: TypedForm
  errors?: FieldErrors
  tried?: PolicyComparison
  isStale?: boolean
  name?: ScenarioModel['name']
  problem?: { heading: string; text: string }
  done?: string | undefined
}

export function scenarioPage(
  reply: FastifyReply,
  { stores }: AdminOptions,
  scenario: Scenario,
  { form, errors = {}, tried, isStale = false, name, problem, done }: ScenarioExtras,
): FastifyReply {
  const { latest } = scenario
  const typed = form ?? storedForm(latest)
  const changed = isStale ? stores.policies.scenarios.byVersion(scenario.id, typed.version) : null
  return adminPage(reply, 'admin/policy/scenario', {
    line: scenarioLine(stores, scenario),
    isArchived: scenario.archivedAt !== null,
    version: latest.version,
    contents: policyContents(latest.policy),
    form: policyForm(isStale ? { ...typed, version: latest.version } : typed, scenarioRulesOf(reply), errors),
    tried: tried ?? null,
    stale: isStale ? (changed ? policyChanges(changed.policy, latest.policy) : []) : null,
    name: name ?? { value: scenario.name, error: null },
    problem: problem ?? null,
    isFormKept: form !== undefined,
    done: done ?? null,
  })
}

/** Somebody else put the scenario away while it was being changed: what was typed stays on the page. */
export function archivedPage(
  reply: FastifyReply,
  options: AdminOptions,
  scenario: Scenario,
  extras: Pick<ScenarioExtras, 'form'> = {},
): FastifyReply {
  return scenarioPage(reply.code(409), options, scenario, { ...extras, problem: ARCHIVED })
}

const ARCHIVED = {
  heading: '保存していません',
  text: 'この画面を開いた後に、ほかの人がこの検討案を保管しました。続ける場合は、別の画面で検討案を戻してから、もう一度保存してください。',
}

/** A scenario decides nothing: no reason is asked for, and its seats may be any number. */
export function scenarioRulesOf({ request }: FastifyReply): FormRules {
  return { prefectureSeats: request.site.prefectureSeats, binding: false }
}
