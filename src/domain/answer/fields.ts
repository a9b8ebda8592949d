import { z } from 'zod'
import { firstCharacterOutsideCp932 } from '../text/cp932.ts'
import {
  lengthProblem,
  normaliseDigits,
  normaliseEmail,
  normaliseMonth,
  normaliseMultiline,
  normalisePhone,
  normaliseText,
  within,
} from '../text/text.ts'
import { LIMITS, OTHER_HOSPITAL, OTHER_HOSPITAL_LABEL } from './questions.ts'

/**
 * The kinds of field that the form is made of. Each takes what was typed, brings it into the form that is stored,
 * and refuses the rest with a message in Japanese that names the field and says what to do. What is far too long is
 * refused as it came, before a rule reads it.
 */

/** A field behind a choice that was not made: neither checked nor kept. */
export const absent = z.string().transform(() => '')

/** @param keyOf the master's key of the hospital that a code names; null where the master has none */
export function hospitalCode(name: string, keyOf: KeyOf) {
  return z
    .string()
    .refine(Boolean, {
      error: `${name}を選択してください。一覧にない場合は「${OTHER_HOSPITAL_LABEL}」を選択してください。`,
      abort: true,
    })
    .transform((code, context) => {
      const key = code === OTHER_HOSPITAL ? code : keyOf(code)
      if (key !== null) return key
      context.addIssue({
        code: 'custom',
        message: `選択された病院が一覧にありません。${name}を選び直してください。`,
      })
      return z.NEVER
    })
}

export type KeyOf = (code: string) => string | null

export function line(name: string, limit: number) {
  return z.string().transform(within(limit, normaliseText)).superRefine(storable(name, limit))
}

export function lines(name: string, limit: number) {
  return z.string().transform(within(limit, normaliseMultiline)).superRefine(storable(name, limit))
}

export function required(name: string, limit: number) {
  return line(name, limit).refine(Boolean, `${name}を入力してください。`)
}

/** Within the limit, and every character survives a CP932 file: said now, not at export months later. */
function storable(name: string, limit: number) {
  return (text: string, context: z.RefinementCtx) => {
    const tooLong = lengthProblem(name, text, limit)
    if (tooLong) context.addIssue({ code: 'custom', message: tooLong })
    const outside = firstCharacterOutsideCp932(text)
    if (outside) context.addIssue({ code: 'custom', message: outsideMessage(name, outside) })
  }
}

function outsideMessage(
  name: string,
  { character, position }: { character: string; position: number },
): string {
  return `${name}の${position}文字目「${character}」は、帳票に出力できない文字です。別の文字に置き換えてください。`
}

/** １，２３４床 */
const LONGEST_BEDS = 6

export function beds(name: string, limit: number) {
  return z
    .string()
    .transform(within(LONGEST_BEDS, (text) => normaliseDigits(text).replace(/[\s,，、床]/g, '')))
    .refine(Boolean, { error: `${name}を入力してください。`, abort: true })
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= limit,
      `${name}は、1から${limit}までの整数で入力してください（例：120）。`,
    )
}

export function phone(name: string) {
  return z
    .string()
    .transform(within(LIMITS.phone, (text) => domesticPhone(normalisePhone(text))))
    .refine(Boolean, { error: `${name}を入力してください。`, abort: true })
    .refine(
      isPhone,
      `${name}は、市外局番から数字10桁または11桁で入力してください（例：099-000-0000）。内線番号は備考に入力してください。`,
    )
}

/** +81-99-… and +81-(0)99-… are 099-… */
function domesticPhone(text: string): string {
  return text.replace(/^\+81-?(?:0-?)?/, '0')
}

function isPhone(text: string): boolean {
  return /^0\d+(-\d+)*$/.test(text) && /^\d{10,11}$/.test(text.replaceAll('-', ''))
}

export function email(name: string) {
  return z
    .string()
    .transform(within(LIMITS.email, normaliseEmail))
    .refine(Boolean, { error: `${name}を入力してください。`, abort: true })
    .refine(isEmail, `${name}は、「名前@example.jp」のような形で入力してください。`)
}

function isEmail(text: string): boolean {
  return text.length <= LIMITS.email && z.email().safeParse(text).success
}

export function month(name: string) {
  return z.string().transform((text, context) => {
    const normalised = normaliseMonth(text)
    if (normalised) return normalised
    const message = text.trim()
      ? `${name}は、「令和9年9月」や「2027-09」のように年と月で入力してください。`
      : `${name}を入力してください。`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

/** @param ids of the choices */
export function choice(name: string, ids: readonly string[]) {
  return z.enum(ids, `${name}を選択してください。`)
}
