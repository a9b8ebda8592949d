import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import { parseDocumentNumber } from '../../domain/record/document-number.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { editionLabel } from '../../domain/record/round.ts'
import { dateTimeText, dayText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type Numbered, newestOf, shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { dayPicker, exampleDay, notAhead, typedDay } from '../typed-day.ts'

interface TypedApproval {
  documentNumber: string
  decidedOn: string
  reason: string
}

interface ApprovalModel {
  number: number
  edition: number
  label: string
  /** What is recorded already, the newest first. */
  papers: { text: string; recorded: string; reason: string }[]
  typed: TypedApproval
  errors: Partial<Record<keyof TypedApproval, string>>
  errorSummary: ErrorLine[]
  picker: ReturnType<typeof dayPicker>
  example: string
  follows: number
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/approval': ApprovalModel
  }
}

/** 起案の文書番号と決裁日: they come back from the document system, where the decision counts. */
export function approvalRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const toRecord = { config: { role: 'officer', act: '起案の文書番号と決裁日の記録' } } as const
  const address = '/rounds/:number/approval'

  function show(reply: FastifyReply, round: ConfirmedEdition, state: Partial<ApprovalModel> = {}) {
    const { number, edition } = round
    const papers = stores.approvalPapers.ofEdition(number, edition)
    const nameOf = officerNames(stores)
    const typed = state.typed ?? { documentNumber: '', decidedOn: '', reason: '' }
    return adminPage(reply, 'admin/rounds/approval', {
      number,
      edition,
      label: editionLabel(number, edition),
      papers: papers.toReversed().map((each) => ({
        text: `${each.documentNumber}　${dayText(each.decidedOn)}決裁`,
        recorded: `${dateTimeText(each.recordedAt)}　${nameOf(each.recordedBy)}`,
        reason: each.reason ?? '',
      })),
      errors: {},
      isStale: false,
      ...state,
      typed,
      errorSummary: errorLines(state.errors ?? {}),
      picker: dayPicker(typed.decidedOn),
      example: exampleDay(now()),
      follows: papers.at(-1)?.id ?? 0,
    })
  }

  app.get<Numbered>(address, toRecord, async ({ params }, reply) => {
    const round = newestOf(stores, params.number)
    return round ? show(reply, round) : refusal(reply, 'not-found')
  })

  app.post<Numbered>(address, toRecord, async (request, reply) => {
    const round = newestOf(stores, request.params.number)
    if (!round) return refusal(reply, 'not-found')
    const fields = fieldsOf(request.body)
    const typed = {
      documentNumber: fields.get('documentNumber'),
      decidedOn: fields.get('decidedOn'),
      reason: fields.get('reason'),
    }
    const { number, edition } = round
    const last = stores.approvalPapers.ofEdition(number, edition).at(-1)
    const follows = shownId(fields.get('follows'))
    const isShown = fields.get('edition') === String(edition) && follows === (last?.id ?? 0)
    if (!isShown) return show(reply.code(409), round, { typed, isStale: true })
    const parsed = parseApproval(typed, last !== undefined, now())
    if (!parsed.ok) return show(reply.code(422), round, { typed, errors: parsed.errors })
    const by = { actor: officerOf(request).login, at: now() }
    const paper = { round: number, edition, ...parsed.paper, follows }
    if (stores.approvalPapers.record(paper, by) === 'overtaken')
      return show(reply.code(409), round, { typed, isStale: true })
    return reply.redirect(`/admin/rounds/${number}?done=approval`, 303)
  })
}

/** @param isCorrection there is a record already: another one has a reason */
function parseApproval(typed: TypedApproval, isCorrection: boolean, now: Date) {
  const number = parseDocumentNumber(typed.documentNumber)
  const day = typedDay(typed.decidedOn, { label: '決裁日', example: now, until: notAhead('決裁日', now) })
  const why = isCorrection ? parseReason(typed.reason) : ({ ok: true, reason: null } as const)
  if (number.ok && day.ok && why.ok)
    return {
      ok: true as const,
      paper: { documentNumber: number.number, decidedOn: day.day, reason: why.reason },
    }
  const errors: ApprovalModel['errors'] = {
    ...(number.ok ? {} : { documentNumber: number.message }),
    ...(day.ok ? {} : { decidedOn: day.message }),
    ...(why.ok ? {} : { reason: why.message }),
  }
  return { ok: false as const, errors }
}
