import type { Stores } from '../../db/stores.ts'
import { CHANNEL_CHOICES, PROXY_CHANNEL_CHOICES } from '../../domain/answer/choices.ts'
import { MARKS } from '../../domain/answer/mark.ts'
import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { type AuditEvent, isHospitalActor } from '../../domain/record/audit.ts'
import type { Choice } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../officer-names.ts'
import { flagLabel } from './flags.ts'

export interface HistoryLine {
  at: string
  actor: string
  what: string
  reason: string | null
}

/** What happened to a submission, oldest first, out of the record. */
export function submissionHistory(stores: Stores, number: string): HistoryLine[] {
  const officerName = officerNames(stores)
  return stores.audit
    .all()
    .filter(({ subject, action }) => subject === number && Object.hasOwn(WHAT, action))
    .map(({ at, actor, action, detail }) => ({
      at: dateTimeText(at),
      actor: isHospitalActor(actor) ? '病院' : officerName(actor),
      what: WHAT[action]!(detail),
      reason: typeof detail.reason === 'string' ? detail.reason : null,
    }))
}

/** In a few words, with how it came in where an officer entered it. */
const WHAT: Record<string, (detail: AuditEvent['detail']) => string> = {
  'submission.created': ({ channel, isMatched }) =>
    channel === 'web'
      ? `受付${isMatched === true ? '（照合済）' : ''}`
      : `受付（${nameOf(CHANNEL_CHOICES, channel)}）`,
  'late-link.used': () => '期限後受付のリンクからの回答',
  'submission.corrected': ({ channel }) => `訂正${askedBy(channel)}`,
  'submission.withdrawn': ({ channel }) => `取下げ${askedBy(channel)}`,
  'submission.made-current': () => 'この回答を有効な回答に変更',
  'submission.linked': () => '回答した病院を特定',
  'submission.unlinked': () => '病院の特定を取消し',
  'submission.closed': ({ state }) => `「${nameOf(SUBMISSION_STATES, state)}」に変更`,
  'submission.reopened': () => '確認待ちに変更',
  'submission.noted': () => 'メモを追加',
  'submission.marked': ({ mark }) => `「${nameOf(MARKS, mark)}」に変更`,
  'submission.mark-undone': ({ mark }) => `印の変更を取消し（「${nameOf(MARKS, mark)}」に戻す）`,
  'submission.flag-looked-at': ({ flag }) => `確認事項を確認（${flagLabel(String(flag))}）`,
}

function nameOf(choices: readonly Choice<string>[], id: unknown): string {
  return choices.find((choice) => choice.id === id)?.label ?? String(id)
}

function askedBy(channel: unknown): string {
  return channel === undefined ? '' : `（申出：${nameOf(PROXY_CHANNEL_CHOICES, channel)}）`
}
