import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { parseDocumentNumber } from '../../domain/record/document-number.ts'
import { LETTER_KINDS, LETTER_WAYS } from '../../domain/record/letter.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText, dayText } from '../../domain/text/dates.ts'
import { type Addressee, addressees, templateOf } from '../../office/letters/cases.ts'
import { earlierLetters, hasHad } from '../../office/letters/sending.ts'
import { officerNames } from '../../office/officer-names.ts'
import { publicationReader } from '../../office/rounds/publication.ts'
import { fieldsOf } from '../../web/fields.ts'
import { shownId } from '../confirmed-round.ts'
import { link } from '../list/cell.ts'
import { type Column, type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { dayPicker, exampleDay, typedDay } from '../typed-day.ts'
import { mergeRoutes } from './merge.ts'
import { roundAsked, roundLinks } from './round.ts'
import { sendingRoutes } from './sending.ts'
import { letterTextRoutes, missingIn } from './text.ts'

interface TypedHead {
  documentNumber: string
  datedOn: string
}

interface LettersModel {
  /** Null until a round is confirmed. */
  round: RoundLetters | null
}

interface RoundLetters {
  number: number
  label: string
  rounds: { href: string; label: string; isCurrent: boolean }[]
  isShown: boolean
  sendsMail: boolean
  typed: TypedHead
  errors: Partial<Record<keyof TypedHead, string>>
  picker: ReturnType<typeof dayPicker>
  example: string
  /** What stands on the letters by now; '' until it is set. */
  head: string
  follows: number
  isStale: boolean
  kinds: KindLine[]
  openProposal: string | null
  sendings: Table | null
  done: string
}

interface KindLine {
  id: string
  label: string
  hospitals: number
  mailed: number
  posted: number
  isShipped: boolean
  /** What the text lacks; '' where nothing. */
  missing: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/letters/letters': LettersModel & { errorSummary: ErrorLine[] }
  }
}

/** 選定結果の通知文 of a round: what stands on them, whom they go to, and what went out. */
export function letterRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, sendsMail } = options
  mergeRoutes(app, options)
  letterTextRoutes(app, options)
  sendingRoutes(app, options)

  function show(
    reply: FastifyReply,
    round: ConfirmedEdition | null,
    state: Partial<Pick<RoundLetters, 'typed' | 'errors' | 'isStale'>> = {},
  ): FastifyReply {
    const { request } = reply
    const errorSummary = errorLines(state.errors ?? {})
    if (!round) return adminPage(reply, 'admin/letters/letters', { round: null, errorSummary })
    const { number } = round
    const head = stores.letters.headOf(number)
    const stored = head
      ? { documentNumber: head.documentNumber, datedOn: dayText(head.datedOn) }
      : { documentNumber: '', datedOn: '' }
    const { typed = stored, errors = {}, isStale = false } = state
    const open = stores.editions.open()
    return adminPage(reply, 'admin/letters/letters', {
      errorSummary,
      round: {
        number,
        label: roundLabel(number),
        rounds: roundLinks(stores, number),
        isShown: publicationReader(stores, request.site.resultsPublished)(number).isShown,
        sendsMail,
        typed,
        errors,
        picker: dayPicker(typed.datedOn),
        example: exampleDay(now()),
        head: head ? `${head.documentNumber}　${dayText(head.datedOn)}` : '',
        follows: head?.id ?? 0,
        isStale,
        kinds: kindLines(stores, number, addressees(stores, round)),
        openProposal: open?.number === number ? `/admin/proposals/${open.proposal}` : null,
        sendings: sendingsTable(stores, number),
        done: DONE.get(fieldsOf(request.query).get('done')) ?? '',
      },
    })
  }

  const toSet = { config: { role: 'officer', act: '通知文の文書番号と日付の登録' } } as const
  app.get('/letters', toSet, async (request, reply) => show(reply, roundAsked(stores, request.query)))

  app.post('/letters', toSet, async (request, reply) => {
    const round = roundAsked(stores, request.body)
    if (!round) return show(reply, null)
    const fields = fieldsOf(request.body)
    const typed = { documentNumber: fields.get('documentNumber'), datedOn: fields.get('datedOn') }
    const follows = shownId(fields.get('follows'))
    if (follows !== (stores.letters.headOf(round.number)?.id ?? 0))
      return show(reply.code(409), round, { typed, isStale: true })
    const number = parseDocumentNumber(typed.documentNumber)
    const day = typedDay(typed.datedOn, { label: '通知文の日付', example: now() })
    if (!number.ok || !day.ok) {
      const errors = {
        ...(number.ok ? {} : { documentNumber: number.message }),
        ...(day.ok ? {} : { datedOn: day.message }),
      }
      return show(reply.code(422), round, { typed, errors })
    }
    const head = { round: round.number, documentNumber: number.number, datedOn: day.day, follows }
    const outcome = stores.letters.setHead(head, { actor: officerOf(request).login, at: now() })
    if (outcome === 'overtaken') return show(reply.code(409), round, { typed, isStale: true })
    return reply.redirect(`/admin/letters?round=${round.number}&done=head`, 303)
  })
}

const DONE = new Map([
  ['head', '文書番号と日付を登録しました。印刷、差込み用のファイル、メールに使います。'],
  ['text', '文面を登録しました。これから作る通知文に使います。送付済みの通知文の記録は変わりません。'],
])

function kindLines(stores: Stores, round: number, cases: readonly Addressee[]): KindLine[] {
  const earlier = earlierLetters(stores, round)
  return LETTER_KINDS.map(({ id, label }) => {
    const ofKind = cases.filter(({ kind }) => kind === id)
    const had = (way: 'mail' | 'post') =>
      ofKind.filter((each) => hasHad(earlier(each.code), each, way)).length
    const template = templateOf(stores, id)
    return {
      id,
      label,
      hospitals: ofKind.length,
      mailed: had('mail'),
      posted: had('post'),
      isShipped: template.isShipped,
      missing: missingIn(id, template, stores.questions.all()),
    }
  })
}

interface SendingLine {
  id: number
  sentOn: string
  way: string
  head: string
  hospitals: number
  failed: number
  by: string
}

const SENDING_COLUMNS: readonly Column<SendingLine>[] = [
  { header: '送付日', cell: ({ id, sentOn }) => link(sentOn, `/admin/letters/sent/${id}`), look: 'name' },
  { header: '方法', cell: ({ way }) => way, card: 'below' },
  { header: '文書番号・日付', cell: ({ head }) => head, card: 'below' },
  {
    header: '病院数',
    cell: ({ hospitals, failed }) => `${hospitals}病院${failed > 0 ? `（届かなかったもの${failed}）` : ''}`,
    card: 'below',
  },
  { header: '記録', cell: ({ by }) => by, card: 'below' },
]

function sendingsTable(stores: Stores, round: number): Table | null {
  const nameOf = officerNames(stores)
  const lines = stores.letters
    .sendings(round)
    .toReversed()
    .map((each): SendingLine => {
      const sent = stores.letters.sent(each.id)
      return {
        id: each.id,
        sentOn: dayText(each.sentOn),
        way: labelOf(LETTER_WAYS, each.way),
        head: `${each.documentNumber}　${dayText(each.datedOn)}`,
        hospitals: sent.length,
        failed: sent.filter(({ failedAt }) => failedAt !== null).length,
        by: `${dateTimeText(each.recordedAt)}　${nameOf(each.sentBy)}`,
      }
    })
  return lines.length === 0 ? null : tableOf(SENDING_COLUMNS, lines, { label: '送付の記録' })
}
