import type { FastifyInstance } from 'fastify'
import { confirmDraft, type Replaced, showConfirmation } from '../../office/draft/confirmation.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { fieldsOf, formEntries } from '../form-fields.ts'
import type { AdminOptions } from '../plugin.ts'
import { refusal } from '../refusals.ts'
import { type Numbered, newestRound } from './round-of.ts'

/** Freezing the selection: a page of its own, with its consequences. */
export function confirmRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  const { stores } = options
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

  app.get('/selection/confirm', forOfficers, async (_request, reply) => {
    const elsewhere = openProposal()
    if (elsewhere) return reply.redirect(elsewhere, 303)
    return showConfirmation(options, reply, readDraft(), null)
  })

  app.post('/selection/confirm', forOfficers, async (request, reply) => {
    const number = fieldsOf(request.body).get('round')
    // A second click must not say that something went wrong: the round is there, or waits for its second person.
    const elsewhere = newestRound(stores, number) ? `/admin/rounds/${number}` : openProposal()
    if (elsewhere) return reply.redirect(elsewhere, 303)
    return confirmDraft(options, reply, readDraft(), null)
  })

  app.get<Numbered>('/rounds/:number/reopen', forAdmins, async (request, reply) => {
    const reinstated = reinstatedIn(request.query)
    const replaced = replacedOf(request.params.number, reinstated)
    if (!replaced) return refusal(reply, 'not-found')
    const elsewhere = openProposal()
    if (elsewhere) return reply.redirect(elsewhere, 303)
    return showConfirmation(options, reply, readDraft(replaced.round.number, reinstated), replaced)
  })

  app.post<Numbered>('/rounds/:number/reopen', forAdmins, async (request, reply) => {
    const reinstated = reinstatedIn(request.body)
    const replaced = replacedOf(request.params.number, reinstated)
    if (!replaced) return refusal(reply, 'not-found')
    const { number, edition } = replaced.round
    const wanted = Number(fieldsOf(request.body).get('edition'))
    const elsewhere = wanted <= edition ? `/admin/rounds/${number}` : openProposal()
    if (elsewhere) return reply.redirect(elsewhere, 303)
    return confirmDraft(options, reply, readDraft(number, reinstated), replaced)
  })
}

/** `reinstate`, as often as there are declines to take back. */
function reinstatedIn(source: unknown): ReadonlySet<string> {
  return new Set(formEntries(source).flatMap(([name, value]) => (name === 'reinstate' ? [value] : [])))
}
