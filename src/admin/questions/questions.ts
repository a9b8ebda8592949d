import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { askedFurther, FURTHER_LIMITS, type FurtherQuestion } from '../../domain/answer/further.ts'
import { hasRoom } from '../../domain/answer/further-change.ts'
import { EXAMPLE_2026 } from '../../domain/answer/further-example.ts'
import { isFurther, questionsWith } from '../../domain/answer/with-further.ts'
import { moved } from '../../domain/notice/notice.ts'
import { unfittedLabels } from '../../domain/selection/edition-questions.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { type AnswerField, answerFieldOf } from '../../web/answer-fields.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { endingRoutes } from './ending.ts'
import { answeredText, kindText } from './lines.ts'
import { questionRoutes } from './question.ts'

interface ListedQuestion {
  id: string
  number: string
  label: string
  kind: string
  required: boolean
  answered: string
  isFirst: boolean
  isLast: boolean
}

interface QuestionsModel {
  version: number
  asked: ListedQuestion[]
  ended: ListedQuestion[]
  /** As the hospitals see them. */
  preview: AnswerField[]
  mayAdd: boolean
  limit: number
  /** Nothing was ever asked: an example may be taken. */
  example: { label: string; kind: string }[]
  /** What the policy does not know of them yet: nothing is confirmed before it is looked through. */
  unfitted: readonly string[]
  saves: { version: number; what: string; who: string; at: string }[]
  done: string
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/questions/questions': QuestionsModel
  }
}

const DONE: ReadonlyMap<string, string> = new Map([
  ['added', '質問を追加しました'],
  ['changed', '質問を変更しました'],
  ['unchanged', '変更はありませんでした'],
  ['moved', '質問の順番を変更しました'],
  ['ended', '質問を終了しました'],
  ['resumed', '質問を再開しました'],
  ['example', '令和8年度の例を追加しました'],
])

type Request = FastifyRequest<{ Params: { further: string } }>

/** What this edition asks beyond every edition's questions: its list, as the hospitals see it, and its changes. */
export function furtherQuestionRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options
  const { questions } = stores
  const show = (reply: FastifyReply, isStale = false) =>
    adminPage(reply, 'admin/questions/questions', {
      ...listOf(options),
      done: DONE.get(fieldsOf(reply.request.query).get('done')) ?? '',
      isStale,
    })

  app.get('/questions', forReaders, async (_request, reply) => show(reply))

  const toMove = { config: { role: 'officer', act: '質問の順番の変更' } } as const
  app.post('/questions/:further/move', toMove, async (request: Request, reply) => {
    const { version, questions: all } = questions.current()
    const by = { up: -1, down: 1 } as const
    const act = fieldsOf(request.body).get('act')
    const question = all.find(({ id, isEnded }) => id === request.params.further && !isEnded)
    if (!question || (act !== 'up' && act !== 'down')) return refusal(reply, 'not-found')
    if (!stillShows(request.body, 'shown', String(version))) return show(reply.code(409), true)
    const [asked, ended] = [all.filter(({ isEnded }) => !isEnded), all.filter(({ isEnded }) => isEnded)]
    const outcome = questions.save([...moved(asked, asked.indexOf(question), by[act]), ...ended], {
      ...actOf(request, version, question),
      change: `「${question.label}」を1つ${act === 'up' ? '前' : '後'}に移動`,
      action: 'question.moved',
      detail: { label: question.label, act },
    })
    return outcome === 'changed-meanwhile'
      ? show(reply.code(409), true)
      : reply.redirect('/admin/questions?done=moved', 303)
  })

  const toResume = { config: { role: 'officer', act: '質問の再開' } } as const
  app.post('/questions/:further/resume', toResume, async (request: Request, reply) => {
    const { version, questions: all } = questions.current()
    const question = all.find(({ id }) => id === request.params.further)
    if (!question) return refusal(reply, 'not-found')
    const mayResume = question.isEnded && hasRoom(all)
    if (!mayResume || !stillShows(request.body, 'shown', String(version))) return show(reply.code(409), true)
    const others = all.filter(({ id }) => id !== question.id)
    const asked = others.filter(({ isEnded }) => !isEnded)
    const after = [...asked, { ...question, isEnded: false }, ...others.filter(({ isEnded }) => isEnded)]
    const outcome = questions.save(after, {
      ...actOf(request, version, question),
      change: `「${question.label}」を再開`,
      action: 'question.resumed',
      detail: { label: question.label },
    })
    return outcome === 'changed-meanwhile'
      ? show(reply.code(409), true)
      : reply.redirect('/admin/questions?done=resumed', 303)
  })

  const toTake = { config: { role: 'officer', act: '令和8年度の例の追加' } } as const
  app.post('/questions/example', toTake, async (request, reply) => {
    const outcome = questions.save(EXAMPLE_2026, {
      basedOn: 0,
      change: '令和8年度の例を追加',
      action: 'question.added',
      subject: EXAMPLE_2026.map(({ id }) => id).join(' '),
      detail: { label: EXAMPLE_2026.map(({ label }) => label).join('」「') },
      actor: officerOf(request).login,
      at: now(),
    })
    return outcome === 'saved'
      ? reply.redirect('/admin/questions?done=example', 303)
      : show(reply.code(409), true)
  })

  questionRoutes(app, options)
  endingRoutes(app, options)

  function actOf(request: FastifyRequest, basedOn: number, { id }: FurtherQuestion) {
    return { basedOn, subject: id, actor: officerOf(request).login, at: now() }
  }
}

function listOf({ stores }: AdminOptions): Omit<QuestionsModel, 'done' | 'isStale'> {
  const { version, questions: all } = stores.questions.current()
  const answered = stores.questions.answered()
  const nameOf = officerNames(stores)
  const asked = askedFurther(all)
  const inForm = questionsWith(asked).filter(isFurther)
  const listed = (question: FurtherQuestion, index: number, { length }: readonly FurtherQuestion[]) => ({
    id: question.id,
    number: question.isEnded ? '' : inForm[index]!.number,
    label: question.label,
    kind: kindText(question),
    required: question.required,
    answered: answeredText(answered.get(question.id) ?? 0),
    isFirst: index === 0,
    isLast: index === length - 1,
  })
  return {
    version,
    asked: all.filter(({ isEnded }) => !isEnded).map(listed),
    ended: all.filter(({ isEnded }) => isEnded).map(listed),
    preview: inForm.map((question) => answerFieldOf(question)),
    mayAdd: hasRoom(all),
    limit: FURTHER_LIMITS.questions,
    unfitted: unfittedLabels(stores.policies.current().policy, all),
    example: all.length > 0 ? [] : EXAMPLE_2026.map((each) => ({ label: each.label, kind: kindText(each) })),
    saves: stores.questions.saves().map((save) => ({
      version: save.version,
      what: save.change,
      who: nameOf(save.author),
      at: dateTimeText(save.createdAt),
    })),
  }
}
