import { dateText, isoDayText } from '../domain/text/dates.ts'
import { readDay } from '../domain/text/typed-dates.ts'

/** What the browser's calendar shows of a typed day; '' where it is none. */
export function dayPicker(text: string): { type: 'date'; value: string } {
  const read = readDay(text)
  return { type: 'date', value: read.ok ? read.day : '' }
}

interface Bounds {
  /** How it is called: 報告日. */
  label: string
  /** As it may be written. */
  example: Date
  /** YYYY-MM-DD, with why it cannot be earlier or later. */
  from?: { day: string; message: string }
  until?: { day: string; message: string }
}

/** A day as an officer typed it. @returns YYYY-MM-DD, or what is wrong in Japanese */
export function typedDay(
  text: string,
  { label, example, from, until }: Bounds,
): { ok: true; day: string } | { ok: false; message: string } {
  const read = readDay(text)
  if (!read.ok) return { ok: false, message: notRead(text, label, read.problem, example) }
  if (from && read.day < from.day) return { ok: false, message: from.message }
  if (until && read.day > until.day) return { ok: false, message: until.message }
  return read
}

/** 令和8年12月18日, as it may be typed. */
export function exampleDay(at: Date): string {
  return dateText(at).replace(/（.）$/, '')
}

/** Nothing that has happened lies ahead. */
export function notAhead(label: string, now: Date): { day: string; message: string } {
  return { day: isoDayText(now), message: `${label}は、今日までの日付にしてください。` }
}

function notRead(text: string, label: string, problem: string | null, example: Date): string {
  if (problem) return `${label}：${problem}`
  return text.trim() === ''
    ? `${label}を入力してください。`
    : `${label}は、「${exampleDay(example)}」のように、年月日だけを入力してください。`
}
