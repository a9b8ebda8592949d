import { labelOf } from '../../text/choice.ts'
import { dateTimeText, monthText } from '../../text/dates.ts'
import { CRITERIA, SHORTFALLS, TIE_BREAKS } from '../policy.ts'
import type { Snapshot } from '../snapshot.ts'

export interface PolicyLines {
  rules: { label: string; text: string }[]
  points: { label: string; points: number }[]
  /** 順位の変更, in the order in which they were made. */
  moves: { code: string; name: string; position: number; reason: string }[]
}

/** By which rules a frozen selection was made. @param policyVersion 0 is the default that comes with the program */
export function policyLines(policyVersion: number, snapshot: Snapshot): PolicyLines {
  const { policy, takenAt, candidates, moves = [] } = snapshot
  const names = new Map(candidates.map(({ code, name }) => [code, name]))
  return {
    rules: [
      { label: '選定基準', text: policyVersion === 0 ? '初期設定' : `第${policyVersion}版` },
      { label: '選定に使った内容の時点', text: dateTimeText(new Date(takenAt)) },
      { label: '支援期間', text: `${monthText(policy.supportPeriodEnd)}まで` },
      {
        label: '医療圏の確保枠',
        text: policy.regionFloor === 0 ? 'なし' : `各医療圏に${policy.regionFloor}病院以上`,
      },
      { label: '枠に余りが出たとき', text: labelOf(SHORTFALLS, policy.shortfall) },
      { label: '不明な項目の扱い', text: `${policy.unknownValue}点（100点満点）とみなす` },
      {
        label: '同点のとき',
        text: policy.tieBreak.map((key) => labelOf(TIE_BREAKS, key)).join(' → ') || '医療機関コード順',
      },
      { label: '抽選の種', text: policy.lotterySeed },
    ],
    points: CRITERIA.map(({ id, label }) => ({ label, points: policy.criteria[id] ?? 0 })),
    moves: moves.map((move) => ({ ...move, name: names.get(move.code)! })),
  }
}
