import type { FastifyInstance } from 'fastify'
import type { ReminderWay } from '../../domain/survey/reminder.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { dateText } from '../../domain/text/dates.ts'
import { phoneText } from '../../domain/text/phone.ts'
import { qrCodeOf } from '../../files/letters/qr-code.ts'
import { invitationRows } from '../../office/invitations/rows.ts'
import { type LinkChoice, textWriter } from '../../office/requests/texts.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import { chosenRows } from '../chosen.ts'
import { contactLines, type Letter } from '../letter.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { linksIn, reminderStanding } from './standing.ts'

interface PreviewText {
  id: string
  hospital: string
  /** To whom it goes, by this way. */
  to: string
  subject: string
  body: string
  hasOwnLink: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/reminders/preview': {
      ways: { label: string; href: string; isCurrent: boolean }[]
      links: { label: string; href: string; isCurrent: boolean }[]
      way: ReminderWay
      texts: PreviewText[]
      /** Of more than fit on a page. */
      total: number
      /** Of the ways that are printed. */
      letters: Letter[]
    }
  }
}

const WAYS: readonly Choice<ReminderWay>[] = [
  { id: 'mail', label: 'メール' },
  { id: 'fax', label: 'FAX' },
  { id: 'phone', label: '電話' },
]
const LINKS: readonly Choice<LinkChoice>[] = [
  { id: 'own', label: '病院ごとのリンクを入れる' },
  { id: 'form', label: '回答フォームのアドレスを入れる' },
]

/** Texts to be read and copied on one page; a letter by fax has no such limit. */
const MOST_TEXTS = 50

/** The texts as each hospital would read them: to be copied into a mail, read on the phone, or printed and faxed. */
export function previewRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, publicUrl, invitationKey: key } = options

  app.get('/reminders/preview', forOfficers, async (request, reply) => {
    const { site, query } = request
    const way = WAYS.find(({ id }) => id === fieldsOf(query).get('way'))?.id ?? 'mail'
    const links = linksIn(query)
    const rows =
      chosenRows(query, invitationRows(stores, site.prefectureCode)) ??
      reminderStanding(request, options).rows
    const textOf = textWriter(stores, way, { settings: site, now: now(), key, publicUrl, links })
    const written = rows.map((row) => ({ row, text: textOf(row) }))
    const address = (changes: { way?: string; links?: string }) =>
      addressOf(fieldsOf(query).all('hospital'), { way, links, ...changes })
    return adminPage(reply, 'admin/reminders/preview', {
      ways: WAYS.map(({ id, label }) => ({ label, href: address({ way: id }), isCurrent: id === way })),
      links: LINKS.map(({ id, label }) => ({ label, href: address({ links: id }), isCurrent: id === links })),
      way,
      texts:
        way === 'fax'
          ? []
          : written.slice(0, MOST_TEXTS).map(({ row, text }, index) => ({
              id: `text-${index + 1}`,
              hospital: row.hospital.name,
              to: way === 'mail' ? (row.hospital.email ?? '（登録なし）') : numberText(row.hospital.phone),
              subject: text.subject,
              body: text.body,
              hasOwnLink: text.invitation !== null,
            })),
      total: rows.length,
      letters:
        way === 'fax'
          ? written.map(
              ({ row, text }, index): Letter => ({
                id: `fax-${index + 1}`,
                documentNumber: '事務連絡',
                date: dateText(now()),
                addressee: {
                  postcode: '',
                  address: `FAX　${numberText(row.hospital.fax)}`,
                  name: row.hospital.name,
                  person: '御担当者　様',
                },
                sender: [site.issuer],
                title: text.subject,
                paragraphs: text.body.split(/\n{2,}/),
                notes: [
                  { label: '回答期限', text: site.deadline || '（未設定）' },
                  {
                    label: '回答の方法',
                    text: 'QRコード、または次のアドレスから回答フォームを開き、入力してください。',
                  },
                ],
                link: { code: qrCodeOf(text.url), caption: '回答フォーム', url: text.url },
                contact: contactLines(site),
              }),
            )
          : [],
    })
  })
}

function addressOf(hospitals: string[], shown: Record<string, string>): string {
  const pairs = [...Object.entries(shown), ...hospitals.map((code) => ['hospital', code])]
  return `/admin/reminders/preview?${new URLSearchParams(pairs)}`
}

function numberText(number: string | null): string {
  return number ? phoneText(number) : '（登録なし）'
}
