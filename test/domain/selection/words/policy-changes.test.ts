import { describe, expect, test } from 'vitest'
import {
  DEFAULT_POLICY,
  labelledPolicy,
  type SnapshotPolicy,
} from '../../../../src/domain/selection/policy.ts'
import { policyChanges } from '../../../../src/domain/selection/words/policy-changes.ts'

const POLICY: SnapshotPolicy = {
  ...labelledPolicy(DEFAULT_POLICY, new Map()),
  supportPeriodEnd: '2025-03',
  lotterySeed: '令和6年3月19日',
}

describe('the differences of two policies in words', () => {
  const changed = (changes: Partial<SnapshotPolicy>) =>
    policyChanges(POLICY, { ...POLICY, ...changes }).map(
      ({ label, before, after }) => `${label}：${before} → ${after}`,
    )
  const [first, ...others] = DEFAULT_POLICY.bands

  test('name each point, rule and band once', () => {
    expect(changed({ criteria: { ...DEFAULT_POLICY.criteria, emergency: 30 } })).toEqual([
      '「救急医療」の配点：25 → 30',
    ])
    expect(
      changed({
        regionFloor: 0,
        shortfall: 'redistribute',
        tieBreak: [],
        supportPeriodEnd: '2026-03',
        unknownValue: 0,
        lotterySeed: '',
      }),
    ).toEqual([
      '医療圏ごとに確保する病院数：1病院以上 → 確保しない',
      '枠に余りが出たとき：余った枠はそのままにする → 余った枠をほかの病床規模区分に回す',
      '支援期間の終期（年月）：令和7年3月 → 令和8年3月',
      '不明な項目の評価値：50（0～100のうち） → 0（0～100のうち）',
      '同点のときの順位：病床数の多い順、抽選 → 医療機関コード順',
      '抽選に用いる文字列：「令和6年3月19日」 → なし',
    ])
  })

  test('know a band again by its limits, its name or its lower limit', () => {
    expect(changed({ bands: [{ ...first!, seats: 24 }, ...others] })).toEqual([
      '20～99床の枠：23病院分 → 24病院分',
    ])
    expect(changed({ bands: [{ ...first!, max: 89, id: '20-89' }, ...others] })).toEqual([
      '病床規模区分の範囲：20～99床 → 20～89床',
    ])
    expect(changed({ bands: [{ ...first!, id: '小規模' }, ...others] })).toEqual([
      '20～99床の区分の記号（ファイル用）：以前のもの → 新しいもの',
    ])
    expect(changed({ bands: others })).toEqual(['病床規模区分「20～99床」：枠23病院分 → なし'])
    expect(changed({ bands: [{ id: '1-19', min: 1, max: 19, seats: 2 }, first!, ...others] })).toEqual([
      '病床規模区分「1～19床」：なし → 枠2病院分',
    ])
  })
})
