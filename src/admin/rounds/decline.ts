import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Round } from '../../db/rounds.ts'
import { parseReason } from '../../domain/record/reason.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { knownToday } from '../../office/rounds/changes.ts'
import { canDecline, declinedBy } from '../../office/rounds/decline.ts'
import { roundFiles } from '../../office/rounds/files.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { settleEdition } from '../../office/rounds/settle.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { type DeclineModel, declineModel } from './decline-page.ts'
import { type Numbered, newestRound, settledHref } from './round-of.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/decline': DeclineModel
  }
}

interface OfHospital {
  Params: Numbered['Params'] & { code: string }
}

/** 辞退 after the confirmation: a new edition in which the first of the waiting list moves up. */
export function declineRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  const { stores, now } = options
  const frozenOf = frozenRoundReader(stores)
  const forOfficers = { config: { role: 'officer', act: '辞退の記録' } } as const
  const address = '/rounds/:number/decline/:code'

  /** Where something else has to be settled first. */
  function elsewhere(): string | null {
    const open = stores.proposals.open()
    return open && `/admin/proposals/${open.id}`
  }

  function show(reply: FastifyReply, round: Round, code: string, typed: Partial<DeclineModel> = {}) {
    const model = declineModel({
      round,
      frozen: frozenOf(round),
      code,
      leftOut: readDraft(round.number).held.leftOut,
      today: knownToday(stores),
      isProposed: reply.request.site.secondApproval,
    })
    return model
      ? adminPage(reply, 'admin/rounds/decline', { ...model, ...typed })
      : refusal(reply, 'not-found')
  }

  app.get<OfHospital>(address, forOfficers, async ({ params }, reply) => {
    const round = newestRound(stores, params.number)
    if (!round) return refusal(reply, 'not-found')
    const there = elsewhere()
    return there ? reply.redirect(there, 303) : show(reply, round, params.code)
  })

  app.post<OfHospital>(address, forOfficers, async (request, reply) => {
    const { number, code } = request.params
    const round = newestRound(stores, number)
    if (!round) return refusal(reply, 'not-found')
    const fields = fieldsOf(request.body)
    const reason = fields.get('reason')
    const isRecorded = stores.rounds.editions(round.number).some(({ declinedCode }) => declinedCode === code)
    const there = isRecorded && !canDecline(frozenOf(round), code) ? `/admin/rounds/${number}` : elsewhere()
    if (there) return reply.redirect(there, 303)
    if (!canDecline(frozenOf(round), code)) return refusal(reply, 'not-found')
    if (fields.get('edition') !== String(round.edition + 1))
      return show(reply.code(409), round, code, { reason, isStale: true })
    const parsed = parseReason(reason)
    if (!parsed.ok) return show(reply.code(422), round, code, { reason, error: `辞退の${parsed.message}` })
    const follows = stores.rounds.last()
    const { leftOut } = readDraft(round.number).held
    const after = declinedBy(frozenOf(round), { code, reason: parsed.reason }, leftOut)
    const settled = settleEdition(
      stores,
      {
        number: round.number,
        edition: round.edition + 1,
        kind: 'declined',
        policyVersion: round.policyVersion,
        reason: parsed.reason,
        declinedCode: code,
        freeSeatsReason: round.freeSeatsReason,
        waitingReason: round.waitingReason,
        files: await roundFiles(after, []),
        follows,
      },
      { by: { actor: officerOf(request).login, at: now() }, secondApproval: request.site.secondApproval },
    )
    if (settled.kind !== 'overtaken') return reply.redirect(settledHref(settled), 303)
    return show(reply.code(409), stores.rounds.byNumber(round.number)!, code, { reason, isStale: true })
  })
}
