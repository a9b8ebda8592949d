import type { PeriodState } from '../../domain/survey/period.ts'
import type { ReviewCounts } from '../../office/answers/review.ts'
import type { WaitingAnswers } from '../../office/answers/waiting.ts'
import type { SelectionStatus } from '../../office/draft/board.ts'
import type { LotTodo } from '../../office/lot/todo.ts'
import type { DueReminders } from '../../office/requests/due.ts'
import type { OpenEnds } from '../../office/rounds/open-ends.ts'
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
  review: ReviewCounts
  /** A day on which hospitals are reminded has come; null on other days. */
  reminders: DueReminders | null
  /** Rows of master files that may be of known hospitals. */
  matches?: number
  /** What counts of hospitals, on which sources differ and nobody has settled. */
  differences?: number
  rounds: readonly RoundSummary[]
  /** 受諾確認 and report of every round. */
  openEnds: readonly OpenEnds[]
  status: SelectionStatus
  /** What the draw of the round that is prepared waits for. */
  lot?: LotTodo
  /** 保存期間 is over, and everything is still there. */
  isRetentionOver?: boolean
}

/** What waits for an officer, in the order of the work. What is done and does not come back is left out. */
export function todoOf(today: Today): Todo[] {
  const waiting = [
    ...retentionTodo(today),
    ...masterTodo(today),
    ...answersTodo(today),
    ...roundsTodo(today),
  ].filter(({ count }) => count > 0)
  return waiting.length > 0 ? waiting : [nothingWaits(today)]
}

function retentionTodo({ isRetentionOver = false }: Today): Todo[] {
  return [
    {
      count: isRetentionOver ? 1 : 0,
      unit: '件',
      text: '保存期間が満了しました',
      note: '一式を保存してから、回答などの記録を消去します。消去は管理者が行います。',
      href: '/admin/purge',
      act: '消去するものを見る',
    },
  ]
}

function masterTodo({ matches = 0, differences = 0 }: Today): Todo[] {
  return [
    {
      count: matches,
      unit: '件',
      text: '取り込んだ行が病院の照合を待っています',
      note: '登録済みの病院と同じかを確認するまで、病院として数えません。',
      href: '/admin/hospitals/matches',
      act: '照合する',
    },
    {
      count: differences,
      unit: '件',
      text: '病床数などが出典により異なります',
      note: '選択しない間は、最も新しい時点の出典の内容を使います。',
      href: '/admin/hospitals/differences',
      act: '出典を選択する',
    },
  ]
}

function answersTodo(today: Today): Todo[] {
  const { state, daysLeft, waiting, nonrespondents, corrections, undelivered, review, reminders } = today
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
      count: waiting.unmatched,
      unit: '件',
      text: '回答用リンクによらない回答が届いています',
      note: '病院に確認し、有効とするか、採用しないかを決めます。',
      href: '/admin/submissions?state=unmatched',
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
      count: reminders?.hospitals.length ?? 0,
      unit: '病院',
      text: `督促の時期です（${reminders?.occasion.label}）`,
      note: '督促のメールも、この間の連絡の記録もない病院です。',
      href: '/admin/reminders',
      act: '督促する',
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
      count: review.flagged,
      unit: '件',
      text: '確認事項のある回答があります',
      note: 'GMIS調査や病院台帳との相違などです。',
      href: '/admin/submissions?flag=open',
      act: '確認事項を見る',
    },
    {
      count: review.asked,
      unit: '件',
      text: '病院に照会中の回答があります',
      note: '確認できた回答は、「確認済」にします。',
      href: '/admin/submissions?mark=asked',
      act: '照会中の回答を見る',
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
      href: '/admin/undelivered',
      act: '宛先を見る',
    },
  ]
}

function dayNote(daysLeft: number): string {
  return daysLeft === 0 ? 'は本日です' : `まであと${daysLeft}日です`
}

function roundsTodo({ rounds, status, openEnds, lot }: Today): Todo[] {
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
  const damaged = rounds.map(
    ({ href, label, damaged }): Todo => ({
      count: damaged.length,
      unit: '個',
      text: `${label}のファイルが読み取れません`,
      note: `${damaged.join('、')}。保存用一式にある写しを使っています。システム管理者に連絡してください。`,
      href,
      act: '確認する',
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
  return [
    ...damaged,
    proposal,
    ...(lot ? lotTodo(lot) : []),
    ...openEnds.flatMap(endsTodo),
    ...changed,
    seats,
  ]
}

function lotTodo({ unannounced, undrawn }: LotTodo): Todo[] {
  return [
    {
      count: unannounced ? 1 : 0,
      unit: '件',
      text: '抽選に用いるものが登録されていません',
      note: '回答期限までに登録し、御案内に掲載します。',
      href: '/admin/lot',
      act: '抽選を見る',
    },
    {
      count: undrawn,
      unit: '病院',
      text: '点数などが同じ病院の抽選が済んでいません',
      note: '抽選を行うまで、選定を確定できません。',
      href: '/admin/lot',
      act: '抽選を見る',
    },
  ]
}

function endsTodo({ href, label, edition, declined, unanswered, isOver, reported }: OpenEnds): Todo[] {
  return [
    {
      count: declined,
      unit: '病院',
      text: `${label}に、辞退の申出があります`,
      note: '「辞退を記録」で、選定の結果に反映します。',
      href: `${href}/acceptance`,
      act: '申出を見る',
    },
    {
      count: unanswered,
      unit: '病院',
      text: isOver ? `${label}の受諾の連絡がないまま締め切りました` : `${label}の受諾の連絡を待っています`,
      note: isOver ? '電話などで確認して入力します。' : '報告の前に確認します。',
      href: `${href}/acceptance`,
      act: '受諾確認を見る',
    },
    {
      count: reported === 'reported' ? 0 : 1,
      unit: '件',
      text:
        reported === 'outdated'
          ? `${edition}の報告の差替えが済んでいません`
          : `${edition}を報告した記録がありません`,
      note: '報告を記録すると、病院の受付票にも「報告済み」と表示します。',
      href: `${href}#next`,
      act: '次の手順を見る',
    },
  ]
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
