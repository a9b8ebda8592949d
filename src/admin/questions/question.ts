import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { FURTHER_LIMITS, type FurtherKind, type FurtherQuestion } from '../../domain/answer/further.ts'
import { hasRoom } from '../../domain/answer/further-change.ts'
import { ofFurther } from '../../domain/answer/with-further.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { type AnswerField, answerFieldOf } from '../../web/answer-fields.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { questionLines } from './lines.ts'
import {
  asQuestion,
  asTyped,
  blankQuestion,
  endedField,
  optionField,
  type QuestionErrors,
  questionErrors,
  type TypedQuestion,
  typedQuestion,
} from './typed-question.ts'

interface QuestionModel {
  /** Null of a new one. */
  stored: Pick<FurtherQuestion, 'id' | 'label'> | null
  action: string
  /** What was answered stays as it is: only texts, options and an end are left to change. */
  isAnswered: boolean
  typed: TypedQuestion
  options: { field: string; label: string; endedField: string; isEnded: boolean; error: string | null }[]
  kinds: readonly Choice<FurtherKind>[]
  limits: typeof FURTHER_LIMITS
  errors: QuestionErrors
  errorSummary: ErrorLine[]
  /** As the hospitals would see it; null where nobody has asked to look. */
  preview: AnswerField | null
  /** The version of the list that the page shows. */
  shown: number
  /** What the question is now, where somebody else has changed the list meanwhile. */
  meanwhile: ReturnType<typeof questionLines> | null
  /** No more questions may be asked. */
  isFull: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/questions/question': QuestionModel
  }
}

type Request = FastifyRequest<{ Params: { further: string } }>

const KIND_CHOICES: readonly Choice<FurtherKind>[] = [
  { id: 'choice', label: '選択肢から1つ選ぶ' },
  { id: 'number', label: '数字（0以上の整数）' },
  { id: 'text', label: `文章（1行、${FURTHER_LIMITS.text}文字まで）` },
]

/** A further question, written and looked at before it is kept. */
export function questionRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const { questions } = stores

  app.get('/questions/new', forOfficers, async (_request, reply) => show(reply, null, blankQuestion()))

  app.get('/questions/:further/edit', forOfficers, async ({ params }: Request, reply) => {
    const stored = byId(params.further)
    return stored ? show(reply, stored, asTyped(stored)) : refusal(reply, 'not-found')
  })

  const toAdd = { config: { role: 'officer', act: '質問の追加' } } as const
  app.post('/questions', toAdd, async (request, reply) => save(request, reply, null))

  const toChange = { config: { role: 'officer', act: '質問の変更' } } as const
  app.post('/questions/:further/edit', toChange, async (request: Request, reply) => {
    const stored = byId(request.params.further)
    return stored ? save(request, reply, stored) : refusal(reply, 'not-found')
  })

  function byId(id: string): FurtherQuestion | null {
    return questions.all().find((each) => each.id === id) ?? null
  }

  function save(request: FastifyRequest, reply: FastifyReply, stored: FurtherQuestion | null): FastifyReply {
    const { version, questions: all } = questions.current()
    const typed = typedQuestion(request.body, stored)
    const optionIds = stored ? questions.optionIds(stored.id) : []
    const question = asQuestion(typed, { questions: all, stored, optionIds })
    const refused = unsaved(request, reply, { stored, typed, question, optionIds })
    if (refused) return refused
    const after = stored ? all.map((each) => (each.id === stored.id ? question : each)) : [...all, question]
    const outcome = questions.save(after, {
      basedOn: version,
      ...changeOf(stored, question),
      actor: officerOf(request).login,
      at: now(),
    })
    if (outcome === 'changed-meanwhile' || outcome === 'answered')
      return show(reply.code(409), stored, typed, { isMeanwhile: true })
    const done = stored ? 'changed' : 'added'
    return reply.redirect(`/admin/questions?done=${outcome === 'unchanged' ? outcome : done}`, 303)
  }

  /** The form again, where something is wrong or only a look was asked for; null where it can be saved. */
  function unsaved(
    { body }: FastifyRequest,
    reply: FastifyReply,
    { stored, typed, question, optionIds }: Written,
  ): FastifyReply | null {
    const { version, questions: all } = questions.current()
    const isAnswered = stored !== null && questions.answered().has(stored.id)
    const errors = questionErrors(typed, { questions: all, stored, optionIds, isAnswered })
    if (errorLines(errors).length > 0) return show(reply.code(422), stored, typed, { errors })
    if (fieldsOf(body).get('preview') === 'yes') return show(reply, stored, typed, { preview: question })
    if (!stillShows(body, 'shown', String(version)))
      return show(reply.code(409), stored, typed, { isMeanwhile: true })
    return stored === null && !hasRoom(all) ? show(reply.code(422), stored, typed) : null
  }

  function show(
    reply: FastifyReply,
    stored: FurtherQuestion | null,
    typed: TypedQuestion,
    { errors = {}, preview, isMeanwhile = false }: QuestionState = {},
  ): FastifyReply {
    const { version, questions: all } = questions.current()
    return adminPage(reply, 'admin/questions/question', {
      stored: stored && { id: stored.id, label: stored.label },
      action: stored ? `/admin/questions/${stored.id}/edit` : '/admin/questions',
      isAnswered: stored !== null && questions.answered().has(stored.id),
      typed,
      options: typed.options.map(({ id, label, isEnded }) => ({
        field: optionField(id),
        endedField: endedField(id),
        ...{ label, isEnded, error: errors[optionField(id)] ?? null },
      })),
      kinds: KIND_CHOICES,
      limits: FURTHER_LIMITS,
      errors,
      errorSummary: errorLines(errors),
      preview: preview ? answerFieldOf(ofFurther(withoutEnded(preview))) : null,
      shown: version,
      meanwhile: isMeanwhile ? questionLines(stored ? [stored] : all) : null,
      isFull: stored === null && !hasRoom(all),
    })
  }
}

/** What was typed, and what would be kept of it. */
interface Written {
  stored: FurtherQuestion | null
  typed: TypedQuestion
  question: FurtherQuestion
  optionIds: readonly string[]
}

/** What the change is, for its history and the record. */
function changeOf(stored: FurtherQuestion | null, question: FurtherQuestion) {
  const { id: subject, label } = question
  const after = plain(question)
  return stored
    ? {
        change: `「${label}」を変更`,
        action: 'question.changed' as const,
        subject,
        detail: { label, before: plain(stored), after },
      }
    : { change: `「${label}」を追加`, action: 'question.added' as const, subject, detail: { label, after } }
}

interface QuestionState {
  errors?: QuestionErrors
  preview?: FurtherQuestion
  isMeanwhile?: boolean
}

function withoutEnded(question: FurtherQuestion): FurtherQuestion {
  return { ...question, options: question.options.filter(({ isEnded }) => !isEnded) }
}

/** For the record. */
function plain({ options, ...question }: FurtherQuestion) {
  return { ...question, options: options.map((each) => ({ ...each })) }
}
