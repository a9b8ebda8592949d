import type { ShortChoice } from '../text/choice.ts'
import { CONSENT_CHOICES, EMR_CHOICES, INTENT_CHOICES } from './choices.ts'
import type { FurtherField } from './further.ts'

/**
 * Everything that the form asks, once. From this list come the fields, the checks and their messages, 確認, the
 * receipt, the officers' pages, comparisons, files and the report: what is asked is called by it everywhere, and
 * everywhere in its order. What an edition asks besides is data, and joins the list in `with-further.ts`.
 */

/** The code chosen for a hospital that is not in the list. */
export const OTHER_HOSPITAL = 'other'
export const OTHER_HOSPITAL_LABEL = '一覧にない病院'

export interface Question<Id extends string = AskedId, Part extends QuestionPart = QuestionPart> {
  /** The field's name: a contract with outsiders. */
  readonly id: Id
  readonly part: Part
  readonly kind: QuestionKind
  /** In full, as the hospitals read it. */
  readonly label: string
  /** In messages. */
  readonly name: string
  /** As the officers read it. */
  readonly officeLabel: string
  /** At the head of a table's column. */
  readonly shortLabel: string
  /** At the head of a file's column. */
  readonly fileLabel: string
  /** 問1 and so on, where the notice numbers it; else ''. */
  readonly number: string
  readonly choices: readonly ShortChoice<string>[]
  /** The most characters, beds, or whatever is counted. */
  readonly limit: number
  readonly required: boolean
  /** Asked where that question is answered so, and else neither checked nor stored; null where always. */
  readonly onlyWith: Answered | null
  /** Not asked where that question is answered so. */
  readonly notWith: Answered | null
  /** Not shown where nothing was said: most have nothing to say. */
  readonly isShownBlank: boolean
  /** Of a number: か所; else ''. */
  readonly unit: string
  /** Beneath the label, where the page has no words of its own; else ''. */
  readonly support: string
}

/** `hospital` says whose the answer is, the other parts are the answer. */
type QuestionPart = 'hospital' | 'master' | 'contact' | 'programme' | 'remarks'
type QuestionKind =
  | 'hospital'
  | 'choice'
  | 'month'
  | 'beds'
  | 'number'
  | 'line'
  | 'lines'
  | 'address'
  | 'phone'
  | 'email'
type Answered = readonly [question: string, choice: string]

/** Longest accepted input, in characters (Unicode code points) after normalisation. */
export const LIMITS = {
  hospitalName: 100,
  hospitalAddress: 200,
  department: 100,
  contactName: 50,
  phone: 20,
  email: 254,
  masterCorrection: 300,
  remarks: 1000,
  hospitalBeds: 9999,
} as const

const OF_OTHER: Answered = ['hospitalCode', OTHER_HOSPITAL]

const LIST = [
  question('hospitalCode', 'hospital', 'hospital', '病院名', { required: true }),
  question('masterCorrection', 'master', 'lines', '病院の登録内容の訂正', {
    shortLabel: '登録内容の訂正',
    limit: LIMITS.masterCorrection,
    notWith: OF_OTHER,
    isShownBlank: false,
  }),
  question('hospitalName', 'hospital', 'line', `病院名（${OTHER_HOSPITAL_LABEL}）`, {
    name: '病院名',
    officeLabel: '回答に記入された病院名',
    limit: LIMITS.hospitalName,
    required: true,
    onlyWith: OF_OTHER,
  }),
  question('hospitalAddress', 'hospital', 'address', '病院の所在地', {
    officeLabel: '回答に記入された所在地',
    limit: LIMITS.hospitalAddress,
    required: true,
    onlyWith: OF_OTHER,
  }),
  question('hospitalBeds', 'hospital', 'beds', '許可病床数', {
    officeLabel: '回答に記入された病床数',
    limit: LIMITS.hospitalBeds,
    required: true,
    onlyWith: OF_OTHER,
  }),
  question('department', 'contact', 'line', '担当部署', { limit: LIMITS.department }),
  question('contactName', 'contact', 'line', '担当者名', { limit: LIMITS.contactName, required: true }),
  question('phone', 'contact', 'phone', '電話番号', { limit: LIMITS.phone, required: true }),
  question('email', 'contact', 'email', 'メールアドレス', { limit: LIMITS.email, required: true }),
  question('emr', 'programme', 'choice', '電子カルテシステムの導入状況', {
    shortLabel: '電子カルテ',
    fileLabel: '電子カルテ導入状況',
    number: '問1',
    choices: EMR_CHOICES,
    required: true,
  }),
  question('emrPlannedMonth', 'programme', 'month', '電子カルテシステムの導入予定年月', {
    officeLabel: '導入予定時期',
    required: true,
    onlyWith: ['emr', 'planned'],
  }),
  question('intent', 'programme', 'choice', '本事業の活用意向', {
    shortLabel: '活用意向',
    fileLabel: '希望する支援内容',
    number: '問2',
    choices: INTENT_CHOICES,
    required: true,
  }),
  question('gmisConsent', 'programme', 'choice', 'GMIS調査の回答結果の活用の可否', {
    officeLabel: 'GMIS調査の回答結果の活用',
    shortLabel: 'GMIS活用',
    fileLabel: 'GMIS調査回答の活用',
    number: '問3',
    choices: CONSENT_CHOICES,
    required: true,
  }),
  question('remarks', 'remarks', 'lines', '備考', { limit: LIMITS.remarks }),
] as const

export type QuestionId = (typeof LIST)[number]['id']
type AnswerPart = Exclude<QuestionPart, 'hospital'>
/** Of the questions those that make up the answer, whoever gave it. */
export type AnswerId = Extract<(typeof LIST)[number], { part: AnswerPart }>['id']

/** A question of every edition, or a further one of this. */
export type AskedId = QuestionId | FurtherField

/** In the order of the form. */
export const QUESTIONS: readonly Question<QuestionId>[] = LIST

/** What came by fax or phone often names no mail address, and is an answer all the same. */
const OPTIONAL_BY_PROXY: readonly QuestionId[] = ['email']

/** The same, as staff enter them for a hospital (代理入力). */
export const PROXY_QUESTIONS: readonly Question<QuestionId>[] = QUESTIONS.map((question) =>
  OPTIONAL_BY_PROXY.includes(question.id) ? { ...question, required: false } : question,
)

const OFFICE_ORDER: readonly QuestionPart[] = ['programme', 'contact', 'remarks', 'master']

/** The answer itself, in the order of the officers' pages and files: what decides comes first. */
export const ANSWER_QUESTIONS: readonly Question<AnswerId, AnswerPart>[] = OFFICE_ORDER.flatMap((part) =>
  LIST.filter((each): each is Extract<(typeof LIST)[number], { part: AnswerPart }> => each.part === part),
)

export function questionOf(id: QuestionId): Question<QuestionId> {
  return QUESTIONS.find((question) => question.id === id)!
}

/** What was said to a question, as a text; '' where nothing was. */
export type Said = (id: AskedId) => string

/** Whether a question is asked of somebody who said this much. */
export function isAsked({ onlyWith, notWith }: Question, said: Said): boolean {
  const holds = ([id, choice]: Answered) => said(id as AskedId) === choice
  return (onlyWith === null || holds(onlyWith)) && (notWith === null || !holds(notWith))
}

/** With what is the same for most. */
export function question<Id extends string, Part extends QuestionPart>(
  id: Id,
  part: Part,
  kind: QuestionKind,
  label: string,
  more: Partial<Omit<Question<Id, Part>, 'id' | 'part' | 'kind' | 'label'>>,
): Question<Id, Part> {
  const officeLabel = more.officeLabel ?? label
  return {
    id,
    part,
    kind,
    label,
    name: label,
    officeLabel,
    shortLabel: officeLabel,
    fileLabel: officeLabel,
    number: '',
    choices: [],
    limit: 0,
    required: false,
    onlyWith: null,
    notWith: null,
    isShownBlank: true,
    unit: '',
    support: '',
    ...more,
  }
}
