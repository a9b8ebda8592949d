import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseReason } from '../../domain/record/reason.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { receiptsAgain, type UndeliveredTo, undeliveredTo } from '../../office/mail/undelivered.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'

interface Line {
  subject: string
  at: string
  why: string
  /** 受付番号; '' where it is about none. */
  number: string
}

interface UndeliveredModel {
  id: number
  recipient: string
  hospitals: string[]
  lines: Line[]
  /** How many there are beyond the lines. */
  more: number
  /** The mails, as the page shows them. */
  shown: string
  /** Where the receipts among them would go today; empty where none can be sent again. */
  receiptsTo: string[]
  note: string
  error: string
  errorSummary: ErrorLine[]
  explanation: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/undelivered/list': {
      rows: { id: number; recipient: string; hospitals: string; mails: number; at: string; why: string }[]
      done: string
      /** Why nothing was stored; '' where something was, or nothing was to be. */
      explanation: string
    }
    'admin/undelivered/mail': UndeliveredModel
  }
}

type Identified = FastifyRequest<{ Params: { mail: string } }>

/** 届かなかったメール: whom nothing reached, and that the hospital was told another way or is mailed again. */
export function undeliveredRoutes(app: FastifyInstance, { stores, now, mail }: AdminOptions): void {
  app.get('/undelivered', forReaders, async (request, reply) =>
    listPage(reply, { done: DONE.get(fieldsOf(request.query).get('done')) ?? '' }),
  )

  app.get('/undelivered/:mail', forReaders, async (request: Identified, reply) => {
    const found = foundBy(request)
    return found ? mailPage(reply, found) : reply.redirect('/admin/undelivered?done=over', 303)
  })

  app.post(
    '/undelivered/:mail/told',
    { config: { role: 'officer', act: '届かなかったメールについての連絡の記録' } },
    async (request: Identified, reply) => {
      const fields = fieldsOf(request.body)
      const [shown, note] = [fields.get('shown'), fields.get('reason')]
      const found = foundBy(request)
      if (!found || (shown !== '' && shown !== idsOf(found))) return changed(reply, found, note)
      const parsed = parseReason(note)
      if (!parsed.ok) return mailPage(reply.code(422), found, { note, error: TOLD_HOW })
      const by = { actor: officerOf(request).login, at: now() }
      const outcome = stores.undelivered.told(
        found.mails.map(({ id }) => id),
        parsed.reason,
        by,
      )
      if (outcome === 'changed') return changed(reply, foundBy(request), note)
      return reply.redirect('/admin/undelivered?done=told', 303)
    },
  )

  app.post(
    '/undelivered/:mail/again',
    { config: { role: 'officer', act: '届かなかった受付のお知らせの再送' } },
    async (request: Identified, reply) => {
      const fields = fieldsOf(request.body)
      const shown = fields.get('shown')
      const found = foundBy(request)
      if (!found || (shown !== '' && shown !== idsOf(found))) return changed(reply, found, '')
      const receipts = receiptsAgain(stores, found, mail)
      if (receipts.length === 0) return mailPage(reply.code(422), found, { explanation: NOTHING_TO_SEND })
      const by = { actor: officerOf(request).login, at: now() }
      const outcome = stores.undelivered.again(
        found.mails.map(({ id }) => id),
        receipts,
        by,
      )
      if (outcome === 'changed') return changed(reply, foundBy(request), '')
      return reply.redirect('/admin/undelivered?done=again', 303)
    },
  )

  function foundBy({ params }: Identified): UndeliveredTo | null {
    return (
      undeliveredTo(stores).find(({ mails }) => mails.some(({ id }) => String(id) === params.mail)) ?? null
    )
  }

  /** A colleague was quicker, or more has come: nothing was stored. */
  function changed(reply: FastifyReply, found: UndeliveredTo | null, note: string): FastifyReply {
    reply.code(409)
    if (found) return mailPage(reply, found, { note, explanation: CHANGED })
    return listPage(reply, { explanation: DONE.get('over')! })
  }

  function listPage(reply: FastifyReply, { done = '', explanation = '' }): FastifyReply {
    const rows = undeliveredTo(stores).map(({ recipient, mails, hospitals }) => ({
      ...{ id: mails[0]!.id, recipient, mails: mails.length },
      hospitals: namesText(hospitals),
      at: dateTimeText(mails[0]!.createdAt),
      why: whysText(mails),
    }))
    return adminPage(reply, 'admin/undelivered/list', { rows, done, explanation })
  }

  function mailPage(
    reply: FastifyReply,
    found: UndeliveredTo,
    { note = '', error = '', explanation = '' } = {},
  ): FastifyReply {
    const { recipient, mails, hospitals } = found
    return adminPage(reply, 'admin/undelivered/mail', {
      ...{ id: mails[0]!.id, recipient, hospitals, note, error, explanation },
      lines: mails.slice(0, MOST_LINES).map(({ subject, createdAt, why, number }) => ({
        ...{ subject, at: dateTimeText(createdAt), number: number ?? '' },
        why: WHY[why],
      })),
      more: Math.max(0, mails.length - MOST_LINES),
      shown: idsOf(found),
      receiptsTo: [...new Set(receiptsAgain(stores, found, mail).map((each) => each.recipient))],
      errorSummary: errorLines({ reason: error }),
    })
  }
}

const MOST_LINES = 50

function idsOf({ mails }: UndeliveredTo): string {
  return mails.map(({ id }) => id).join('-')
}

const WHY = { refused: '届きませんでした', 'too-many': '同じ宛先への受付が続いたため、送っていません' }

function whysText(mails: UndeliveredTo['mails']): string {
  return [...new Set(mails.map(({ why }) => WHY[why]))].join('、')
}

const MOST_NAMES = 3

function namesText(hospitals: string[]): string {
  const more = hospitals.length - MOST_NAMES
  return hospitals.slice(0, MOST_NAMES).join('、') + (more > 0 ? `ほか${more}病院` : '')
}

const DONE = new Map([
  ['told', '病院に別の方法で伝えたことを記録しました。'],
  ['again', '受付のお知らせを、もう一度送ります。届かなかった場合は、再びこの一覧に表示します。'],
  ['over', 'このメールは、ほかの担当者が対応しました。記録は、操作の記録で確認できます。'],
])
const TOLD_HOW = '病院に伝えた方法を、500文字以内で入力してください。'
const CHANGED =
  'この画面を開いた後に、この宛先の届かなかったメールが変わりました。記録していません。次の内容を確認して、もう一度操作してください。'
const NOTHING_TO_SEND = 'もう一度送れる受付のお知らせがありません。病院には、電話などで伝えてください。'
