import type { Stores } from '../../db/stores.ts'
import { isHospitalActor } from '../../domain/record/audit.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { HistoryLine } from '../answers/history.ts'
import { officerNames } from '../officer-names.ts'

/** What happened to a hospital's link, the newest first, out of the record. */
export function invitationHistory(
  stores: Pick<Stores, 'audit' | 'staff'>,
  hospitalCode: string,
): HistoryLine[] {
  const nameOf = officerNames(stores)
  const isAbout = ({ action, subject, detail }: ReturnType<Stores['audit']['all']>[number]) =>
    action === 'invitations.issued'
      ? Array.isArray(detail.hospitals) && detail.hospitals.includes(hospitalCode)
      : subject === hospitalCode && Object.hasOwn(WHAT, action)
  return stores.audit
    .all()
    .filter(isAbout)
    .reverse()
    .map(({ at, actor, action, detail }) => ({
      at: dateTimeText(at),
      actor: isHospitalActor(actor) ? '病院' : nameOf(actor),
      what: WHAT[action]!,
      reason: typeof detail.reason === 'string' ? detail.reason : null,
    }))
}

const WHAT: Record<string, string> = {
  'invitations.issued': '回答用リンクを発行',
  'invitation.reissued': '回答用リンクを再発行（前のリンクは取消し）',
  'invitation.revoked': '回答用リンクを取消し',
  'invitation.viewed': '回答用リンクを最初に閲覧',
}
