import { isKnownAfter, lastDay } from '../../domain/lot/deadline.ts'
import { plainText } from '../../domain/lot/lottery.ts'
import { dayText } from '../../domain/text/dates.ts'
import { isFarTooLong, lengthProblem } from '../../domain/text/text.ts'
import { readDay } from '../../domain/text/typed-dates.ts'

const LONGEST = 200

/** Read, or what is wrong with each field. */
type ReadLot<Name extends string, Value> =
  | { ok: true; value: Value }
  | { ok: false; errors: Partial<Record<Name, string>> }

/** A public source and the day on which its result is known, as an officer types them before the deadline. */
export function readAnnouncement(
  typed: { source: string; knownOn: string },
  closesAt: Date | null,
  now: Date,
): ReadLot<'source' | 'knownOn', { source: string; knownOn: string }> {
  const source = readPlain(typed.source, '抽選に用いるもの')
  const knownOn = readKnownOn(typed.knownOn, closesAt, now)
  const errors = {
    ...(!source.ok && { source: source.message }),
    ...(!knownOn.ok && { knownOn: knownOn.message }),
  }
  return source.ok && knownOn.ok
    ? { ok: true, value: { source: source.text, knownOn: knownOn.text } }
    : { ok: false, errors }
}

/** What became known, and who was there. */
export function readValue(typed: {
  value: string
  witness1: string
  witness2: string
}): ReadLot<'value' | 'witness1' | 'witness2', { value: string; witnesses: [string, string] }> {
  const value = readPlain(typed.value, '公表された結果')
  const [first, second] = [
    readPlain(typed.witness1, '立会人（1人目）'),
    readPlain(typed.witness2, '立会人（2人目）'),
  ]
  const isSame = first.ok && second.ok && first.text === second.text
  if (value.ok && first.ok && second.ok && !isSame)
    return { ok: true, value: { value: value.text, witnesses: [first.text, second.text] } }
  return {
    ok: false,
    errors: {
      ...(!value.ok && { value: value.message }),
      ...(!first.ok && { witness1: first.message }),
      ...(!second.ok && { witness2: second.message }),
      ...(isSame && { witness2: '立会人（2人目）には、1人目と別の人の氏名を入力してください。' }),
    },
  }
}

/** The value as it should have been typed. */
export function readCorrectValue(typed: string, from: string): ReadLot<'value', string> {
  const value = readPlain(typed, '正しい結果')
  if (!value.ok) return { ok: false, errors: { value: value.message } }
  return value.text === from
    ? { ok: false, errors: { value: '正しい結果が、現在の結果と同じです。正しい結果を入力してください。' } }
    : { ok: true, value: value.text }
}

type Plain = { ok: true; text: string } | { ok: false; message: string }

/** On one line, without the blanks around it, in the one form that is hashed. */
function readPlain(typed: string, name: string): Plain {
  const text = isFarTooLong(typed, LONGEST) ? typed : plainText(typed)
  if (text === '') return { ok: false, message: `${name}を入力してください。` }
  const tooLong = lengthProblem(name, text, LONGEST)
  if (tooLong) return { ok: false, message: tooLong }
  if (!text.isWellFormed() || /[\p{C}\p{Zl}\p{Zp}]/u.test(text))
    return { ok: false, message: `${name}に、改行や使えない文字が含まれています。入力し直してください。` }
  return { ok: true, text }
}

function readKnownOn(typed: string, closesAt: Date | null, now: Date): Plain {
  const name = '結果が公表される日'
  if (typed.trim() === '') return { ok: false, message: `${name}を入力してください。` }
  const day = readDay(typed)
  if (!day.ok)
    return {
      ok: false,
      message: day.problem
        ? `${name}：${day.problem}`
        : `${name}は、「令和8年12月25日」または「2026-12-25」のように入力してください。`,
    }
  const last = closesAt ?? now
  if (isKnownAfter(day.day, last)) return { ok: true, text: day.day }
  const until = closesAt ? `回答期限の最終日（${dayText(lastDay(closesAt))}）` : '今日'
  return { ok: false, message: `${name}は、${until}より後の日にしてください。` }
}
