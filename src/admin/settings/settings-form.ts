import type { Texts } from '../../domain/record/shown.ts'
import { editionExamples } from '../../domain/survey/edition-examples.ts'
import { SETTING_CHOICES, settingText, settingWords } from '../../domain/survey/setting-words.ts'
import { SETTING_DEFAULTS, SETTING_LABELS, type SettingKey } from '../../domain/survey/settings.ts'
import { isSameSetting, storedSetting } from '../../domain/survey/stored-setting.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { isoDayText } from '../../domain/text/dates.ts'
import { parseInstant, readFiscalYear, readMonth } from '../../domain/text/typed-dates.ts'

/** Settings that belong together, under one heading. */
export interface SettingGroup {
  id: string
  heading: string
  fields: SettingField[]
}

/** One input of the settings page. */
interface SettingField {
  name: SettingKey
  label: string
  /** As typed, or as it is read. */
  value: string
  /** To be read only. */
  words: string
  support: string
  size: 's' | 'm' | 'l'
  choices: readonly Choice<string>[] | null
  /** The calendar that browsers have for it, and what it shows; null where the setting is no date. */
  picker: { type: 'date' | 'month'; value: string } | null
  error: string | null
}

const GROUPS: readonly { id: string; heading: string; keys: readonly SettingKey[] }[] = [
  {
    id: 'basics',
    heading: '基本',
    keys: ['prefecture', 'prefectureCode', 'title', 'issuer', 'issuedOn', 'retentionYears', 'retentionUntil'],
  },
  { id: 'period', heading: '期間', keys: ['opensAt', 'closesAt', 'originalClosesAt'] },
  {
    id: 'contact',
    heading: '連絡先',
    keys: ['contactSection', 'contactPhone', 'contactEmail', 'contactFax', 'systemContact'],
  },
  {
    id: 'programme',
    heading: '事業の数値',
    keys: ['fiscalYear', 'nationalSeats', 'contractorContactFrom', 'gmisSurveyOn'],
  },
  { id: 'notice', heading: '案内文', keys: ['noticeConfirmed'] },
  { id: 'requests', heading: '調査依頼と督促', keys: ['unmatchedAnswersWait', 'reminderDays'] },
  { id: 'results', heading: '結果の表示', keys: ['resultsPublished'] },
  { id: 'approval', heading: '決裁', keys: ['secondApproval', 'approvalTitles'] },
  { id: 'login', heading: 'ログイン', keys: ['adminSecondFactor'] },
]

/** What is set on a page of its own: the report's columns, and the seats beside how they are shared out. */
const ELSEWHERE: ReadonlySet<SettingKey> = new Set(['ministryColumns', 'prefectureSeats'])

/** Everything that the page of settings sets; each stands in a group. */
export const SURVEY_KEYS = (Object.keys(SETTING_DEFAULTS) as SettingKey[]).filter(
  (key) => !ELSEWHERE.has(key),
)

/** @param typed what stands in the form in the place of what is stored */
export function settingGroups(
  stored: Record<SettingKey, string>,
  typed: Texts,
  errors: Texts,
): SettingGroup[] {
  const examples = editionExamples(readFiscalYear(stored.fiscalYear))
  return GROUPS.map(({ id, heading, keys }) => ({
    id,
    heading,
    fields: keys.map((name) => ({
      name,
      label: SETTING_LABELS[name],
      value: typed[name] ?? settingText(name, stored[name]),
      words: settingWords(name, stored[name]),
      support: withExamples(SUPPORT[name] ?? '', examples),
      size: SIZES[name] ?? 'm',
      choices: SETTING_CHOICES[name] ?? null,
      picker: pickerOf(name, typed[name] ?? stored[name]),
      error: errors[name] ?? null,
    })),
  }))
}

/** A setting that was changed here and, since it was shown, by somebody else as well: in the words of the page. */
export interface SettingConflict {
  name: string
  label: string
  now: string
  typed: string
}

export function settingConflicts(typed: Texts, now: Texts): SettingConflict[] {
  const names = SURVEY_KEYS.filter((name) => typed[name] !== undefined)
  return names.map((name) => ({
    name,
    label: SETTING_LABELS[name],
    now: quoted(name, now[name] ?? ''),
    typed: quoted(name, typed[name]!),
  }))
}

/** What was typed as it will be stored; a setting that was left alone as it is stored already. */
export function asStored(typed: Texts, shown: Texts): Texts {
  const isLeft = (key: SettingKey) =>
    shown[key] !== undefined && (typed[key] === shown[key] || isSameSetting(key, typed[key]!, shown[key]))
  return Object.fromEntries(
    SURVEY_KEYS.map((key) => [key, isLeft(key) ? shown[key]! : storedSetting(key, typed[key]!)]),
  )
}

function quoted(name: SettingKey, text: string): string {
  return text === '' ? '空欄' : `「${settingWords(name, text)}」`
}

function withExamples(text: string, examples: Record<string, string>): string {
  return text.replace(/\{([^{}]+)\}/g, (_, name: string) => examples[name] ?? name)
}

const SIZES: Partial<Record<SettingKey, SettingField['size']>> = {
  title: 'l',
  issuer: 'l',
  systemContact: 'l',
  approvalTitles: 'l',
  prefectureCode: 's',
  nationalSeats: 's',
  retentionYears: 's',
  reminderDays: 's',
}

const DAYS: ReadonlySet<SettingKey> = new Set(['issuedOn', 'gmisSurveyOn', 'retentionUntil'])

/** A deadline at midnight is picked by the day that it ends. */
function pickerOf(key: SettingKey, text: string): SettingField['picker'] {
  if (key === 'contractorContactFrom') return { type: 'month', value: readMonth(text) ?? '' }
  const isEnd = key === 'closesAt' || key === 'originalClosesAt'
  if (!isEnd && key !== 'opensAt' && !DAYS.has(key)) return null
  const instant = parseInstant(text, isEnd ? 'end' : 'start')
  const day = instant && new Date(instant.getTime() - (isEnd ? 1 : 0))
  return { type: 'date', value: day ? isoDayText(day) : '' }
}

const SUPPORT: Partial<Record<SettingKey, string>> = {
  prefectureCode: '01から47までの2桁の数字',
  issuedOn: '通知に記載した日付。例：{日}、{年-月-日}',
  retentionYears: '個人情報の取扱いのページに表示します。',
  retentionUntil:
    'この日を過ぎると、「回答の消去」のページで、回答などの記録を消去できます。個人情報の取扱いのページに表示します。回答期限から保存期間（年）が過ぎる日以後の日を入力してください。',
  opensAt:
    '受付開始と回答期限の両方を設定するまで、病院には「準備中」と表示します。例：{日}（その日の始まりから）、{日}9時',
  closesAt: '例：{日}（その日の終わりまで）、{日}17時、{年-月-日} 17:00',
  originalClosesAt:
    '回答期限を延長した場合に、延長前の期限を入力してください。公開ページに、延長したことを表示します。',
  systemContact:
    'ログインできない職員などが連絡する相手の、氏名や内線番号。ログインの画面などに表示します。空欄でも構いません。',
  fiscalYear: '例：{年度}、{西暦}',
  nationalSeats: '空欄にすると、通知に記載しません。',
  contractorContactFrom: '例：{月}、{年-月}',
  gmisSurveyOn: '回答結果の活用の可否を尋ねる、GMIS上の調査の実施日。例：{日}',
  noticeConfirmed:
    '調査のページ、質問と回答、回答フォームの文を読み、年度や日付を含めて今回の調査の内容になっているかどうか。調査の準備の一覧に表示します。',
  unmatchedAnswersWait:
    '回答用リンクを発行した病院の最初の回答が、リンクによらずに届いた場合の取扱い。第三者が病院になりすまして回答することを防げます。',
  reminderDays:
    '回答期限の何日前に、未回答の病院へ督促するか。その日になると「調査の状況」に表示します。例：7、3、1。空欄にすると表示しません。',
  resultsPublished:
    '確定した選定の結果を、各病院の受付票に「選定」「補欠」などの形で表示するかどうか。回ごとの取扱いは確定結果のページで決め、決めていない回はこの設定によります。',
  secondApproval:
    '担当者が2人以上いる場合は、別の人による決裁をお勧めします。起案した人は、自分の起案を決裁できません。',
  adminSecondFactor:
    '必須とすると、設定していない管理者は、次の操作の前に、スマートフォンの認証アプリを使う二段階認証を設定します。',
  approvalTitles: '印刷する資料の決裁欄に、左から並べる職名。例：課長、課長補佐、係長、担当',
}
