import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Scenario } from '../../db/scenarios.ts'
import type { Stores } from '../../db/stores.ts'
import { withQuestionsOf } from '../../domain/selection/edition-questions.ts'
import type { Policy } from '../../domain/selection/policy.ts'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { comparedWithCurrent, comparisonWords, type PolicyComparison } from './comparison.ts'
import type { FieldErrors } from './field-errors.ts'
import { type PolicyForm, policyForm, readForm, storedForm, type TypedForm } from './form.ts'
import { policyRulesOf } from './policy.ts'
import { archivedPage } from './scenario.ts'
import { findInUse, findScenario, type ScenarioLine, scenarioLine } from './scenarios.ts'

interface ScenarioAdoptionModel {
  line: ScenarioLine
  /** What the page shows: nobody adopts anything else. */
  scenarioVersion: number
  currentVersion: number
  currentLabel: string
  comparison: PolicyComparison
  form: Pick<PolicyForm, 'seats' | 'acknowledged' | 'note' | 'errors'>
  isStale: boolean
  /** It gives the consent points, which may earn nothing: it cannot be adopted as it is. */
  hasConsentPoints: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/policy/scenario-adopt': ScenarioAdoptionModel
  }
}

interface Identified {
  Params: { id: string }
}

/** 採用: a 検討案 becomes the next version of the policy, on a page of its own with what follows from it. */
export function scenarioAdoptionRoutes(
  app: FastifyInstance,
  options: AdminOptions,
  readDraft: () => Draft,
): void {
  const { stores, now } = options
  const forWorkers = { config: { role: 'officer', act: '検討案の採用' } } as const

  app.get<Identified>('/scenarios/:id/adopt', forWorkers, async (request, reply) => {
    const scenario = findInUse(options, request.params.id)
    if (!scenario) return refusal(reply, 'not-found')
    const rules = policyRulesOf(reply, stores)
    const form = storedForm(adoptedFrom(stores, scenario), rules, `検討案「${scenario.name}」を採用する。`)
    return show(reply, scenario, { form })
  })

  app.post<Identified>('/scenarios/:id/adopt', forWorkers, async (request, reply) => {
    const scenario = findScenario(options, request.params.id)
    if (!scenario) return refusal(reply, 'not-found')
    if (scenario.archivedAt) return archivedPage(reply, options, scenario)
    const { version, policy } = adoptedFrom(stores, scenario)
    const rules = policyRulesOf(reply, stores)
    const fields = fieldsOf(request.body)
    const form = {
      ...storedForm({ version, policy }, rules, fields.get('note')),
      acknowledged: fields.get('acknowledged'),
    }
    const current = stores.policies.current()
    if (
      fields.get('scenarioVersion') !== String(version) ||
      fields.get('version') !== String(current.version)
    )
      return show(reply.code(409), scenario, { form, isStale: true })
    if (hasConsentPoints(policy)) return show(reply.code(422), scenario, { form })
    const { ready, errors } = readForm(form, rules)
    if (!ready) return show(reply.code(422), scenario, { form, errors })
    if (scenarioLine(stores, scenario).changes.length === 0)
      return reply.redirect('/admin/scenarios?done=unchanged', 303)
    const by = { actor: officerOf(request).login, at: now(), note: ready.note }
    const adopted = { scenario: scenario.name, scenarioVersion: version }
    const outcome = stores.policies.saveAfter(current.version, policy, by, adopted)
    if (outcome.kind === 'changed-meanwhile') return show(reply.code(409), scenario, { form, isStale: true })
    return reply.redirect('/admin/policy?done=adopted', 303)
  })

  function show(
    reply: FastifyReply,
    scenario: Scenario,
    { form, errors = {}, isStale = false }: { form: TypedForm; errors?: FieldErrors; isStale?: boolean },
  ): FastifyReply {
    const { version } = stores.policies.current()
    return adminPage(reply, 'admin/policy/scenario-adopt', {
      line: scenarioLine(stores, scenario),
      scenarioVersion: scenario.latest.version,
      currentVersion: version,
      currentLabel: versionLabel(version),
      comparison: comparedWithCurrent(
        readDraft(),
        { label: scenario.name, policy: adoptedFrom(stores, scenario).policy },
        comparisonWords(stores, reply.request.site.prefectureCode),
      ),
      form: policyForm(form, policyRulesOf(reply, stores), errors),
      isStale,
      hasConsentPoints: hasConsentPoints(scenario.latest.policy),
    })
  }
}

/** What would be adopted: a question that counts today stays in the policy, though it may count nothing. */
function adoptedFrom({ policies, questions }: Stores, { latest }: Scenario): Scenario['latest'] {
  const policy = withQuestionsOf(latest.policy, policies.current().policy, questions.all())
  return { ...latest, policy }
}

function hasConsentPoints({ criteria }: Policy): boolean {
  return (criteria.gmisConsent ?? 0) > 0
}
