import type { ShortChoice } from '../text/choice.ts'
import type { Channel, Emr, Intent } from './questionnaire.ts'
import { ANSWER_QUESTIONS, OTHER_HOSPITAL_LABEL } from './questions.ts'

/**
 * A 回答票 as the prefecture keeps it.
 * `current` counts for the selection; `duplicate` waits for an officer, as another one of the same hospital is
 * current; `unlinked` came from a hospital outside the master and waits to be linked; `withdrawn` was taken back.
 */
export const SUBMISSION_STATE_IDS = ['current', 'duplicate', 'unlinked', 'withdrawn'] as const
export type SubmissionState = (typeof SUBMISSION_STATE_IDS)[number]
export const SUBMISSION_STATES: readonly ShortChoice<SubmissionState>[] = [
  { id: 'current', label: '有効', short: '有効' },
  { id: 'duplicate', label: '重複（確認待ち）', short: '重複' },
  { id: 'unlinked', label: '病院未確定（確認待ち）', short: '病院未確定' },
  { id: 'withdrawn', label: '取下げ', short: '取下げ' },
]

/**
 * What a state means to the hospital, on the receipt and in the mail; null where nothing needs to be said.
 * @param answersUntil the deadline as a text; '' where it is past
 */
export function stateNotice(
  state: SubmissionState,
  answersUntil: string,
): { heading: string; text: string } | null {
  switch (state) {
    case 'current':
      return null
    case 'duplicate':
      return {
        heading: 'この病院からは、別の回答も届いています',
        text: 'この回答は、先に届いた回答と重複するものとして受け付けました。どちらを有効とするかを県の担当者が確認しますので、担当者から御連絡することがあります。それまでは、先に届いた回答を有効として取り扱います。',
      }
    case 'unlinked':
      return {
        heading: '病院を県の担当者が確認します',
        text: `「${OTHER_HOSPITAL_LABEL}」として回答を受け付けました。県の担当者が病院を確認した後に有効となります。確認のため、御連絡することがあります。`,
      }
    case 'withdrawn':
      return {
        heading: 'この回答は有効ではありません',
        text: `取り下げられた回答は、対象病院の選定に用いません。${answersUntil && `改めて回答する場合は、${answersUntil}までに回答フォームから送信してください。`}`,
      }
  }
}

/** What a hospital answered: one version of its submission. */
export interface Answers {
  department: string | null
  contactName: string
  phone: string
  email: string
  emr: Emr
  /** `YYYY-MM`, with `planned` only. */
  emrPlannedMonth: string | null
  intent: Intent
  gmisConsent: boolean
  /** What is wrong about the hospital in the master, in its own words. An officer puts it right, not the form. */
  masterCorrection: string | null
  remarks: string | null
}

/** The hospital as the answer names it: a code of the master, or what was typed under `other`. */
export type HospitalReference =
  | { kind: 'master'; code: string }
  | { kind: 'other'; name: string; address: string; beds: number }

/** A complete, normalised answer that has not been stored yet. */
export interface NewSubmission {
  submissionId: string
  hospital: HospitalReference
  answers: Answers
}

/** A stored submission with its latest version. */
export interface Submission {
  id: number
  /** 受付番号 */
  number: string
  submissionId: string
  /** 確認コード */
  code: string
  state: SubmissionState
  channel: Channel
  /** Null while unlinked. */
  hospitalCode: string | null
  /** As typed, where the answer came under `other`; stays after it is linked. */
  typedHospital: { name: string; address: string; beds: number } | null
  version: number
  answers: Answers
  /** Counts for the ranking: a correction keeps its place. */
  submittedAt: Date
  createdAt: Date
  /** When the latest version was stored. */
  correctedAt: Date
  withdrawnAt: Date | null
}

/** A stored answer as its hospital sent it: an officer's link to the master does not change whom it named. */
export function asSent({
  submissionId,
  typedHospital,
  hospitalCode,
  answers,
}: Pick<Submission, 'submissionId' | 'typedHospital' | 'hospitalCode' | 'answers'>): NewSubmission {
  const hospital: HospitalReference = typedHospital
    ? { kind: 'other', ...typedHospital }
    : { kind: 'master', code: hospitalCode ?? '' }
  return { submissionId, hospital, answers }
}

/** Whether a stored submission already says what is sent now. */
export function sameContent(
  { typedHospital, hospitalCode, answers }: Pick<Submission, 'typedHospital' | 'hospitalCode' | 'answers'>,
  { hospital, answers: sent }: Pick<NewSubmission, 'hospital' | 'answers'>,
): boolean {
  const sameHospital =
    hospital.kind === 'master'
      ? typedHospital === null && hospitalCode === hospital.code
      : typedHospital?.name === hospital.name &&
        typedHospital.address === hospital.address &&
        typedHospital.beds === hospital.beds
  return sameHospital && sameAnswers(answers, sent)
}

export function sameAnswers(a: Answers, b: Answers): boolean {
  return ANSWER_QUESTIONS.every(({ id }) => a[id] === b[id])
}

/** 受付番号: R-0001. The letter keeps Excel from eating the zeros. */
export function receiptNumber(sequence: number): string {
  return `R-${String(sequence).padStart(4, '0')}`
}

/** Letters and digits that a person cannot confuse on the phone: no 0 O 1 I L U V. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ'
const CODE_LENGTH = 8

/** 確認コード from random bytes: XXXX-XXXX, about 38 bits; look-ups are rate-limited. */
export function confirmationCode(randomBytes: (size: number) => Uint8Array): string {
  let code = ''
  while (code.length < CODE_LENGTH) {
    const [byte] = randomBytes(1)
    // Bytes past the last whole multiple are thrown away, so that every letter is equally likely.
    if (byte! < 256 - (256 % CODE_ALPHABET.length)) code += CODE_ALPHABET[byte! % CODE_ALPHABET.length]
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** R-0001 from what a person typed: small letters, full-width characters, blanks, with or without R and zeros. */
export function normaliseReceiptKey(text: string): string {
  const compact = compactKey(text)
  const digits = /^R?(\d{1,9})$/.exec(compact)?.[1]
  return digits ? receiptNumber(Number(digits)) : compact
}

/** XXXX-XXXX from what a person typed: small letters, full-width characters, blanks, any or no hyphen. */
export function normaliseConfirmationCode(text: string): string {
  const compact = compactKey(text)
  return compact.length === CODE_LENGTH ? `${compact.slice(0, 4)}-${compact.slice(4)}` : compact
}

function compactKey(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-ー−‐‑–—―ｰ]/g, '')
}

/** Where the receipt lives: whoever has number and code may read, correct and withdraw. */
export function receiptPath({ number, code }: Pick<Submission, 'number' | 'code'>): string {
  return `/receipts/${number}/${code}`
}
