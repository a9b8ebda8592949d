import type { PeriodState } from '../../domain/survey/period.ts'
import type { WaitingAnswers } from '../../office/answers/waiting.ts'
import type { SelectionStatus } from '../../office/draft/board.ts'
import type { RoundSummary } from '../../office/rounds/summaries.ts'

/** One thing to do, with the one act that leads to it, if the reader may. A count of 0 says that it is done. */
export interface Todo {
  count: number
  /** 件, 病院, 項目 */
  unit: string
  text: string
  note: string
  /** The list of as many as are counted. */
  href: string
  act: string
}

interface Today {
  state: PeriodState
  daysLeft: number
  waiting: WaitingAnswers
  nonrespondents: number
  /** Answers that count, and say that the master is wrong about their hospital. */
  corrections: number
  undelivered: number
  rounds: readonly RoundSummary[]
  status: SelectionStatus
}

/** What waits for an officer, in the order of the work. What is done and does not come back is left out. */
export function todoOf(today: Today): Todo[] {
  const waiting = [...answersTodo(today), ...roundsTodo(today)].filter(({ count }) => count > 0)
  return waiting.length > 0 ? waiting : [nothingWaits(today)]
}

function answersTodo({ state, daysLeft, waiting, nonrespondents, corrections, undelivered }: Today): Todo[] {
  const isRunning = state === 'open' || state === 'closed'
  return [
    {
      count: waiting.duplicate,
      unit: '件',
      text: '同じ病院からの回答が重なっています',
      note: 'どちらを有効とするかを決めると、もう一方は閉じられます。',
      href: '/admin/submissions?state=duplicate',
      act: '確認する',
    },
    {
      count: waiting.unlinked,
      unit: '件',
      text: '台帳にない病院から回答が届いています',
      note: '病院を特定するか、対象外として閉じます。',
      href: '/admin/submissions?state=unlinked',
      act: '病院を特定する',
    },
    {
      count: isRunning ? nonrespondents : 0,
      unit: '病院',
      text: state === 'open' ? 'まだ回答がありません' : '回答がないまま締め切りました',
      note: state === 'open' ? `回答期限${dayNote(daysLeft)}。` : '期限後に回答を受け付けることもできます。',
      href: '/admin/nonrespondents',
      act: '未回答の病院を見る',
    },
    {
      count: corrections,
      unit: '件',
      text: '台帳の内容について訂正の申出があります',
      note: '申出の内容を確認し、病院台帳に反映します。',
      href: '/admin/submissions?state=current&correction=yes',
      act: '申出を見る',
    },
    {
      count: waiting.late,
      unit: '病院',
      text: '期限後受付のリンクから、まだ回答がありません',
      note: 'リンクの受付期限までに回答がないと、選定の対象になりません。',
      href: '/admin/late-links?state=valid#links',
      act: 'リンクを見る',
    },
    {
      count: undelivered,
      unit: '件',
      text: '届かなかったメールがあります',
      note: '電話などで連絡してください。',
      href: '#undelivered',
      act: '宛先を見る',
    },
  ]
}

function dayNote(daysLeft: number): string {
  return daysLeft === 0 ? 'は本日です' : `まであと${daysLeft}日です`
}

function roundsTodo({ rounds, status }: Today): Todo[] {
  const { openProposal, confirmed } = status
  const changed = rounds.map(
    ({ href, label, changed, changedSelected }): Todo => ({
      count: changed,
      unit: '病院',
      text: `${label}の確定後の変更があります`,
      note: `うち選定した病院は${changedSelected}病院です。確定した内容は変わっていません。`,
      href: `${href}#changes`,
      act: '変更を見る',
    }),
  )
  const proposal: Todo = {
    count: openProposal ? 1 : 0,
    unit: '件',
    text: '決裁を待っている起案があります',
    note: openProposal?.label ?? '',
    href: openProposal?.href ?? '/admin/rounds',
    act: '起案を見る',
  }
  const seats: Todo = {
    count: confirmed ? status.seatsLeft : 0,
    unit: '病院分',
    text: '追加選定に使える枠があります',
    note: '確定した選定で使われていない支援枠です。',
    href: '/admin/selection',
    act: '選定案を見る',
  }
  return [proposal, ...changed, seats]
}

function nothingWaits({ state }: Today): Todo {
  const isRunning = state === 'open' || state === 'closed'
  return {
    count: 0,
    unit: '件',
    text: '確認が必要な回答はありません',
    note: isRunning ? '' : '回答の受付はまだ始まっていません。',
    href: '/admin/submissions',
    act: '回答を見る',
  }
}
