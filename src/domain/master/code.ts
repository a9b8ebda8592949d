/**
 * 医療機関コード, 10 digits: prefecture 2 + 点数表 1 + district 2 + institution 4 + check 1. The check digit is Luhn over
 * all ten. Lists often print the last seven only. A few real codes fail the check, so a doubt is shown, never a refusal.
 * 機関コード (医療情報ネット, G-MIS) is another number and opaque: nothing here applies to it.
 */

import { HYPHENS, normaliseDigits, normaliseWidth } from '../text/text.ts'

/** 点数表番号: 1 is 医科. */
const MEDICAL_TABLE = '1'

/** Why a cell that a spreadsheet took for a number no longer holds its code. */
export type CodeFault = 'shortened' | 'fraction'

/**
 * A code as a spreadsheet left it: 4611070006.0 is 4611070006. Of 4.61107E+09 the last digits are gone for good, and
 * what has another fraction was never a code.
 */
export function spreadsheetCode(text: string): { code: string } | { fault: CodeFault } {
  const number = normaliseWidth(text.trim()).replace(MINUS, '-').replace(/^['’]/, '')
  if (SHORTENED.test(number)) return { fault: 'shortened' }
  const [, whole, fraction] = FRACTION.exec(number) ?? []
  if (whole === undefined) return { code: text.replace(/^\s*['’]/, '') }
  return /[1-9]/.test(fraction!) ? { fault: 'fraction' } : { code: whole }
}

const MINUS = /[−－‐–]/gu
/** 4.61E+09, 4E+09 and 4.61E9, not the letters and digits 4E09. */
const SHORTENED = /^-?\d+(?:[.,]\d*E[+-]?\d+|E[+-]\d+)$/i
const FRACTION = /^(-?[\d,]*\d)\.(\d*)$/

/**
 * Full-width digits, hyphens, commas (01,1036,5) and blanks go; the 7-digit form gets its prefix, 461 for prefecture 46;
 * zeros that Excel ate at the front come back where the number of digits says so.
 * @returns digits, usually ten; null when the text is no number at all
 */
export function normaliseMedicalCode(text: string, prefectureCode: string): string | null {
  const digits = normaliseDigits(text)
    .replace(HYPHENS, '')
    .replace(/[\s,，、.]/gu, '')
  if (!/^\d+$/.test(digits)) return null
  const prefix = prefectureCode + MEDICAL_TABLE
  if (digits.length === 7) return prefix + digits
  const padded = digits.length === 6 ? `${prefix}0${digits}` : `0${digits}`
  return digits.length < 10 && isPlausibleMedicalCode(padded, prefectureCode) ? padded : digits
}

export function isPlausibleMedicalCode(code: string, prefectureCode: string): boolean {
  return medicalCodeDoubt(code, prefectureCode) === null
}

/** What speaks against a code, in Japanese, for the officer to check; null when nothing does. */
export function medicalCodeDoubt(code: string, prefectureCode: string): string | null {
  const prefix = prefectureCode + MEDICAL_TABLE
  if (!/^\d{10}$/.test(code)) return `10桁の数字ではありません（${[...code].length}桁です）。`
  if (!code.startsWith(prefix)) return `先頭の3桁が「${prefix}」（都道府県番号と点数表番号）ではありません。`
  if (luhnSum(code) % 10 !== 0) return '末尾の検証番号（チェックデジット）が合いません。'
  return null
}

/** The first nine digits and the check digit they ask for: for fictional hospitals. */
export function withCheckDigit(nineDigits: string): string {
  return `${nineDigits}${(10 - (luhnSum(`${nineDigits}0`) % 10)) % 10}`
}

/** Every second digit from the right is doubled; a two-digit product counts as the sum of its digits. */
function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return sum + (value > 9 ? value - 9 : value)
  }, 0)
}
