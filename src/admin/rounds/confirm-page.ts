import type { FastifyReply } from 'fastify'
import { roundLabel } from '../../domain/record/round.ts'
import { type BandBoard, bandBoard } from '../../domain/selection/board.ts'
import { bandsWithFreeSeats } from '../../office/draft/checks.ts'
import type { ConfirmErrors, TypedConfirmation } from '../../office/draft/confirm-reasons.ts'
import { answersWait, type Confirmation, type Named } from '../../office/draft/confirmation.ts'
import type { Draft } from '../../office/draft/draft.ts'
import type { Check } from '../../office/rounds/check.ts'
import { adminPage } from '../page.ts'

export interface ConfirmModel {
  round: number
  edition: number
  roundLabel: string
  /** A second person has to approve: it is only proposed here. */
  isProposed: boolean
  /** The round is done anew. */
  isReopened: boolean
  action: string
  back: string
  board: BandBoard
  checks: Check[]
  isBlocked: boolean
  mustAcknowledge: boolean
  answersWait: boolean
  freeSeats: { label: string; free: number }[]
  /** Who would come in and who would drop out; null for a round's first edition. */
  moves: { entering: Named[]; leaving: Named[] } | null
  /** Of the round that is done anew, each with the page on which it is the other way round. */
  declines: (Named & { isTakenBack: boolean; toggle: string })[]
  /** Of the facts that the page shows: nobody confirms others. */
  factsSha256: string
  policyVersion: number
  typed: TypedConfirmation
  errors: ConfirmErrors
  /** The facts changed between looking and confirming. */
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/confirm': ConfirmModel
  }
}

const NOTHING_TYPED: TypedConfirmation = {
  reason: '',
  freeSeatsReason: '',
  waitingReason: '',
  acknowledged: false,
}

export interface ConfirmState {
  typed?: TypedConfirmation
  errors?: ConfirmErrors
  isStale?: boolean
}

export function confirmPage(
  reply: FastifyReply,
  confirmation: Confirmation,
  { typed = NOTHING_TYPED, errors = {}, isStale = false }: ConfirmState = {},
): FastifyReply {
  const { draft, edition, checks, waiting, replaced, declines } = confirmation
  const { round } = draft.snapshot
  return adminPage(reply, 'admin/rounds/confirm', {
    round,
    edition,
    roundLabel: roundLabel(round),
    isProposed: reply.request.site.secondApproval,
    isReopened: replaced !== null,
    action: replaced ? `/admin/rounds/${round}/reopen` : '/admin/selection/confirm',
    back: replaced ? `/admin/rounds/${round}` : '/admin/selection',
    board: bandBoard(draft.snapshot, draft.result),
    checks,
    isBlocked: checks.some(({ level }) => level === 'block'),
    mustAcknowledge: checks.some(({ level }) => level === 'warn'),
    answersWait: answersWait(waiting),
    freeSeats: bandsWithFreeSeats(draft),
    moves: replaced && movesBetween(replaced, draft),
    declines: declines.map((each) => ({ ...each, toggle: toggleHref(round, each.code, declines) })),
    factsSha256: draft.factsSha256,
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

function movesBetween(before: readonly Named[], { snapshot, result }: Draft): ConfirmModel['moves'] {
  const names = new Map(snapshot.candidates.map(({ code, name }) => [code, name]))
  const after = result.results
    .filter(({ decision }) => decision === 'selected')
    .map(({ code }) => ({ code, name: names.get(code)! }))
  const without = (list: readonly Named[], others: readonly Named[]) =>
    list.filter(({ code }) => !others.some((other) => other.code === code))
  return { entering: without(after, before), leaving: without(before, after) }
}
