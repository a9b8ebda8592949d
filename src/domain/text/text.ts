/**
 * What people type, fax and paste, brought into one form. Every `normalise…` here is idempotent. The characters of a
 * name stay as they were typed; what `firstUnknownCharacter` finds nobody can read.
 */

import { firstUnknownCharacter, mapSignsToCp932, normaliseComposition } from './cp932.ts'
import { grouped } from './grouped.ts'
import { normalForm } from './normal-form.ts'

/**
 * A rule for typed text that leaves a text unread which is far longer than its field: nobody typed that, and whoever
 * checks the length then refuses it as it came. Up to ten times the limit is read, as spaces and marks may go.
 */
export function within(limit: number, rule: (text: string) => string): (typed: string) => string {
  return (typed) => (isFarTooLong(typed, limit) ? typed : rule(typed))
}

/** Whether a text as typed is so long that it is refused before any rule reads it. */
export function isFarTooLong(typed: string, limit: number): boolean {
  return typed.length > 10 * limit
}

/**
 * What to do about a text that its field cannot hold, in Japanese: it is too long, or has characters that nobody can read.
 * Null where it can.
 */
export function lengthProblem(name: string, text: string, limit: number): string | null {
  // Code points are counted only where units could exceed: the count of a normal text costs nothing.
  const length = text.length > limit ? [...text].length : text.length
  if (length > limit)
    return `${name}は${grouped(limit)}文字以内で入力してください（現在${grouped(length)}文字）。`
  const unknown = firstUnknownCharacter(text)
  return unknown === null
    ? null
    : `${name}の${unknown.position}文字目に、読み取れない文字（文字化け、制御文字、環境依存文字）があります。その文字を入力し直してください。`
}

/** Without what nobody sees or means: direction marks, zero-width characters, controls other than white space. */
export function withoutInvisible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(INVISIBLE, '')
}

/** One line: every run of white space is one space (the full-width one where the run has it), none at the ends. */
export function normaliseText(text: string): string {
  return characters(text)
    .replace(/\s+/gu, (run) => (run.includes('\u3000') ? '\u3000' : ' '))
    .trim()
}

/** Several lines, ended by LF. Spaces within a line stay; none at the ends of lines and of the whole. */
export function normaliseMultiline(text: string): string {
  // Line by line: a pattern for the blanks before a line's end starts anew at each of them.
  const lines = characters(text).split('\n')
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
}

/** フリガナ: full-width katakana, from half-width kana or hiragana, on one line. */
export function normaliseKana(text: string): string {
  const wide = text.replace(/[\uff61-\uff9f]+/gu, (run) => normalForm(run, 'NFKC'))
  return normaliseText(wide).replace(/[ぁ-ゖゝゞ]/gu, (kana) =>
    String.fromCodePoint(kana.codePointAt(0)! + 0x60),
  )
}

/** Full-width digits to ASCII; all else as it is. */
export function normaliseDigits(text: string): string {
  return text.replace(/[０-９]/gu, halfWidth)
}

/** Full-width letters, digits and signs to ASCII; all else as it is, ① too. */
export function normaliseWidth(text: string): string {
  return text.replace(/[！-～]/gu, halfWidth)
}

/** An address on one line, with hyphens in its house numbers whatever was typed for them: 「１ー２ー３」 is １－２－３. */
export function normaliseAddress(text: string): string {
  return normaliseText(text).replace(HOUSE_NUMBER, (_mark, before) =>
    /[\da-z]/i.test(before) ? `${before}-` : `${before}－`,
  )
}

/** A hyphen of any kind, or a long-vowel mark, after a figure and before a figure or the letter of a flat. */
const HOUSE_NUMBER =
  /([\da-zA-Z０-９Ａ-Ｚａ-ｚ〇一二三四五六七八九十])[-‐‑‒–—―−－ーｰ─](?=[\da-zA-Z０-９Ａ-Ｚａ-ｚ〇一二三四五六七八九十])/gu

/** Without the commas, full stops and blanks with which a copied number or address ends. */
export function withoutSentenceEnd(text: string): string {
  let end = text.length
  while (end > 0 && SENTENCE_END.test(text[end - 1]!)) end -= 1
  return text.slice(0, end)
}

const SENTENCE_END = /[\s.,;:、。，．；：｡]/u

/** Groups of digits joined by hyphens, `099-286-2707`: whatever stood between them (brackets, spaces, dots, dashes). */
export function normalisePhone(text: string): string {
  return asciiForms(text)
    .replace(/[\s()[\]（）［］「」【】〔〕.・･]+/gu, '-')
    .replace(HYPHENS, '-')
    .replace(/-+/gu, '-')
    .replace(/^-|-$/gu, '')
}

/** Full-width letters, ＠ and ． to ASCII, no space around. The case stays: the part before @ may depend on it. */
export function normaliseEmail(text: string): string {
  return asciiForms(text).trim()
}

/** Dashes and long-vowel marks that stand for a hyphen between digits. */
export const HYPHENS = /[-‐‑‒–—―−－ーｰ─]+/gu

/** None of the rules is about these. */
const PLAIN = /^[\x20-\x7e]*$/

/** What no text needs goes, letters and their marks become one, and signs become CP932's. */
function characters(text: string): string {
  if (PLAIN.test(text)) return text
  const visible = text
    .toWellFormed()
    .replace(LINE_END, '\n')
    .replace(INVISIBLE, '')
    .replace(/[\p{Zs}\t]/gu, (space) => (space === '\u3000' ? space : ' '))
  const once = composed(visible)
  // A second round, as the first may have brought a letter to its accent: ⓔ becomes e.
  return once === visible ? once : composed(once)
}

function composed(text: string): string {
  return mapSignsToCp932(normaliseComposition(text))
}

/**
 * Format characters (zero-width, direction marks, BOM), the selectors of emoji, controls other than white space. A
 * selector of kanji (IVS from U+E0100 on) is part of the name, behind a kanji alone.
 */
const INVISIBLE =
  /\p{Cf}|[\ufe03-\ufe0f\u180b-\u180f]|(?<!\p{sc=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]|\u034f|(?!\s)\p{Cc}/gu
const LINE_END = /\r\n?|[\v\f\u0085\u2028\u2029]/gu

export function asciiForms(text: string): string {
  return normaliseWidth(text.toWellFormed().replace(LINE_END, '\n').replace(INVISIBLE, ''))
}

function halfWidth(character: string): string {
  return String.fromCodePoint(character.codePointAt(0)! - 0xfee0)
}
