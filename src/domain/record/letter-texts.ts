import type { FurtherQuestion } from '../answer/further.ts'
import { type ParsedTemplate, type Placeholder, parseTemplate, type Template } from '../text/template.ts'
import { answerPlaceholders } from './answer-placeholders.ts'
import type { LetterKind } from './letter.ts'

interface LetterPlaceholder extends Placeholder {
  /** The kinds in whose text it may stand; null for all. */
  kinds: readonly LetterKind[] | null
}

const PLACEHOLDERS: readonly LetterPlaceholder[] = [
  { name: '病院名', means: '病院台帳の病院名', kinds: null },
  { name: '受付番号', means: '回答の受付番号（未回答の病院は「なし」）', kinds: null },
  { name: '調査の名称', means: '設定の「調査の名称」', kinds: null },
  { name: '選定の回', means: '「初回選定」「追加選定（第2回）」など', kinds: null },
  {
    name: '連絡の時期',
    means: '受託事業者からの連絡開始時期（「令和6年4月以降」など。設定がない場合は「今後」）',
    kinds: ['selected'],
  },
  {
    name: '補欠の順位',
    means: '病床規模の区分と補欠の順位（「20～99床の区分の補欠第1位」など）',
    kinds: ['waitlisted'],
  },
  {
    name: '理由',
    means: 'その病院に伝える理由（ほかの病院の名称、点数、担当者が記入した理由は含みません）',
    kinds: null,
  },
  {
    name: '点数',
    means:
      'その病院の点数と、同じ区分で選定した病院の最も低い点数（その回で病院に点数を表示するときだけ。段落ごと省かれます）',
    kinds: null,
  },
]

const THANKS = '標記の調査に御協力いただき、厚く御礼申し上げます。'
const SUBJECT = '{調査の名称}に基づく支援対象病院の選定結果について（通知）'

/** What is shipped. No text says anything of another hospital or of what a hospital lacks, and of points only what receipts show too. */
export const SHIPPED_TEXTS: Readonly<Record<LetterKind, Template>> = {
  selected: {
    subject: SUBJECT,
    body: [
      THANKS,
      'このことについて、貴院を支援対象病院に選定しましたので、通知します。',
      '{連絡の時期}、厚生労働省が契約した受託事業者（関係企業や業務を請け負う者を含みます。）から、御回答いただいた担当者に直接連絡があります。担当者が変わる場合は、お知らせください。',
    ].join('\n\n'),
  },
  waitlisted: {
    subject: SUBJECT,
    body: [
      THANKS,
      'このことについて、貴院は、{補欠の順位}となりましたので、通知します。',
      '{理由}',
      '{点数}',
      '同じ区分で選定した病院が辞退した場合に、補欠の順位に従い、繰り上げて選定します。そのときは、改めて通知します。',
      'なお、この補欠の順位は、{選定の回}に限るものです。追加選定を行う場合は改めて選定しますので、次の回には引き継がれません。',
    ].join('\n\n'),
  },
  'not-selected': {
    subject: SUBJECT,
    body: [
      THANKS,
      'このことについて、貴院は、{選定の回}において支援対象病院に選定されませんでしたので、通知します。',
      '{理由}',
      '{点数}',
      '御希望に沿えず申し訳ありませんが、御理解くださいますようお願いいたします。選定についての御質問は、次の問合せ先までお願いいたします。',
    ].join('\n\n'),
  },
  ineligible: {
    subject: SUBJECT,
    body: [
      THANKS,
      'このことについて、次の理由により、貴院は選定の対象となりませんでしたので、通知します。',
      '{理由}',
    ].join('\n\n'),
  },
}

/** A body without the paragraphs in which nothing is left to say. */
export function withoutBlanks(body: string): string {
  return paragraphsOf(body).join('\n\n')
}

/** The paragraphs of a body. */
export function paragraphsOf(body: string): string[] {
  return body.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '')
}

/**
 * What an officer typed as the text of a kind: every placeholder has to be one of the kind's.
 * @param further the questions of this edition, whose answers may stand in it
 */
export function parseLetterText(
  kind: LetterKind,
  typed: Template,
  further: readonly FurtherQuestion[] = [],
): ParsedTemplate {
  return parseTemplate(
    { subjectName: '件名', longest: LONGEST, placeholders: placeholdersOf(kind, further) },
    typed,
  )
}

/** Placeholders that a kind's text may have. */
export function placeholdersOf(kind: LetterKind, further: readonly FurtherQuestion[] = []): Placeholder[] {
  const fixed = PLACEHOLDERS.filter(({ kinds }) => kinds === null || kinds.includes(kind))
  return [...fixed, ...answerPlaceholders(further)]
}

/**
 * A reserve's letter has to say that its number does not carry into a later round.
 * @returns what the text lacks, in Japanese; null where it says so, or is of another kind
 */
export function missingNotice(kind: LetterKind, { body }: Template): string | null {
  if (kind !== 'waitlisted' || /引き?継/.test(body)) return null
  return '補欠の順位が次の回に引き継がれないことが書かれていません。病院が誤解しないよう、記載してください。'
}

const LONGEST = { subject: 150, body: 2000 }
