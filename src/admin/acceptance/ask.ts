import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { isoDayText } from '../../domain/text/dates.ts'
import { parseInstant } from '../../domain/text/typed-dates.ts'
import { roundAcceptance } from '../../office/rounds/acceptance.ts'
import { type AskedByMail, acceptanceMails, askedByMail } from '../../office/rounds/acceptance-mail.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type Numbered, newestOf, shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { dayPicker, exampleDay, typedDay } from '../typed-day.ts'

interface TypedAsking {
  lastDay: string
  reason: string
  mail: boolean
}

interface AskModel extends AskedByMail {
  number: number
  label: string
  /** Of the asking that is under way; '' where none is. */
  deadline: string
  sendsMail: boolean
  typed: TypedAsking
  errors: Partial<Record<keyof TypedAsking, string>>
  errorSummary: ErrorLine[]
  picker: ReturnType<typeof dayPicker>
  example: string
  /** What the form has shown: nobody acts on another state. */
  follows: number
  edition: number
  isStale: boolean
}

interface EndModel {
  number: number
  label: string
  deadline: string
  follows: number
  reason: string
  error: string | null
  errorSummary: ErrorLine[]
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/acceptance/ask': AskModel
    'admin/acceptance/end': EndModel
  }
}

const WEEK = 7 * 24 * 60 * 60 * 1000
const YEAR = 366 * 24 * 60 * 60 * 1000

/** 受諾確認 begins, gets another last day, and ends: each on a page of its own. */
export function askRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, sendsMail } = options
  const toAsk = { config: { role: 'officer', act: '受諾確認の依頼' } } as const
  const toEnd = { config: { role: 'officer', act: '受諾確認の終了' } } as const
  const lastOf = (round: ConfirmedEdition) => stores.acceptance.requests(round.number).at(-1)?.id ?? 0

  function askPage(
    reply: FastifyReply,
    round: ConfirmedEdition,
    state: Partial<AskModel> = {},
  ): FastifyReply {
    const acceptance = roundAcceptance(stores, round, now())
    const closesAt = acceptance.request?.closesAt
    const typed = state.typed ?? { lastDay: '', reason: '', mail: sendsMail && !closesAt }
    return adminPage(reply, 'admin/acceptance/ask', {
      ...askedByMail(stores, acceptance),
      number: round.number,
      label: roundLabel(round.number),
      deadline: closesAt ? deadlineText({ closesAt }) : '',
      sendsMail,
      errors: {},
      isStale: false,
      ...state,
      typed,
      errorSummary: errorLines(state.errors ?? {}),
      picker: dayPicker(typed.lastDay),
      example: exampleDay(new Date(now().getTime() + WEEK)),
      follows: lastOf(round),
      edition: round.edition,
    })
  }

  app.get<Numbered>('/rounds/:number/acceptance/ask', toAsk, async ({ params }, reply) => {
    const round = newestOf(stores, params.number)
    return round ? askPage(reply, round) : refusal(reply, 'not-found')
  })

  app.post<Numbered>('/rounds/:number/acceptance/ask', toAsk, async (request, reply) => {
    const round = newestOf(stores, request.params.number)
    if (!round) return refusal(reply, 'not-found')
    const fields = fieldsOf(request.body)
    const typed = typedAsking(request.body)
    const follows = shownId(fields.get('follows'))
    const acceptance = roundAcceptance(stores, round, now())
    const isChange = acceptance.request !== null
    const isShown = fields.get('edition') === String(round.edition) && follows === lastOf(round)
    if (!isShown) return askPage(reply.code(409), round, { typed, isStale: true })
    const parsed = parseAsking(typed, isChange, now())
    if (!parsed.ok) return askPage(reply.code(422), round, { typed, errors: parsed.errors })
    const { closesAt, reason } = parsed
    const mailing = { settings: request.site, closesAt }
    const mails =
      sendsMail && typed.mail ? acceptanceMails(stores, askedByMail(stores, acceptance), mailing) : []
    const outcome = stores.acceptance.ask({ round: round.number, closesAt, reason, follows }, mails, {
      actor: officerOf(request).login,
      at: now(),
    })
    if (outcome === 'overtaken') return askPage(reply.code(409), round, { typed, isStale: true })
    return reply.redirect(
      `/admin/rounds/${round.number}/acceptance?done=${isChange ? 'changed' : 'asked'}`,
      303,
    )
  })

  function endPage(
    reply: FastifyReply,
    round: ConfirmedEdition,
    state: Partial<EndModel> = {},
  ): FastifyReply {
    const closesAt = stores.acceptance.requestOf(round.number)?.closesAt
    if (!closesAt) return reply.redirect(`/admin/rounds/${round.number}/acceptance`, 303)
    return adminPage(reply, 'admin/acceptance/end', {
      number: round.number,
      label: roundLabel(round.number),
      deadline: deadlineText({ closesAt }),
      follows: lastOf(round),
      reason: '',
      error: null,
      isStale: false,
      ...state,
      errorSummary: errorLines({ reason: state.error }),
    })
  }

  app.get<Numbered>('/rounds/:number/acceptance/end', toEnd, async ({ params }, reply) => {
    const round = newestOf(stores, params.number)
    return round ? endPage(reply, round) : refusal(reply, 'not-found')
  })

  app.post<Numbered>('/rounds/:number/acceptance/end', toEnd, async (request, reply) => {
    const round = newestOf(stores, request.params.number)
    if (!round) return refusal(reply, 'not-found')
    const fields = fieldsOf(request.body)
    const reason = fields.get('reason')
    const follows = shownId(fields.get('follows'))
    if (follows !== lastOf(round)) return endPage(reply.code(409), round, { reason, isStale: true })
    const parsed = parseReason(reason)
    if (!parsed.ok) return endPage(reply.code(422), round, { reason, error: parsed.message })
    const by = { actor: officerOf(request).login, at: now() }
    const ending = { round: round.number, closesAt: null, reason: parsed.reason, follows }
    if (stores.acceptance.ask(ending, [], by) === 'overtaken')
      return endPage(reply.code(409), round, { reason, isStale: true })
    return reply.redirect(`/admin/rounds/${round.number}/acceptance?done=ended`, 303)
  })
}

function typedAsking(body: unknown): TypedAsking {
  const fields = fieldsOf(body)
  return {
    lastDay: fields.get('lastDay'),
    reason: fields.get('reason'),
    mail: fields.get('mail') === 'yes',
  }
}

/** @param isChange there is an asking already: another one has a reason */
function parseAsking(
  { lastDay, reason }: TypedAsking,
  isChange: boolean,
  now: Date,
): { ok: true; closesAt: Date; reason: string | null } | { ok: false; errors: AskModel['errors'] } {
  const day = typedDay(lastDay, {
    label: '最終日',
    example: new Date(now.getTime() + WEEK),
    from: { day: isoDayText(now), message: '最終日は、今日以降の日付にしてください。' },
    until: {
      day: isoDayText(new Date(now.getTime() + YEAR)),
      message: '最終日は、1年以内の日付にしてください。',
    },
  })
  const why = isChange ? parseReason(reason) : ({ ok: true, reason: null } as const)
  if (day.ok && why.ok) return { ok: true, closesAt: parseInstant(day.day, 'end')!, reason: why.reason }
  return {
    ok: false,
    errors: {
      ...(day.ok ? {} : { lastDay: day.message }),
      ...(why.ok ? {} : { reason: why.message }),
    },
  }
}
