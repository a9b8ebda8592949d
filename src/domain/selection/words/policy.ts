import { entriesOf, type Register } from '../../record/register.ts'
import { labelOf } from '../../text/choice.ts'
import { dateTimeText, monthText } from '../../text/dates.ts'
import { bandLabel } from '../bands.ts'
import {
  CRITERIA,
  type CriterionId,
  EARLIER_SUPPORTS,
  NO_SUPPORT_PERIOD_END,
  type PointId,
  type Policy,
  SHORTFALLS,
  type SnapshotPolicy,
  TIE_BREAKS,
} from '../policy.ts'
import { questionKey } from '../questions.ts'
import type { Snapshot } from '../snapshot.ts'
import { questionExplanation } from './policy-questions.ts'

/** A whole policy to be read, not to be filled in. */
export interface PolicyContents {
  bands: { label: string; id: string; seats: number }[]
  seatTotal: number
  points: { label: string; points: number; explanation: string }[]
  pointTotal: number
  rules: PolicyRule[]
}

interface PolicyRule {
  label: string
  text: string
}

export function policyContents(policy: SnapshotPolicy): PolicyContents {
  const points = [
    ...CRITERIA.map(({ id, label }) => ({
      label,
      points: policy.criteria[id] ?? 0,
      explanation: CRITERION_EXPLANATIONS[id],
    })),
    ...(policy.questions ?? []).map((question) => ({
      label: question.label,
      points: question.points,
      explanation: questionExplanation(question),
    })),
  ]
  return {
    bands: policy.bands.map((band) => ({ label: bandLabel(band), id: band.id, seats: band.seats })),
    seatTotal: policy.bands.reduce((sum, { seats }) => sum + seats, 0),
    points,
    pointTotal: points.reduce((sum, each) => sum + each.points, 0),
    rules: policyRules(policy),
  }
}

/** What the rules are called wherever they are shown, typed or refused: everything of a policy but bands and points. */
export const RULE_LABELS = {
  regionFloor: '医療圏ごとに確保する病院数',
  shortfall: '枠に余りが出たとき',
  supportPeriodEnd: '支援期間の終期（年月）',
  unknownValue: '不明な項目の評価値',
  tieBreak: '同点のときの順位',
  lotterySeed: '抽選に用いる文字列',
  earlierSupport: '過去の年度に支援を受けた病院',
} as const satisfies Partial<Record<keyof Policy, string>>

/** The rules in words, in the order of their labels. */
export function policyRules(policy: Policy): PolicyRule[] {
  const texts: Record<keyof typeof RULE_LABELS, string> = {
    regionFloor: policy.regionFloor === 0 ? '確保しない' : `${policy.regionFloor}病院以上`,
    shortfall: labelOf(SHORTFALLS, policy.shortfall),
    supportPeriodEnd:
      supportPeriodEndText(policy.supportPeriodEnd) || '未設定（導入予定の病院は、時期にかかわらず対象）',
    unknownValue: `${policy.unknownValue}（0～100のうち）`,
    tieBreak: policy.tieBreak.map((key) => labelOf(TIE_BREAKS, key)).join('、') || '医療機関コード順',
    lotterySeed: policy.lotterySeed === '' ? 'なし' : `「${policy.lotterySeed}」`,
    earlierSupport: labelOf(EARLIER_SUPPORTS, policy.earlierSupport ?? 'ignore'),
  }
  return RULE_IDS.map((id) => ({ label: RULE_LABELS[id], text: texts[id] }))
}

/** 令和10年3月; '' where nobody set it. @param end the policy's */
export function supportPeriodEndText(end: string): string {
  return end === NO_SUPPORT_PERIOD_END ? '' : monthText(end)
}

/** 「（令和10年3月まで）」 behind the period; '' where nobody set its end. */
export function supportPeriodUntil(end: string): string {
  const text = supportPeriodEndText(end)
  return text && `（${text}まで）`
}

const RULE_IDS = Object.keys(RULE_LABELS) as (keyof typeof RULE_LABELS)[]

/** By which rules a frozen selection was made. */
export interface PolicyLines {
  rules: PolicyRule[]
  points: { label: string; points: number }[]
  /** 順位の変更, in the order in which they were made. */
  moves: { medicalCode: string | null; name: string; position: number; reason: string }[]
}

export function policyLines(policyVersion: number, snapshot: Snapshot, register: Register): PolicyLines {
  const { policy, moves = [] } = snapshot
  const entries = entriesOf(register)
  return {
    rules: [
      { label: '選定基準', text: versionLabel(policyVersion) },
      takenAtLine(snapshot),
      ...policyRules(policy),
    ],
    points: policyContents(policy).points,
    moves: moves.map(({ code, position, reason }) => {
      const { name, medicalCode } = entries.get(code)!.hospital
      return { medicalCode, name, position, reason }
    }),
  }
}

export function takenAtLine({ takenAt }: Snapshot): PolicyRule {
  return { label: '選定に用いたデータの時点', text: dateTimeText(new Date(takenAt)) }
}

/** 第3版; version 0 is the default that comes with the program. */
export function versionLabel(version: number): string {
  return version === 0 ? '初期設定' : `第${version}版`
}

/** What the 評価値 of a criterion or a further question measures. */
export function pointExplanation({ questions = [] }: Pick<SnapshotPolicy, 'questions'>, id: PointId): string {
  const question = questions.find((each) => questionKey(each) === id)
  return question ? questionExplanation(question) : CRITERION_EXPLANATIONS[id as CriterionId]
}

/** What the 評価値 (0..100) of each criterion measures: score.ts in one line for the officer. */
export const CRITERION_EXPLANATIONS: Record<CriterionId, string> = {
  emergency: '救命救急センターは100、救急告示病院は60、その他は0です。',
  disaster: '災害拠点病院は100、その他は0です。',
  regionalSupport: '地域医療支援病院または特定機能病院は100、その他は0です。',
  perinatal: '周産期母子医療センターは100、その他は0です。',
  remote: 'へき地医療拠点病院は100、その他は0です。',
  infectious: '感染症指定医療機関は100、その他は0です。',
  regionShare: '医療圏の全病院の許可病床数に占める、その病院の割合です（％、端数切捨て）。',
  soleEmergency: '救急告示病院または救命救急センターで、同じ医療圏にほかにない病院は100、その他は0です。',
  inspection:
    '立入検査の結果が「不十分」の病院は100、「良好」の病院は0です。未把握の場合は「不明な項目の評価値」を用います。',
  offlineBackup:
    'GMIS調査でオフライン・バックアップが「なし」の病院は100、「あり」の病院は0です。回答を使えない場合は公表情報（施設基準の届出）により、それでも分からない場合は「不明な項目の評価値」を用います。',
  bcp: 'GMIS調査でBCPを「策定していない」病院は100、「策定している」病院は0です。回答を使えない場合は公表情報（施設基準の届出）により、それでも分からない場合は「不明な項目の評価値」を用います。',
  networkControl:
    'GMIS調査で外部との接続点を「管理していない」病院は100、「管理している」病院は0です。回答を使えない場合は公表情報（施設基準の届出）により、それでも分からない場合は「不明な項目の評価値」を用います。',
  emr: '導入済みは100、一部導入は80、導入予定は40、導入していない病院は0です。未回答の場合は「不明な項目の評価値」を用います。',
  scope:
    '両方の支援を希望する病院は100、どちらか一方は50、その他は0です。未回答の場合は「不明な項目の評価値」を用います。',
  gmisConsent:
    '活用に同意した病院は100、同意しない病院は0です。未回答の場合は「不明な項目の評価値」を用います。同意の有無で評価を変えないため、配点は0とします。',
}
