import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseReason } from '../../domain/record/reason.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { NOTHING_TYPED, type TypedDecision } from './submission-act.ts'
import { type Done, type SubmissionPageModel, submissionPageModel } from './submission-page.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/submissions/submission': SubmissionPageModel
  }
}

interface Numbered {
  Params: { number: string }
}

/** One answer with all its versions, and the two things that only an officer can settle about it. */
export function submissionRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function show(reply: FastifyReply, number: string, extra: { typed?: TypedDecision; done?: Done } = {}) {
    const model = submissionPageModel(
      stores,
      number,
      shippedGeography(reply.request.site.prefectureCode),
      extra,
    )
    return model ? adminPage(reply, 'admin/submissions/submission', model) : refusal(reply, 'not-found')
  }

  /** Other answers than the page showed, where there is still something to settle. */
  function isChanged({ params, site, body }: FastifyRequest<Numbered>): boolean {
    const model = submissionPageModel(stores, params.number, regionOrder(site.prefectureCode))
    return model?.act ? !stillShows(body, 'shown', model.act.shown) : false
  }

  app.get<Numbered>('/submissions/:number', forReaders, async (request, reply) => {
    const text = DONE.get(fieldsOf(request.query).get('done'))
    return show(reply, request.params.number, text === undefined ? {} : { done: { kind: 'success', text } })
  })

  app.post<Numbered>(
    '/submissions/:number/current',
    { config: { role: 'officer', act: '有効な回答の変更' } },
    async (request, reply) => {
      const { number } = request.params
      const fields = fieldsOf(request.body)
      const parsed = parseReason(fields.get('reason'))
      const typed = { ...NOTHING_TYPED, reason: fields.get('reason') }
      if (isChanged(request)) return show(reply.code(409), number, { typed, done: CHANGED })
      if (!parsed.ok)
        return show(reply.code(422), number, { typed: { ...typed, reasonError: parsed.message } })
      const decision = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
      if (stores.submissions.makeCurrent(number, decision) === 'not-a-duplicate')
        return show(reply.code(409), number, { done: TOO_LATE })
      return reply.redirect(`/admin/submissions/${number}?done=current`, 303)
    },
  )

  app.post<Numbered>(
    '/submissions/:number/link',
    { config: { role: 'officer', act: '病院の確定' } },
    async (request, reply) => {
      const { number } = request.params
      const fields = fieldsOf(request.body)
      const parsed = parseReason(fields.get('reason'))
      const hospital = stores.hospitals.byCode(fields.get('hospitalCode'))
      if (isChanged(request)) {
        const [reason, hospitalCode] = [fields.get('reason'), fields.get('hospitalCode')]
        const typed = { ...NOTHING_TYPED, reason, hospitalCode }
        return show(reply.code(409), number, { typed, done: CHANGED })
      }
      if (!parsed.ok || !hospital) {
        const typed = {
          reason: fields.get('reason'),
          reasonError: parsed.ok ? null : parsed.message,
          hospitalCode: fields.get('hospitalCode'),
          hospitalError: hospital ? null : '回答した病院を一覧から選択してください。',
        }
        return show(reply.code(422), number, { typed })
      }
      const decision = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
      const outcome = stores.submissions.link(number, hospital.key, decision)
      if (outcome === 'not-unlinked') return show(reply.code(409), number, { done: TOO_LATE })
      return reply.redirect(`/admin/submissions/${number}?done=linked-${outcome}`, 303)
    },
  )
}

const TOO_LATE: Done = {
  kind: 'warning',
  text: 'この回答は、既に処理されています。現在の状態は次のとおりです。',
}
const CHANGED: Done = {
  kind: 'warning',
  text: 'まだ登録していません。この画面を開いた後に、この病院の回答が変わりました。次の内容を確認してから、もう一度登録してください。',
}
const DONE = new Map([
  ['current', 'この回答を有効にしました。選定には、この回答を使います。'],
  ['linked-current', '回答した病院を確定しました。この回答は有効です。'],
  [
    'linked-duplicate',
    '回答した病院を確定しました。この病院には既に有効な回答があるため、重複として確認待ちになっています。',
  ],
])
