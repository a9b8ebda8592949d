import type { FastifyInstance, FastifyReply } from 'fastify'
import { type TypedForm, typedForm } from '../../domain/answer/form.ts'
import { fieldsOf } from '../../web/fields.ts'
import { page } from '../../web/views.ts'
import type { SurveyOptions } from '../options.ts'
import { withSubmissionId } from './answering.ts'
import { type OpenedDraft, openDraft, sealDraft } from './draft-link.ts'
import { formPage } from './form.ts'
import { withinPeriod } from './period-gate.ts'

export interface DraftLinkModel {
  /** Null where so much was typed that no address can carry it. */
  link: string | null
  form: TypedForm
}

export interface DraftRefusedModel {
  reason: (OpenedDraft & { ok: false })['reason']
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/draft-link': DraftLinkModel
    'survey/answer/draft-refused': DraftRefusedModel
  }
}

/** The filled, unsent form goes to another machine by a link. The server keeps nothing of it. */
export function draftRoutes(app: FastifyInstance, { stores, now, secret, publicUrl }: SurveyOptions): void {
  const { hospitals, submissions } = stores
  const onlyInPeriod = { preHandler: withinPeriod(hospitals.byCode) }

  app.get('/survey/link', (_request, reply) => reply.redirect('/survey', 303))

  app.post('/survey/link', onlyInPeriod, (request, reply) => {
    // Numbered here, so that what both machines send is one answer.
    const form = withSubmissionId(typedForm(fieldsOf(request.body)))
    const draft = sealDraft(form, { secret, expiresAt: request.site.closesAt })
    const link = draft && `${publicUrl}/survey/resume?d=${draft}`
    return page(unstored(reply), 'survey/answer/draft-link', { link, form })
  })

  app.get('/survey/resume', onlyInPeriod, (request, reply) => {
    const draft = openDraft(fieldsOf(request.query).get('d'), { secret, now: now() })
    if (!draft.ok) return refusal(reply, draft.reason)
    const isSent = submissions.bySubmissionId(draft.form.submissionId) !== null
    return formPage(unstored(reply), hospitals.all(), draft.form, { origin: isSent ? 'sent-link' : 'link' })
  })
}

function refusal(reply: FastifyReply, reason: DraftRefusedModel['reason']): FastifyReply {
  return page(unstored(reply).code(reason === 'expired' ? 410 : 404), 'survey/answer/draft-refused', {
    reason,
  })
}

/** The address is the answer itself: no machine on the way keeps the page. */
function unstored(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store')
}
