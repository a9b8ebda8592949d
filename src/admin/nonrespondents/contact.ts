import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Hospital } from '../../domain/master/hospital.ts'
import {
  CONTACT_FIELDS,
  CONTACT_RESULTS,
  CONTACT_WAYS,
  type ContactErrors,
  parseContact,
  type TypedContact,
} from '../../domain/survey/contact.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { dateText, isoMinuteText } from '../../domain/text/dates.ts'
import { phoneText } from '../../domain/text/phone.ts'
import { readInstant } from '../../domain/text/typed-dates.ts'
import { contactLog, type LoggedContact } from '../../office/requests/contact-log.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/nonrespondents/contact': {
      code: string
      name: string
      /** What to call by. */
      reachedBy: { label: string; text: string }[]
      /** Answered meanwhile. */
      answer: string
      contacts: LoggedContact[]
      typed: TypedContact
      entry: string
      picker: { type: 'date'; value: string }
      ways: readonly Choice<string>[]
      results: readonly Choice<string>[]
      errors: ContactErrors
      errorSummary: ErrorLine[]
    }
  }
}

interface Coded {
  Params: { code: string }
}

/** 連絡の記録 of one hospital: what was written on the call sheet is entered here. */
export function contactRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  app.get<Coded>('/nonrespondents/:code', forOfficers, async (request, reply) => {
    const hospital = stores.hospitals.byCode(request.params.code)
    return hospital ? contactPage(reply, hospital, {}) : refusal(reply, 'not-found')
  })

  const config = { role: 'officer', act: '連絡の記録' } as const
  app.post<Coded>('/nonrespondents/:code', { config }, async (request, reply) => {
    const hospital = stores.hospitals.byCode(request.params.code)
    if (!hospital) return refusal(reply, 'not-found')
    const typed = typedContact(request)
    const parsed = parseContact(typed, now())
    if (!parsed.ok) return contactPage(reply.code(422), hospital, { typed, errors: parsed.errors })
    const by = { actor: officerOf(request).login, at: now() }
    stores.contacts.add(hospital.key, entryIn(request) ?? randomUUID(), parsed.contact, by)
    return reply.redirect('/admin/nonrespondents?done=recorded', 303)
  })

  function contactPage(
    reply: FastifyReply,
    hospital: Hospital,
    { typed = blank(reply.request), errors = {} }: { typed?: TypedContact; errors?: ContactErrors },
  ): FastifyReply {
    const when = readInstant(typed.contactedAt, 'start')
    return adminPage(reply, 'admin/nonrespondents/contact', {
      code: hospital.key,
      name: hospital.name,
      reachedBy: reachedBy(hospital),
      answer: stores.submissions.currentOf(hospital.key)?.number ?? '',
      contacts: contactLog(stores.contacts.ofHospital(hospital.key)),
      typed,
      entry: entryIn(reply.request) ?? randomUUID(),
      picker: { type: 'date', value: when.ok ? isoMinuteText(when.instant).slice(0, 10) : '' },
      ways: CONTACT_WAYS,
      results: CONTACT_RESULTS,
      errors,
      errorSummary: errorLines(errors),
    })
  }

  /** A call by whoever sits here, just now. */
  function blank(request: FastifyRequest): TypedContact {
    const [, hour, minute] = /(\d\d):(\d\d)$/.exec(isoMinuteText(now()))!
    const day = dateText(now()).replace(/（.）$/, '')
    return {
      way: 'phone',
      contactedAt: `${day}${Number(hour)}時${minute}分`,
      caller: officerOf(request).name,
      reached: '',
      result: '',
      note: '',
    }
  }
}

function typedContact({ body }: FastifyRequest): TypedContact {
  const { get } = fieldsOf(body)
  return Object.fromEntries(CONTACT_FIELDS.map((field) => [field, get(field)])) as TypedContact
}

/** The number of the form: a second click is no second call. */
function entryIn({ body }: FastifyRequest): string | null {
  const entry = fieldsOf(body).get('entry')
  return /^[\da-f-]{36}$/.test(entry) ? entry : null
}

function reachedBy({ phone, fax, email }: Hospital): { label: string; text: string }[] {
  const lines = [
    { label: '電話番号', text: phone && phoneText(phone) },
    { label: 'FAX番号', text: fax && phoneText(fax) },
    { label: 'メールアドレス', text: email },
  ]
  return lines.map(({ label, text }) => ({ label, text: text ?? '（登録なし）' }))
}
