import { TIE_BREAKS, type TieBreak } from '../selection/policy.ts'
import { labelOf } from '../text/choice.ts'
import { dayText } from '../text/dates.ts'
import type { AnnouncedLottery, Lottery } from './lottery.ts'
import type { LotMethod } from './method.ts'
import { correctionLines } from './words.ts'

/** What the notice says by itself of how equal hospitals are ordered. */
export interface OrderNotice {
  paragraphs: string[]
  /** Of an announced source; empty where there is none. */
  lines: { label: string; text: string }[]
  /** The page of the draw is public. */
  hasPage: boolean
}

interface OrderFacts {
  tieBreak: readonly TieBreak[]
  method: LotMethod
  /** What will be drawn by. */
  announced: Pick<AnnouncedLottery, 'source' | 'knownOn'> | null
  /** What was drawn. */
  lottery: Lottery | null
  hasPage: boolean
}

/**
 * First come first served is the weakest rule of a ranking unless it is announced: where it counts the notice says so, and
 * nowhere else. A text of the criteria is nothing to announce.
 * @returns null where there is nothing to say
 */
export function orderNotice({
  tieBreak,
  method,
  announced,
  lottery,
  hasPage,
}: OrderFacts): OrderNotice | null {
  // The lot separates whatever is left: what stands behind it has no say.
  const end = tieBreak.indexOf('lottery')
  const keys = end < 0 ? tieBreak : tieBreak.slice(0, end + 1)
  const isFirstCome = keys.includes('submittedAt')
  const isDrawn = end >= 0 && method !== 'text'
  if (!isFirstCome && !isDrawn && !hasPage) return null
  const order = keys.map((key) => labelOf(TIE_BREAKS, key)).join('、')
  const source = lottery?.method === 'announced' ? lottery : announced
  return {
    paragraphs: [
      `点数が同じ病院の順位は、${order}により決めます。`,
      ...(isFirstCome ? [FIRST_COME] : []),
      ...(isDrawn ? [method === 'receipts' ? BY_RECEIPTS : source ? BY_SOURCE : SOURCE_TO_COME] : []),
    ],
    lines: isDrawn && method === 'announced' && source ? sourceLines(source, lottery) : [],
    hasPage,
  }
}

const FIRST_COME =
  '「回答の早い順」は、最初に回答を受け付けた日時によります。回答期限までに回答を訂正しても、順番は変わりません。'
const BY_RECEIPTS =
  '抽選には、回答フォームから回答したときに受付票に記載するくじ番号を用います。くじ番号は無作為に定めるもので、回答の内容や早さとは関係がありません。番号の大小は順位に関係せず、書面などで届いた回答も対象です。抽選は、回答期限の後に1回だけ行います。'
const BY_SOURCE = '抽選には、次のものを用います。'
const SOURCE_TO_COME = '抽選に用いるものは、回答期限の前に、このページに掲載します。'

function sourceLines(
  { source, knownOn }: Pick<AnnouncedLottery, 'source' | 'knownOn'>,
  lottery: Lottery | null,
): OrderNotice['lines'] {
  return [
    { label: '抽選に用いるもの', text: source },
    { label: '結果が公表される日', text: dayText(knownOn) },
    ...(lottery?.method === 'announced'
      ? [
          { label: '公表された結果', text: lottery.value },
          { label: '立会人', text: lottery.witnesses.join('、') },
          ...correctionLines(lottery),
        ]
      : []),
  ]
}
