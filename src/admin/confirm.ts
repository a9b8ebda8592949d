import type { FastifyInstance, FastifyReply } from 'fastify'
import { roundLabel } from '../domain/facts.ts'
import { type BandBoard, bandBoard } from './band-board.ts'
import { bandsWithFreeSeats, type Check, confirmChecks } from './confirm-checks.ts'
import { type ConfirmErrors, confirmErrors } from './confirm-form.ts'
import { fieldsOf } from './form-fields.ts'
import { officerOf } from './officer.ts'
import { adminPage } from './page.ts'
import type { AdminOptions } from './plugin.ts'
import { roundFiles } from './round-files.ts'
import type { Draft } from './selection-draft.ts'

export interface ConfirmModel {
  round: number
  roundLabel: string
  board: BandBoard
  checks: Check[]
  isBlocked: boolean
  mustAcknowledge: boolean
  freeSeats: { label: string; free: number }[]
  /** Of the facts that the page shows: nobody confirms others. */
  factsSha256: string
  snapshotSha256: string
  policyVersion: number
  typed: { freeSeatsReason: string; acknowledged: boolean }
  errors: ConfirmErrors
  /** The facts changed between looking and confirming. */
  isStale: boolean
}

declare module './page.ts' {
  interface AdminViews {
    'admin/confirm': ConfirmModel
  }
}

/** Freezing the selection: a page of its own, with its consequences. */
export function confirmRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: () => Draft,
): void {
  const forWorkers = { config: { role: 'officer', act: '選定の確定' } } as const

  app.get('/selection/confirm', forWorkers, async (_request, reply) => {
    const draft = readDraft()
    const { round } = draft.snapshot
    if (stores.rounds.byNumber(round)) return reply.redirect(`/admin/rounds/${round}`, 303)
    return confirmPage(reply, draft, NOTHING_TYPED)
  })

  app.post('/selection/confirm', forWorkers, async (request, reply) => {
    const draft = readDraft()
    const fields = fieldsOf(request.body)
    const round = Number(fields.get('round'))
    const typed = {
      freeSeatsReason: fields.get('freeSeatsReason'),
      acknowledged: fields.get('acknowledged') === 'yes',
    }
    // A second click must not say that something went wrong: the round is there.
    if (Number.isInteger(round) && stores.rounds.byNumber(round))
      return reply.redirect(`/admin/rounds/${round}`, 303)
    if (fields.get('factsSha256') !== draft.factsSha256)
      return confirmPage(reply.code(409), draft, typed, { isStale: true })

    const built = roundFiles(draft, request.site.prefecture)
    const checks = confirmChecks(draft, request.site, built.ok ? null : built.message)
    const { errors, freeSeatsReason } = confirmErrors(typed, checks, bandsWithFreeSeats(draft))
    if (!built.ok || Object.keys(errors).length > 0)
      return confirmPage(reply.code(422), draft, typed, { errors })

    const edition = {
      number: draft.snapshot.round,
      edition: 1,
      kind: 'confirmed' as const,
      policyVersion: draft.policyVersion,
      reason: null,
      declinedCode: null,
      freeSeatsReason,
      waitingReason: null,
      files: built.files,
    }
    stores.rounds.confirm(edition, { actor: officerOf(request).login, at: now() })
    return reply.redirect(`/admin/rounds/${draft.snapshot.round}`, 303)
  })
}

const NOTHING_TYPED: ConfirmModel['typed'] = { freeSeatsReason: '', acknowledged: false }

function confirmPage(
  reply: FastifyReply,
  draft: Draft,
  typed: ConfirmModel['typed'],
  { errors = {}, isStale = false }: { errors?: ConfirmErrors; isStale?: boolean } = {},
): FastifyReply {
  const { site } = reply.request
  const built = roundFiles(draft, site.prefecture)
  const checks = confirmChecks(draft, site, built.ok ? null : built.message)
  return adminPage(reply, 'admin/confirm', {
    round: draft.snapshot.round,
    roundLabel: roundLabel(draft.snapshot.round),
    board: bandBoard(draft.snapshot, draft.result),
    checks,
    isBlocked: checks.some(({ level }) => level === 'block'),
    mustAcknowledge: checks.some(({ level }) => level === 'warn'),
    freeSeats: bandsWithFreeSeats(draft),
    factsSha256: draft.factsSha256,
    snapshotSha256: draft.result.snapshotSha256,
    policyVersion: draft.policyVersion,
    typed,
    errors,
    isStale,
  })
}
