import type { FastifyInstance } from 'fastify'
import type { Draft } from '../../office/draft/draft.ts'
import { regionOrder } from '../../office/region-order.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { currentSide, policyComparison } from './policy-comparison.ts'
import { readForm, sentForm } from './policy-form.ts'
import { findScenario } from './scenario-lookup.ts'
import { archivedPage, scenarioPage, scenarioRulesOf } from './scenario-page.ts'

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
      const form = sentForm(request.body)
      if (scenario.archivedAt) return archivedPage(reply, options, scenario, { form })
      const refuseStale = () => scenarioPage(reply.code(409), options, scenario, { form, isStale: true })
      if (form.version !== scenario.latest.version) return refuseStale()
      const { ready, errors } = readForm(form, scenarioRulesOf(reply))
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
      const form = sentForm(request.body)
      if (scenario.archivedAt) return archivedPage(reply, options, scenario, { form })
      const { ready, errors } = readForm({ ...form, note: '' }, scenarioRulesOf(reply))
      if (!ready) return scenarioPage(reply.code(422), options, scenario, { form, errors })
      const tried = policyComparison(
        readDraft(),
        currentSide(stores),
        { label: `${scenario.name}（入力中の内容）`, policy: ready.policy },
        regionOrder(request.site.prefectureCode),
      )
      return scenarioPage(reply, options, scenario, { form, tried })
    },
  )
}

const DONE = new Map([
  ['created', '今の選定基準から検討案を作りました。試したいところを変えて保存してください。'],
  ['saved', '検討案を保存しました。選定基準と選定案は変わっていません。'],
  ['renamed', '検討案の名前を変えました。'],
  ['reopened', '保管していた検討案を戻しました。'],
])
