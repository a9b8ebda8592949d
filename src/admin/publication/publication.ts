import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { roundAcceptance } from '../../office/rounds/acceptance.ts'
import { unconfirmedText } from '../../office/rounds/acceptance-mail.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { publicationReader } from '../../office/rounds/publication.ts'
import { type ReasonSample, reasonSamples } from '../../office/rounds/reason-samples.ts'
import { type ReportState, reportState } from '../../office/rounds/reported.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type Numbered, newestOf, shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

interface PublicationModel {
  number: number
  label: string
  /** As it is now; the act makes it the other way round. */
  isShown: boolean
  showsPoints: boolean
  /** Ticked by the officer: hospitals read their own points as well. */
  points: boolean
  /** What hospitals will read; none where no reasons were frozen with the round. */
  samples: ReasonSample[]
  /** Nobody has decided it for this round: the survey's setting says it. */
  isByDefault: boolean
  selected: number
  waitlisted: number
  unconfirmed: string | null
  reported: ReportState
  /** What was decided before, the newest first. */
  steps: { at: string; text: string }[]
  follows: number
  edition: number
  reason: string
  error: string | null
  errorSummary: ErrorLine[]
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/publication/publication': PublicationModel
  }
}

/** 病院への結果の表示 of one round: begun, or stopped where something was wrong, on a page of its own. */
export function publicationRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const toSet = { config: { role: 'officer', act: '病院への結果の表示' } } as const
  const address = '/rounds/:number/publication'
  const frozenOf = frozenRoundReader(stores)

  function show(reply: FastifyReply, round: ConfirmedEdition, state: Partial<PublicationModel> = {}) {
    const { number } = round
    const { isShown, showsPoints, last } = publicationReader(
      stores,
      reply.request.site.resultsPublished,
    )(number)
    const { reading, reasons } = frozenOf(round)
    const { rows } = reading
    const nameOf = officerNames(stores)
    return adminPage(reply, 'admin/publication/publication', {
      number,
      label: roundLabel(number),
      isShown,
      showsPoints,
      points: false,
      samples: reasons ? reasonSamples(reading, reasons) : [],
      isByDefault: last === null,
      selected: rows.filter(({ decision }) => decision === 'selected').length,
      waitlisted: rows.filter(({ decision }) => decision === 'waitlisted').length,
      unconfirmed: unconfirmedText(roundAcceptance(stores, round, now())),
      reported: reportState(stores, round),
      steps: stores.publications
        .all()
        .filter((each) => each.round === number)
        .toReversed()
        .map((each) => ({
          at: dateTimeText(each.setAt),
          text: `${nameOf(each.setBy)}：受付票に結果を${each.showsPoints ? '点数とともに' : ''}${each.isShown ? '表示することとしました' : '表示しないこととしました'}。理由：${each.reason}`,
        })),
      follows: last?.id ?? 0,
      edition: round.edition,
      reason: '',
      error: null,
      isStale: false,
      ...state,
      errorSummary: errorLines({ reason: state.error }),
    })
  }

  app.get<Numbered>(address, toSet, async ({ params }, reply) => {
    const round = newestOf(stores, params.number)
    return round ? show(reply, round) : refusal(reply, 'not-found')
  })

  app.post<Numbered>(address, toSet, async (request, reply) => {
    const round = newestOf(stores, request.params.number)
    if (!round) return refusal(reply, 'not-found')
    const { number } = round
    const fields = fieldsOf(request.body)
    const reason = fields.get('reason')
    const isShown = fields.get('show') === 'yes'
    const points = isShown && fields.get('points') === 'yes'
    const typed = { reason, points }
    const before = publicationReader(stores, request.site.resultsPublished)(number)
    const follows = shownId(fields.get('follows'))
    // A second click: it is so already, by this officer.
    if (before.isShown === isShown && before.last?.setBy === officerOf(request).login)
      return reply.redirect(doneHref(number, isShown), 303)
    const isShownPage = fields.get('edition') === String(round.edition) && before.isShown !== isShown
    if (!isShownPage) return show(reply.code(409), round, { ...typed, isStale: true })
    const parsed = parseReason(reason)
    if (!parsed.ok) return show(reply.code(422), round, { ...typed, error: parsed.message })
    const by = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
    if (stores.publications.set({ round: number, isShown, showsPoints: points, follows }, by) === 'overtaken')
      return show(reply.code(409), round, { ...typed, isStale: true })
    return reply.redirect(doneHref(number, isShown), 303)
  })
}

function doneHref(round: number, isShown: boolean): string {
  return `/admin/rounds/${round}?done=${isShown ? 'shown' : 'hidden'}`
}
