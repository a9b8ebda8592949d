import type { FastifyInstance, FastifyReply } from 'fastify'
import { parseReason } from '../../domain/record/reason.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

interface UnmergeModel {
  keptName: string
  gone: { key: string; name: string }
  /** Why they were merged; null where they are two (again). */
  merged: string | null
  reason: string
  reasonError: string | null
  errorSummary: ErrorLine[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/unmerge': UnmergeModel
  }
}

interface Coded {
  Params: { code: string }
}

/** The way back from a merger: `CODE` is the hospital that went into another one. */
export function hospitalUnmergeRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function page(reply: FastifyReply, code: string, reason = '', reasonError: string | null = null) {
    const gone = stores.hospitals.byKey(code)
    if (!gone) return refusal(reply, 'not-found')
    const merger = stores.hospitalActs.mergerOf(code)
    return adminPage(reply, 'admin/hospitals/unmerge', {
      keptName: merger ? (stores.hospitals.byKey(merger.kept)?.name ?? merger.kept) : '',
      gone: { key: gone.key, name: gone.name },
      merged: merger?.reason ?? null,
      reason,
      reasonError,
      errorSummary: errorLines({ reason: reasonError }),
    })
  }

  app.get<Coded>('/hospitals/:code/unmerge', forOfficers, async (request, reply) =>
    page(reply, request.params.code),
  )

  const toUndo = { config: { role: 'officer', act: '病院の統合の取消し' } } as const
  app.post<Coded>('/hospitals/:code/unmerge', toUndo, async (request, reply) => {
    const { code } = request.params
    const merger = stores.hospitalActs.mergerOf(code)
    if (!merger) return page(reply.code(409), code)
    const typed = fieldsOf(request.body).get('reason')
    const reason = parseReason(typed)
    if (!reason.ok) return page(reply.code(422), code, typed, reason.message)
    const by = { actor: officerOf(request).login, at: now(), reason: reason.reason }
    if (stores.hospitalActs.undoMerger(merger.id, by) !== 'undone')
      return page(reply.code(409), code, typed, LATER_FIRST)
    return reply.redirect(`/admin/hospitals/${encodeURIComponent(code)}?done=unmerged`, 303)
  })
}

const LATER_FIRST = '統合した先の病院が、更に別の病院に統合されています。先に、その統合を取り消してください。'
