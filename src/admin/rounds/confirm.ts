import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ConfirmedEdition, OpenEdition } from '../../db/edition-rows.ts'
import { roundLabel } from '../../domain/record/round.ts'
import type { BandBoard } from '../../domain/selection/board.ts'
import { resultSentence } from '../../domain/selection/words/result.ts'
import type { FreeSeats } from '../../office/draft/checks.ts'
import {
  answersWait,
  type Confirmation,
  type ConfirmErrors,
  confirmationOf,
  confirmDraft,
  type Named,
  namedOf,
  type Replaced,
  type TypedConfirmation,
} from '../../office/draft/confirmation.ts'
import type { Draft, ReadDraft } from '../../office/draft/draft.ts'
import { type Check, frozenRoundReader } from '../../office/rounds/frozen.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type Numbered, newestOf } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { openProposalHref, proposalHref } from './address.ts'
import { leadToSettled } from './done.ts'

interface ConfirmModel {
  round: number
  edition: number
  roundLabel: string
  /** A second person has to approve: it is only proposed here. */
  isProposed: boolean
  /** The round is done anew. */
  isReopened: boolean
  action: string
  back: string
  /** What it comes to, in a sentence. */
  result: string
  board: BandBoard
  checks: Check[]
  isBlocked: boolean
  mustAcknowledge: boolean
  answersWait: boolean
  freeSeats: FreeSeats[]
  /** Who would come in and who would drop out; null for a round's first edition. */
  moves: { entering: Named[]; leaving: Named[] } | null
  /** Of the round that is done anew, each with the page on which it is the other way round. */
  declines: (Named & { isTakenBack: boolean; toggle: string })[]
  /** Of the facts that the page shows: nobody confirms others. */
  factsSha256: string
  /** Of everything else that it shows. */
  shownSha256: string
  policyVersion: number
  typed: TypedConfirmation
  errors: ConfirmErrors
  errorSummary: ErrorLine[]
  /** The facts changed between looking and confirming. */
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/confirm': ConfirmModel
  }
}

/** Freezing the selection: a page of its own, with its consequences. */
export function confirmRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  const { stores, now } = options
  const frozenOf = frozenRoundReader(stores)
  const forOfficers = { config: { role: 'officer', act: '選定の確定', proven: true } } as const
  const forAdmins = { config: { role: 'admin', act: '選定のやり直し', proven: true } } as const

  function replacedOf(number: string, reinstated: ReadonlySet<string>): Replaced | null {
    const round = newestOf(stores, number)
    if (!round) return null
    const codes = stores.editions.ofRound(round.number).flatMap(({ declinedCode }) => declinedCode ?? [])
    const declines = [...new Set(codes)].map((code) => ({ code, isTakenBack: reinstated.has(code) }))
    return { round, frozen: frozenOf(round), declines }
  }

  function confirmation({ request }: FastifyReply, draft: Draft, replaced: Replaced | null) {
    return confirmationOf(stores, request.site, { draft, replaced, now: now() })
  }

  /** @param isOvertaken somebody else proposed or confirmed meanwhile: this one is not sent, and must not look so */
  async function confirm(
    reply: FastifyReply,
    draft: Draft,
    { replaced, isOvertaken }: { replaced: Replaced | null; isOvertaken: boolean },
  ) {
    const { request } = reply
    const typed = typedConfirmation(request.body)
    const prepared = confirmation(reply, draft, replaced)
    const isShown =
      !isOvertaken &&
      fieldsOf(request.body).get('factsSha256') === draft.factsSha256 &&
      stillShows(request.body, 'shownSha256', prepared.shownSha256)
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = await confirmDraft(stores, request.site, prepared, { typed, isShown, by })
    if (outcome.kind === 'stale') return confirmPage(reply.code(409), prepared, { typed, isStale: true })
    if (outcome.kind === 'refused')
      return confirmPage(reply.code(422), prepared, { typed, errors: outcome.errors })
    return leadToSettled(reply, outcome)
  }

  app.get('/selection/confirm', forOfficers, async (_request, reply) => {
    const elsewhere = openProposalHref(stores)
    if (elsewhere) return reply.redirect(elsewhere, 303)
    return confirmPage(reply, confirmation(reply, readDraft(), null))
  })

  app.post('/selection/confirm', forOfficers, async (request, reply) => {
    const number = fieldsOf(request.body).get('round')
    const made = newestOf(stores, number) ?? stores.editions.open()
    // There is one first edition of a round: whoever comes second is led to it, and its page says whose it is.
    if (made && String(made.number) === number) return reply.redirect(hrefOf(made), 303)
    return confirm(reply, readDraft(), { replaced: null, isOvertaken: made !== null })
  })

  app.get<Numbered>('/rounds/:number/reopen', forAdmins, async (request, reply) => {
    const reinstated = reinstatedIn(request.query)
    const replaced = replacedOf(request.params.number, reinstated)
    if (!replaced) return refusal(reply, 'not-found')
    const elsewhere = openProposalHref(stores)
    if (elsewhere) return reply.redirect(elsewhere, 303)
    const draft = readDraft(replaced.round.number, reinstated)
    return confirmPage(reply, confirmation(reply, draft, replaced))
  })

  app.post<Numbered>('/rounds/:number/reopen', forAdmins, async (request, reply) => {
    const reinstated = reinstatedIn(request.body)
    const replaced = replacedOf(request.params.number, reinstated)
    if (!replaced) return refusal(reply, 'not-found')
    const { number, edition } = replaced.round
    const isNumberTaken = Number(fieldsOf(request.body).get('edition')) <= edition
    const made = isNumberTaken ? replaced.round : stores.editions.open()
    // A decline in between is something else than what was sent.
    const isSame = made?.kind === 'reopened' && made.number === number
    if (isSame && isOwn(made, officerOf(request))) return reply.redirect(hrefOf(made), 303)
    return confirm(reply, readDraft(number, reinstated), { replaced, isOvertaken: made !== null })
  })
}

/** Whether it is the officer's own: a second click must not say that something went wrong. */
function isOwn(made: OpenEdition | ConfirmedEdition, { login }: { login: string }): boolean {
  const act = made.state === 'open' ? made.proposed : (made.proposed ?? made.settled)
  return act.actor === login
}

function hrefOf(made: OpenEdition | ConfirmedEdition): string {
  return made.state === 'open' ? proposalHref(made.proposal) : `/admin/rounds/${made.number}`
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

/** What the page asks for, from the top. */
const ASKED = ['blocked', 'reason', 'freeSeatsReason', 'waitingReason', 'acknowledged'] as const

interface ConfirmState {
  typed?: TypedConfirmation
  errors?: ConfirmErrors
  isStale?: boolean
}

function confirmPage(
  reply: FastifyReply,
  confirmation: Confirmation,
  { typed = typedConfirmation({}), errors = {}, isStale = false }: ConfirmState = {},
): FastifyReply {
  const { draft, edition, checks, freeSeats, waiting, replaced, declines } = confirmation
  const { round } = draft.snapshot
  return adminPage(reply, 'admin/rounds/confirm', {
    errorSummary: ASKED.flatMap((anchor) => errorLines({ [anchor]: errors[anchor] })),
    round,
    edition,
    roundLabel: roundLabel(round),
    isProposed: reply.request.site.secondApproval,
    isReopened: replaced !== null,
    action: replaced ? `/admin/rounds/${round}/reopen` : '/admin/selection/confirm',
    back: replaced ? `/admin/rounds/${round}` : '/admin/selection',
    result: resultSentence(draft.reading.board()),
    board: draft.reading.board(),
    checks,
    isBlocked: checks.some(({ level }) => level === 'block'),
    mustAcknowledge: checks.some(({ level }) => level === 'warn'),
    answersWait: answersWait(waiting),
    freeSeats,
    moves: replaced && movesBetween(replaced, draft),
    declines: declines.map((each) => ({ ...each, toggle: toggleHref(round, each.code, declines) })),
    factsSha256: draft.factsSha256,
    shownSha256: confirmation.shownSha256,
    policyVersion: draft.policyVersion,
    typed,
    errors,
    isStale,
  })
}

function toggleHref(round: number, code: string, declines: Confirmation['declines']): string {
  const others = declines.filter((each) => each.isTakenBack && each.code !== code)
  const isTakenBack = declines.some((each) => each.isTakenBack && each.code === code)
  const codes = [...others.map((each) => each.code), ...(isTakenBack ? [] : [code])]
  const query = new URLSearchParams(codes.map((each) => ['reinstate', each]))
  return `/admin/rounds/${round}/reopen?${query}`
}

function movesBetween(before: readonly Named[], draft: Draft): ConfirmModel['moves'] {
  const after = draft.reading.rows
    .filter(({ decision }) => decision === 'selected')
    .map(({ code }) => namedOf(draft, code))
  const without = (list: readonly Named[], others: readonly Named[]) =>
    list.filter(({ code }) => !others.some((other) => other.code === code))
  return { entering: without(after, before), leaving: without(before, after) }
}
