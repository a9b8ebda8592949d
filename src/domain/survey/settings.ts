import type { Choice } from '../text/choice.ts'
import { DEFAULT_MINISTRY_COLUMNS, type MinistryColumnId } from './ministry-columns.ts'

/**
 * What the prefecture sets for its survey. The defaults are those of the office that this was made for; another one
 * changes them and runs the same program. Facts with a date have none: until they are set, no page states them.
 * The rules of the selection are not here but in the policy, which has versions.
 */
export interface Settings {
  prefecture: string
  /** 都道府県コード (JIS X 0401), two digits. */
  prefectureCode: string
  title: string
  issuer: string
  /** YYYY-MM-DD */
  issuedOn: string | null
  /** While one of these two is null the hospitals' side is 準備中. */
  opensAt: Date | null
  closesAt: Date | null
  /** 当初の回答期限, where it was extended. */
  originalClosesAt: Date | null
  contactSection: string
  contactPhone: string
  contactEmail: string
  /** Where a 回答票 on paper is sent; '' where none is taken by fax. */
  contactFax: string
  /** Whom an officer turns to who cannot get in: a name, an extension. '' where nobody is named. */
  systemContact: string
  /** 全国の支援予定病院数 */
  nationalSeats: number | null
  /** 本県の支援予定病院数 */
  prefectureSeats: number
  /** 受託事業者から連絡が始まる月, YYYY-MM. */
  contractorContactFrom: string | null
  /** 令和6年度: the fiscal year of the programme, as a western year. */
  fiscalYear: number | null
  /** Date of the GMIS survey whose answers may be reused, YYYY-MM-DD. */
  gmisSurveyOn: string | null
  /** Whether somebody has read what the hospitals' side says of this edition, and found it right. */
  noticeConfirmed: boolean
  /** Whether a hospital reads on its receipt if it was selected. Until then only that the selection is reported. */
  resultsPublished: boolean
  /** Whether the first answer of a hospital that was given a link waits for an officer where it came without that. */
  unmatchedAnswersWait: boolean
  /** 督促: on which days before the deadline, the first one first; none where nobody is reminded by plan. */
  reminderDays: number[]
  /** 保存期間: how long the answers are kept as public records, in years. */
  retentionYears: number
  /** 保存期間の満了日, YYYY-MM-DD: after it what the survey holds is deleted. null: nothing is. */
  retentionUntil: string | null
  /** 決裁: whether a second person has to approve before a selection is confirmed. */
  secondApproval: boolean
  /** The boxes of the 決裁欄 on paper, from the left. */
  approvalTitles: string[]
  /** 管理者の二段階認証: an administrator without it sets it up before anything else. */
  adminSecondFactor: boolean
  /** Of the report to the ministry, in its order. */
  ministryColumns: MinistryColumnId[]
}

export type SettingKey = keyof Settings

/** Every key with its default in the form it is typed and stored: text. */
export const SETTING_DEFAULTS: Record<SettingKey, string> = {
  prefecture: '鹿児島県',
  prefectureCode: '46',
  title: '医療機関におけるサイバーセキュリティ確保事業の対象病院選定に係る調査',
  issuer: '鹿児島県くらし保健福祉部保健医療福祉課',
  issuedOn: '',
  opensAt: '',
  closesAt: '',
  originalClosesAt: '',
  contactSection: '医務係',
  contactPhone: '099-286-2707',
  contactEmail: 'imushika@pref.kagoshima.lg.jp',
  contactFax: '',
  systemContact: '',
  nationalSeats: '',
  prefectureSeats: '50',
  contractorContactFrom: '',
  fiscalYear: '',
  gmisSurveyOn: '',
  noticeConfirmed: 'no',
  resultsPublished: 'no',
  unmatchedAnswersWait: 'no',
  reminderDays: '3',
  retentionYears: '5',
  retentionUntil: '',
  // A one-person office can work out of the box; the settings recommend the second person.
  secondApproval: 'no',
  approvalTitles: '課長,課長補佐,係長,担当',
  adminSecondFactor: 'no',
  ministryColumns: DEFAULT_MINISTRY_COLUMNS,
}

export const SETTING_LABELS: Record<SettingKey, string> = {
  prefecture: '都道府県名',
  prefectureCode: '都道府県コード',
  title: '調査の名称',
  issuer: '発出者（部・課の名称）',
  issuedOn: '通知の日付',
  opensAt: '受付開始日時',
  closesAt: '回答期限',
  originalClosesAt: '当初の回答期限（延長した場合）',
  contactSection: '連絡先（係）',
  contactPhone: '連絡先（電話番号）',
  contactEmail: '連絡先（メールアドレス）',
  contactFax: '連絡先（FAX番号）',
  systemContact: 'システム管理者の連絡先',
  nationalSeats: '支援予定病院数（全国）',
  prefectureSeats: '支援予定病院数（都道府県）',
  contractorContactFrom: '受託事業者からの連絡開始時期',
  fiscalYear: '事業の年度',
  gmisSurveyOn: 'GMIS調査の実施日',
  noticeConfirmed: '案内文の確認',
  resultsPublished: '病院への結果の表示',
  unmatchedAnswersWait: '回答用リンクによらない回答',
  reminderDays: '督促を行う日',
  retentionYears: '保存期間（年）',
  retentionUntil: '保存期間の満了日',
  secondApproval: '選定の決裁',
  approvalTitles: '決裁欄の職名',
  adminSecondFactor: '管理者の二段階認証',
  ministryColumns: '厚生労働省への報告の列',
}

/** Where a setting is one of a few: what it means. */
export const NOTICE_CONFIRMED_CHOICES: readonly Choice<'no' | 'yes'>[] = [
  { id: 'no', label: 'まだ確認していない' },
  { id: 'yes', label: '病院に公開する文を読み、今回の調査の内容であることを確認した' },
]

export const RESULTS_PUBLISHED_CHOICES: readonly Choice<'no' | 'yes'>[] = [
  { id: 'no', label: '受付票に結果を表示しない（選定の状況だけを表示する）' },
  { id: 'yes', label: '受付票に結果を表示する' },
]

export const UNMATCHED_ANSWERS_CHOICES: readonly Choice<'no' | 'yes'>[] = [
  { id: 'no', label: '有効な回答として受け付ける' },
  { id: 'yes', label: '回答用リンクを発行した病院では、担当者が確認するまで「照合待ち」とする' },
]

export const SECOND_APPROVAL_CHOICES: readonly Choice<'no' | 'yes'>[] = [
  { id: 'no', label: '担当者が確定する（決裁は紙などで行う）' },
  { id: 'yes', label: '起案した人とは別の人が決裁する（推奨）' },
]

export const ADMIN_SECOND_FACTOR_CHOICES: readonly Choice<'no' | 'yes'>[] = [
  { id: 'no', label: '各自が設定する' },
  { id: 'yes', label: '管理者には必須とする（推奨）' },
]

export type SettingsRefusal = { key: string; message: string }
