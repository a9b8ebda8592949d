import type { CriterionId } from '../policy.ts'

/** What the 評価値 (0..100) of each criterion measures: selection/score.ts in one line for the officer. */
export const CRITERION_EXPLANATIONS: Record<CriterionId, string> = {
  emergency: '救命救急センターは100、救急告示病院は60、その他は0。',
  disaster: '災害拠点病院は100、その他は0。',
  regionalSupport: '地域医療支援病院または特定機能病院は100、その他は0。',
  perinatal: '周産期母子医療センターは100、その他は0。',
  remote: 'へき地医療拠点病院は100、その他は0。',
  infectious: '感染症指定医療機関は100、その他は0。',
  regionShare: '医療圏の全病院の許可病床数に占める、その病院の割合（％、端数切捨て）。',
  soleEmergency: '救急告示病院または救命救急センターで、同じ医療圏にほかにない病院は100、その他は0。',
  inspection: '立入検査の結果が「不十分」の病院は100、「良好」の病院は0。未把握は不明な項目とする。',
  offlineBackup:
    'GMIS調査でオフライン・バックアップが「なし」の病院は100、「あり」の病院は0。回答を使えない病院は不明な項目とする。',
  bcp: 'GMIS調査でBCPを「策定していない」病院は100、「策定している」病院は0。回答を使えない病院は不明な項目とする。',
  networkControl:
    'GMIS調査で外部との接続点を「管理していない」病院は100、「管理している」病院は0。回答を使えない病院は不明な項目とする。',
  emr: '導入済みは100、一部導入は80、導入予定は40、導入していない病院は0。未回答は不明な項目とする。',
  scope: '両方の支援を希望する病院は100、どちらか一方は50、その他は0。未回答は不明な項目とする。',
  gmisConsent: '活用に同意した病院は100、同意しない病院は0。未回答は不明な項目とする。通常は配点を0とする。',
}
