import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Occasion } from '../../domain/survey/reminder.ts'
import { keyState } from '../../office/invitations/links.ts'
import { type LinkChoice, storedBody, textWriter } from '../../office/requests/texts.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import { namesText } from '../chosen.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { chosenIn, linksIn, type ReminderStanding, reminderStanding } from './standing.ts'

interface SendModel {
  occasion: Occasion
  hospitals: { key: string; name: string; email: string; isAlready: boolean }[]
  without: { count: number; names: string }
  waiting: { count: number; names: string }
  already: { count: number; names: string }
  links: LinkChoice
  /** As the first of them will read it. */
  sample: { subject: string; body: string } | null
  batch: string
  /** Why nothing was sent; '' where the page is shown first. */
  problem: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/reminders/send': SendModel
    'admin/reminders/unsendable': { why: 'no-server' | 'no-period' | 'no-key' }
  }
}

/** Reminders by mail, to chosen hospitals, once an occasion: looked at before, and never twice by accident. */
export function sendRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, publicUrl, invitationKey: key } = options

  app.get('/reminders/send', forOfficers, async (request, reply) =>
    sendPage(reply, request.query, reminderStanding(request, options)),
  )

  const config = { role: 'officer', act: '督促メールの送信' } as const
  app.post('/reminders', { config }, async (request, reply) => {
    const { body, site } = request
    const standing = reminderStanding(request, options)
    const { occasion } = standing
    const why = whyNot(request, body)
    if (why || !occasion)
      return adminPage(reply.code(409), 'admin/reminders/unsendable', { why: why ?? 'no-period' })
    const { get, all } = fieldsOf(body)
    const codes = all('hospital')
    if (codes.length === 0) return sendPage(reply.code(422), body, standing, '送る病院を選んでください。')
    const { mailable, without } = chosenIn(body, standing)
    const textOf = textWriter(stores, 'mail', {
      settings: site,
      now: now(),
      key,
      publicUrl,
      links: linksIn(body),
    })
    const mails = mailable.map((row) => {
      const text = textOf(row)
      const mail = { recipient: row.hospital.email!, subject: text.subject, body: storedBody(text) }
      return { hospitalCode: row.hospital.key, invitation: text.invitation, mail }
    })
    const batch = {
      id: batchIn(body) ?? randomUUID(),
      occasion: occasion.id,
      notAfter: site.closesAt!,
      again: get('again') === 'yes',
    }
    const outcome = stores.reminders.send(batch, mails, { actor: officerOf(request).login, at: now() })
    const sent = outcome.sent.length + outcome.same.length
    if (sent === 0) return sendPage(reply.code(409), body, standing, nothingSent(outcome.already.length))
    // Whoever was on the page and is no longer without an answer.
    const answered = codes.length - mailable.length - without.length + outcome.answered.length
    const told = { sent, already: outcome.already.length, answered, without: without.length }
    const counts = Object.entries(told).map(([name, count]) => `${name}=${count}`)
    return reply.redirect(`/admin/reminders?done=sent&${counts.join('&')}`, 303)
  })

  function whyNot({ site }: FastifyRequest, source: unknown): 'no-server' | 'no-period' | 'no-key' | null {
    if (!options.sendsMail) return 'no-server'
    if (site.state !== 'open') return 'no-period'
    const state = keyState(stores, key)
    return linksIn(source) === 'own' && state !== 'ready' && state !== 'none' ? 'no-key' : null
  }

  function sendPage(
    reply: FastifyReply,
    source: unknown,
    standing: ReminderStanding,
    problem = '',
  ): FastifyReply {
    const { request } = reply
    const why = whyNot(request, source)
    if (why || !standing.occasion)
      return adminPage(reply, 'admin/reminders/unsendable', { why: why ?? 'no-period' })
    const { mailable, without, waiting, already } = chosenIn(source, standing)
    const links = linksIn(source)
    const textOf = textWriter(stores, 'mail', { settings: request.site, now: now(), key, publicUrl, links })
    const counted = (rows: typeof mailable) => ({
      count: rows.length,
      names: namesText(rows.map(({ hospital }) => hospital)),
    })
    return adminPage(reply, 'admin/reminders/send', {
      occasion: standing.occasion,
      hospitals: mailable.map(({ hospital: { key, name, email } }) => ({
        key,
        name,
        email: email!,
        isAlready: standing.reminded.has(key),
      })),
      without: counted(without),
      waiting: counted(waiting),
      already: counted(already),
      links,
      sample: mailable[0] ? textOf(mailable[0]) : null,
      batch: batchIn(source) ?? randomUUID(),
      problem,
    })
  }
}

function nothingSent(already: number): string {
  return already > 0
    ? '選んだ病院には、今回の督促を既に送っています。もう一度送る場合は、「既に送った病院にも、もう一度送る」を選んでください。'
    : '選んだ病院からは回答が届いているか、メールアドレスの登録がありません。'
}

/** Of the page: a second click is the same one. */
function batchIn(source: unknown): string | null {
  const batch = fieldsOf(source).get('batch')
  return /^[\da-f-]{36}$/.test(batch) ? batch : null
}
