import type { FastifyInstance } from 'fastify'
import { CONTACT_RESULTS } from '../../domain/survey/contact.ts'
import { INVITATION_STATES } from '../../domain/survey/invitation.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { NonrespondentRow } from '../../office/requests/nonrespondents.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import { chosenColumn } from '../chosen.ts'
import { hospitalLink, tag } from '../list/cell.ts'
import { type Column, type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { type ReminderStanding, reminderStanding } from './standing.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/reminders/list': {
      table: Table
      total: number
      occasion: ReminderStanding['occasion']
      due: number
      /** 7、3、1; '' where nobody is reminded by plan. */
      days: string
      sendsMail: boolean
      withMail: number
      sent: number
      done: { heading: string; text: string } | null
    }
  }
}

/** 督促: who has not answered, the texts to send them, and with a mail server the sending. */
export function reminderListRoutes(app: FastifyInstance, options: AdminOptions): void {
  app.get('/reminders', forOfficers, async (request, reply) => {
    const standing = reminderStanding(request, options)
    const { rows, occasion, due } = standing
    return adminPage(reply, 'admin/reminders/list', {
      table: tableOf(reminderColumns(standing, options), rows, { label: '督促する病院' }),
      total: rows.length,
      occasion,
      due,
      days: request.site.reminderDays.join('、'),
      sendsMail: options.sendsMail,
      withMail: rows.filter(({ hospital }) => hospital.email !== null).length,
      sent: options.stores.reminders.all().length,
      done: doneOf(request.query),
    })
  })
}

function reminderColumns(
  { reminded }: ReminderStanding,
  { stores }: AdminOptions,
): Column<NonrespondentRow>[] {
  const last = new Map(
    stores.reminders
      .all()
      .toReversed()
      .map(({ hospitalCode, createdAt }) => [hospitalCode, createdAt]),
  )
  return [
    chosenColumn(),
    {
      header: '病院',
      cell: ({ hospital }) => hospitalLink(hospital.key, hospital.name),
      look: 'name',
    },
    { header: '医療圏', cell: ({ hospital }) => hospital.region, look: 'keep' },
    { header: 'メールアドレス', cell: ({ hospital }) => hospital.email ?? '（登録なし）', look: 'mail' },
    { header: '回答用リンク', cell: ({ state }) => labelOf(INVITATION_STATES, state), look: 'keep' },
    {
      header: '最後の督促メール',
      cell: ({ hospital }) => {
        const at = last.get(hospital.key)
        if (!at) return ''
        const text = dateTimeText(at)
        return reminded.has(hospital.key) ? [tag('ok', '今回送信'), { kind: 'small', text }] : text
      },
      look: 'by',
    },
    {
      header: '最後の連絡',
      cell: ({ contacts }) => {
        const contact = contacts.at(-1)
        return contact
          ? `${dateTimeText(contact.contactedAt)}\n${labelOf(CONTACT_RESULTS, contact.result)}`
          : ''
      },
      look: 'by',
    },
  ]
}

function doneOf(query: unknown): { heading: string; text: string } | null {
  const { get } = fieldsOf(query)
  const count = (name: string) => Number(/^\d{1,5}$/.exec(get(name))?.[0] ?? 0)
  if (get('done') === 'text') return { heading: '督促の文面を保存しました', text: '' }
  if (get('done') !== 'sent') return null
  const left = [
    [count('already'), '今回の督促を既に送っているため'],
    [count('answered'), '回答が届いたため'],
    [count('without'), 'メールアドレスの登録がないため'],
  ] as const
  const texts = left
    .filter(([number]) => number > 0)
    .map(([number, why]) => `${why}送らなかった病院：${number}病院。`)
  return {
    heading: `${count('sent')}病院への督促メールを、送信の列に加えました`,
    text: `順に送信します。送るまでの間に回答が届いた病院には送りません。${texts.join('')}`,
  }
}
