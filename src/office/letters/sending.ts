import type { LetterSending, NewLetter, SentLetter } from '../../db/letters.ts'
import type { Stores } from '../../db/stores.ts'
import type { LetterWay } from '../../domain/record/letter.ts'
import type { Settings } from '../../domain/survey/settings.ts'
import { letterDayText } from '../../domain/text/dates.ts'
import { RECEIPT_PLACE } from '../mail/places.ts'
import type { Addressee, LetterCase } from './cases.ts'

/** A letter of the same result that a hospital has had already. */
export interface EarlierLetter {
  sending: LetterSending
  letter: SentLetter
}

/** Of each hospital what went out to it in a round, the first one first. */
export function earlierLetters({ letters }: Stores, round: number): (hospital: string) => EarlierLetter[] {
  const all = letters
    .sendings(round)
    .flatMap((sending) => letters.sent(sending.id).map((letter) => ({ sending, letter })))
  const byHospital = Map.groupBy(all, ({ letter }) => letter.hospitalCode)
  return (hospital) => byHospital.get(hospital) ?? []
}

/**
 * Whether it has had this result in this way: sending it again wants a reason. After a 繰上げ the result is another one.
 * A mail that was given up has not been had.
 */
export function hasHad(earlier: readonly EarlierLetter[], { kind }: Addressee, way: LetterWay): boolean {
  return earlier.some(
    ({ sending, letter }) => sending.way === way && letter.kind === kind && letter.failedAt === null,
  )
}

/** Whether it has had this result in any way. */
export function hasBeenTold(earlier: readonly EarlierLetter[], { kind }: Addressee): boolean {
  return earlier.some(({ letter }) => letter.kind === kind && letter.failedAt === null)
}

interface Head {
  documentNumber: string
  /** YYYY-MM-DD */
  datedOn: string
}

/** A letter on paper, as an officer posted it. */
export function postedLetter({ code, kind, name, address, letter }: LetterCase): NewLetter {
  const recipient = [address, name].filter(Boolean).join('　')
  return { hospitalCode: code, kind, recipient, ...letter, mail: null }
}

/** The same by mail, with the link to the hospital's own receipt, which says the same. */
export function mailedLetter(
  { submissions }: Stores,
  { code, kind, name, person, email, letter }: LetterCase,
  { head, settings }: { head: Head; settings: Settings },
): NewLetter {
  const submission = submissions.currentOf(code)
  const body = [
    [head.documentNumber, letterDayText(head.datedOn)].join('\n'),
    [name, `${person || '御担当者'}　様`].join('\n'),
    settings.issuer,
    letter.body,
    ...(submission ? [`選定の結果は、次の受付票のページでも確認できます。\n${RECEIPT_PLACE}`] : []),
    'このメールは、送信専用のアドレスからお送りしています。御返信いただいてもお答えできません。御不明な点は、次の連絡先までお問い合わせください。',
    `${settings.issuer}　${settings.contactSection}\n電話番号：${settings.contactPhone}\nメールアドレス：${settings.contactEmail}`,
  ].join('\n\n')
  return {
    ...{ hospitalCode: code, kind },
    recipient: email,
    ...letter,
    mail: {
      ...{ recipient: email, subject: `【${settings.prefecture}】${letter.subject}`, body },
      ...(submission && { submission: submission.id }),
    },
  }
}
