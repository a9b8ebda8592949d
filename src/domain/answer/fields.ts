import { z } from 'zod'
import { firstUnknownCharacter } from '../text/cp932.ts'
import { isEmail, readEmail } from '../text/email.ts'
import { grouped } from '../text/grouped.ts'
import { isPhone, readPhone } from '../text/phone.ts'
import {
  lengthProblem,
  normaliseAddress,
  normaliseDigits,
  normaliseMultiline,
  normaliseText,
  within,
} from '../text/text.ts'
import { readMonth } from '../text/typed-dates.ts'
import { LIMITS, OTHER_HOSPITAL, OTHER_HOSPITAL_LABEL } from './questions.ts'

/**
 * The kinds of field that the form is made of. Each takes what was typed, brings it into the form that is stored,
 * and refuses the rest with a message in Japanese that names the field and says what to do. What is far too long is
 * refused as it came, before a rule reads it.
 */

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
  return text(name, limit, normaliseText)
}

export function lines(name: string, limit: number) {
  return text(name, limit, normaliseMultiline)
}

/** A line whose house numbers are written in one way. */
export function address(name: string, limit: number) {
  return text(name, limit, normaliseAddress).refine(Boolean, `${name}を入力してください。`)
}

export function required(name: string, limit: number) {
  return line(name, limit).refine(Boolean, `${name}を入力してください。`)
}

/** Any character that people have is kept as it was typed. What nobody can read is named, with its place as typed. */
function text(name: string, limit: number, normalise: (typed: string) => string) {
  return z
    .string()
    .superRefine((typed, context) => {
      const unknown = firstUnknownCharacter(typed.replaceAll('\r\n', '\n'))
      if (unknown) context.addIssue({ code: 'custom', message: unknownMessage(name, unknown) })
    })
    .transform(within(limit, normalise))
    .superRefine((normalised, context) => {
      const tooLong = lengthProblem(name, normalised, limit)
      if (tooLong) context.addIssue({ code: 'custom', message: tooLong })
    })
}

function unknownMessage(
  name: string,
  { character, position }: { character: string; position: number },
): string {
  const place = `${name}の${position}文字目`
  if (/\p{Co}/u.test(character))
    return `${place}「${character}」は、帳票で扱えない文字（環境依存文字）です。別の文字に置き換えてください。`
  return `${place}に、読み取れない文字（文字化けや制御文字）が含まれています。その文字を削除するか、入力し直してください。`
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

/** @param required else '' is an answer as well */
export function wholeNumber(name: string, { limit, unit, required }: NumberRule) {
  return z
    .string()
    .transform(within(LONGEST_NUMBER + unit.length, (text) => plainNumber(text, unit)))
    .refine((text) => !required || text !== '', { error: `${name}を入力してください。`, abort: true })
    .refine(
      (text) => (!required && text === '') || (/^\d{1,9}$/.test(text) && Number(text) <= limit),
      `${name}は、0から${grouped(limit)}までの整数を数字で入力してください（例：12${unit}）。`,
    )
}

interface NumberRule {
  limit: number
  unit: string
  required: boolean
}

/** ９９９，９９９，９９９ with blanks within */
const LONGEST_NUMBER = 20

/** １２か所 → 12 */
function plainNumber(typed: string, unit: string): string {
  const text = normaliseDigits(typed).replace(/[\s,，、]/gu, '')
  const number = unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length) : text
  return number.replace(/^0+(?=\d)/u, '')
}

export function phone(name: string) {
  return z
    .string()
    .transform(within(LIMITS.phone, calledNumber))
    .refine(Boolean, { error: `${name}を入力してください。`, abort: true })
    .refine(
      isPhone,
      `${name}は、市外局番から数字10桁（携帯電話などは11桁）で入力してください（例：000-000-0000）。内線番号は備考に入力してください。`,
    )
}

/** Who types a number without its 0 is asked: it may lack another digit. */
function calledNumber(typed: string): string {
  const { text: number, zeroRestored } = readPhone(typed)
  return zeroRestored ? typed : number
}

/** @param required else '' is an answer as well */
export function email(name: string, required = true) {
  return z
    .string()
    .transform(within(LIMITS.email, readEmail))
    .refine((address) => !required || address !== '', { error: `${name}を入力してください。`, abort: true })
    .refine(
      (address) => (!required && address === '') || isEmail(address),
      `${name}は、「名前@example.jp」のような形で入力してください。`,
    )
}

export function month(name: string) {
  return z.string().transform((text, context) => {
    const normalised = readMonth(text)
    if (normalised) return normalised
    const message = text.trim()
      ? `${name}は、「令和○年○月」のように、年と月を入力してください（西暦でも入力できます）。`
      : `${name}を入力してください。`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

/**
 * @param ids of the choices
 * @param required else '' is an answer as well
 */
export function choice(name: string, ids: readonly string[], required = true) {
  return z.enum(required ? ids : ['', ...ids], `${name}を選択してください。`)
}
