import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import { LETTER_KINDS, type LetterWay } from '../../domain/record/letter.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dayText } from '../../domain/text/dates.ts'
import { askingBack, type LetterCase, letterCases } from '../../office/letters/cases.ts'
import {
  type EarlierLetter,
  earlierLetters,
  hasHad,
  mailedLetter,
  postedLetter,
} from '../../office/letters/sending.ts'
import { publicationReader } from '../../office/rounds/publication.ts'
import { fieldsOf } from '../../web/fields.ts'
import { shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { dayPicker, exampleDay, notAhead, typedDay } from '../typed-day.ts'
import { roundAsked, shownLetters } from './round.ts'
import { sentRoutes } from './sent.ts'

interface SendingModel {
  way: LetterWay
  number: number
  label: string
  /** Why nothing can be sent now; '' where it can. */
  blocked: string
  head: string
  groups: { label: string; hospitals: Addressee[] }[]
  /** Nobody to send to by mail: they have to be told on paper. */
  unreached: string[]
  sentOn: string
  picker: ReturnType<typeof dayPicker>
  example: string
  reason: string
  errors: Partial<Record<'hospital' | 'sentOn' | 'reason', string>>
  errorSummary: ErrorLine[]
  shown: string
  follows: number
  isStale: boolean
}

interface Addressee {
  code: string
  name: string
  to: string
  /** What went out to it already, in words; '' where nothing did. */
  earlier: string
  /** Selected as the result stands, and it has asked to give its seat back. */
  hasDeclined: boolean
  isChecked: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/letters/sending': SendingModel
  }
}

interface TypedSending {
  codes: readonly string[]
  sentOn: string
  reason: string
}

/**
 * Letters go out: by mail now, or on paper, as the officer then records. Whoever has had this result in this way is not
 * ticked, and to send it once more wants a reason. By mail only when receipts show the result, as the mail leads there.
 */
export function sendingRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, sendsMail } = options
  sentRoutes(app, options)

  function blockedText(request: FastifyRequest, round: ConfirmedEdition, way: LetterWay): string {
    if (!stores.letters.headOf(round.number)) return '先に、通知文の文書番号と日付を登録してください。'
    if (way === 'post') return ''
    if (!sendsMail) return 'メールサーバーが設定されていないため、メールは送れません。'
    return publicationReader(stores, request.site.resultsPublished)(round.number).isShown
      ? ''
      : 'メールには受付票へのリンクが入るため、病院への結果の表示をしてから送ってください。'
  }

  const lastOf = (round: ConfirmedEdition) => stores.letters.sendings(round.number).at(-1)

  function show(
    reply: FastifyReply,
    { round, way }: { round: ConfirmedEdition; way: LetterWay },
    state: Partial<Pick<SendingModel, 'errors' | 'isStale'>> & { typed?: TypedSending } = {},
  ): FastifyReply {
    const { request } = reply
    const { typed, errors = {}, isStale = false } = state
    const cases = letterCases(stores, round, request.site)
    const earlier = earlierLetters(stores, round.number)
    const hasDeclined = askingBack(stores, round.number)
    const isReached = ({ email }: LetterCase) => way === 'post' || email !== ''
    const reached = cases.filter(isReached)
    const ticked = typed && new Set(typed.codes)
    const head = stores.letters.headOf(round.number)
    const sentOn = typed?.sentOn ?? exampleDay(now())
    return adminPage(reply, 'admin/letters/sending', {
      way,
      number: round.number,
      label: roundLabel(round.number),
      blocked: blockedText(request, round, way),
      head: head ? `${head.documentNumber}　${dayText(head.datedOn)}` : '',
      groups: LETTER_KINDS.map(({ id, label }) => ({
        label,
        hospitals: reached
          .filter(({ kind }) => kind === id)
          .map((each) => ({
            code: each.code,
            name: each.name,
            to: way === 'mail' ? each.email : each.address || '（所在地の登録なし）',
            earlier: earlierText(earlier(each.code)),
            hasDeclined: hasDeclined(each),
            isChecked: ticked
              ? ticked.has(each.code)
              : !hasHad(earlier(each.code), each, way) && !hasDeclined(each),
          })),
      })).filter(({ hospitals }) => hospitals.length > 0),
      unreached: cases.filter((each) => !isReached(each)).map(({ name }) => name),
      sentOn,
      picker: dayPicker(sentOn),
      example: exampleDay(now()),
      reason: typed?.reason ?? '',
      errors,
      errorSummary: errorLines(errors),
      shown: shownLetters(stores, round),
      follows: lastOf(round)?.id ?? 0,
      isStale,
    })
  }

  for (const [path, way, act] of [
    ['mail', 'mail', '通知文のメールの送信'],
    ['posted', 'post', '通知文の発送の記録'],
  ] as const) {
    const toSend = { config: { role: 'officer', act } } as const

    app.get(`/letters/${path}`, toSend, async (request, reply) => {
      const round = roundAsked(stores, request.query)
      return round ? show(reply, { round, way }) : refusal(reply, 'not-found')
    })

    app.post(`/letters/${path}`, toSend, async (request, reply) => {
      const round = roundAsked(stores, request.body)
      if (!round) return refusal(reply, 'not-found')
      const fields = fieldsOf(request.body)
      const typed = {
        codes: fields.all('hospital'),
        sentOn: way === 'mail' ? exampleDay(now()) : fields.get('sentOn'),
        reason: fields.get('reason'),
      }
      const again = sentAlready(request, round, { way, codes: typed.codes })
      if (again !== null) return reply.redirect(`/admin/letters/sent/${again}`, 303)
      const isShown =
        fields.get('shown') === shownLetters(stores, round) &&
        shownId(fields.get('follows')) === (lastOf(round)?.id ?? 0)
      if (!isShown || blockedText(request, round, way) !== '')
        return show(reply.code(409), { round, way }, { typed, isStale: true })
      return send(reply, { round, way }, typed)
    })
  }

  function send(
    reply: FastifyReply,
    { round, way }: { round: ConfirmedEdition; way: LetterWay },
    typed: TypedSending,
  ): FastifyReply {
    const { request } = reply
    const codes = new Set(typed.codes)
    const chosen = letterCases(stores, round, request.site).filter(
      ({ code, email }) => codes.has(code) && (way === 'post' || email !== ''),
    )
    const earlier = earlierLetters(stores, round.number)
    const isRepeated = chosen.some((each) => hasHad(earlier(each.code), each, way))
    const parsed = parseSending(typed, { isRepeated, isEmpty: chosen.length === 0, now: now() })
    if (!parsed.ok) return show(reply.code(422), { round, way }, { typed, errors: parsed.errors })
    const head = stores.letters.headOf(round.number)!
    const { documentNumber, datedOn } = head
    const mailing = { head, settings: request.site }
    const { sentOn, reason } = parsed
    const outcome = stores.letters.send(
      {
        ...{ round: round.number, edition: round.edition, way, documentNumber, datedOn, sentOn, reason },
        letters: chosen.map((each) =>
          way === 'mail' ? mailedLetter(stores, each, mailing) : postedLetter(each),
        ),
        follows: shownId(fieldsOf(request.body).get('follows')),
      },
      { actor: officerOf(request).login, at: now() },
    )
    if (outcome.kind === 'overtaken') return show(reply.code(409), { round, way }, { typed, isStale: true })
    return reply.redirect(`/admin/letters/sent/${outcome.id}?done=${way === 'mail' ? 'mail' : 'posted'}`, 303)
  }

  /** A second click: what it sends went out just now, by this officer. */
  function sentAlready(
    request: FastifyRequest,
    round: ConfirmedEdition,
    { way, codes }: { way: LetterWay; codes: readonly string[] },
  ): number | null {
    const last = lastOf(round)
    const follows = shownId(fieldsOf(request.body).get('follows'))
    if (!last || last.id <= follows || last.way !== way || last.sentBy !== officerOf(request).login)
      return null
    const sent = stores.letters.sent(last.id).map(({ hospitalCode }) => hospitalCode)
    return sent.toSorted().join() === [...new Set(codes)].sort().join() ? last.id : null
  }
}

function earlierText(earlier: readonly EarlierLetter[]): string {
  return earlier
    .map(({ sending, letter }) => {
      const how = sending.way === 'mail' ? 'メール' : '発送'
      const failed = letter.failedAt === null ? '' : '・届かず'
      return `${dayText(sending.sentOn)}${how}（${labelOf(LETTER_KINDS, letter.kind)}${failed}）`
    })
    .join('、')
}

function parseSending(
  { sentOn, reason }: TypedSending,
  { isRepeated, isEmpty, now }: { isRepeated: boolean; isEmpty: boolean; now: Date },
): { ok: true; sentOn: string; reason: string | null } | { ok: false; errors: SendingModel['errors'] } {
  const day = typedDay(sentOn, {
    label: '発送した日',
    example: now,
    until: notAhead('発送した日', now),
  })
  const why = isRepeated ? parseReason(reason) : ({ ok: true, reason: null } as const)
  if (!isEmpty && day.ok && why.ok) return { ok: true, sentOn: day.day, reason: why.reason }
  return {
    ok: false,
    errors: {
      ...(isEmpty ? { hospital: '送る病院を1つ以上選択してください。' } : {}),
      ...(day.ok ? {} : { sentOn: day.message }),
      ...(why.ok ? {} : { reason: `既に送った病院が含まれています。もう一度送る${why.message}` }),
    },
  }
}
