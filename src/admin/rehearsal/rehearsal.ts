import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { closedNow, type RehearsalEnd } from '../../domain/survey/rehearsal.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { enteringCookie } from '../../web/rehearsal-cookie.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf, ownSession } from '../session/officer.ts'
import { type MailShown, mailsShown } from './mails.ts'

interface RehearsalModel {
  /** Whether one may be started: before the opening alone. */
  isInTime: boolean
  /** The one that is going on. */
  running: { startedBy: string; startedAt: Date } | null
  /** Opens the hospitals' side of it in another browser; '' where none is going on. */
  link: string
  /** How the last one ended; null where there was none. */
  lastEnd: { why: RehearsalEnd; at: Date } | null
  /** What has just been done. */
  done: string
  /** Why it was not. */
  problem: string
}

interface WithinModel {
  startedBy: string
  startedAt: Date
  /** Whether a mail server is set: only then a mail would go out. */
  sendsMail: boolean
  mails: MailShown[]
  done: string
  problem: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rehearsal/rehearsal': RehearsalModel
    'admin/rehearsal/within': WithinModel
  }
}

const PATH = '/admin/rehearsal'

/** 調査の試験: started, entered and ended on the survey's own page, closed and ended within. */
export function rehearsalRoutes(app: FastifyInstance, options: AdminOptions): void {
  if (options.rehearsal === null) return
  if (options.isRehearsal) withinRoutes(app, options, options.rehearsal)
  else outsideRoutes(app, options, options.rehearsal)
}

type Rehearsal = NonNullable<AdminOptions['rehearsal']>

interface Said {
  done?: string
  problem?: string
}

function outsideRoutes(app: FastifyInstance, options: AdminOptions, rehearsal: Rehearsal): void {
  const { stores, now, https, publicUrl } = options

  app.get('/rehearsal', forOfficers, async (request, reply) =>
    outsidePage(reply, options, rehearsal, { done: DONE.get(fieldsOf(request.query).get('done')) ?? '' }),
  )

  endingRoute(app, options, rehearsal, (reply, said) => outsidePage(reply, options, rehearsal, said))

  app.post('/rehearsal/start', acting('調査の試験の開始'), async (request, reply) => {
    const outcome = await rehearsal.start({ actor: officerOf(request).login, at: now() })
    if (outcome === 'started') return reply.redirect(`${PATH}?done=started`, 303)
    const status = outcome === 'failed' ? 503 : 409
    return outsidePage(reply.code(status), options, rehearsal, { problem: NOT_STARTED[outcome] })
  })

  app.post('/rehearsal/enter', acting('調査の試験への参加'), async (request, reply) => {
    const token = rehearsal.enter(walkerOf(request))
    if (token === null) return outsidePage(reply.code(409), options, rehearsal, { problem: NOT_RUNNING })
    const place = fieldsOf(request.body).get('place') === 'survey' ? '/' : '/admin'
    return reply.header('set-cookie', enteringCookie(token, { https })).redirect(place, 303)
  })

  function walkerOf(request: FastifyRequest) {
    const { login } = officerOf(request)
    const { ip } = request
    const session = ownSession(request, stores, now)
    return {
      login,
      isStillIn: session.isStillIn,
      signOut(): void {
        stores.audit.append({
          at: now(),
          actor: login,
          action: 'logout',
          subject: login,
          detail: { address: ip },
        })
        session.end()
      },
    }
  }

  function outsidePage(
    reply: FastifyReply,
    { stores }: AdminOptions,
    { isInTime, begun, link, lastEnd }: Rehearsal,
    { done = '', problem = '' }: Said,
  ): FastifyReply {
    const { request } = reply
    const running = begun()
    const token = running && link(walkerOf(request))
    return adminPage(reply, 'admin/rehearsal/rehearsal', {
      isInTime: isInTime(),
      running: running && startOf(stores, running),
      link: token === null ? '' : `${publicUrl}/rehearsal/${token}`,
      lastEnd: lastEnd(),
      done,
      problem,
    })
  }
}

function withinRoutes(app: FastifyInstance, options: AdminOptions, rehearsal: Rehearsal): void {
  const { stores, now, sendsMail } = options
  endingRoute(app, options, rehearsal, withinPage)

  function withinPage(reply: FastifyReply, { done = '', problem = '' }: Said): FastifyReply {
    const started = rehearsal.begun()
    if (!started) throw new Error('the rehearsal is over')
    return adminPage(reply, 'admin/rehearsal/within', {
      ...startOf(stores, started),
      sendsMail,
      mails: mailsShown(options, started.at),
      done,
      problem,
    })
  }

  app.get('/rehearsal', forOfficers, async (request, reply) =>
    withinPage(reply, { done: DONE.get(fieldsOf(request.query).get('done')) ?? '' }),
  )

  app.post('/rehearsal/close', acting('試験の受付の締切り'), async (request, reply) => {
    if (request.site.state !== 'open') return withinPage(reply.code(409), { problem: CLOSED_ALREADY })
    const by = { actor: officerOf(request).login, at: now() }
    const refusals = stores.settings.change(closedNow(by.at), by)
    const problem = refusals.map(({ message }) => message).join('')
    if (problem !== '') return withinPage(reply.code(409), { problem })
    return reply.redirect(`${PATH}?done=closed`, 303)
  })
}

/** @param refuse the page, with why it was not ended */
function endingRoute(
  app: FastifyInstance,
  { now }: AdminOptions,
  rehearsal: Rehearsal,
  refuse: (reply: FastifyReply, said: Said) => FastifyReply,
): void {
  app.post('/rehearsal/end', acting('調査の試験の終了'), async (request, reply) => {
    const shown = new Date(Number(fieldsOf(request.body).get('shownStart')))
    const outcome = rehearsal.end({ actor: officerOf(request).login, at: now() }, shown)
    if (outcome === 'another') return refuse(reply.code(409), { problem: ANOTHER })
    return reply.redirect(`${PATH}?done=${outcome}`, 303)
  })
}

function acting(act: string) {
  return { config: { role: 'officer', act } } as const
}

function startOf(
  stores: AdminOptions['stores'],
  { actor, at }: { actor: string; at: Date },
): { startedBy: string; startedAt: Date } {
  return { startedBy: officerNames(stores)(actor), startedAt: at }
}

const DONE = new Map([
  ['started', '試験を始めました。次に、試験に入ってください。'],
  ['closed', '試験の受付を締め切りました。次に、抽選を行い、選定案を確認してください。'],
  ['ended', '試験を終わりました。試験で入力した内容は、すべて消えています。'],
  ['not-running', '試験は、既に終わっています。試験で入力した内容は、すべて消えています。'],
])

const NOT_STARTED = {
  'already-running': 'ほかの担当者が先に試験を始めています。下の「試験に入る」から、一緒に試験ができます。',
  'too-late': '回答の受付が始まっているか、既に病院からの回答があるため、試験は始められません。',
  failed:
    '調査の写しを作成できなかったため、試験を始められませんでした。実際の調査には影響ありません。サーバーのメモリの空きを確認し、もう一度お試しください。',
}

const NOT_RUNNING = '試験は、既に終わっています。もう一度行う場合は、試験を始めてください。'
const ANOTHER =
  'このページを開いた後に、ほかの担当者が試験を終わり、新しい試験を始めています。新しい試験は終わっていません。'
const CLOSED_ALREADY = '試験の受付は、既に締め切っています。'
