import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { publicationReader } from '../../office/rounds/publication.ts'
import { type ReasonSample, reasonSamples } from '../../office/rounds/reason-samples.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type Numbered, newestOf, shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

interface PointsModel {
  number: number
  label: string
  /** Points go with a result that is shown: where that was stopped meanwhile there is nothing to begin. */
  isShown: boolean
  /** As it is now; the act makes it the other way round. */
  showsPoints: boolean
  samples: ReasonSample[]
  follows: number
  edition: number
  reason: string
  error: string | null
  errorSummary: ErrorLine[]
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/publication/points': PointsModel
  }
}

/** 点数の表示: whether hospitals that see a round's result read their own points beside the lowest of their band. */
export function pointsRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const toSet = { config: { role: 'officer', act: '病院への点数の表示' } } as const
  const address = '/rounds/:number/publication/points'
  const frozenOf = frozenRoundReader(stores)

  function show(reply: FastifyReply, round: ConfirmedEdition, state: Partial<PointsModel> = {}) {
    const { number, edition } = round
    const { isShown, showsPoints, last } = publicationOf(reply, number)
    const { reading, reasons } = frozenOf(round)
    return adminPage(reply, 'admin/publication/points', {
      number,
      label: roundLabel(number),
      showsPoints,
      isShown,
      samples: reasons ? reasonSamples(reading, reasons) : [],
      follows: last?.id ?? 0,
      edition,
      reason: '',
      error: null,
      isStale: false,
      ...state,
      errorSummary: errorLines({ reason: state.error }),
    })
  }

  const publicationOf = ({ request }: FastifyReply, number: number) =>
    publicationReader(stores, request.site.resultsPublished)(number)

  app.get<Numbered>(address, toSet, async ({ params }, reply) => {
    const round = newestOf(stores, params.number)
    if (!round) return refusal(reply, 'not-found')
    // A round of before has no words that could show any.
    const hasPoints = publicationOf(reply, round.number).isShown && frozenOf(round).reasons !== null
    return hasPoints ? show(reply, round) : reply.redirect(`/admin/rounds/${round.number}/publication`, 303)
  })

  app.post<Numbered>(address, toSet, async (request, reply) => {
    const round = newestOf(stores, request.params.number)
    if (!round) return refusal(reply, 'not-found')
    const { number, edition } = round
    const fields = fieldsOf(request.body)
    const [reason, showsPoints] = [fields.get('reason'), fields.get('points') === 'yes']
    const before = publicationOf(reply, number)
    const done = `/admin/rounds/${number}?done=${showsPoints ? 'points-shown' : 'points-hidden'}`
    // A second click: it is so already, by this officer.
    if (before.showsPoints === showsPoints && before.last?.setBy === officerOf(request).login)
      return reply.redirect(done, 303)
    const isAsShown =
      before.isShown && before.showsPoints !== showsPoints && fields.get('edition') === String(edition)
    if (!isAsShown) return show(reply.code(409), round, { reason, isStale: true })
    const parsed = parseReason(reason)
    if (!parsed.ok) return show(reply.code(422), round, { reason, error: parsed.message })
    const by = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
    const set = { round: number, isShown: true, showsPoints, follows: shownId(fields.get('follows')) }
    if (stores.publications.set(set, by) === 'overtaken')
      return show(reply.code(409), round, { reason, isStale: true })
    return reply.redirect(done, 303)
  })
}
