import type { FastifyInstance, FastifyReply } from 'fastify'
import type { TypedConfirmation } from '../../office/draft/confirm-reasons.ts'
import { confirmationOf, confirmDraft, type Replaced } from '../../office/draft/confirmation.ts'
import type { Draft, ReadDraft } from '../../office/draft/draft.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { confirmPage } from './confirm-page.ts'
import { type Numbered, newestRound, settledHref } from './round-of.ts'

/** Freezing the selection: a page of its own, with its consequences. */
export function confirmRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  const { stores, now } = options
  const frozenOf = frozenRoundReader(stores)
  const forOfficers = { config: { role: 'officer', act: '選定の確定' } } as const
  const forAdmins = { config: { role: 'admin', act: '選定のやり直し' } } as const

  /** One thing at a time waits for its second person. */
  function openProposal(): string | null {
    const open = stores.proposals.open()
    return open && `/admin/proposals/${open.id}`
  }

  function replacedOf(number: string, reinstated: ReadonlySet<string>): Replaced | null {
    const round = newestRound(stores, number)
    if (!round) return null
    const codes = stores.rounds.editions(round.number).flatMap(({ declinedCode }) => declinedCode ?? [])
    const declines = [...new Set(codes)].map((code) => ({ code, isTakenBack: reinstated.has(code) }))
    return { round, frozen: frozenOf(round), declines }
  }

  function confirmation({ request }: FastifyReply, draft: Draft, replaced: Replaced | null) {
    return confirmationOf(stores, request.site, { draft, replaced, now: now() })
  }

  async function confirm(reply: FastifyReply, draft: Draft, replaced: Replaced | null) {
    const { request } = reply
    const [typed, shown] = [typedConfirmation(request.body), fieldsOf(request.body).get('factsSha256')]
    const prepared = confirmation(reply, draft, replaced)
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = await confirmDraft(stores, request.site, prepared, { typed, shown, by })
    if (outcome.kind === 'stale') return confirmPage(reply.code(409), prepared, { typed, isStale: true })
    if (outcome.kind === 'refused')
      return confirmPage(reply.code(422), prepared, { typed, errors: outcome.errors })
    return reply.redirect(settledHref(outcome), 303)
  }

  app.get('/selection/confirm', forOfficers, async (_request, reply) => {
    const elsewhere = openProposal()
    if (elsewhere) return reply.redirect(elsewhere, 303)
    return confirmPage(reply, confirmation(reply, readDraft(), null))
  })

  app.post('/selection/confirm', forOfficers, async (request, reply) => {
    const number = fieldsOf(request.body).get('round')
    // A second click must not say that something went wrong: the round is there, or waits for its second person.
    const elsewhere = newestRound(stores, number) ? `/admin/rounds/${number}` : openProposal()
    if (elsewhere) return reply.redirect(elsewhere, 303)
    return confirm(reply, readDraft(), null)
  })

  app.get<Numbered>('/rounds/:number/reopen', forAdmins, async (request, reply) => {
    const reinstated = reinstatedIn(request.query)
    const replaced = replacedOf(request.params.number, reinstated)
    if (!replaced) return refusal(reply, 'not-found')
    const elsewhere = openProposal()
    if (elsewhere) return reply.redirect(elsewhere, 303)
    const draft = readDraft(replaced.round.number, reinstated)
    return confirmPage(reply, confirmation(reply, draft, replaced))
  })

  app.post<Numbered>('/rounds/:number/reopen', forAdmins, async (request, reply) => {
    const reinstated = reinstatedIn(request.body)
    const replaced = replacedOf(request.params.number, reinstated)
    if (!replaced) return refusal(reply, 'not-found')
    const { number, edition } = replaced.round
    const wanted = Number(fieldsOf(request.body).get('edition'))
    const elsewhere = wanted <= edition ? `/admin/rounds/${number}` : openProposal()
    if (elsewhere) return reply.redirect(elsewhere, 303)
    return confirm(reply, readDraft(number, reinstated), replaced)
  })
}

/** `reinstate`, as often as there are declines to take back. */
function reinstatedIn(source: unknown): ReadonlySet<string> {
  return new Set(fieldsOf(source).all('reinstate'))
}

function typedConfirmation(body: unknown): TypedConfirmation {
  const fields = fieldsOf(body)
  return {
    reason: fields.get('reason'),
    freeSeatsReason: fields.get('freeSeatsReason'),
    waitingReason: fields.get('waitingReason'),
    acknowledged: fields.get('acknowledged') === 'yes',
  }
}
