import type { Settings } from '../domain/survey/settings.ts'
import type { QrCode } from '../files/letters/qr-code.ts'

/** One letter of the office on A4, as `admin/partials/letter` sets it: 公文書 in the usual order of its parts. */
export interface Letter {
  /** Names it on its page, where there are several. */
  id: string
  /** 文書番号; '' leaves room to write one in. */
  documentNumber: string
  /** In 和暦; '' leaves room. */
  date: string
  addressee: {
    /** '' where they are not known: the line is left out. */
    postcode: string
    address: string
    /** 病院名, and 院長 様 on the line below. */
    name: string
    person: string
  }
  /** From the right edge: the office, and who signs where somebody does. */
  sender: readonly string[]
  title: string
  /** Their line breaks stay. */
  paragraphs: readonly string[]
  /** 記 … 以上; none: neither word stands. */
  notes: readonly { label: string; text: string }[]
  /** Beside 記, with the address that it holds beneath. */
  link: { code: QrCode; caption: string; url: string } | null
  /** 問合せ先 */
  contact: readonly string[]
}

/** 問合せ先 at the foot of every letter. */
export function contactLines({ issuer, contactSection, contactPhone, contactEmail }: Settings): string[] {
  return [
    `${issuer}　${contactSection}`,
    ...(contactPhone ? [`電話番号：${contactPhone}`] : []),
    ...(contactEmail ? [`メールアドレス：${contactEmail}`] : []),
  ]
}
