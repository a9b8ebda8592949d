import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { ACCEPTANCE_CHANNELS } from '../../domain/record/acceptance.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { roundLabel } from '../../domain/record/round.ts'
import type { BandBoard } from '../../domain/selection/board.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateText, dateTimeText } from '../../domain/text/dates.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { answerReader } from '../../office/rounds/acceptance.ts'
import {
  changesSince,
  type HospitalChange,
  type KnownToday,
  knownToday,
} from '../../office/rounds/changes.ts'
import {
  canDecline,
  type Declining,
  declinedBy,
  declineOutcome,
  settleDecline,
} from '../../office/rounds/decline.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { type RoundLine, roundLines } from '../../office/rounds/lines.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type Numbered, newestOf } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { openProposalHref, proposalHref } from './address.ts'
import { leadToSettled } from './done.ts'

interface DeclineModel {
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
  /** The 支援順位 that it would get. */
  nextPlace: number | null
  /** Who waits in front of it, but has a seat of another round. */
  passedOver: RoundLine[]
  /** What is known of whoever moves up has changed since: the new edition does not take it over. */
  changes: HospitalChange[]
  board: BandBoard
  /** Of what is shown here, carried along: nobody else moves up than was shown. */
  outcome: string
  reason: string
  error: string | null
  errorSummary: ErrorLine[]
  isStale: boolean
}

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
  const forOfficers = { config: { role: 'officer', act: '辞退の記録', proven: true } } as const
  const address = '/rounds/:number/decline/:code'

  const decliningOf = (edition: ConfirmedEdition): Declining => ({
    edition,
    frozen: frozenOf(edition),
    leftOut: readDraft(edition.number).held.leftOut,
  })

  function show(
    reply: FastifyReply,
    round: ConfirmedEdition,
    code: string,
    typed: Partial<DeclineModel> = {},
  ) {
    if (!canDecline(frozenOf(round), code)) return refusal(reply, 'not-found')
    const model = declineModel(decliningOf(round), code, knownToday(stores))
    const isProposed = reply.request.site.secondApproval
    const errorSummary = errorLines({ reason: typed.error })
    return adminPage(reply, 'admin/rounds/decline', { ...model, isProposed, ...typed, errorSummary })
  }

  /** Where this very decline stands already, for a second click. */
  function recordedAt(round: ConfirmedEdition, code: string): string | null {
    const open = stores.editions.open()
    if (open?.number === round.number && open.declinedCode === code) return proposalHref(open.proposal)
    const isRecorded = stores.editions.ofRound(round.number).some(({ declinedCode }) => declinedCode === code)
    return isRecorded && !canDecline(frozenOf(round), code) ? `/admin/rounds/${round.number}` : null
  }

  app.get<OfHospital>(address, forOfficers, async ({ params }, reply) => {
    const round = newestOf(stores, params.number)
    if (!round) return refusal(reply, 'not-found')
    const there = openProposalHref(stores)
    if (there) return reply.redirect(there, 303)
    return show(reply, round, params.code, { reason: saidByHospital(stores, round, params.code) })
  })

  app.post<OfHospital>(address, forOfficers, async (request, reply) => {
    const { number, code } = request.params
    const round = newestOf(stores, number)
    if (!round) return refusal(reply, 'not-found')
    const there = recordedAt(round, code)
    if (there) return reply.redirect(there, 303)
    if (!canDecline(frozenOf(round), code)) return refusal(reply, 'not-found')
    const fields = fieldsOf(request.body)
    const reason = fields.get('reason')
    const outcome = declineOutcome(decliningOf(round), code)
    const isShown = fields.get('edition') === String(round.edition + 1)
    // What somebody else has proposed meanwhile is not this decline: it must not look as if it were recorded.
    if (stores.editions.open() || !isShown || !stillShows(request.body, 'outcome', outcome))
      return show(reply.code(409), round, code, { reason, isStale: true })
    const parsed = parseReason(reason)
    if (!parsed.ok) return show(reply.code(422), round, code, { reason, error: `辞退の${parsed.message}` })
    const settled = await settleDecline(stores, decliningOf(round), {
      decline: { code, reason: parsed.reason },
      by: { actor: officerOf(request).login, at: now() },
      secondApproval: request.site.secondApproval,
    })
    if (settled.kind !== 'overtaken') return leadToSettled(reply, settled)
    return show(reply.code(409), newestOf(stores, number)!, code, { reason, isStale: true })
  })
}

/** What a hospital said in 受諾確認, as the reason that is offered: the officer goes on from it. */
function saidByHospital(stores: Stores, { number }: ConfirmedEdition, code: string): string {
  const answer = answerReader(stores, number)(code)
  if (answer?.answer !== 'declined') return ''
  const { channel, receivedAt, reason } = answer
  const how = labelOf(ACCEPTANCE_CHANNELS, channel)
  const when = channel === 'receipt' ? dateTimeText(receivedAt) : dateText(receivedAt)
  return `${when}に${how}で辞退の申出があった。${reason ? `\n${reason}` : ''}`
}

/** @param code of a hospital that is selected or waits */
function declineModel(
  declining: Declining,
  code: string,
  today: KnownToday,
): Omit<DeclineModel, 'isProposed' | 'errorSummary'> {
  const { edition: round, frozen } = declining
  const before = roundLines(frozen)
  const selected = before.selected.find((line) => line.code === code)
  const hospital = selected ?? before.waitlisted.find((line) => line.code === code)!
  const after = declinedBy(declining, { code, reason: '辞退' })
  const promoted = after.reading.amended.amendments.at(-1)!.promoted
  return {
    number: round.number,
    edition: round.edition + 1,
    roundLabel: roundLabel(round.number),
    hospital,
    hadSeat: selected !== undefined,
    passedOver: roundLines(after).passedOver.slice(before.passedOver.length),
    nextPlace: promoted === null ? null : after.reading.row(promoted).order,
    promoted: before.waitlisted.find((line) => line.code === promoted) ?? null,
    changes: changesSince(frozen, today).filter((change) => change.code === promoted),
    board: after.reading.board(),
    outcome: declineOutcome(declining, code),
    reason: '',
    error: null,
    isStale: false,
  }
}
