import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Round } from '../db/rounds.ts'
import { roundLabel } from '../domain/facts.ts'
import type { Decline } from '../domain/selection/amendment.ts'
import { type BandBoard, bandBoard } from './band-board.ts'
import { settleEdition } from './edition-settling.ts'
import { fieldsOf } from './form-fields.ts'
import { amendedBy, type FrozenRound, frozenRoundReader } from './frozen-round.ts'
import { adminPage } from './page.ts'
import type { AdminOptions } from './plugin.ts'
import { parseReason } from './reason.ts'
import { refusal } from './refusals.ts'
import { changesSince, type HospitalChange, knownToday } from './round-changes.ts'
import { roundFiles } from './round-files.ts'
import { type RoundLine, roundLines } from './round-lines.ts'
import { type Numbered, newestRound } from './round-of.ts'

export interface DeclineModel {
  number: number
  /** The one that it would make. */
  edition: number
  roundLabel: string
  isProposed: boolean
  hospital: RoundLine
  /** It gives back a seat, not only a place on the waiting list. */
  hadSeat: boolean
  /** Who moves up; null where nobody waits. */
  promoted: RoundLine | null
  /** What is known of whoever moves up has changed since: the new edition does not take it over. */
  changes: HospitalChange[]
  board: BandBoard
  reason: string
  error: string | null
  isStale: boolean
}

declare module './page.ts' {
  interface AdminViews {
    'admin/decline': DeclineModel
  }
}

interface OfHospital {
  Params: Numbered['Params'] & { code: string }
}

/** 辞退 after the confirmation: a new edition in which the first of the waiting list moves up. */
export function declineRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores } = options
  const frozenOf = frozenRoundReader(stores)
  const forOfficers = { config: { role: 'officer', act: '辞退の記録' } } as const
  const address = '/rounds/:number/decline/:code'

  /** Where something else has to be settled first. */
  function elsewhere(): string | null {
    const open = stores.proposals.open()
    return open && `/admin/proposals/${open.id}`
  }

  function show(reply: FastifyReply, round: Round, code: string, typed: Partial<DeclineModel> = {}) {
    const model = declineModel(options, reply, round, frozenOf(round), code)
    return model ? adminPage(reply, 'admin/decline', { ...model, ...typed }) : refusal(reply, 'not-found')
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
    const amended = declinedBy(frozenOf(round), { code, reason: parsed.reason })
    const settled = settleEdition(options, request, {
      number: round.number,
      edition: round.edition + 1,
      kind: 'declined',
      policyVersion: round.policyVersion,
      reason: parsed.reason,
      declinedCode: code,
      freeSeatsReason: round.freeSeatsReason,
      waitingReason: round.waitingReason,
      files: await roundFiles(amended, []),
    })
    if (settled.kind === 'settled') return reply.redirect(settled.href, 303)
    return show(reply.code(409), stores.rounds.byNumber(round.number)!, code, { reason, isStale: true })
  })
}

/** Whoever is selected or waits, as the round stands. */
function canDecline({ amended }: FrozenRound, code: string): boolean {
  const row = amended.results.find((each) => each.code === code)
  return row?.decision === 'selected' || row?.decision === 'waitlisted'
}

/** Everything stays as it was frozen but what follows from the decline. */
function declinedBy(frozen: FrozenRound, decline: Decline): FrozenRound {
  const before = frozen.amended.amendments.map(({ code, reason }) => ({ code, reason }))
  return { ...frozen, amended: amendedBy(frozen.result, [...before, decline]) }
}

function declineModel(
  { stores }: AdminOptions,
  { request }: FastifyReply,
  round: Round,
  frozen: FrozenRound,
  code: string,
): DeclineModel | null {
  if (!canDecline(frozen, code)) return null
  const before = roundLines(frozen)
  const selected = before.selected.find((line) => line.code === code)
  const hospital = selected ?? before.waitlisted.find((line) => line.code === code)!
  const after = declinedBy(frozen, { code, reason: '辞退' })
  const promoted = after.amended.amendments.at(-1)!.promoted
  return {
    number: round.number,
    edition: round.edition + 1,
    roundLabel: roundLabel(round.number),
    isProposed: request.site.secondApproval,
    hospital,
    hadSeat: selected !== undefined,
    promoted: before.waitlisted.find((line) => line.code === promoted) ?? null,
    changes: changesSince(frozen, knownToday(stores)).filter((change) => change.code === promoted),
    board: bandBoard(after.snapshot, after.amended),
    reason: '',
    error: null,
    isStale: false,
  }
}
