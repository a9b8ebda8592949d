import type { FastifyInstance, FastifyReply } from 'fastify'
import { LOT_METHOD_IDS, LOT_METHODS, type LotMethod } from '../../domain/lot/method.ts'
import { METHOD_EXPLANATIONS } from '../../domain/lot/words.ts'
import { lotStanding, seenLot, shownLot } from '../../office/lot/standing.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'

interface MethodModel {
  choices: { id: LotMethod; label: string; explanation: string }[]
  method: string
  shown: string
  mayChoose: boolean
  deadline: string
  errors: { method?: string }
  errorSummary: ErrorLine[]
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/lot/method': MethodModel
  }
}

/** By which way equal hospitals are ordered: chosen before the deadline only. */
export function methodRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  app.get('/lot/method', forOfficers, async (_request, reply) => show(reply, {}))

  const toChoose = { config: { role: 'officer', act: '抽選の方法の変更' } } as const
  app.post('/lot/method', toChoose, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const typed = fields.get('method')
    const method = choices().find(({ id }) => id === typed)?.id
    const seen = seenLot(stores, lotStanding(stores, now()))
    if (fields.get('shown') !== shownLot(seen)) return show(reply.code(409), { method: typed, isStale: true })
    if (!method)
      return show(reply.code(422), { method: typed, errors: { method: '抽選の方法を選択してください。' } })
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = stores.lots.choose(method, seen, by)
    if (outcome === 'chosen') return reply.redirect('/admin/lot?done=method', 303)
    return show(reply.code(409), { method: typed, isStale: true })
  })

  function choices(): MethodModel['choices'] {
    const method = stores.lots.method()
    // A text that is typed can be tried until the order pleases: nobody goes back to it.
    const offered = LOT_METHOD_IDS.filter((id) => id !== 'text' || method === 'text')
    return LOT_METHODS.filter(({ id }) => offered.includes(id)).map((each) => ({
      ...each,
      explanation: METHOD_EXPLANATIONS[each.id],
    }))
  }

  function show(
    reply: FastifyReply,
    { method, errors = {}, isStale = false }: Partial<MethodModel>,
  ): FastifyReply {
    const standing = lotStanding(stores, now())
    return adminPage(reply, 'admin/lot/method', {
      choices: choices(),
      method: method ?? stores.lots.method(),
      shown: shownLot(seenLot(stores, standing)),
      mayChoose: standing.mayChoose,
      deadline: reply.request.site.deadline,
      errors,
      errorSummary: errorLines({ method: errors.method }),
      isStale,
    })
  }
}
