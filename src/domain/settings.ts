import { z } from 'zod'
import { parseInstant } from './period.ts'

/**
 * What the prefecture sets for its survey. The defaults are the notice of 令和6年3月8日;
 * another prefecture changes them and runs the same program.
 * The rules of the selection are not here but in the policy, which has versions.
 */
export interface Settings {
  prefecture: string
  /** 都道府県コード (JIS X 0401), two digits. */
  prefectureCode: string
  title: string
  issuer: string
  issuedOn: string
  opensAt: Date
  closesAt: Date
  contactSection: string
  contactPhone: string
  contactEmail: string
  /** 全国の支援予定病院数 */
  nationalSeats: number
  /** 本県の支援予定病院数 */
  prefectureSeats: number
  /** 受託事業者から連絡が始まる月, YYYY-MM. */
  contractorContactFrom: string
  /** 令和6年度: the fiscal year of the programme, as a western year. */
  fiscalYear: number
  /** Date of the GMIS survey whose answers may be reused. */
  gmisSurveyOn: string
}

export type SettingKey = keyof Settings

/** Every key with its default in the form it is typed and stored: text. */
export const SETTING_DEFAULTS: Record<SettingKey, string> = {
  prefecture: '鹿児島県',
  prefectureCode: '46',
  title: '医療機関におけるサイバーセキュリティ確保事業の対象病院選定に係る調査',
  issuer: '鹿児島県くらし保健福祉部保健医療福祉課',
  issuedOn: '2024-03-08',
  opensAt: '2024-03-08',
  closesAt: '2024-03-18',
  contactSection: '医務係',
  contactPhone: '099-286-2707',
  contactEmail: 'imushika@pref.kagoshima.lg.jp',
  nationalSeats: '2000',
  prefectureSeats: '50',
  contractorContactFrom: '2024-04',
  fiscalYear: '2024',
  gmisSurveyOn: '2024-01-31',
}

export const SETTING_LABELS: Record<SettingKey, string> = {
  prefecture: '都道府県名',
  prefectureCode: '都道府県コード',
  title: '調査の名称',
  issuer: '発出元',
  issuedOn: '発出日',
  opensAt: '受付開始日時',
  closesAt: '回答期限',
  contactSection: '連絡先（係）',
  contactPhone: '連絡先（電話番号）',
  contactEmail: '連絡先（メールアドレス）',
  nationalSeats: '全国の支援予定病院数',
  prefectureSeats: '県の支援予定病院数',
  contractorContactFrom: '受託事業者からの連絡開始月',
  fiscalYear: '事業の年度（西暦）',
  gmisSurveyOn: 'GMIS調査の実施日',
}

export type SettingsRefusal = { key: string; message: string }

/**
 * Reads the stored texts over the defaults.
 * @returns the settings, or one refusal a bad key with what to do, in Japanese.
 */
export function parseSettings(
  stored: Partial<Record<string, string>>,
): { ok: true; settings: Settings } | { ok: false; refusals: SettingsRefusal[] } {
  const unknown = Object.keys(stored).filter((key) => !Object.hasOwn(SETTING_DEFAULTS, key))
  const parsed = settingsSchema.safeParse({ ...SETTING_DEFAULTS, ...stored })
  const refusals = [
    ...unknown.map((key) => ({
      key,
      message: 'この設定項目はありません。settings show で項目名を確かめてください。',
    })),
    ...(parsed.success ? [] : parsed.error.issues.map(refusal).filter(({ key }) => !unknown.includes(key))),
  ]
  return parsed.success && refusals.length === 0
    ? { ok: true, settings: parsed.data }
    : { ok: false, refusals }
}

const text = z
  .string()
  .trim()
  .min(1, '空にできません。値を入力してください。')
  .max(200, '200文字以内で入力してください。')
const wholeNumber = z
  .string()
  .regex(/^\d{1,6}$/, '0以上の整数を半角数字で入力してください。')
  .transform(Number)
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM の形で入力してください（例：2024-04）。')
const day = z
  .string()
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && parseInstant(value) !== null,
    'YYYY-MM-DD の形で、実在する日付を入力してください。',
  )

function instant(side: 'start' | 'end') {
  return z.string().transform((value, context) => {
    const parsed = parseInstant(value.trim(), side)
    if (parsed) return parsed
    context.addIssue({
      code: 'custom',
      message: 'ISO 8601 の日時で入力してください（例：2024-03-18T17:00:00+09:00、日付だけでも可）。',
    })
    return z.NEVER
  })
}

const settingsSchema: z.ZodType<Settings, Record<SettingKey, string>> = z
  .object({
    prefecture: text,
    prefectureCode: z
      .string()
      .regex(/^(0[1-9]|[1-3]\d|4[0-7])$/, '01から47までの2桁の都道府県コードを入力してください。'),
    title: text,
    issuer: text,
    issuedOn: day,
    opensAt: instant('start'),
    closesAt: instant('end'),
    contactSection: text,
    contactPhone: text,
    contactEmail: z.email('メールアドレスの形で入力してください。'),
    nationalSeats: wholeNumber,
    prefectureSeats: wholeNumber,
    contractorContactFrom: month,
    fiscalYear: wholeNumber,
    gmisSurveyOn: day,
  })
  .refine((settings) => settings.opensAt < settings.closesAt, {
    path: ['closesAt'],
    message: '回答期限は受付開始日時より後にしてください。',
  })

function refusal(issue: z.core.$ZodIssue): SettingsRefusal {
  return { key: String(issue.path[0] ?? ''), message: issue.message }
}
