import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

interface UndoModel {
  id: number
  name: string
  result: string
  reason: string
  reasonError: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/match-undo': UndoModel
  }
}

interface Row {
  Params: { row: string }
}

/** Takes back what was decided of a row: it waits again. */
export function matchUndoRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const rowOf = (id: string) => (/^\d{1,9}$/.test(id) ? stores.hospitalMatches.byId(Number(id)) : null)

  app.get<Row>('/hospitals/matches/:row/undo', forOfficers, async (request, reply) => {
    const row = rowOf(request.params.row)
    if (!row || row.state === 'waiting') return refusal(reply, 'not-found')
    return undoPage(reply, stores, row.id)
  })

  app.post<Row>(
    '/hospitals/matches/:row/undo',
    { config: { role: 'officer', act: '病院の照合の取消し' } },
    async (request, reply) => {
      const row = rowOf(request.params.row)
      if (!row || row.state === 'waiting') return refusal(reply, 'not-found')
      const typed = fieldsOf(request.body).get('reason')
      const reason = parseReason(typed)
      if (!reason.ok)
        return undoPage(reply.code(422), stores, row.id, { reason: typed, reasonError: reason.message })
      const act = { actor: officerOf(request).login, at: now(), reason: reason.reason }
      const done = stores.hospitalMatches.undo(row.id, act)
      if (done === 'too-late')
        return undoPage(reply.code(409), stores, row.id, { reason: typed, reasonError: CHANGED_SINCE })
      return reply.redirect('/admin/hospitals/matches?done=undone', 303)
    },
  )
}

const CHANGED_SINCE =
  'この照合の後に病院の登録内容が変わったため、取り消せません。病院のページで登録内容を変更してください。'

function undoPage(
  reply: FastifyReply,
  stores: Stores,
  id: number,
  { reason = '', reasonError = null }: { reason?: string; reasonError?: string | null } = {},
): FastifyReply {
  const row = stores.hospitalMatches.byId(id)!
  const hospital = row.hospitalCode === null ? null : stores.hospitals.byCode(row.hospitalCode)
  const result =
    row.state === 'left-out'
      ? '取り込まないこととした行を、照合を待つ行に戻します。'
      : `「${hospital?.name ?? ''}」にまとめた内容（機関コードなど、この行から取り込んだ項目）を元に戻し、行を照合を待つ行に戻します。`
  return adminPage(reply, 'admin/hospitals/match-undo', {
    id,
    name: row.hospital.name,
    result,
    reason,
    reasonError,
  })
}
