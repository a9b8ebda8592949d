import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Report } from '../../db/reports.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { fieldsOf } from '../../web/fields.ts'
import { shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import {
  type FactsErrors,
  type FactsForm,
  factsAsTyped,
  factsForm,
  lastConfirmed,
  parseFacts,
  type TypedFacts,
  typedFacts,
} from './facts.ts'

interface CorrectionModel extends FactsForm {
  id: number
  isTakenBack: boolean
  reason: string
  reasonError: string
  errorSummary: ErrorLine[]
  follows: number
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/reports/correction': CorrectionModel
  }
}

interface CorrectionState {
  typed: TypedFacts
  errors: FactsErrors
  isTakenBack: boolean
  reason: string
  reasonError: string
  isStale: boolean
}

interface Identified {
  Params: { id: string }
}

/** What was recorded of a report was wrong: put right by a further record. What was sent stays as it was sent. */
export function correctionRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const toCorrect = { config: { role: 'officer', act: '報告の記録の訂正' } } as const
  const address = '/reports/:id/correct'
  const reportAt = (id: string) => (/^[1-9]\d{0,8}$/.test(id) ? stores.reports.byId(Number(id)) : null)

  function show(reply: FastifyReply, report: Report, state: Partial<CorrectionState> = {}): FastifyReply {
    const { typed = factsAsTyped(report.facts), errors = {}, isTakenBack = report.isTakenBack } = state
    const { reason = '', reasonError = '', isStale = false } = state
    return adminPage(reply, 'admin/reports/correction', {
      ...factsForm(typed, errors, now()),
      id: report.id,
      isTakenBack,
      reason,
      reasonError,
      errorSummary: errorLines({ ...errors, reason: reasonError }),
      follows: report.corrections.at(-1)?.id ?? 0,
      isStale,
    })
  }

  app.get<Identified>(address, toCorrect, async ({ params }, reply) => {
    const report = reportAt(params.id)
    return report ? show(reply, report) : refusal(reply, 'not-found')
  })

  app.post<Identified>(address, toCorrect, async (request, reply) => {
    const report = reportAt(request.params.id)
    if (!report) return refusal(reply, 'not-found')
    const fields = fieldsOf(request.body)
    const typed = typedFacts(request.body)
    const isTakenBack = fields.get('isTakenBack') === 'yes'
    const reason = fields.get('reason')
    const follows = shownId(fields.get('follows'))
    const shown = { typed, isTakenBack, reason }
    if (follows !== (report.corrections.at(-1)?.id ?? 0))
      return show(reply.code(409), report, { ...shown, isStale: true })
    const confirmed = report.editions.flatMap(({ number, edition }) =>
      stores.editions.ofRound(number).filter((each) => each.edition === edition),
    )
    const parsed = parseFacts(typed, { now: now(), since: lastConfirmed(confirmed) })
    const why = parseReason(reason)
    if (!parsed.ok || !why.ok)
      return show(reply.code(422), report, {
        ...shown,
        errors: parsed.ok ? {} : parsed.errors,
        reasonError: why.ok ? '' : `訂正の${why.message}`,
      })
    const by = { actor: officerOf(request).login, at: now(), reason: why.reason }
    const outcome = stores.reports.correct({ report: report.id, ...parsed.facts, isTakenBack, follows }, by)
    if (outcome === 'overtaken')
      return show(reply.code(409), reportAt(request.params.id)!, { ...shown, isStale: true })
    return reply.redirect(`/admin/reports/${report.id}?done=${isTakenBack ? 'taken-back' : 'corrected'}`, 303)
  })
}
