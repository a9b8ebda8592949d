import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { leaveUncounted } from '../web/counting.ts'
import { errorPage } from '../web/errors.ts'
import { enteringCookie, leavingCookie, tokenIn } from '../web/rehearsal-cookie.ts'
import { isMarked, withoutMark } from '../web/rehearsal-page.ts'
import { isCrossSite, refuseCrossSite } from '../web/security.ts'
import { page } from '../web/views.ts'
import type { Rehearsal } from './rehearsal.ts'
import type { Side } from './running.ts'
import type { Entry } from './walkers.ts'

interface SaidModel {
  heading: string
  message: string
  href: string
  link: string
}

declare module '../web/views.ts' {
  interface Views {
    'rehearsal/said': SaidModel
  }
}

interface DoorOptions {
  rehearsal: Rehearsal
  side: Side
  https: boolean
}

/**
 * In front of everything that the survey answers: who has entered a rehearsal is handed over to the program on its copy.
 * A form tells by its address where it was opened, so that nothing is stored on the other side of the door.
 */
export function registerDoor(app: FastifyInstance, { rehearsal, side, https }: DoorOptions): void {
  app.addHook('onRequest', (request, reply, done) => {
    // As nearly everybody asks: no browser is within that brings nothing with it.
    if (request.headers.cookie === undefined && !isUnsafe(request)) return done()
    const path = pathOf(request)
    if (OUTSIDE.test(path)) return done()
    const token = tokenIn(request.headers.cookie, { https })
    const entry = token === null ? null : rehearsal.entry(token)
    if (entry) return void within(entry, token!, request, reply)
    if (token !== null) reply.header('set-cookie', leavingCookie({ https }))
    const isForm = isUnsafe(request)
    if (isForm && (isMarked(request.url) || token !== null))
      return void said(reply.code(409), 'not-stored', side)
    // Its own page says the same, and what comes next.
    if (token === null || isForm || path === '/admin/rehearsal') return done()
    said(reply.code(410), 'over', side, { href: hereOr(request.url, side) })
  })

  function within(entry: Entry, token: string, request: FastifyRequest, reply: FastifyReply) {
    const path = pathOf(request)
    if (isUnsafe(request) && !isMarked(request.url)) return said(reply.code(409), 'of-survey', side)
    if (NOT_WITHIN.has(path)) return said(reply.code(409), 'not-within', side)
    // Whoever logs out here has done with the survey as well.
    if (path === '/admin/logout' && request.method === 'POST' && entry.isOfficer)
      return signOut(entry, token, request, reply)
    reply.hijack()
    leaveUncounted(request.raw)
    request.raw.url = withoutMark(request.raw.url!)
    rehearsal.serve(side, entry, request.raw, reply.raw)
    return undefined
  }

  function signOut(entry: Entry, token: string, request: FastifyRequest, reply: FastifyReply) {
    if (isCrossSite(request)) return errorPage(reply, 403)
    rehearsal.leave(token)
    entry.walker.signOut()
    return reply.header('set-cookie', leavingCookie({ https })).redirect('/admin/login', 303)
  }

  app.get<{ Params: { token: string } }>('/rehearsal/:token', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const held = tokenIn(request.headers.cookie, { https })
    const isWithin = held !== null && rehearsal.entry(held) !== null
    const token = rehearsal.redeem(request.params.token)
    if (token === null) return said(reply.code(404), 'used-link', side)
    // An officer who tries the link in the same browser stays one.
    if (!isWithin) reply.header('set-cookie', enteringCookie(token, { https }))
    return reply.redirect('/', 303)
  })

  app.post('/rehearsal/leave', { onRequest: refuseCrossSite }, async (request, reply) => {
    const token = tokenIn(request.headers.cookie, { https })
    const entry = token === null ? null : rehearsal.entry(token)
    if (token !== null) rehearsal.leave(token)
    const isOfficers = side === 'admin' || (side === 'both' && entry?.isOfficer)
    return reply
      .header('cache-control', 'no-store')
      .header('set-cookie', leavingCookie({ https }))
      .redirect(isOfficers ? '/admin/rehearsal' : '/', 303)
  })
}

/** The same on both sides of the door. */
const OUTSIDE = /^\/(?:assets\/|rehearsal\/|healthz$|robots\.txt$)/
/** What begins the next survey, or ends this one, must not have been made of a trial. */
const NOT_WITHIN = new Set(['/admin/next-edition.db', '/admin/purge'])

/** As the router reads it: `next%2Dedition.db` and `next-edition.db#x` are next-edition.db. */
function pathOf({ url }: FastifyRequest): string {
  return decodeURIComponent(url.split(/[?#]/)[0]!)
}

function homeOf(side: Side): string {
  return side === 'admin' ? '/admin' : '/'
}

/** An address that two slashes begin would lead to another host. */
function hereOr(url: string, side: Side): string {
  return /^\/(?![/\\])/.test(url) ? url : homeOf(side)
}

function isUnsafe({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
}

const SAID = {
  'not-stored': {
    heading: '試験のページから送信された内容は、保存していません',
    message:
      '調査の試験は終わったか、試験を抜けています。送信された内容は、実際の調査には記録していません。実際の調査に入力する場合は、ページを新しく開いてください。',
  },
  over: {
    heading: '調査の試験は終わりました',
    message:
      'ここからは、実際の調査のページです。試験で入力した内容は残っておらず、実際の調査には記録されていません。',
  },
  'of-survey': {
    heading: '実際の調査のページから送信された内容は、保存していません',
    message:
      'このブラウザーでは調査の試験をしているため、実際の調査で開いたページからは送信できません。試験を抜けてからブラウザーの「戻る」で前のページに戻ると、もう一度送信できます。試験に入力する場合は、ページを新しく開いてください。',
  },
  'not-within': {
    heading: 'この操作は、試験ではできません',
    message:
      '次の調査のファイルの作成と回答の消去は、実際の調査で行います。試験を抜けてから操作してください。',
  },
  'used-link': {
    heading: 'このリンクは使えません',
    message:
      '調査の試験に入るリンクは、1回だけ、10分間使えます。担当者のページの「調査の試験」を開き直し、新しいリンクを使ってください。',
  },
} as const

/** What the door says, in the frame of the hospitals' side without its menu: it is of neither side. */
function said(
  reply: FastifyReply,
  kind: keyof typeof SAID,
  side: Side,
  { href = homeOf(side) }: { href?: string } = {},
): FastifyReply {
  const { heading, message } = SAID[kind]
  const link = kind === 'over' ? '実際の調査のページを開く' : 'ページを新しく開く'
  return page(reply.header('cache-control', 'no-store'), 'rehearsal/said', { heading, message, href, link })
}
