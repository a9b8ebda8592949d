import type { Stores } from '../../db/stores.ts'
import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { isHospitalActor } from '../../domain/record/audit.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../officer-names.ts'

export interface HistoryLine {
  at: string
  actor: string
  what: string
  reason: string | null
}

/** What happened to a submission, oldest first, out of the record. */
export function submissionHistory(stores: Stores, number: string): HistoryLine[] {
  const nameOf = officerNames(stores)
  return stores.audit
    .all()
    .filter(({ subject, action }) => subject === number && action in WHAT)
    .map(({ at, actor, action, detail }) => ({
      at: dateTimeText(at),
      actor: isHospitalActor(actor) ? '病院' : nameOf(actor),
      what: WHAT[action]!(detail.state),
      reason: typeof detail.reason === 'string' ? detail.reason : null,
    }))
}

/** By what the entry says of the state after it, where that matters. */
const WHAT: Record<string, (state: unknown) => string> = {
  'submission.created': () => '受付',
  'late-link.used': () => '期限後受付のリンクからの回答',
  'submission.corrected': () => '訂正',
  'submission.withdrawn': () => '取下げ',
  'submission.made-current': () => 'この回答を有効な回答に変更',
  'submission.linked': () => '回答した病院を特定',
  'submission.unlinked': () => '病院の特定を取消し',
  'submission.closed': (state) => `「${SUBMISSION_STATES.find(({ id }) => id === state)?.label}」に変更`,
  'submission.reopened': () => '確認待ちに変更',
}
