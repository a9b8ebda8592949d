import type { FastifyInstance } from 'fastify'
import type { Choice } from '../../domain/text/choice.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { regionOrder } from '../../office/region-order.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { currentSide, type PolicyComparison, policyComparison, type Side } from './policy-comparison.ts'
import { CURRENT } from './scenario-lines.ts'

export interface ScenarioCompareModel {
  a: string
  b: string
  choices: Choice<string>[]
  comparison: PolicyComparison
  /** The page of the side after, where that is a scenario. */
  scenarioHref: string | null
  /** When the facts were first seen as they are. */
  takenAt: Date
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/policy/scenario-compare': ScenarioCompareModel
  }
}

/** Two policies over today's facts side by side. Looking saves nothing. */
export function scenarioComparisonRoutes(
  app: FastifyInstance,
  { stores }: AdminOptions,
  readDraft: () => Draft,
): void {
  const { policies } = stores

  function sideOf(name: string): Side | null {
    if (name === CURRENT) return currentSide(stores)
    const scenario = policies.scenarios.byName(name)
    return scenario && { label: scenario.name, policy: scenario.latest.policy }
  }

  app.get('/scenarios/compare', forReaders, async (request, reply) => {
    const [a, b] = ['a', 'b'].map((name) => fieldsOf(request.query).get(name) || CURRENT)
    const [before, after] = [sideOf(a!), sideOf(b!)]
    if (!before || !after) return refusal(reply, 'not-found')
    const draft = readDraft()
    const inUse = policies.scenarios.all().filter(({ archivedAt }) => archivedAt === null)
    const scenario = inUse.find(({ name }) => name === b)
    return adminPage(reply, 'admin/policy/scenario-compare', {
      a: a!,
      b: b!,
      choices: [
        { id: CURRENT, label: currentSide(stores).label },
        ...inUse.map(({ name }) => ({ id: name, label: name })),
      ],
      comparison: policyComparison(draft, before, after, regionOrder(request.site.prefectureCode)),
      scenarioHref: scenario ? `/admin/scenarios/${scenario.id}` : null,
      takenAt: new Date(draft.snapshot.takenAt),
    })
  })
}
