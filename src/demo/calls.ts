import type { Stores } from '../db/stores.ts'
import type { NewContact } from '../domain/survey/contact.ts'

const HOUR = 60 * 60 * 1000

/** What was heard on the telephone; the numbers say who of those without an answer was called, and how long ago. */
const CALLS: readonly { hospital: number; hoursAgo: number; result: NewContact['result']; note: string }[] = [
  { hospital: 0, hoursAgo: 26, result: 'promised', note: '院内で決裁中。明日までに回答する予定とのこと。' },
  { hospital: 1, hoursAgo: 25, result: 'absent', note: '担当者が外出中。折返しを依頼。' },
  {
    hospital: 3,
    hoursAgo: 24,
    result: 'considering',
    note: '費用の負担について確認したいとのこと。Q5を案内。',
  },
]

/** A few calls to hospitals that have not answered. */
export function addCalls(stores: Stores, codes: readonly string[], now: Date): void {
  for (const { hospital, hoursAgo, result, note } of CALLS) {
    const at = new Date(now.getTime() - hoursAgo * HOUR)
    const contact: NewContact = {
      way: 'phone',
      contactedAt: at,
      caller: '指宿 太郎',
      reached: '総務課',
      result,
      note,
    }
    stores.contacts.add(codes[hospital]!, `demo-call-${hospital}`, contact, { actor: 'demo', at })
  }
}
