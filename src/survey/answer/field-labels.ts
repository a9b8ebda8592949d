import type { SubmissionField } from '../../domain/answer/form.ts'

/** What each question is called, in the order of the page. */
export const FIELD_LABELS = {
  hospitalCode: '病院名',
  masterCorrection: '病院の登録内容の訂正',
  hospitalName: '病院名（一覧にない病院）',
  hospitalAddress: '病院の所在地',
  hospitalBeds: '許可病床数',
  department: '担当部署',
  contactName: '担当者名',
  phone: '電話番号',
  email: 'メールアドレス',
  emr: '電子カルテシステムの導入状況',
  emrPlannedMonth: '電子カルテシステムの導入予定年月',
  intent: '本事業の活用意向',
  gmisConsent: 'GMIS調査の回答結果の活用の可否',
  remarks: '備考',
} as const satisfies Record<Exclude<SubmissionField, 'submissionId'>, string>
