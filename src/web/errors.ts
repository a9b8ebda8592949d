import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { page } from './views.ts'

/** The one place where a failure becomes a page. No page ever shows an error's own message. */
export function registerErrorPages(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => errorPage(reply, 404))
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = publicStatus(error)
    if (status >= 500) request.log.error({ err: error }, 'request failed')
    else request.log.info({ code: error.code, status }, 'request refused')
    return errorPage(reply, status)
  })
}

export function errorPage(reply: FastifyReply, status: number): FastifyReply {
  const [heading, message] = TEXTS[status] ?? TEXTS[status < 500 ? 400 : 500]!
  reply.code(status).header('cache-control', 'no-store')
  try {
    return page(reply, 'error', { heading, message, status, side: sideOf(reply.request) })
  } catch (error) {
    reply.log.error({ err: error }, 'the error page failed')
    return reply.type('text/html; charset=utf-8').send(LAST_RESORT)
  }
}

/** An officer who failed stays among the officers' pages: the public ones may be on another address. */
function sideOf({ url }: FastifyRequest): 'public' | 'admin' {
  return /^\/admin(?:[/?]|$)/.test(url) ? 'admin' : 'public'
}

function publicStatus(error: FastifyError): number {
  const status = error.statusCode ?? 500
  return status >= 400 && status < 600 ? status : 500
}

const TEXTS: Record<number, readonly [heading: string, message: string]> = {
  400: ['送信された内容を読み取れませんでした', '前のページに戻り、もう一度お試しください。'],
  403: ['この操作は行えません', 'ページを開き直してから、もう一度お試しください。'],
  404: ['ページが見つかりません', 'アドレスが正しいか確認してください。'],
  405: ['この操作は行えません', '前のページに戻り、もう一度お試しください。'],
  413: [
    '送信された内容が大きすぎます',
    '送信できる量を超えているため、受け付けていません。ブラウザーの「戻る」で前のページに戻り、備考を1,000文字以内にしてから、もう一度お試しください。',
  ],
  415: [
    '送信の形式が正しくありません',
    '送信された内容の形式や文字コードを読み取れないため、受け付けていません。このシステムのページを開き直し、その画面から送信してください。',
  ],
  429: [
    '短い時間に操作が集中しています',
    '恐れ入りますが、しばらく待ってから、もう一度お試しください。入力した内容は、ブラウザーの「戻る」で確認できます。',
  ],
  500: [
    'システムに問題が発生しました',
    '操作は完了していません。しばらく待ってから、もう一度お試しください。続く場合は、連絡先までお知らせください。',
  ],
  503: ['ただいま利用できません', 'しばらく待ってから、もう一度お試しください。'],
}

const LAST_RESORT =
  '<!doctype html><html lang="ja"><meta charset="utf-8"><title>エラー</title><h1>システムに問題が発生しました</h1><p>しばらく待ってから、もう一度お試しください。</p>'
