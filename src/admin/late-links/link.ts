import type { LateLink } from '../../db/late-links.ts'
import type { Stores } from '../../db/stores.ts'
import { LATE_LINK_STATES, type LateLinkState, lateLinkState } from '../../domain/survey/late-link.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { link as linkTo, submissionLink, type Tone, tag } from '../list/cell.ts'
import { type Paging, pageOf } from '../list/paging.ts'
import { listQuery, oneOf, pageNumber, type QueryOf } from '../list/query.ts'
import { type Column, type Table, tableOf } from '../list/table.ts'

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

export const LATE_LINKS = listQuery('/admin/late-links', {
  state: oneOf(LATE_LINK_STATES.map(({ id }) => id)),
  page: pageNumber,
})

const PAGE_SIZE = 50

/** A page of the links, the newest first. */
export function lateLinkTable(
  stores: Stores,
  now: Date,
  { query, mayWork }: { query: QueryOf<typeof LATE_LINKS>; mayWork: boolean },
): { table: Table; paging: Paging; narrowed: string } {
  const { state } = query
  const links = stores.lateLinks.all().filter((link) => state === '' || lateLinkState(link, now) === state)
  const { rows, paging } = pageOf(links, {
    page: query.page,
    size: PAGE_SIZE,
    hrefOf: (page) => LATE_LINKS.address({ state, page }),
  })
  const table = tableOf(lateLinkColumns(mayWork), rows.map(lateLinkLineOf(stores, now)), {
    label: '発行したリンク',
  })
  return { table, paging, narrowed: state && labelOf(LATE_LINK_STATES, state) }
}

export function linkById({ lateLinks }: Stores, id: string): LateLink | null {
  return lateLinks.all().find((link) => String(link.id) === id) ?? null
}

export function lateLinkLine(stores: Stores, link: LateLink, now: Date): LateLinkLine {
  return lateLinkLineOf(stores, now)(link)
}

function lateLinkLineOf(stores: Stores, now: Date): (link: LateLink) => LateLinkLine {
  const nameOf = officerNames(stores)
  return (link) => {
    const state = lateLinkState(link, now)
    return {
      id: link.id,
      hospital: stores.hospitals.byCode(link.hospitalCode)?.name ?? link.hospitalCode,
      state,
      stateLabel: labelOf(LATE_LINK_STATES, state),
      deadline: deadlineText({ closesAt: link.expiresAt }),
      reason: link.reason,
      made: dateTimeText(link.createdAt),
      author: nameOf(link.author),
      usedBy: link.usedBy ?? '',
    }
  }
}

function lateLinkColumns(mayWork: boolean): Column<LateLinkLine>[] {
  return [
    { header: '病院', cell: ({ hospital }) => hospital, look: 'name' },
    { header: '状態', cell: ({ state, stateLabel }) => tag(TONES[state], stateLabel) },
    { header: '受付期限', cell: ({ deadline }) => deadline, look: 'keep' },
    { header: '理由', cell: ({ reason }) => reason, look: 'why preserve-lines' },
    { header: '発行', cell: ({ made, author }) => `${made}\n${author}`, look: 'by' },
    {
      header: '回答・取消し',
      cell: ({ id, hospital, state, usedBy }) => {
        if (usedBy) return submissionLink(usedBy)
        if (state !== 'valid' || !mayWork) return ''
        return linkTo('取り消す', `/admin/late-links/${id}/revoke`, { says: `取り消す：${hospital}` })
      },
      look: 'keep',
    },
  ]
}

const TONES: Record<LateLinkState, Tone> = {
  valid: 'ok',
  expired: 'muted',
  used: 'muted',
  revoked: 'muted',
}
