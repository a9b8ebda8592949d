import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  BESIDE_CHOICES,
  BESIDE_IDS,
  type BesideId,
  NOTICE_LIMITS,
  type Notice,
  type NoticeQuestion,
  questionGroups,
} from '../../domain/notice/notice.ts'
import { PLACEHOLDERS } from '../../domain/notice/placeholders.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { normaliseDigits, normaliseMultiline, normaliseText, within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type QuestionShown, questionShown } from '../../web/notice-page.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { stillShows } from '../shown.ts'
import { saveNotice, standingOf } from './saving.ts'
import { textError } from './text-errors.ts'

interface QuestionModel {
  /** Its stored number; null of a new one. */
  stored: number | null
  typed: TypedQuestion
  errors: QuestionErrors
  errorSummary: ErrorLine[]
  preview: QuestionShown | null
  /** The headings that there are. */
  groups: string[]
  beside: readonly Choice<string>[]
  shown: string
  meanwhile: string | null
  placeholders: readonly { name: string; now: string }[]
}

type TypedQuestion = Record<'number' | 'group' | 'question' | 'answer' | 'beside', string>
type QuestionErrors = Partial<Record<keyof TypedQuestion, string | null>>

declare module '../page.ts' {
  interface AdminViews {
    'admin/notice/question': QuestionModel
  }
}

type QuestionRequest = FastifyRequest<{ Params: { question: string } }>

/** One of the questions and answers, written and looked at before it is saved. */
export function questionRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const notice = () => stores.notice.current().notice
  const questionOf = (number: string) => notice().questions.find((each) => String(each.number) === number)

  app.get('/notice/questions/new', forOfficers, async (_request, reply) => {
    const next = notice().questions.reduce((most, { number }) => Math.max(most, number), 0) + 1
    const number = next <= NOTICE_LIMITS.questions ? String(next) : ''
    return questionPage(reply, null, { number, group: '', question: '', answer: '', beside: '' })
  })

  app.get('/notice/questions/:question', forOfficers, async (request: QuestionRequest, reply) => {
    const question = questionOf(request.params.question)
    return question ? questionPage(reply, question, asTyped(question)) : refusal(reply, 'not-found')
  })

  const config = { role: 'officer', act: '事業のQ&Aの変更' } as const
  app.post('/notice/questions/new', { config }, async (request, reply) => {
    const typed = typedQuestion(request.body)
    const refused = answered(reply, null, typed, notice())
    if (refused) return refused
    saveNotice({ stores, now }, request, `Q${typed.number}を追加`, (before) => ({
      ...before,
      questions: [...before.questions, { ...asQuestion(typed), isWithdrawn: false }],
    }))
    return reply.redirect('/admin/notice?done=question-added#qa', 303)
  })

  app.post('/notice/questions/:question', { config }, async (request: QuestionRequest, reply) => {
    const stored = questionOf(request.params.question)
    if (!stored) return refusal(reply, 'not-found')
    const typed = typedQuestion(request.body)
    const refused = answered(reply, stored, typed, notice())
    if (refused) return refused
    if (!stillShows(request.body, 'shown', standingOf(stored)))
      return questionPage(reply.code(409), stored, typed, { meanwhile: stored.answer })
    saveNotice({ stores, now }, request, `Q${stored.number}を変更`, (before) => ({
      ...before,
      questions: before.questions.map((each) =>
        each.number === stored.number ? { ...each, ...asQuestion(typed) } : each,
      ),
    }))
    return reply.redirect('/admin/notice?done=question-changed#qa', 303)
  })
}

/** The form again, where something is wrong or only a look was asked for; null where it can be saved. */
function answered(
  reply: FastifyReply,
  stored: NoticeQuestion | null,
  typed: TypedQuestion,
  notice: Notice,
): FastifyReply | null {
  const others = notice.questions.filter((each) => each.number !== stored?.number)
  const errors = questionErrors(typed, others)
  if (errorLines({ ...errors }).length > 0) return questionPage(reply.code(422), stored, typed, { errors })
  const isLook = fieldsOf(reply.request.body).get('preview') === 'yes'
  return isLook ? questionPage(reply, stored, typed, { isLook }) : null
}

function questionErrors(typed: TypedQuestion, others: readonly NoticeQuestion[]): QuestionErrors {
  const isNumber = /^[1-9]\d?$/.test(typed.number)
  const isTaken = isNumber && others.some(({ number }) => number === Number(typed.number))
  return {
    number: isTaken
      ? `番号${typed.number}は、ほかの質問で使っています（掲載を取りやめたものを含みます）。別の番号を入力してください。`
      : isNumber
        ? null
        : '番号は、1から99までの整数で入力してください。',
    group: textError('分類の見出し', typed.group, NOTICE_LIMITS.group),
    question: textError('質問', typed.question, NOTICE_LIMITS.question),
    answer: textError('回答', typed.answer, NOTICE_LIMITS.answer),
    beside: typed.beside === '' || besideOf(typed.beside) ? null : '表示する問を、選択肢から選んでください。',
  }
}

function besideOf(text: string): BesideId | null {
  return BESIDE_IDS.find((id) => id === text) ?? null
}

function typedQuestion(body: unknown): TypedQuestion {
  const fields = fieldsOf(body)
  const text = (name: string, limit: number, rule: (text: string) => string) =>
    within(limit, rule)(fields.get(name))
  return {
    number: text('number', 2, (typed) => normaliseDigits(normaliseText(typed)).replace(/^[QqＱｑ]/, '')),
    group: text('group', NOTICE_LIMITS.group, normaliseText),
    question: text('question', NOTICE_LIMITS.question, normaliseText),
    answer: text('answer', NOTICE_LIMITS.answer, normaliseMultiline),
    beside: fields.get('beside'),
  }
}

function asQuestion({ number, group, question, answer, beside }: TypedQuestion) {
  return { number: Number(number), group, question, answer, beside: besideOf(beside) }
}

function asTyped({ number, group, question, answer, beside }: NoticeQuestion): TypedQuestion {
  return { number: String(number), group, question, answer, beside: beside ?? '' }
}

interface QuestionState {
  errors?: QuestionErrors
  isLook?: boolean
  meanwhile?: string
}

function questionPage(
  reply: FastifyReply,
  stored: NoticeQuestion | null,
  typed: TypedQuestion,
  { errors = {}, isLook = false, meanwhile }: QuestionState = {},
): FastifyReply {
  const { site } = reply.request
  return adminPage(reply, 'admin/notice/question', {
    stored: stored?.number ?? null,
    typed,
    errors,
    errorSummary: errorLines({ ...errors }),
    preview: isLook ? questionShown({ ...asQuestion(typed), isWithdrawn: false }, site) : null,
    groups: questionGroups(site.notice).map(({ heading }) => heading),
    beside: [{ id: '', label: '表示しない（Q&Aのページだけに掲載する）' }, ...BESIDE_CHOICES],
    shown: standingOf(stored),
    meanwhile: meanwhile ?? null,
    placeholders: PLACEHOLDERS.map(({ name, read }) => ({ name, now: read(site) })),
  })
}
