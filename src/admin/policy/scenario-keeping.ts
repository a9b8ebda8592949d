import type { FastifyInstance } from 'fastify'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { archivedPage, scenarioPage } from './scenario.ts'
import { findScenario, nameTaken, parseScenarioName } from './scenarios.ts'

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
      const scenario = findScenario(options, request.params.id)
      if (!scenario) return refusal(reply, 'not-found')
      if (scenario.archivedAt) return archivedPage(reply, options, scenario)
      const fields = fieldsOf(request.body)
      const value = fields.get('name')
      const refuse = (error: string, status = 422) =>
        scenarioPage(reply.code(status), options, scenario, { name: { value, error } })
      const parsed = parseScenarioName(value)
      if (!parsed.ok) return refuse(parsed.message)
      const by = { actor: officerOf(request).login, at: now() }
      const outcome = scenarios.rename(scenario.id, parsed.name, by, fields.get('shown') || undefined)
      if (outcome === 'name-taken') return refuse(nameTaken(parsed.name))
      if (outcome === 'changed-meanwhile') return refuse(nameChanged(scenario.name), 409)
      return reply.redirect(`/admin/scenarios/${scenario.id}?done=renamed`, 303)
    },
  )

  app.post<Identified>(
    '/scenarios/:id/archive',
    { config: { role: 'officer', act: '検討案の保管' } },
    async (request, reply) => {
      const scenario = findScenario(options, request.params.id)
      if (!scenario) return refusal(reply, 'not-found')
      const by = { actor: officerOf(request).login, at: now() }
      const shown = Number(fieldsOf(request.body).get('version')) || undefined
      if (scenarios.archive(scenario.id, by, shown) === 'changed-meanwhile')
        return scenarioPage(reply.code(409), options, scenario, { problem: NOT_ARCHIVED })
      return reply.redirect('/admin/scenarios?done=archived', 303)
    },
  )

  app.post<Identified>(
    '/scenarios/:id/reopen',
    { config: { role: 'officer', act: '検討案の保管の解除' } },
    async (request, reply) => {
      const scenario = findScenario(options, request.params.id)
      if (!scenario) return refusal(reply, 'not-found')
      const by = { actor: officerOf(request).login, at: now() }
      if (scenarios.reopen(scenario.id, by) === 'name-taken')
        return scenarioPage(reply.code(409), options, scenario, {
          problem: { heading: '戻していません', text: cannotReopen(scenario.name) },
        })
      return reply.redirect(`/admin/scenarios/${scenario.id}?done=reopened`, 303)
    },
  )
}

const NOT_ARCHIVED = {
  heading: '保管していません',
  text: 'この画面を開いた後に、ほかの人がこの検討案を変更しました。次の内容は今の検討案です。確認してから、もう一度保管してください。',
}

function nameChanged(name: string): string {
  return `この画面を開いた後に、ほかの人が検討案の名前を「${name}」に変えました。入力した名前に変える場合は、もう一度「名前を変える」を押してください。`
}

function cannotReopen(name: string): string {
  return `同じ名前の検討案「${name}」があるため、戻せません。その検討案の名前を変えてから、もう一度お試しください。`
}
