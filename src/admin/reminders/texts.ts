import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fillMessage, MESSAGE_KINDS, parseMessage } from '../../domain/survey/message.ts'
import type { ReminderWay } from '../../domain/survey/reminder.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { Template, TemplateErrors } from '../../domain/text/template.ts'
import { placeholderValues } from '../../office/requests/messages.ts'
import { forOfficers } from '../access.ts'
import { type MessageForm, messageForm, shownVersion, typedMessage } from '../message-form.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/reminders/text': {
      way: ReminderWay
      label: string
      form: MessageForm
      /** As a hospital would read what is stored. */
      sample: Template & { hospital: string }
      isStale: boolean
      errorSummary: ErrorLine[]
    }
  }
}

/** 督促の文面: one for mail, one for fax, and what is said on the phone. */
export function reminderTextRoutes(app: FastifyInstance, { stores, now, publicUrl }: AdminOptions): void {
  for (const way of ['mail', 'fax', 'phone'] as const) {
    const url = `/reminders/texts/${way}`
    app.get(url, forOfficers, async (_request, reply) => textPage(reply, way))

    const config = { role: 'officer', act: `${labelOf(MESSAGE_KINDS, way)}の文面の変更` } as const
    app.post(url, { config }, async (request, reply) => {
      const typed = typedMessage(request.body)
      const parsed = parseMessage(way, typed)
      if (!parsed.ok) return textPage(reply.code(422), way, { typed, errors: parsed.errors })
      const shown = shownVersion(request.body, 'shownText', stores.messageTexts.current(way).version)
      const by = { actor: officerOf(request).login, at: now() }
      if (stores.messageTexts.write(way, parsed.text, shown, by) === 'changed')
        return textPage(reply.code(409), way, { typed, isStale: true })
      return reply.redirect('/admin/reminders?done=text', 303)
    })
  }

  function textPage(
    reply: FastifyReply,
    way: ReminderWay,
    { typed, errors, isStale = false }: { typed?: Template; errors?: TemplateErrors; isStale?: boolean } = {},
  ): FastifyReply {
    const current = stores.messageTexts.current(way)
    return adminPage(reply, 'admin/reminders/text', {
      way,
      label: labelOf(MESSAGE_KINDS, way),
      form: messageForm(way, current, { typed, errors }),
      sample: sampleOf(reply.request, current),
      isStale,
      errorSummary: errorLines({ ...errors }),
    })
  }

  function sampleOf({ site }: FastifyRequest, text: Template): Template & { hospital: string } {
    const hospital = stores.hospitals.operating()[0] ?? { name: '○○病院' }
    const link = { kind: 'own', url: `${publicUrl}/i/…` } as const
    const values = placeholderValues({ settings: site, now: now(), hospital, link })
    return { ...fillMessage(text, values), hospital: hospital.name }
  }
}
