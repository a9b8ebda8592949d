import type { OutgoingMail } from '../../db/outbox.ts'
import type { Stores } from '../../db/stores.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import type { Settings } from '../../domain/survey/settings.ts'
import { isOneAddress } from '../../domain/text/one-address.ts'
import { RECEIPT_PLACE } from '../mail/places.ts'
import { type RoundAcceptance, unconfirmed } from './acceptance.ts'

/** Whom a mail that asks for 受諾確認 reaches, and whom it does not. */
export interface AskedByMail {
  /** Of hospitals that have said nothing yet. */
  reached: { code: string; name: string; email: string }[]
  /** Without an answer, or with an address that is none: they have to be asked another way. */
  unreached: { code: string; name: string }[]
}

export function askedByMail({ submissions }: Stores, acceptance: RoundAcceptance): AskedByMail {
  const open = acceptance.hospitals.filter(({ state }) => state === 'unanswered')
  const asked = open.map(({ line: { code, name } }) => {
    const email = submissions.currentOf(code)?.answers.email ?? ''
    return { code, name, email }
  })
  return {
    reached: asked.filter(({ email }) => isOneAddress(email)),
    unreached: asked.filter(({ email }) => !isOneAddress(email)).map(({ code, name }) => ({ code, name })),
  }
}

interface Mailing {
  settings: Settings
  closesAt: Date
}

/**
 * To each a link to its own receipt, where it can say so. Nothing that was typed into the form is repeated but the
 * address, and no other hospital is named.
 */
export function acceptanceMails(
  { submissions }: Stores,
  { reached }: AskedByMail,
  { settings, closesAt }: Mailing,
): OutgoingMail[] {
  return reached.map(({ code, name, email }) => {
    const submission = submissions.currentOf(code)!
    const deadline = deadlineText({ closesAt })
    return {
      recipient: email,
      submission: submission.id,
      subject: `【${settings.prefecture}】支援を受けるかどうかの確認のお願い（受付番号${submission.number}）`,
      body: [
        `${name}　御担当者様`,
        `「${settings.title}」について、貴院を支援対象病院とする予定です。`,
        `つきましては、支援を受けるかどうか（受諾または辞退）を、${deadline}までに、次の受付票のページからお知らせください。`,
        RECEIPT_PLACE,
        'このページを開くと、回答の内容を見たり、受諾や辞退の連絡をしたりできますので、このメールを貴院の関係者以外に転送しないでください。',
        'このメールは、送信専用のアドレスからお送りしています。御返信いただいてもお答えできません。御不明な点は、次の連絡先までお問い合わせください。',
        `${settings.issuer}　${settings.contactSection}\n電話番号：${settings.contactPhone}\nメールアドレス：${settings.contactEmail}`,
      ].join('\n\n'),
    }
  })
}

/** Who was asked and has not accepted, in a sentence; null where all have, or nobody was asked. */
export function unconfirmedText(acceptance: RoundAcceptance): string | null {
  const open = unconfirmed(acceptance)
  if (open.length === 0) return null
  const declined = open.filter(({ state }) => state === 'declined').length
  const silent = open.length - declined
  const parts = [
    ...(silent > 0 ? [`受諾の連絡がない病院が${silent}病院`] : []),
    ...(declined > 0 ? [`辞退の申出のある病院が${declined}病院`] : []),
  ]
  return `${parts.join('、')}あります。`
}
