import type { FastifyInstance } from 'fastify'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { findInUse, findScenario } from './scenario-lookup.ts'
import { nameTaken, parseScenarioName } from './scenario-name.ts'
import { scenarioPage } from './scenario-page.ts'

interface Identified {
  Params: { id: string }
}

/** What a 検討案 is called, and putting it away and back. */
export function scenarioKeepingRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { now } = options
  const { scenarios } = options.stores.policies

  app.post<Identified>(
    '/scenarios/:id/name',
    { config: { role: 'officer', act: '検討案の名前の変更' } },
    async (request, reply) => {
      const scenario = findInUse(options, request.params.id)
      if (!scenario) return refusal(reply, 'not-found')
      const value = fieldsOf(request.body).get('name')
      const refuse = (error: string) =>
        scenarioPage(reply.code(422), options, scenario, { name: { value, error } })
      const parsed = parseScenarioName(value)
      if (!parsed.ok) return refuse(parsed.message)
      const by = { actor: officerOf(request).login, at: now() }
      if (scenarios.rename(scenario.id, parsed.name, by) === 'name-taken')
        return refuse(nameTaken(parsed.name))
      return reply.redirect(`/admin/scenarios/${scenario.id}?done=renamed`, 303)
    },
  )

  app.post<Identified>(
    '/scenarios/:id/archive',
    { config: { role: 'officer', act: '検討案の保管' } },
    async (request, reply) => {
      const scenario = findScenario(options, request.params.id)
      if (!scenario) return refusal(reply, 'not-found')
      scenarios.archive(scenario.id, { actor: officerOf(request).login, at: now() })
      return reply.redirect('/admin/scenarios?done=archived', 303)
    },
  )

  app.post<Identified>(
    '/scenarios/:id/reopen',
    { config: { role: 'officer', act: '保管した検討案を戻すこと' } },
    async (request, reply) => {
      const scenario = findScenario(options, request.params.id)
      if (!scenario) return refusal(reply, 'not-found')
      const by = { actor: officerOf(request).login, at: now() }
      if (scenarios.reopen(scenario.id, by) === 'name-taken')
        return scenarioPage(reply.code(409), options, scenario, { problem: cannotReopen(scenario.name) })
      return reply.redirect(`/admin/scenarios/${scenario.id}?done=reopened`, 303)
    },
  )
}

function cannotReopen(name: string): string {
  return `同じ名前の検討案「${name}」があるため、戻せません。その検討案の名前を変えてから、もう一度お試しください。`
}
