import { labelOf } from '../../text/choice.ts'
import { monthText } from '../../text/dates.ts'
import { bandLabel, CRITERIA, type Policy, SHORTFALLS, TIE_BREAKS } from '../policy.ts'
import { CRITERION_EXPLANATIONS } from './criteria.ts'

/** A whole policy to be read, not to be filled in. */
export interface PolicyContents {
  bands: { label: string; id: string; seats: number }[]
  seatTotal: number
  points: { label: string; points: number; explanation: string }[]
  pointTotal: number
  rules: PolicyRule[]
}

export interface PolicyRule {
  label: string
  text: string
}

export function policyContents(policy: Policy): PolicyContents {
  const points = CRITERIA.map(({ id, label }) => ({
    label,
    points: policy.criteria[id] ?? 0,
    explanation: CRITERION_EXPLANATIONS[id],
  }))
  return {
    bands: policy.bands.map((band) => ({ label: bandLabel(band), id: band.id, seats: band.seats })),
    seatTotal: policy.bands.reduce((sum, { seats }) => sum + seats, 0),
    points,
    pointTotal: points.reduce((sum, each) => sum + each.points, 0),
    rules: policyRules(policy),
  }
}

/** Everything of a policy but its bands and points. */
export function policyRules(policy: Policy): PolicyRule[] {
  return [
    { label: '医療圏ごとに確保する病院数', text: regionFloorText(policy) },
    { label: '枠に余りが出たとき', text: labelOf(SHORTFALLS, policy.shortfall) },
    { label: '支援期間の最後の月', text: monthText(policy.supportPeriodEnd) },
    { label: '不明な項目の評価値', text: String(policy.unknownValue) },
    { label: '同点のときの順位', text: tieBreakText(policy) },
    { label: '抽選の種', text: policy.lotterySeed === '' ? 'なし' : `「${policy.lotterySeed}」` },
  ]
}

/** 第3版; version 0 is the default that comes with the program. */
export function versionLabel(version: number): string {
  return version === 0 ? '初期設定' : `第${version}版`
}

function regionFloorText({ regionFloor }: Policy): string {
  return regionFloor === 0 ? '確保しない' : `${regionFloor}病院`
}

function tieBreakText({ tieBreak }: Policy): string {
  return tieBreak.map((key) => labelOf(TIE_BREAKS, key)).join('、') || '医療機関コード順'
}
