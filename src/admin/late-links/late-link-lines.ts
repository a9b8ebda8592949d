import type { LateLink } from '../../db/late-links.ts'
import type { Stores } from '../../db/stores.ts'
import { LATE_LINK_STATES, type LateLinkState, lateLinkState } from '../../domain/survey/late-link.ts'
import { dateTimeText, deadlineText } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { officerNames } from '../../office/officer-names.ts'

/** One link as the list and the page of its revocation show it. */
export interface LateLinkLine {
  id: number
  hospital: string
  state: LateLinkState
  stateLabel: string
  deadline: string
  reason: string
  made: string
  author: string
  /** 受付番号 of the answer that came through it; '' where none did. */
  usedBy: string
}

export function lateLinkLine(stores: Stores, link: LateLink, now: Date): LateLinkLine {
  const state = lateLinkState(link, now)
  return {
    id: link.id,
    hospital: stores.hospitals.byCode(link.hospitalCode)?.name ?? link.hospitalCode,
    state,
    stateLabel: labelOf(LATE_LINK_STATES, state),
    deadline: deadlineText({ closesAt: link.expiresAt }),
    reason: link.reason,
    made: dateTimeText(link.createdAt),
    author: officerNames(stores)(link.author),
    usedBy: link.usedBy ?? '',
  }
}
