import { z } from 'zod'
import { normalForm } from '../text/cp932.ts'
import { isFarTooLong } from '../text/text.ts'
import { type NotRead, readDay, readFiscalYear, readInstant, readMonth } from '../text/typed-dates.ts'
import { editionExamples } from './edition-examples.ts'
import { parseMinistryColumns } from './ministry-columns.ts'
import {
  SETTING_DEFAULTS,
  SETTING_LABELS,
  type SettingKey,
  type Settings,
  type SettingsRefusal,
} from './settings.ts'

const LONGEST = 200
const TOO_LONG = `${LONGEST}文字以内で入力してください。`
const MOST_TITLES = 8
const LONGEST_TITLE = 10

/** Every setting begins as a text; one that is far too long is refused before anything is cut off it. */
const typed = z.string().refine((value) => !isFarTooLong(value, LONGEST), { error: TOO_LONG, abort: true })

const text = typed.trim().min(1, '入力してください。').max(LONGEST, TOO_LONG)
const wholeNumber = read(numberOf, '0以上の整数で入力してください。')
const month = read(readMonth, '「{月}」または「{年-月}」のように、年と月を入力してください。')
const fiscalYear = read(readFiscalYear, '「{年度}」または「{西暦}」のように入力してください。')
const day = dated(
  readDay,
  ({ day: found }: { ok: true; day: string }) => found,
  '「{日}」または「{年-月-日}」のように、年月日を入力してください。',
)
const instantOf = (side: 'start' | 'end') =>
  dated(
    (value) => readInstant(value, side),
    ({ instant }: { ok: true; instant: Date; hasTime: boolean }) => instant,
    '「{日}」または「{日}17時」のように入力してください（{年-月-日} 17:00 も使えます）。',
  )

/** @param reader gives null for what is none */
function read<Value>(reader: (value: string) => Value | null, message: string) {
  return typed.transform((value, context): Value => {
    const found = reader(value)
    if (found !== null) return found
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

/** A day that there cannot be is refused in other words than what is none. */
function dated<Found extends { ok: true }, Value>(
  reader: (value: string) => Found | NotRead,
  partOf: (found: Found) => Value,
  message: string,
) {
  return typed.transform((value, context): Value => {
    const found = reader(value)
    if (found.ok) return partOf(found)
    context.addIssue({ code: 'custom', message: found.problem ?? message, params: { whole: found.problem } })
    return z.NEVER
  })
}

/** 2,000 and ２０００ are 2000. */
function numberOf(value: string): number | null {
  const digits = normalForm(value, 'NFKC').replace(/[,\s]/g, '')
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null
}

/** Blank is null. */
function optional<Output>(schema: z.ZodType<Output, string>) {
  return typed.transform((value) => value.trim() || null).pipe(schema.nullable())
}

const choice = typed.pipe(z.enum(['no', 'yes'], '{選択}')).transform((value) => value === 'yes')

/** 課長,課長補佐 in the order of the boxes. */
const titles = typed.transform((value, context): string[] => {
  const found = titlesOf(value)
  const isUsable =
    found.length > 0 &&
    found.length <= MOST_TITLES &&
    found.every((each) => [...each].length <= LONGEST_TITLE)
  if (isUsable) return found
  const message = `「課長,課長補佐,係長,担当」のように、${MOST_TITLES}つまで、それぞれ${LONGEST_TITLE}文字以内で入力してください。`
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})

function titlesOf(value: string): string[] {
  return value
    .split(/[,、，]/)
    .map((title) => title.trim())
    .filter(Boolean)
}

/** How each is read by itself. */
const SHAPE = {
  prefecture: text,
  prefectureCode: read(
    (value) => /^(0[1-9]|[1-3]\d|4[0-7])$/.exec(normalForm(value, 'NFKC').trim())?.[0] ?? null,
    '01から47までの2桁の数字で入力してください。',
  ),
  title: text,
  issuer: text,
  issuedOn: optional(day),
  opensAt: optional(instantOf('start')),
  closesAt: optional(instantOf('end')),
  originalClosesAt: optional(instantOf('end')),
  contactSection: text,
  contactPhone: text,
  contactEmail: typed.trim().pipe(z.email('メールアドレスの形で入力してください。')),
  systemContact: typed.trim().max(LONGEST, TOO_LONG),
  nationalSeats: optional(wholeNumber),
  prefectureSeats: wholeNumber,
  contractorContactFrom: optional(month),
  fiscalYear: optional(fiscalYear),
  gmisSurveyOn: optional(day),
  resultsPublished: choice,
  retentionYears: read((value) => {
    const years = numberOf(value)
    return years !== null && years >= 1 && years <= 99 ? years : null
  }, '1から99までの整数で入力してください。'),
  secondApproval: choice,
  approvalTitles: titles,
  ministryColumns: typed.transform((value, context) => {
    const parsed = parseMinistryColumns(value)
    if (parsed.ok) return parsed.columns
    context.addIssue({ code: 'custom', message: parsed.message, params: { whole: parsed.message } })
    return z.NEVER
  }),
} satisfies { [Key in SettingKey]: z.ZodType<Settings[Key], string> }

/** The texts as typed → the settings; one message a bad key, saying what to enter. */
const settingsSchema: z.ZodType<Settings, Record<SettingKey, string>> = z
  .object(SHAPE)
  .refine(({ opensAt, closesAt }) => opensAt === null || closesAt === null || opensAt < closesAt, {
    path: ['closesAt'],
    message: '受付開始日時より後にしてください。',
  })
  .refine(
    ({ originalClosesAt, closesAt }) =>
      originalClosesAt === null || (closesAt !== null && originalClosesAt < closesAt),
    {
      path: ['originalClosesAt'],
      message: '延長後の回答期限より前にしてください。延長していない場合は、空欄にしてください。',
    },
  )

/**
 * Reads the stored texts over the defaults.
 * @returns the settings, or one refusal a bad key with what to do, in Japanese.
 */
export function parseSettings(
  stored: Partial<Record<string, string>>,
): { ok: true; settings: Settings } | { ok: false; refusals: SettingsRefusal[] } {
  const unknown = Object.keys(stored).filter((key) => !Object.hasOwn(SETTING_DEFAULTS, key))
  const texts = { ...SETTING_DEFAULTS, ...stored }
  const parsed = settingsSchema.safeParse(texts)
  const refusals = [
    ...unknown.map((key) => ({
      key,
      message: 'この設定項目はありません。settings show で項目名を確かめてください。',
    })),
    ...(parsed.success
      ? []
      : parsed.error.issues
          .map((issue) => refusal(issue, texts))
          .filter(({ key }) => !unknown.includes(key))),
  ]
  return parsed.success && refusals.length === 0
    ? { ok: true, settings: parsed.data }
    : { ok: false, refusals }
}

/** 「調査の名称を入力してください。」, 「回答期限は、「…」のように入力してください。」: each says which setting it is about. */
function refusal(issue: z.core.$ZodIssue, texts: Record<SettingKey, string>): SettingsRefusal {
  const key = String(issue.path[0] ?? '')
  if (!isSettingKey(key)) return { key, message: issue.message }
  const label = SETTING_LABELS[key]
  const whole = issue.code === 'custom' ? (issue.params?.whole as string | null | undefined) : null
  if (whole) return { key, message: `${label}：${whole}` }
  const message = issue.message.replace('{選択}', CHOICE_ADVICE[key] ?? '')
  const examples = editionExamples(readFiscalYear(texts.fiscalYear))
  const words = message.replace(/\{([^{}]+)\}/g, (_, name: string) => examples[name] ?? name)
  return { key, message: words === '入力してください。' ? `${label}を${words}` : `${label}は、${words}` }
}

const CHOICE_ADVICE: Partial<Record<SettingKey, string>> = {
  resultsPublished: 'yes（受付票に表示する）または no（表示しない）を指定してください。',
  secondApproval: 'yes（別の人が決裁する）または no（担当者が確定する）を指定してください。',
}

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTING_DEFAULTS, key)
}

/** Whether two texts set the same: 令和8年12月18日17時 and 2026-12-18T17:00. */
export function isSameSetting(key: SettingKey, one: string, other: string): boolean {
  const [first, second] = [one, other].map((each) => SHAPE[key].safeParse(each))
  return first!.success && second!.success && JSON.stringify(first!.data) === JSON.stringify(second!.data)
}

/**
 * How a typed text is stored: dates as ISO 8601, which other programs read too, a whole day as a day; numbers in plain
 * digits. ISO 8601 stays as it came, and so does what cannot be read.
 */
export function storedSetting(key: SettingKey, value: string): string {
  const text = value.trim()
  if (text === '') return ''
  switch (key) {
    case 'opensAt':
      return storedInstant(text, 'start')
    case 'closesAt':
    case 'originalClosesAt':
      return storedInstant(text, 'end')
    case 'issuedOn':
    case 'gmisSurveyOn': {
      const found = readDay(text)
      return found.ok ? found.day : text
    }
    case 'contractorContactFrom':
      return readMonth(text) ?? text
    case 'fiscalYear':
      return String(readFiscalYear(text) ?? text)
    case 'nationalSeats':
    case 'prefectureSeats':
    case 'retentionYears':
      return String(numberOf(text) ?? text)
    case 'prefectureCode':
      return normalForm(text, 'NFKC')
    case 'approvalTitles':
      return titlesOf(text).join(',')
    default:
      return text
  }
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/
const TOKYO_OFFSET = 9 * 60 * 60 * 1000

function storedInstant(text: string, side: 'start' | 'end'): string {
  const found = readInstant(text, side)
  if (!found.ok || ISO.test(text)) return text
  const wall = (instant: Date) => new Date(instant.getTime() + TOKYO_OFFSET).toISOString()
  const written = wall(found.instant)
  const isMidnight = written.endsWith('T00:00:00.000Z')
  // A day ends where the next one begins, and is called by its own name.
  if (isMidnight) return wall(new Date(found.instant.getTime() - (side === 'end' ? 1 : 0))).slice(0, 10)
  return written.replace(/(?::00)?\.000Z$|Z$/, '')
}
