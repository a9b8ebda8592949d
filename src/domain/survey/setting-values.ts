import { z } from 'zod'
import { isEmail, readEmail } from '../text/email.ts'
import { normalForm } from '../text/normal-form.ts'
import { readPhone } from '../text/phone.ts'
import { isFarTooLong, normaliseDigits, withoutInvisible } from '../text/text.ts'
import { type NotRead, readDay, readFiscalYear, readInstant, readMonth } from '../text/typed-dates.ts'
import { parseMinistryColumns } from './ministry-columns.ts'
import { isOfRehearsal, REHEARSAL_MARK } from './rehearsal.ts'
import { reminderDaysOf } from './reminder.ts'
import type { SettingKey, Settings } from './settings.ts'

const LONGEST = 200
const TOO_LONG = `${LONGEST}文字以内で入力してください。`
const FEWEST_DIGITS = 6
const MOST_TITLES = 8
const LONGEST_TITLE = 10

/** Every setting begins as a text; one that is far too long is refused before anything is cut off it. */
const typed = z
  .string()
  .refine((value) => !isFarTooLong(value, LONGEST), { error: TOO_LONG, abort: true })
  .overwrite(onOneLine)

/** A setting is one line, however it was pasted; blanks that are meant stay. */
export function onOneLine(value: string): string {
  return withoutInvisible(value).replace(/[^\S \u3000]+/gu, ' ')
}

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
export function numberOf(value: string): number | null {
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

/** Parted by a comma of either kind. */
export function titlesOf(value: string): string[] {
  return value
    .split(/[,、，]/)
    .map((title) => title.trim())
    .filter(Boolean)
}

/** How each is read by itself. Messages name examples in braces: they are put in for the edition's year. */
export const SETTING_VALUES = {
  // By it an archive is told from one of a rehearsal.
  prefecture: text.refine((value) => !isOfRehearsal(value), `${REHEARSAL_MARK}で始まる名称は使えません。`),
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
  // Beside the number there may stand an extension, or when somebody is there.
  contactPhone: text.refine(
    (value) => normaliseDigits(value).replace(/\D/g, '').length >= FEWEST_DIGITS,
    '市外局番から、番号を入力してください。',
  ),
  contactEmail: typed.transform(readEmail).refine(isEmail, 'メールアドレスの形で入力してください。'),
  contactFax: read((value) => {
    const { text: fax, isNumber } = readPhone(value.trim())
    return value.trim() === '' ? '' : isNumber ? fax : null
  }, '市外局番から、番号を入力してください。'),
  systemContact: typed.trim().max(LONGEST, TOO_LONG),
  nationalSeats: optional(wholeNumber),
  prefectureSeats: wholeNumber,
  contractorContactFrom: optional(month),
  fiscalYear: optional(fiscalYear),
  gmisSurveyOn: optional(day),
  noticeConfirmed: choice,
  resultsPublished: choice,
  unmatchedAnswersWait: choice,
  reminderDays: read(
    reminderDaysOf,
    '「7、3、1」のように、回答期限の何日前かを60以下の数字で、5つまで入力してください。',
  ),
  retentionYears: read((value) => {
    const years = numberOf(value)
    return years !== null && years >= 1 && years <= 99 ? years : null
  }, '1から99までの整数で入力してください。'),
  retentionUntil: optional(day),
  secondApproval: choice,
  approvalTitles: titles,
  adminSecondFactor: choice,
  ministryColumns: typed.transform((value, context) => {
    const parsed = parseMinistryColumns(value)
    if (parsed.ok) return parsed.columns
    context.addIssue({ code: 'custom', message: parsed.message, params: { whole: parsed.message } })
    return z.NEVER
  }),
} satisfies { [Key in SettingKey]: z.ZodType<Settings[Key], string> }
