import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import type { AdminOptions } from '../options.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'

/** Who has read the notice through and found it to be this survey's, and when; '' where only a command or nobody did. */
export interface Confirmed {
  isConfirmed: boolean
  by: string
}

export function confirmedNotice(stores: Stores): Confirmed {
  const isConfirmed = stores.settings.read().noticeConfirmed
  if (!isConfirmed) return { isConfirmed, by: '' }
  const settings = { from: null, to: null, actor: null, nouns: { are: ['settings'] }, words: null }
  const said = stores.audit.search.every(settings).findLast(({ subject }) => subject === 'noticeConfirmed')
  return { isConfirmed, by: said ? `${dateTimeText(said.at)}　${officerNames(stores)(said.actor)}` : '' }
}

/** 案内文の確認: that what the hospitals read is this survey's. Changes after it leave it as it is. */
export function confirmationRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  show: (reply: FastifyReply) => FastifyReply,
): void {
  const config = { role: 'officer', act: '案内文の確認' } as const
  app.post('/notice/confirm', { config }, async (request, reply) => {
    const { version } = stores.notice.current()
    if (!stillShows(request.body, 'shown', String(version))) return show(reply.code(409))
    if (!stores.settings.read().noticeConfirmed)
      stores.settings.change({ noticeConfirmed: 'yes' }, { actor: officerOf(request).login, at: now() })
    return reply.redirect('/admin/notice?done=confirmed#confirmation', 303)
  })
}
