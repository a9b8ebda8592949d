import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import { ACCEPTANCE_CHANNELS, ACCEPTANCES, OFFICERS_CHANNELS } from '../../domain/record/acceptance.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateText, dateTimeText } from '../../domain/text/dates.ts'
import { parseInstant } from '../../domain/text/typed-dates.ts'
import { type HospitalAcceptance, roundAcceptance } from '../../office/rounds/acceptance.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type Numbered, newestOf, shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { dayPicker, exampleDay, notAhead, typedDay } from '../typed-day.ts'

interface TypedEntry {
  answer: string
  channel: string
  receivedOn: string
  reason: string
}

interface EntryModel {
  number: number
  label: string
  code: string
  hospital: string
  /** What it has said before; '' where nothing. */
  before: string
  answers: typeof ACCEPTANCES
  channels: typeof OFFICERS_CHANNELS
  typed: TypedEntry
  errors: Partial<Record<keyof TypedEntry, string>>
  errorSummary: ErrorLine[]
  picker: ReturnType<typeof dayPicker>
  example: string
  follows: number
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/acceptance/entry': EntryModel
  }
}

interface OfHospital {
  Params: Numbered['Params'] & { code: string }
}

/** What a hospital said by telephone, fax, mail or at the counter: entered by an officer, at any time. */
export function entryRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const toEnter = { config: { role: 'officer', act: '病院からの受諾・辞退の連絡の入力' } } as const
  const address = '/rounds/:number/acceptance/:code'

  function selectedAt(params: OfHospital['Params']) {
    const round = newestOf(stores, params.number)
    const hospital =
      round && roundAcceptance(stores, round, now()).hospitals.find(({ line }) => line.code === params.code)
    return round && hospital ? { round, hospital } : null
  }

  function entryPage(
    reply: FastifyReply,
    { round, hospital }: { round: ConfirmedEdition; hospital: HospitalAcceptance },
    state: Partial<EntryModel> = {},
  ): FastifyReply {
    const typed = state.typed ?? { answer: '', channel: '', receivedOn: exampleDay(now()), reason: '' }
    return adminPage(reply, 'admin/acceptance/entry', {
      number: round.number,
      label: roundLabel(round.number),
      code: hospital.line.code,
      hospital: hospital.line.name,
      before: beforeText(hospital),
      answers: ACCEPTANCES,
      channels: OFFICERS_CHANNELS,
      errors: {},
      isStale: false,
      ...state,
      typed,
      errorSummary: errorLines(state.errors ?? {}),
      picker: dayPicker(typed.receivedOn),
      example: exampleDay(now()),
      follows: lastOf(round.number, hospital.line.code),
    })
  }

  const lastOf = (round: number, code: string) =>
    stores.acceptance.answers(round).findLast(({ hospitalCode }) => hospitalCode === code)?.id ?? 0

  app.get<OfHospital>(address, toEnter, async ({ params }, reply) => {
    const selected = selectedAt(params)
    return selected ? entryPage(reply, selected) : refusal(reply, 'not-found')
  })

  app.post<OfHospital>(address, toEnter, async (request, reply) => {
    const selected = selectedAt(request.params)
    if (!selected) return refusal(reply, 'not-found')
    const fields = fieldsOf(request.body)
    const typed = {
      answer: fields.get('answer'),
      channel: fields.get('channel'),
      receivedOn: fields.get('receivedOn'),
      reason: fields.get('reason'),
    }
    const { round, hospital } = selected
    const follows = shownId(fields.get('follows'))
    if (follows !== lastOf(round.number, hospital.line.code))
      return entryPage(reply.code(409), selected, { typed, isStale: true })
    const parsed = parseEntry(typed, now())
    if (!parsed.ok) return entryPage(reply.code(422), selected, { typed, errors: parsed.errors })
    const entry = { round: round.number, hospitalCode: hospital.line.code, ...parsed.entry, follows }
    const by = { actor: officerOf(request).login, at: now() }
    if (stores.acceptance.enter(entry, by) === 'overtaken')
      return entryPage(reply.code(409), selectedAt(request.params)!, { typed, isStale: true })
    return reply.redirect(`/admin/rounds/${round.number}/acceptance?done=entered`, 303)
  })
}

function beforeText({ answer }: HospitalAcceptance): string {
  if (!answer) return ''
  const { receivedAt, channel } = answer
  const when = channel === 'receipt' ? dateTimeText(receivedAt) : dateText(receivedAt)
  return `${labelOf(ACCEPTANCES, answer.answer)}（${when}、${labelOf(ACCEPTANCE_CHANNELS, channel)}）`
}

function parseEntry(typed: TypedEntry, now: Date) {
  const answer = ACCEPTANCES.find(({ id }) => id === typed.answer)?.id
  const channel = OFFICERS_CHANNELS.find(({ id }) => id === typed.channel)?.id
  const day = typedDay(typed.receivedOn, {
    label: '連絡のあった日',
    example: now,
    until: notAhead('連絡のあった日', now),
  })
  const reason = parseReason(typed.reason)
  if (answer && channel && channel !== 'receipt' && day.ok && reason.ok)
    return {
      ok: true as const,
      entry: { answer, channel, receivedAt: parseInstant(day.day)!, reason: reason.reason },
    }
  return {
    ok: false as const,
    errors: {
      ...(answer ? {} : { answer: '受諾か辞退の申出かを選択してください。' }),
      ...(channel ? {} : { channel: '連絡の方法を選択してください。' }),
      ...(day.ok ? {} : { receivedOn: day.message }),
      ...(reason.ok ? {} : { reason: '連絡の内容を入力してください。' }),
    },
  }
}
