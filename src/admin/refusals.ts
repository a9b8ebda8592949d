import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { Stores } from '../db/stores.ts'
import { FrozenFileProblem } from '../office/rounds/sound-files.ts'
import { NoRoom } from '../office/turns.ts'
import { errorPage } from '../web/errors.ts'
import { adminPage } from './page.ts'
import { officerOrNull } from './session/officer.ts'
import { resendPage, unsentOf } from './session/unsent.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** What those are called who may give others their rights. */
    administrators: () => string[]
  }
}

/** Refusals in the officers' own frame; failures of the program stay with the page that cannot fail. */
export function registerRefusals(app: FastifyInstance, stores: Stores): void {
  app.decorate('administrators', stores.staff.administrators)
  app.setNotFoundHandler((_request, reply) => refusal(reply, 'not-found'))
  app.setErrorHandler((error: FastifyError, { server }, reply) => {
    const status = error.statusCode ?? 500
    if (error instanceof NoRoom)
      return refusal(reply.header('retry-after', String(error.retryAfter)), 'too-many-at-once')
    if (error.code?.startsWith('FST_CSRF_')) return refuseStale(reply, stores)
    if (status >= 400 && status < 500) return errorPage(reply, status)
    if (error instanceof FrozenFileProblem) return frozenFileMissing(reply, error)
    return server.failurePage(error, reply)
  })
}

/** Which file of which round it is says the page: whoever restores it has to know. */
function frozenFileMissing(reply: FastifyReply, error: FrozenFileProblem): FastifyReply {
  reply.log.error({ reason: error.message }, 'a frozen file cannot be read')
  return adminPage(reply.code(500), 'admin/session/refusal', {
    heading: '確定したファイルを読み取れません',
    message: `${error.message}写しも見つかりません。システム管理者に連絡し、バックアップから戻してください。`,
  })
}

export function refusal(reply: FastifyReply, kind: keyof typeof REFUSALS): FastifyReply {
  const { status, heading, message } = REFUSALS[kind]
  const text = typeof message === 'string' ? message : message(whomToAsk(reply))
  return adminPage(reply.code(status), 'admin/session/refusal', { heading, message: text })
}

/** Names are for those who have logged in; whoever has not is told the office, as every visitor of the survey is. */
export function whomToAsk({ request, server }: FastifyReply): string {
  const { systemContact, contactSection, contactPhone } = request.site
  if (!officerOrNull(request)) return systemContact || `${contactSection}（電話：${contactPhone}）`
  const names = server.administrators()
  return names.length === 0 ? '管理者' : `管理者（${names.join('、')}）`
}

/** The token is of an earlier session: what was typed is shown again, with a fresh one. */
function refuseStale(reply: FastifyReply, stores: Stores): FastifyReply {
  const unsent = unsentOf(reply.request)
  return unsent ? resendPage(reply.code(403), stores, unsent) : refusal(reply, 'stale')
}

const REFUSALS = {
  'took-too-long': {
    status: 503,
    heading: '一式を作成できませんでした',
    message: (asked: string) =>
      `時間がかかりすぎたため、作成を中止しました。しばらくしてから、もう一度作成してください。繰り返すときは、${asked}に連絡してください。`,
  },
  'no-right': {
    status: 403,
    heading: 'この操作を行う権限がありません',
    message: (asked: string) => `必要な場合は、${asked}に権限の変更を依頼してください。`,
  },
  'own-proposal': {
    status: 403,
    heading: '自分の起案は決裁できません',
    message:
      '決裁と差戻しは、起案した人とは別の担当者または管理者が行います。起案を直す場合は、起案のページから取り下げてください。',
  },
  'others-proposal': {
    status: 403,
    heading: 'ほかの人の起案は取り下げられません',
    message: '取下げは、起案した人が行います。内容に問題がある場合は、理由を付けて差し戻してください。',
  },
  'not-found': {
    status: 404,
    heading: 'ページが見つかりません',
    message: 'アドレスが正しいか確認してください。上のメニューから目的のページを開くこともできます。',
  },
  'of-rehearsal': {
    status: 422,
    heading: '試験のファイルは取り込めません',
    message:
      '調査の試験で保存したファイルのため、取り込んでいません。前のページに戻り、実際の調査のファイルを選択してください。',
  },
  stale: {
    status: 403,
    heading: 'この操作は行えませんでした',
    message:
      'ページを開いてから時間がたっているか、別の画面でログインし直しています。ページを開き直してから、もう一度お試しください。',
  },
  'too-many-at-once': {
    status: 503,
    heading: 'ログインが集中しています',
    message:
      '同時に受け付けられる数を超えたため、確認していません。少し待ってから、もう一度お試しください。失敗としては数えていません。',
  },
} as const
