import type { FastifyInstance, FastifyReply } from 'fastify'
import type { LetterHead } from '../../db/message-texts.ts'
import { parseMessage } from '../../domain/survey/message.ts'
import { dayText } from '../../domain/text/dates.ts'
import type { Template, TemplateErrors } from '../../domain/text/template.ts'
import { lengthProblem, normaliseMultiline, normaliseText, within } from '../../domain/text/text.ts'
import { readDay } from '../../domain/text/typed-dates.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import { type MessageForm, messageForm, shownVersion, typedMessage } from '../message-form.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'

type HeadErrors = Partial<Record<keyof LetterHead, string>>

declare module '../page.ts' {
  interface AdminViews {
    'admin/invitations/text': {
      head: LetterHead & { version: number }
      picker: { type: 'date'; value: string }
      headErrors: HeadErrors
      form: MessageForm
      isStale: boolean
      errorSummary: ErrorLine[]
    }
  }
}

/** 依頼状の文面: what stands above the text, and the text. */
export function letterTextRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const { messageTexts } = stores

  app.get('/invitations/text', forOfficers, async (_request, reply) => textPage(reply))

  const config = { role: 'officer', act: '依頼状の文面の変更' } as const
  app.post('/invitations/text', { config }, async (request, reply) => {
    const [typedText, typedHead] = [typedMessage(request.body), headIn(request.body)]
    const [text, head] = [parseMessage('letter', typedText), parseHead(typedHead)]
    const typed = { text: typedText, head: typedHead }
    if (!text.ok || !head.ok) {
      const errors = text.ok ? {} : text.errors
      return textPage(reply.code(422), { ...typed, errors, headErrors: head.ok ? {} : head.errors })
    }
    const by = { actor: officerOf(request).login, at: now() }
    const shown = {
      text: shownVersion(request.body, 'shownText', messageTexts.current('letter').version),
      head: shownVersion(request.body, 'shownHead', messageTexts.head().version),
    }
    const outcome = messageTexts.writeLetter({ text: text.text, head: head.head }, shown, by)
    if (outcome === 'changed') return textPage(reply.code(409), { ...typed, isStale: true })
    return reply.redirect('/admin/invitations?done=text', 303)
  })

  function textPage(
    reply: FastifyReply,
    {
      text,
      head,
      errors,
      headErrors = {},
      isStale = false,
    }: {
      text?: Template
      head?: LetterHead
      errors?: TemplateErrors
      headErrors?: HeadErrors
      isStale?: boolean
    } = {},
  ): FastifyReply {
    const current = messageTexts.head()
    const day = readDay(head?.datedOn ?? current.datedOn)
    return adminPage(reply, 'admin/invitations/text', {
      head: head
        ? { version: current.version, ...head }
        : { ...current, datedOn: current.datedOn && dayText(current.datedOn) },
      picker: { type: 'date', value: day.ok ? day.day : '' },
      headErrors,
      form: messageForm('letter', messageTexts.current('letter'), { typed: text, errors }),
      isStale,
      errorSummary: errorLines({ ...headErrors, ...errors }),
    })
  }
}

function headIn(body: unknown): LetterHead {
  const { get } = fieldsOf(body)
  return {
    documentNumber: get('documentNumber'),
    datedOn: get('datedOn'),
    sender: get('sender'),
    person: get('person'),
  }
}

const LIMITS = { documentNumber: 40, sender: 200, person: 40 }

function parseHead(typed: LetterHead): { ok: true; head: LetterHead } | { ok: false; errors: HeadErrors } {
  const documentNumber = within(LIMITS.documentNumber, normaliseText)(typed.documentNumber)
  const sender = within(LIMITS.sender, normaliseMultiline)(typed.sender)
  const person = within(LIMITS.person, normaliseText)(typed.person)
  const day = typed.datedOn.trim() === '' ? { ok: true as const, day: '' } : readDay(typed.datedOn)
  const problems: Record<keyof LetterHead, string | null> = {
    documentNumber: lengthProblem('文書番号', documentNumber, LIMITS.documentNumber),
    datedOn: day.ok
      ? null
      : day.problem
        ? `日付：${day.problem}`
        : '日付は、「令和8年12月1日」のように年月日を入力してください。',
    sender: lengthProblem('発信者', sender, LIMITS.sender),
    person:
      person === ''
        ? '宛先の敬称を入力してください。例：院長　様'
        : lengthProblem('宛先の敬称', person, LIMITS.person),
  }
  const errors = Object.fromEntries(Object.entries(problems).filter(([, message]) => message !== null))
  if (!day.ok || Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, head: { documentNumber, datedOn: day.day, sender, person } }
}
