import type { Invitation } from '../../db/invitations.ts'
import { INVITATION_STATES, type InvitationState } from '../../domain/survey/invitation.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { phoneText } from '../../domain/text/phone.ts'
import type { InvitationRow } from '../../office/invitations/rows.ts'
import { chosenColumn } from '../chosen.ts'
import { link, submissionLink, type Tone, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'

interface LinkFacts {
  /** Null where the key is not at hand: then no link is told. */
  linkOf: ((invitation: Invitation) => string) | null
  deadline: string
}

/** What a mail merge needs, and how far each hospital is. */
export function invitationColumns({ linkOf, deadline }: LinkFacts): Column<InvitationRow>[] {
  const urlOf = ({ invitation }: InvitationRow) =>
    invitation && invitation.revokedAt === null && linkOf ? linkOf(invitation) : null
  return [
    chosenColumn(),
    {
      header: '医療機関名',
      label: '病院',
      value: ({ hospital }) => hospital.name,
      cell: ({ hospital }) => link(hospital.name, `/admin/invitations/${encodeURIComponent(hospital.key)}`),
      look: 'name',
    },
    { header: '医療機関コード', value: ({ hospital }) => hospital.medicalCode },
    { header: '郵便番号', value: ({ hospital }) => hospital.postcode },
    { header: '所在地', value: ({ hospital }) => hospital.address },
    { header: '二次医療圏', label: '医療圏', value: ({ hospital }) => hospital.region, look: 'keep' },
    { header: '市町村', value: ({ hospital }) => hospital.municipality, look: 'keep' },
    { header: '許可病床数', label: '病床数', value: ({ hospital }) => hospital.beds, look: 'number' },
    { header: '電話番号', value: ({ hospital: { phone } }) => phone && phoneText(phone) },
    { header: 'FAX番号', value: ({ hospital: { fax } }) => fax && phoneText(fax) },
    { header: 'メールアドレス', value: ({ hospital }) => hospital.email },
    { header: '回答用リンク', value: urlOf },
    { header: '回答期限', value: () => deadline || null },
    {
      header: '状態',
      value: ({ state }) => labelOf(INVITATION_STATES, state),
      cell: ({ state }) => tag(TONES[state], labelOf(INVITATION_STATES, state)),
    },
    {
      header: '発行日時',
      value: ({ invitation }) => invitation?.issuedAt ?? null,
      cell: ({ invitation }) => (invitation ? dateTimeText(invitation.issuedAt) : ''),
      look: 'by',
    },
    {
      header: '閲覧日時',
      label: '最初の閲覧',
      value: ({ invitation }) => invitation?.viewedAt ?? null,
      cell: ({ invitation }) => (invitation?.viewedAt ? dateTimeText(invitation.viewedAt) : ''),
      look: 'by',
    },
    {
      header: '受付番号',
      label: '回答',
      value: ({ submission }) => submission?.number ?? null,
      cell: ({ submission }) => {
        if (!submission) return ''
        const number = submissionLink(submission.number)
        return submission.isMatched ? [number, tag('ok', '照合済')] : number
      },
      look: 'keep',
    },
    {
      header: '照合',
      value: ({ submission }) => submission && (submission.isMatched ? '照合済' : 'リンクによらない回答'),
    },
  ]
}

export const INVITATIONS_ON_PAGE = [
  '選択',
  '医療機関名',
  '二次医療圏',
  '市町村',
  '許可病床数',
  '状態',
  '発行日時',
  '閲覧日時',
  '受付番号',
]

const TONES: Record<InvitationState, Tone> = {
  none: 'muted',
  untouched: 'warn',
  viewed: 'warn',
  answered: 'ok',
  revoked: 'muted',
}
