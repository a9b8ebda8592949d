import type { FastifyReply } from 'fastify'
import type { FindHospital, QuestionLine } from '../../domain/answer/lines.ts'
import type { AskedId } from '../../domain/answer/questions.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import { isFurther } from '../../domain/answer/with-further.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { page } from '../../web/views.ts'
import { IN_PERIOD, type UnsentAnswer, type UnsentPlace, unsentAnswer } from './confirm.ts'

interface DecisionSheetModel extends Omit<UnsentAnswer, 'lines'> {
  /** With what the question is for, where there is room to say it. */
  lines: (QuestionLine & { purpose: string })[]
  /** What an answer means for the hospital: who signs knows nothing of the programme. */
  background: readonly { label: string; text: string }[]
  /** Where the answer goes on. */
  path: string
  /** It can be gone on with by a link. */
  mayPause: boolean
  deadline: string
  printedAt: string
  /** The longest answers to many further questions need another. */
  isOneSheet: boolean
  /** Long answers stand in smaller letters, so that all of it stays on one A4. */
  size: SheetSize
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/decision-sheet': DecisionSheetModel
  }
}

/** 院内決裁用: the unsent answer on one A4, with boxes for the seals. */
export function decisionSheetPage(
  reply: FastifyReply,
  submission: NewSubmission,
  {
    findHospital,
    now,
    place: { path, lateDeadline } = IN_PERIOD,
  }: { findHospital: FindHospital; now: Date; place?: UnsentPlace },
): FastifyReply {
  const unsent = unsentAnswer(submission, findHospital, reply.request.site.questions)
  const fits = heightOf(unsent.lines) <= MOST_LINES.dense
  const lines = fits ? unsent.lines : unsent.lines.map(withoutBreaks)
  const size = sizeOf(lines)
  return page(reply, 'survey/answer/decision-sheet', {
    ...unsent,
    lines: lines.map((line) => ({ ...line, purpose: (size !== 'dense' && PURPOSES.get(line.id)) || '' })),
    background: size === 'dense' ? BACKGROUND.slice(1) : BACKGROUND,
    path,
    mayPause: lateDeadline === '',
    deadline: lateDeadline || reply.request.site.deadline,
    printedAt: dateTimeText(now),
    size,
    isOneSheet: !lines.some(isFurther) || heightOf(lines) <= ONE_SHEET,
  })
}

const PURPOSES: ReadonlyMap<AskedId, string> = new Map([
  ['emr', '支援の対象となる病院かどうかの確認。院内の一部に導入している場合も、対象となる。'],
  [
    'intent',
    '支援を希望するかどうか、希望する場合はその範囲の確認。可能な限り両方の実施が望ましいとされている。',
  ],
  ['gmisConsent', '厚生労働省のGMIS調査への回答結果を、選定の評価に用いてよいかどうかの確認。'],
])

/** The ministry's answers 5, 6 and 13 in brief, and what the programme is. */
const BACKGROUND: DecisionSheetModel['background'] = [
  {
    label: '本事業の内容',
    text: '厚生労働省が契約した受託事業者が、①外部ネットワークとの接続の安全性の検証・検査と、②オフライン・バックアップ体制の整備を支援する。支援対象病院は、都道府県が選定する。',
  },
  {
    label: '費用の負担',
    text: '検証・検査などの調査に、病院の費用負担はない。新たにオフライン・バックアップを設定する場合は、バックアップ媒体（クラウドサービスを含む）とソフトウェアの購入、保守管理、データの復旧作業の費用が病院の負担となる（1テラバイトで30万円から40万円程度の見込み）。',
  },
  {
    label: '選定後の作業',
    text: 'ネットワークの構成図と事前質問票の提出、ヒアリング（オンラインでも可）への対応など。',
  },
]

/** Full-width characters on a line of the sheet, and how many lines one A4 holds in each size of letters. */
const LINE = 40
const LABEL_LINE = 11
const MOST_LINES = { roomy: 11, normal: 27, dense: 46 }
/** What every edition asks fits at its longest. With further answers it does up to here. */
const ONE_SHEET = 44
type SheetSize = keyof typeof MOST_LINES

function sizeOf(lines: readonly QuestionLine[]): SheetSize {
  const height = heightOf(lines)
  if (height <= MOST_LINES.roomy) return 'roomy'
  return height <= MOST_LINES.normal ? 'normal' : 'dense'
}

/** Very many short lines would need a second sheet: their breaks then read as ／. The longest texts fit without. */
function withoutBreaks(line: QuestionLine): QuestionLine {
  return { ...line, text: line.text.replace(/\n+/g, '／') }
}

/** In lines of the sheet. The labels of every edition are short; what an edition asks besides may be a sentence. */
function heightOf(answer: readonly QuestionLine[]): number {
  return answer.reduce((sum, line) => {
    const label = isFurther(line) ? Math.ceil([...line.label].length / LABEL_LINE) : 1
    return sum + Math.max(label, textHeight(line.text))
  }, 0)
}

function textHeight(text: string): number {
  const lines = text.split('\n').map((line) => Math.max(1, Math.ceil([...line].length / LINE)))
  return lines.reduce((sum, height) => sum + height, 0)
}
