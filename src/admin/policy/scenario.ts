import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Scenario } from '../../db/scenarios.ts'
import type { Stores } from '../../db/stores.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { comparedWithCurrent, comparisonWords, type PolicyComparison } from './comparison.ts'
import type { FieldErrors } from './field-errors.ts'
import {
  type FormRules,
  type PolicyForm,
  policyForm,
  readForm,
  sentForm,
  storedForm,
  type TypedForm,
} from './form.ts'
import { labeller, policyQuestions } from './further-questions.ts'
import { findScenario, type ScenarioLine, scenarioLine } from './scenarios.ts'
import { type ShownPolicy, shownPolicy } from './shown-policy.ts'

interface ScenarioModel {
  line: ScenarioLine
  isArchived: boolean
  /** What the page shows: nobody puts away anything else. */
  version: number
  contents: ShownPolicy
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

interface ScenarioExtras {
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
  const rules = scenarioRulesOf(reply, stores, latest)
  const labelled = labeller(stores)
  const typed = form ?? storedForm(latest, rules)
  const changed = isStale ? stores.policies.scenarios.byVersion(scenario.id, typed.version) : null
  return adminPage(reply, 'admin/policy/scenario', {
    line: scenarioLine(stores, scenario),
    isArchived: scenario.archivedAt !== null,
    version: latest.version,
    contents: shownPolicy(labelled(latest.policy)),
    form: policyForm(isStale ? { ...typed, version: latest.version } : typed, rules, errors),
    tried: tried ?? null,
    stale: isStale ? (changed ? policyChanges(labelled(changed.policy), labelled(latest.policy)) : []) : null,
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
  text: 'この画面を開いた後に、ほかの人がこの検討案を保管しました。続ける場合は、別の画面で検討案を検討中に戻してから、もう一度保存してください。',
}

/** A scenario decides nothing: no reason is asked for, and its seats may be any number. */
function scenarioRulesOf(
  { request }: FastifyReply,
  stores: Stores,
  { policy }: Scenario['latest'],
): FormRules {
  const { prefectureSeats, place } = request.site
  const further = policyQuestions(stores, policy)
  const typesSeed = stores.lots.method() === 'text'
  return { prefectureSeats, place, binding: false, setsPrefecture: false, typesSeed, ...further }
}

interface Identified {
  Params: { id: string }
}

/** One 検討案 in the policy's own form. */
export function scenarioRoutes(app: FastifyInstance, options: AdminOptions, readDraft: () => Draft): void {
  const { stores, now } = options

  app.get<Identified>('/scenarios/:id', forReaders, async (request, reply) => {
    const scenario = findScenario(options, request.params.id)
    if (!scenario) return refusal(reply, 'not-found')
    return scenarioPage(reply, options, scenario, { done: DONE.get(fieldsOf(request.query).get('done')) })
  })

  app.post<Identified>(
    '/scenarios/:id',
    { config: { role: 'officer', act: '検討案の変更' } },
    async (request, reply) => {
      const scenario = findScenario(options, request.params.id)
      if (!scenario) return refusal(reply, 'not-found')
      const rules = scenarioRulesOf(reply, stores, scenario.latest)
      const form = sentForm(request.body, rules)
      if (scenario.archivedAt) return archivedPage(reply, options, scenario, { form })
      const refuseStale = () => scenarioPage(reply.code(409), options, scenario, { form, isStale: true })
      if (form.version !== scenario.latest.version) return refuseStale()
      const { ready, errors } = readForm(form, rules)
      if (!ready) return scenarioPage(reply.code(422), options, scenario, { form, errors })
      const by = { actor: officerOf(request).login, at: now(), note: ready.note }
      const outcome = stores.policies.scenarios.save(scenario.id, form.version, ready.policy, by)
      if (outcome !== 'saved') return refuseStale()
      return reply.redirect(`/admin/scenarios/${scenario.id}?done=saved`, 303)
    },
  )

  // Where somebody opens the address of a try-out again.
  app.get<Identified>('/scenarios/:id/preview', forReaders, async (request, reply) =>
    reply.redirect(`/admin/scenarios/${encodeURIComponent(request.params.id)}`, 303),
  )

  app.post<Identified>(
    '/scenarios/:id/preview',
    { config: { role: 'officer', act: '検討案の試算' } },
    async (request, reply) => {
      const scenario = findScenario(options, request.params.id)
      if (!scenario) return refusal(reply, 'not-found')
      const rules = scenarioRulesOf(reply, stores, scenario.latest)
      const form = sentForm(request.body, rules)
      if (scenario.archivedAt) return archivedPage(reply, options, scenario, { form })
      const { ready, errors } = readForm({ ...form, note: '' }, rules)
      if (!ready) return scenarioPage(reply.code(422), options, scenario, { form, errors })
      const tried = comparedWithCurrent(
        readDraft(),
        { label: `${scenario.name}（入力中の内容）`, policy: ready.policy },
        comparisonWords(stores, request.site.prefectureCode),
      )
      return scenarioPage(reply, options, scenario, { form, tried })
    },
  )
}

const DONE = new Map([
  [
    'created',
    '現在の選定基準を複製して、検討案を作成しました。変更して試算したいところを直し、保存してください。',
  ],
  ['saved', '検討案を保存しました。選定基準と選定案は変わっていません。'],
  ['renamed', '検討案の名前を変更しました。'],
  ['reopened', '保管していた検討案を、検討中に戻しました。'],
])
