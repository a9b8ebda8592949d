import type { PeriodState } from '../../domain/survey/period.ts'
import { SETTING_LABELS, type Settings } from '../../domain/survey/settings.ts'
import type { WaitingAnswers } from '../../office/answers/waiting.ts'
import type { SelectionStatus } from '../../office/draft/board.ts'
import type { RoundSummary } from '../../office/rounds/summaries.ts'

/** One thing to do, with the one act that leads to it. A count of 0 says that it is done. */
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
  hospitals: number
  waiting: WaitingAnswers
  nonrespondents: number
  /** Answers that count, and say that the master is wrong about their hospital. */
  corrections: number
  undelivered: number
  /** Rows of master files that may be of known hospitals. */
  matches?: number
  /** What counts of hospitals, on which sources differ and nobody has settled. */
  differences?: number
  rounds: readonly RoundSummary[]
  status: SelectionStatus
  settings: Settings
  seats: number
  policyVersion: number
}

/** What waits for an officer, in the order of the work. What is done and does not come back is left out, but for the preparations. */
export function todoOf(today: Today): Todo[] {
  const waiting = [...masterTodo(today), ...answersTodo(today), ...roundsTodo(today)].filter(
    ({ count }) => count > 0,
  )
  const preparations = preparationTodo(today)
  const inOrder = preparations.count > 0 ? [preparations, ...waiting] : [...waiting, preparations]
  return waiting.length > 0 ? inOrder : [...inOrder, nothingWaits(today)]
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

/** What the survey needs before it begins, item by item. */
function preparationTodo({ settings, hospitals, seats, policyVersion }: Today): Todo {
  const unset = NEEDED.filter((key) => settings[key] === null || settings[key] === '')
  const missing = [
    ...(hospitals === 0 ? [{ what: '病院台帳', href: '/admin/hospitals' }] : []),
    ...unset.map((key) => ({ what: SETTING_LABELS[key], href: `/admin/settings#${key}` })),
    ...(seats === settings.prefectureSeats ? [] : [{ what: SEATS_DIFFER, href: '/admin/policy' }]),
  ]
  const isDone = missing.length === 0
  return {
    count: missing.length,
    unit: '項目',
    text: isDone ? '準備は完了しています' : '準備ができていない項目があります',
    note: isDone
      ? `病院台帳${hospitals}病院、支援枠${seats}病院分、選定基準（第${policyVersion}版）、受付期間、連絡先`
      : missing.map(({ what }) => what).join('、'),
    href: missing[0]?.href ?? '/admin/settings',
    act: isDone ? '設定を見る' : hospitals === 0 ? '病院台帳を開く' : '設定する',
  }
}

const SEATS_DIFFER = '支援枠（区分ごとの合計が支援予定病院数と一致していません）'

/** What every page of the hospitals' side states, or stands on. */
const NEEDED = [
  'title',
  'issuer',
  'issuedOn',
  'fiscalYear',
  'opensAt',
  'closesAt',
  'contactSection',
  'contactPhone',
  'contactEmail',
  'contractorContactFrom',
  'gmisSurveyOn',
] as const satisfies readonly (keyof Settings)[]

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
