import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { saidTo } from './error-texts.ts'
import { errorPage, publicStatus, sideOf } from './errors.ts'
import { fieldsOf } from './fields.ts'
import { formOf } from './forms.ts'
import { spokenId } from './request-id.ts'
import { isCrossSite } from './security.ts'
import { HTML, viewText } from './views.ts'
import { isUnsafe } from './writing.ts'

/** What was typed, under the name that the form has for it. */
export interface TypedLine {
  label: string
  text: string
}

interface KeptModel {
  heading: string
  message: string
  /** Else it was a button alone. */
  isTyped: boolean
  side: 'public' | 'admin'
  /** 問合せ番号 */
  id: string
  /** Where it is sent again. */
  url: string
  fields: [name: string, value: string][]
  /** Chosen files and passwords come with no page: they are asked for again. */
  files: string[]
  secrets: { name: string; label: string }[]
  lines: readonly TypedLine[]
}

declare module './views.ts' {
  interface Views {
    'error-kept': KeptModel
  }
}

declare module 'fastify' {
  interface FastifyInstance {
    /** What a failure means where the storage is to blame; null elsewhere. */
    unavailability(error: unknown): Unavailability | null
    /** The one answer to whatever failed for want of something of ours. */
    failurePage(error: unknown, reply: FastifyReply): Promise<FastifyReply>
    /** Of a side: what people read of a form that was sent to it. */
    typedLines?(request: FastifyRequest): readonly TypedLine[]
  }
}

/** Nothing is half done, and it may be tried again. */
interface Unavailability extends Error {
  /** In seconds. */
  retryAfter: number
}

/** @param unavailability tells what an error of the storage means */
export function registerFailures(
  app: FastifyInstance,
  unavailability: (error: unknown) => Unavailability | null,
): void {
  app.decorate('unavailability', unavailability)
  app.decorate('failurePage', async (error: unknown, reply: FastifyReply) => {
    const missing = unavailability(error)
    // What the query builder says may repeat what was to be stored.
    if (missing) reply.log.error({ reason: missing.message }, 'the storage cannot be used')
    else reply.log.error({ err: error }, 'request failed')
    return keptPage(missing ? asUnavailable(reply, missing) : reply.code(publicStatus(error)))
  })
}

/** 503, and when it is worth to try again. Of what the page that failed had said of itself nothing is left. */
export function asUnavailable(reply: FastifyReply, { retryAfter }: { retryAfter: number }): FastifyReply {
  for (const name of ['location', 'content-disposition', 'content-encoding']) reply.removeHeader(name)
  return reply.code(503).header('retry-after', retryAfter).header('cache-control', 'no-store')
}

/** What was sent, all of it, with a button that sends it again; where nothing was, what every failure says. */
async function keptPage(reply: FastifyReply): Promise<FastifyReply> {
  const { request, statusCode: status } = reply
  const mayBeSentAgain = isUnsafe(request) && !isCrossSite(request) && /^\/(?![/\\])/.test(request.url)
  const body = mayBeSentAgain ? await formOf(request).catch(() => null) : null
  if (body === null) return errorPage(reply, status)
  const sent = fieldsOf(body)
  const entries = sent.entries()
  const side = sideOf(request)
  const isSecret = (name: string) => side === 'admin' && Object.hasOwn(SECRETS, name)
  // Of a button alone: 取下げ, 受諾.
  const isTyped = sent.files().length > 0 || entries.some(([name]) => name !== '_csrf')
  const { heading, message } = TEXTS[status === 503 ? 'unavailable' : 'failed']
  try {
    const model = {
      ...{ heading, message: `${isTyped ? TYPED : ''}${saidTo(side, message)}`, isTyped },
      side,
      id: spokenId(request.id),
      url: request.url,
      fields: entries.filter(([name]) => !isSecret(name)),
      files: sent.files(),
      secrets: entries.flatMap(([name]) => (isSecret(name) ? [{ name, label: SECRETS[name]! }] : [])),
      lines: linesOf(request),
    }
    // At once, so that what cannot be made is told here.
    const text = viewText(request.server, 'error-kept', model, request.site)
    return reply.header('cache-control', 'no-store').type(HTML).send(text)
  } catch (error) {
    reply.log.error({ err: error }, 'the page that keeps what was typed failed')
    return errorPage(reply, status)
  }
}

const TYPED =
  '入力した内容は、このページに残っています。このページを閉じると失われますので、閉じずにお待ちください。'

const TEXTS = {
  unavailable: {
    heading: '保存できないため、まだ受け付けていません',
    message:
      '1分ほど待ってから、下のボタンをもう一度押してください。続く場合は、このページの内容を控えて、問合せ先まで御連絡ください。',
  },
  failed: {
    heading: 'システムに問題が発生したため、まだ受け付けていません',
    message:
      'しばらく待ってから、下のボタンをもう一度押してください。続く場合は、このページの内容を控えて、問合せ先まで御連絡ください。',
  },
} as const

/** By the names that the officers' forms have for them. */
const SECRETS: Readonly<Record<string, string>> = {
  current: '現在のパスワード',
  password: 'パスワード',
  passwordAgain: 'パスワード（確認）',
  code: '認証コード、または予備のコード',
}

/** What cannot be read of it for want of the storage is not shown, and sent again all the same. */
function linesOf(request: FastifyRequest): readonly TypedLine[] {
  try {
    return request.server.typedLines?.(request) ?? []
  } catch (error) {
    request.log.warn(
      { code: request.server.unavailability(error)?.message },
      'what was typed cannot be shown',
    )
    return []
  }
}
