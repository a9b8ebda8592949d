import { PROXY_CHANNEL_IDS, type ProxyChannel } from '../answer/choices.ts'
import { deadlineText, openingText, type Period } from '../survey/period.ts'
import { dateTimeText } from '../text/dates.ts'
import { readInstant } from '../text/typed-dates.ts'
import { parseReason } from './reason.ts'

/**
 * 代理入力: what staff enter for a hospital, and what they say of it beside the answer. It counts for the ranking since
 * it came in, and not since somebody found the time to type it.
 */

export interface TypedEntry {
  channel: string
  receivedAt: string
  reason: string
}

export interface ProxyEntry {
  channel: ProxyChannel
  receivedAt: Date
  /** Null where none had to be given. */
  reason: string | null
}

export type EntryErrors = Partial<Record<keyof TypedEntry, string>>

type ParsedEntry = { ok: true; entry: ProxyEntry } | { ok: false; errors: EntryErrors }

/** @param period null while nobody has set it */
export function parseProxyEntry(
  typed: TypedEntry,
  { now, period }: { now: Date; period: Period | null },
): ParsedEntry {
  const channel = PROXY_CHANNEL_IDS.find((id) => id === typed.channel)
  const received = readReceivedAt(typed.receivedAt, { now, period })
  const outside = received.ok ? reasonNeeded(received.at, { now, period }) : null
  const reason = outside === null && typed.reason.trim() === '' ? null : parseReason(typed.reason)
  const errors: EntryErrors = {
    ...(channel === undefined && { channel: '受付方法を選択してください。' }),
    ...(!received.ok && { receivedAt: received.message }),
    ...(reason && !reason.ok && { reason: typed.reason.trim() === '' && outside ? outside : reason.message }),
  }
  if (channel === undefined || !received.ok || reason?.ok === false) return { ok: false, errors }
  return { ok: true, entry: { channel, receivedAt: received.at, reason: reason?.reason ?? null } }
}

/** Why a reason must stand beside the answer, as a message; null where none needs to. */
function reasonNeeded(
  receivedAt: Date,
  { now, period }: { now: Date; period: Period | null },
): string | null {
  if (period === null || receivedAt < period.opensAt)
    return `受付日時が、${period ? `受付開始（${openingText(period)}）` : '受付期間の設定'}より前です。それでも受け付ける場合は、理由を入力してください。`
  if (receivedAt >= period.closesAt)
    return `受付日時が、回答期限（${deadlineText(period)}）より後です。それでも受け付ける場合は、理由を入力してください。`
  return now >= period.closesAt
    ? `回答期限（${deadlineText(period)}）の後に入力する場合は、理由を入力してください（例：期限内に届いたFAXの入力漏れ）。`
    : null
}

type ReceivedAt = { ok: true; at: Date } | { ok: false; message: string }

const MINUTE = 60_000
const LONGEST_BEFORE = 2 * 366 * 24 * 60 * MINUTE

/** A day alone counts as its end: nobody is placed before a hospital that was there earlier that day. */
function readReceivedAt(typed: string, { now, period }: { now: Date; period: Period | null }): ReceivedAt {
  if (typed.trim() === '') return { ok: false, message: '受付日時を入力してください。' }
  const read = readInstant(typed, 'end')
  if (!read.ok) {
    const how = `「${dateTimeText(now).replace(/（.）/, '')}」のように、年月日と時刻を入力してください。`
    return { ok: false, message: read.problem ? `受付日時：${read.problem}` : `受付日時は、${how}` }
  }
  const startsBy = readInstant(typed)
  if ((startsBy.ok ? startsBy.instant : read.instant) > now)
    return { ok: false, message: '受付日時は、現在より後にできません。' }
  // An earlier hour is an earlier place: a wrong year must not win a seat.
  if (read.instant.getTime() < (period?.opensAt ?? now).getTime() - LONGEST_BEFORE)
    return {
      ok: false,
      message: `受付日時が、${period ? '受付開始' : '現在'}より2年以上前です。年を確認してください。`,
    }
  if (read.hasTime) return { ok: true, at: read.instant }
  return { ok: true, at: new Date(Math.min(read.instant.getTime() - MINUTE, now.getTime())) }
}

/** How a hospital asked for a change of its answer, and why an officer makes it. */
export interface TypedChange {
  channel: string
  reason: string
}

export type ChangeErrors = Partial<Record<keyof TypedChange, string>>

type ParsedChange =
  | { ok: true; entry: { channel: ProxyChannel; reason: string } }
  | { ok: false; errors: ChangeErrors }

export function parseChange(typed: TypedChange): ParsedChange {
  const channel = PROXY_CHANNEL_IDS.find((id) => id === typed.channel)
  const reason = parseReason(typed.reason)
  if (channel !== undefined && reason.ok) return { ok: true, entry: { channel, reason: reason.reason } }
  return {
    ok: false,
    errors: {
      ...(channel === undefined && { channel: '申出の方法を選択してください。' }),
      ...(!reason.ok && { reason: reason.message }),
    },
  }
}
