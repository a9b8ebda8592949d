import type { FastifyInstance } from 'fastify'
import type { Draft } from '../../office/draft/draft.ts'
import type { AdminOptions } from '../options.ts'
import { scenarioAdoptionRoutes } from './adoption.ts'
import { scenarioComparisonRoutes } from './comparison.ts'
import { policyFormRoutes } from './policy.ts'
import { scenarioRoutes } from './scenario.ts'
import { scenarioKeepingRoutes } from './scenario-keeping.ts'
import { scenariosRoutes } from './scenarios.ts'
import { policyVersionRoutes } from './versions.ts'

/** 選定基準 with its versions, and 検討案: policies that officers try beside it. */
export function policyRoutes(app: FastifyInstance, options: AdminOptions, readDraft: () => Draft): void {
  policyFormRoutes(app, options, readDraft)
  policyVersionRoutes(app, options)
  scenariosRoutes(app, options)
  scenarioComparisonRoutes(app, options, readDraft)
  scenarioRoutes(app, options, readDraft)
  scenarioKeepingRoutes(app, options)
  scenarioAdoptionRoutes(app, options, readDraft)
}
