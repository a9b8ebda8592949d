import { z } from 'zod'
import { parseInstant } from '../text/dates.ts'
import { isEmail, readEmail } from '../text/email.ts'
import { isFarTooLong } from '../text/text.ts'
import { parseMinistryColumns } from './ministry-columns.ts'
import { SETTING_DEFAULTS, type SettingKey, type Settings, type SettingsRefusal } from './settings.ts'

const LONGEST = 200
const TOO_LONG = `${LONGEST}文字以内で入力してください。`

/** Every setting begins as a text; one that is far too long is refused before anything is cut off it. */
const typed = z.string().refine((value) => !isFarTooLong(value, LONGEST), { error: TOO_LONG, abort: true })

const text = typed.trim().min(1, '空にできません。値を入力してください。').max(LONGEST, TOO_LONG)
const wholeNumber = typed.regex(/^\d{1,6}$/, '0以上の整数を半角数字で入力してください。').transform(Number)
const month = typed.regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM の形で入力してください（例：2024-04）。')
const day = typed.refine(
  (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && parseInstant(value) !== null,
  'YYYY-MM-DD の形で、実在する日付を入力してください。',
)

function instant(side: 'start' | 'end') {
  return typed.transform((value, context) => {
    const parsed = parseInstant(value.trim(), side)
    if (parsed) return parsed
    context.addIssue({
      code: 'custom',
      message: 'ISO 8601 の日時で入力してください（例：2024-03-18T17:00:00+09:00、日付だけでも可）。',
    })
    return z.NEVER
  })
}

/** Blank is null. */
function optional<Output>(schema: z.ZodType<Output, string>) {
  return typed.transform((value) => value.trim() || null).pipe(schema.nullable())
}

/** The texts as typed → the settings; one message a bad key, saying what to enter. */
const settingsSchema: z.ZodType<Settings, Record<SettingKey, string>> = z
  .object({
    prefecture: text,
    prefectureCode: typed.regex(
      /^(0[1-9]|[1-3]\d|4[0-7])$/,
      '01から47までの2桁の都道府県コードを入力してください。',
    ),
    title: text,
    issuer: text,
    issuedOn: day,
    opensAt: instant('start'),
    closesAt: instant('end'),
    originalClosesAt: optional(instant('end')),
    contactSection: text,
    contactPhone: text,
    contactEmail: typed.transform(readEmail).refine(isEmail, 'メールアドレスの形で入力してください。'),
    nationalSeats: wholeNumber,
    prefectureSeats: wholeNumber,
    contractorContactFrom: month,
    fiscalYear: wholeNumber,
    gmisSurveyOn: day,
    resultsPublished: z
      .enum(['no', 'yes'], 'yes（公開する）または no（公開しない）を指定してください。')
      .transform((value) => value === 'yes'),
    retentionYears: typed
      .regex(/^([1-9]|[1-9]\d)$/, '1から99までの整数を半角数字で入力してください。')
      .transform(Number),
    secondApproval: z
      .enum(['no', 'yes'], 'yes（別の人が決裁する）または no（1人で確定する）を指定してください。')
      .transform((value) => value === 'yes'),
    ministryColumns: typed.transform((value, context) => {
      const parsed = parseMinistryColumns(value)
      if (parsed.ok) return parsed.columns
      context.addIssue({ code: 'custom', message: parsed.message })
      return z.NEVER
    }),
  })
  .refine((settings) => settings.opensAt < settings.closesAt, {
    path: ['closesAt'],
    message: '回答期限は受付開始日時より後にしてください。',
  })
  .refine(({ originalClosesAt, closesAt }) => originalClosesAt === null || originalClosesAt < closesAt, {
    path: ['originalClosesAt'],
    message:
      '当初の回答期限は、延長後の回答期限より前にしてください。延長していない場合は、空欄にしてください。',
  })

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

function refusal(issue: z.core.$ZodIssue): SettingsRefusal {
  return { key: String(issue.path[0] ?? ''), message: issue.message }
}
