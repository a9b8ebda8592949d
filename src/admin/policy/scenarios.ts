import type { FastifyInstance, FastifyReply } from 'fastify'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { scenarioRoutes } from './scenario.ts'
import { scenarioAdoptionRoutes } from './scenario-adopt.ts'
import { scenarioComparisonRoutes } from './scenario-compare.ts'
import { scenarioKeepingRoutes } from './scenario-keeping.ts'
import { type ScenarioLine, scenarioLine } from './scenario-lines.ts'
import { nameTaken, parseScenarioName } from './scenario-name.ts'

export interface ScenariosModel {
  lines: ScenarioLine[]
  archived: ScenarioLine[]
  currentLabel: string
  /** What was typed for a new one. */
  name: { value: string; error: string | null }
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/policy/scenarios': ScenariosModel
  }
}

/** 検討案: policies that officers try beside the current one. They decide nothing until one is adopted. */
export function scenariosRoutes(app: FastifyInstance, options: AdminOptions, readDraft: () => Draft): void {
  const { stores, now } = options
  scenarioComparisonRoutes(app, options, readDraft)
  scenarioRoutes(app, options, readDraft)
  scenarioKeepingRoutes(app, options)
  scenarioAdoptionRoutes(app, options, readDraft)

  function show(reply: FastifyReply, extra: Partial<Pick<ScenariosModel, 'name' | 'done'>> = {}) {
    const all = stores.policies.scenarios.all()
    const linesOf = (archived: boolean) =>
      all
        .filter(({ archivedAt }) => (archivedAt !== null) === archived)
        .map((each) => scenarioLine(stores, each))
    return adminPage(reply, 'admin/policy/scenarios', {
      lines: linesOf(false),
      archived: linesOf(true),
      currentLabel: versionLabel(stores.policies.current().version),
      name: { value: '', error: null },
      done: null,
      ...extra,
    })
  }

  app.get('/scenarios', forReaders, async (request, reply) =>
    show(reply, { done: DONE.get(fieldsOf(request.query).get('done')) ?? null }),
  )

  app.post('/scenarios', { config: { role: 'officer', act: '検討案の作成' } }, async (request, reply) => {
    const value = fieldsOf(request.body).get('name')
    const parsed = parseScenarioName(value)
    if (!parsed.ok) return show(reply.code(422), { name: { value, error: parsed.message } })
    const { version, policy } = stores.policies.current()
    const { name } = parsed
    const by = { actor: officerOf(request).login, at: now(), note: '' }
    const outcome = stores.policies.scenarios.create({ name, basedOn: version, policy }, by)
    if (outcome.kind === 'name-taken')
      return show(reply.code(422), { name: { value, error: nameTaken(name) } })
    return reply.redirect(`/admin/scenarios/${outcome.id}?done=created`, 303)
  })
}

const DONE = new Map([
  ['archived', '検討案を保管しました。下の「保管した検討案」から戻すことができます。'],
  ['unchanged', '検討案の内容は今の選定基準と同じです。新しい版は作っていません。'],
])
