import { createHmac } from 'node:crypto'
import { normalForm } from '../text/normal-form.ts'
import { within } from '../text/text.ts'
import type { ProxyChannel } from './choices.ts'
import { OTHER_HOSPITAL_LABEL } from './questions.ts'
import type { Submission, SubmissionState } from './submission.ts'

/** What a hospital is given for its answer: a number, a code and an address, and what it is told of them. */

/** 受付番号: R-0001. The letter keeps Excel from eating the zeros. */
export function receiptNumber(sequence: number): string {
  return `R-${String(sequence).padStart(4, '0')}`
}

/** Letters and digits that a person cannot confuse on the phone: no 0 O 1 I L U V. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ'
const CODE_LENGTH = 8

/**
 * 確認コード: XXXX-XXXX, about 38 bits; look-ups are rate-limited. Made from the receipt key and the number of the sending
 * whenever it is wanted, so that no database holds it.
 */
export function confirmationCode(key: Uint8Array, submissionId: string): string {
  let rest = BigInt(`0x${keyed(key, `kakuho confirmation code\n${submissionId}`)}`)
  let code = ''
  // Of 256 bits no letter is likelier than another by more than one in 2^200.
  while (code.length < CODE_LENGTH) {
    code += CODE_ALPHABET[Number(rest % BigInt(CODE_ALPHABET.length))]
    rest /= BigInt(CODE_ALPHABET.length)
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/**
 * What is kept of a code that was drawn, and given out, before codes were made from the key. All codes can be tried in
 * an hour: only the key makes this one no way back.
 */
export function givenCodeHash(key: Uint8Array, submissionId: string, code: string): string {
  return keyed(key, `kakuho given code\n${submissionId}\n${code}`)
}

/** Tells one receipt key from another without giving it away. */
export function receiptKeyFingerprint(key: Uint8Array): string {
  return keyed(key, 'kakuho receipt key').slice(0, 16)
}

function keyed(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

/** R-0001 from what a person typed or copied: 「受付番号：ｒ－１。」, with or without R, zeros, label and signs. */
export function normaliseReceiptKey(text: string): string {
  const compact = compactKey(text)
  const digits = /^R?(\d{1,9})$/.exec(compact)?.[1]
  return digits ? receiptNumber(Number(digits)) : compact
}

/** XXXX-XXXX from what a person typed or copied: 「確認コード：ａｂｃｄ〜２３４５」, any sign or none between. */
export function normaliseConfirmationCode(text: string): string {
  const compact = compactKey(text)
  return compact.length === CODE_LENGTH ? `${compact.slice(0, 4)}-${compact.slice(4)}` : compact
}

const LONGEST_KEY = 20

/** Without the label before it, and the blanks and signs that no key has. */
const compactKey = within(LONGEST_KEY, (text) =>
  normalForm(text, 'NFKC')
    .toUpperCase()
    .replace(/受付番号|確認コ[ーｰ]ド/gu, '')
    .replace(/[\s\p{P}\p{S}\p{C}\p{M}ー]/gu, ''),
)

/** An answer whose code is known: every one but those that were given theirs before codes were made from the key. */
export type Opened = Pick<Submission, 'number'> & { code: string }

/** Where the receipt lives: whoever has number and code may read, correct and withdraw. */
export function receiptPath({ number, code }: Opened): string {
  return `/receipts/${number}/${code}`
}

/** Where whoever sent an answer is led: to its receipt, or, where its code is known to its hospital alone, to the look-up. */
export function receiptAddress({ number, code }: Pick<Submission, 'number' | 'code'>): string {
  return code === null ? '/receipts' : receiptPath({ number, code })
}

/** The way to a receipt, in a mail or a letter: its address, or where its hospital types what it was given. */
export function receiptWay(publicUrl: string, submission: Pick<Submission, 'number' | 'code'>): string {
  const address = `${publicUrl}${receiptAddress(submission)}`
  return submission.code === null ? `${address}\n（${typeKeys(submission.number)}）` : address
}

function typeKeys(number: string): string {
  return `受付番号${number}と確認コードを入力してください。${CODE_STANDS}`
}

/** Of a code that only its hospital knows. */
export const CODE_STANDS = '確認コードは、回答を送信した後に表示した受付票に記載しています。'

/** What staff did for the hospital, as it reads it. @param kind 県, as the prefecture is spoken of */
export function entryText(step: '回答' | '訂正' | '取下げ', channel: ProxyChannel, kind: string): string {
  if (step === '回答') return `${ARRIVED[channel]}回答を、${kind}の担当者が入力しました。`
  return `${ASKED[channel]}のお申出により、${kind}の担当者が${step === '訂正' ? '訂正しました' : '取り下げました'}。`
}

const ARRIVED: Record<ProxyChannel, string> = {
  fax: 'FAXで届いた',
  phone: '電話でお聞きした',
  mail: 'メールで届いた',
  paper: '書面で届いた',
  counter: '窓口でお聞きした',
}
const ASKED: Record<ProxyChannel, string> = {
  fax: 'FAXで',
  phone: '電話で',
  mail: 'メールで',
  paper: '書面で',
  counter: '窓口で',
}

/** What a notice about an answer's state depends on. */
export interface NoticeFacts {
  /** The deadline as a text; '' where it is past. */
  answersUntil: string
  /** Whether an answer of the same hospital counts today. */
  hasCurrent: boolean
  /** Whether there is another answer of the same hospital, whatever became of it. */
  hasOthers: boolean
  /** 県, as the prefecture is spoken of. */
  kind: string
}

/** What a state means to the hospital, on the receipt and in the mail; null where nothing needs to be said. */
export function stateNotice(
  state: SubmissionState,
  { answersUntil, hasCurrent, hasOthers, kind }: NoticeFacts,
): { heading: string; text: string } | null {
  switch (state) {
    case 'current':
      return null
    case 'duplicate':
      return {
        heading: '貴院からは、別の回答も届いています',
        text: `${kind}の担当者がどの回答を有効とするかを確認しますので、御連絡することがあります。${hasCurrent ? '現在は、別の回答を有効として取り扱っています。' : '現在、有効として取り扱っている回答はありません。'}`,
      }
    case 'unmatched':
      return {
        heading: `貴院からの回答であることを、${kind}の担当者が確認します`,
        text: `貴院には、回答用のリンクをお送りしています。この回答はリンクを使わずに届いたため、${kind}の担当者が確認した後に有効となります。確認のため、御連絡することがあります。${hasCurrent ? '現在は、別の回答を有効として取り扱っています。' : answersUntil && `${answersUntil}までに、お手元のリンクから改めて回答すると、直ちに有効となります。`}`,
      }
    case 'unlinked':
      return {
        heading: `病院を${kind}の担当者が確認します`,
        text: `「${OTHER_HOSPITAL_LABEL}」として回答を受け付けました。${kind}の担当者が病院を確認した後に有効となります。確認のため、御連絡することがあります。`,
      }
    case 'rejected':
      return {
        heading: 'この回答は、有効な回答として取り扱っていません',
        text: `${hasOthers ? '貴院からは、別の回答も届いていました。' : ''}${hasCurrent ? `${kind}が確認し、別の回答を有効としました。` : `${kind}が確認し、この回答は対象病院の選定に用いないこととしました。`}${amends(answersUntil, kind)}`,
      }
    case 'outside':
      return {
        heading: 'この回答は調査の対象としていません',
        text: `「${OTHER_HOSPITAL_LABEL}」として受け付けた回答について、${kind}が確認し、この調査の対象としないこととしました。${amends(answersUntil, kind)}`,
      }
    case 'withdrawn':
      return {
        heading: 'この回答は有効ではありません',
        text: `取り下げられた回答は、対象病院の選定に用いません。${answersUntil && `改めて回答する場合は、${answersUntil}までに回答フォームから送信してください。`}`,
      }
  }
}

/** What somebody can do who thinks otherwise. */
function amends(answersUntil: string, kind: string): string {
  return answersUntil === ''
    ? '御不明な点は、問合せ先まで御連絡ください。'
    : `内容に誤りがある場合は、${answersUntil}までにこの回答を訂正すると、${kind}の担当者が改めて確認します。`
}
