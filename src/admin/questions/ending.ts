import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FurtherQuestion } from '../../domain/answer/further.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { answeredText } from './lines.ts'

interface EndingModel {
  id: string
  label: string
  isEnded: boolean
  answered: string
  /** It counts in the selection's criteria. */
  isScored: boolean
  shown: number
  isStale: boolean
  reason: string
  reasonError: string | null
  errorSummary: ErrorLine[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/questions/ending': EndingModel
  }
}

type Request = FastifyRequest<{ Params: { further: string } }>

/** A question is asked no more. What was answered stays, and it may be asked again. */
export function endingRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const { questions } = stores
  const questionOf = (id: string) => questions.all().find((each) => each.id === id) ?? null

  app.get('/questions/:further/end', forOfficers, async ({ params }: Request, reply) => {
    const question = questionOf(params.further)
    return question ? show(reply, question) : refusal(reply, 'not-found')
  })

  const toEnd = { config: { role: 'officer', act: '質問の終了' } } as const
  app.post('/questions/:further/end', toEnd, async (request: Request, reply) => {
    const { version, questions: all } = questions.current()
    const question = all.find(({ id }) => id === request.params.further)
    if (!question) return refusal(reply, 'not-found')
    const typed = fieldsOf(request.body).get('reason')
    if (question.isEnded) return show(reply.code(409), question, { typed, isStale: true })
    const reason = parseReason(typed)
    if (!reason.ok) return show(reply.code(422), question, { typed, error: reason.message })
    if (!stillShows(request.body, 'shown', String(version)))
      return show(reply.code(409), question, { typed, isStale: true })
    const others = all.filter(({ id }) => id !== question.id)
    const outcome = questions.save([...others, { ...question, isEnded: true }], {
      basedOn: version,
      change: `「${question.label}」を終了`,
      action: 'question.ended',
      subject: question.id,
      detail: { label: question.label, reason: reason.reason },
      actor: officerOf(request).login,
      at: now(),
    })
    if (outcome !== 'saved') return show(reply.code(409), question, { typed, isStale: true })
    return reply.redirect('/admin/questions?done=ended', 303)
  })

  function show(
    reply: FastifyReply,
    { id, label, isEnded }: FurtherQuestion,
    { typed = '', error = null, isStale = false }: EndingState = {},
  ): FastifyReply {
    return adminPage(reply, 'admin/questions/ending', {
      id,
      label,
      isEnded,
      answered: answeredText(questions.answered().get(id) ?? 0),
      isScored: (stores.policies.current().policy.questions ?? []).some((each) => each.id === id),
      shown: questions.current().version,
      isStale,
      reason: typed,
      reasonError: error,
      errorSummary: errorLines({ reason: error }),
    })
  }
}

interface EndingState {
  typed?: string
  error?: string | null
  isStale?: boolean
}
