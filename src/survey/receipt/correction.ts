import type { FastifyInstance, FastifyReply } from 'fastify'
import { receiptPath, type Submission, sameContent } from '../../domain/answer/submission.ts'
import type { SurveyOptions } from '../options.ts'
import { receiptOf } from './access.ts'
import { whileCorrectable } from './changes-gate.ts'
import { basedOn, parseCorrection, typedCorrection } from './correction-form.ts'
import { correctionConfirmPage, correctionFormPage } from './correction-pages.ts'
import { storedForm } from './history.ts'

/** 入力 → 確認 → a new version under the same number. Every version is kept. */
export function correctionRoutes(app: FastifyInstance, { stores, now, mail }: SurveyOptions): void {
  const correctable = { preHandler: whileCorrectable(stores) }

  app.get('/edit', correctable, (request, reply) => {
    const submission = receiptOf(request)
    return correctionFormPage(reply, stores, { typed: storedForm(submission), version: submission.version })
  })

  // Asked for by GET these pages have nothing to show: an address typed or kept leads to the form.
  for (const url of ['/form', '/confirm'])
    app.get(url, (request, reply) => reply.redirect(`${receiptPath(receiptOf(request))}/edit`, 303))

  app.post('/form', correctable, (request, reply) => {
    const submission = receiptOf(request)
    const typed = typedCorrection(request.body, submission)
    return correctionFormPage(reply, stores, {
      typed,
      version: basedOn(request.body) ?? submission.version,
    })
  })

  app.post('/confirm', correctable, (request, reply) => {
    const submission = receiptOf(request)
    const typed = typedCorrection(request.body, submission)
    const version = basedOn(request.body) ?? submission.version
    const parsed = parseCorrection(typed, submission)
    if (!parsed.ok)
      return correctionFormPage(reply.code(422), stores, { typed, version, errors: parsed.errors })
    return correctionConfirmPage(reply, stores, parsed.submission, {
      isStale: version !== submission.version,
    })
  })

  app.post('/edit', correctable, (request, reply) => {
    const submission = receiptOf(request)
    const typed = typedCorrection(request.body, submission)
    const version = basedOn(request.body)
    const parsed = parseCorrection(typed, submission)
    if (!parsed.ok) {
      const shown = version ?? submission.version
      return correctionFormPage(reply.code(422), stores, { typed, version: shown, errors: parsed.errors })
    }
    if (version === submission.version && sameContent(submission, parsed.submission))
      return correctionConfirmPage(reply, stores, parsed.submission)
    const context = { at: now(), actor: null, mail, basedOn: version }
    const { kind } = stores.submissions.correct(submission.number, parsed.submission, context)
    if (kind === 'changed-meanwhile')
      return correctionConfirmPage(reply.code(409), stores, parsed.submission, { isStale: true })
    return toReceipt(reply, submission)
  })
}

function toReceipt(reply: FastifyReply, submission: Submission): FastifyReply {
  return reply.redirect(receiptPath(submission), 303)
}
