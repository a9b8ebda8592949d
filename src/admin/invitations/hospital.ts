import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseReason } from '../../domain/record/reason.ts'
import { INVITATION_STATES } from '../../domain/survey/invitation.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { HistoryLine } from '../../office/answers/history.ts'
import { invitationHistory } from '../../office/invitations/history.ts'
import { type KeyState, keyState, linkMaker } from '../../office/invitations/links.ts'
import { type InvitationRow, invitationRows } from '../../office/invitations/rows.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

interface InvitationModel {
  code: string
  name: string
  state: InvitationRow['state']
  stateLabel: string
  /** '' where there is none, or the key is not at hand. */
  url: string
  issuedAt: string
  viewedAt: string
  answer: { number: string; isMatched: boolean } | null
  key: KeyState
  history: HistoryLine[]
  done: string
}

interface InvitationActModel {
  code: string
  name: string
  act: Act
  counter: number
  isRevoked: boolean
  hasAnswered: boolean
  reason: string
  error: string
  isStale: boolean
  errorSummary: ErrorLine[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/invitations/hospital': InvitationModel
    'admin/invitations/act': InvitationActModel
  }
}

type Act = 'reissue' | 'revoke'

const ACTS: readonly { act: Act; title: string }[] = [
  { act: 'reissue', title: '回答用リンクの再発行' },
  { act: 'revoke', title: '回答用リンクの取消し' },
]

interface Coded {
  Params: { code: string }
}

/** One hospital's link: shown, issued anew, revoked. */
export function hospitalInvitationRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, invitationKey, publicUrl } = options
  const rowOf = ({ site, params }: FastifyRequest<Coded>): InvitationRow | null => {
    const hospital = stores.hospitals.byCode(params.code)
    const rows = invitationRows(stores, site.prefectureCode)
    return rows.find((row) => row.hospital.key === hospital?.key) ?? null
  }

  app.get<Coded>('/invitations/:code', forOfficers, async (request, reply) => {
    const row = rowOf(request)
    if (!row) return refusal(reply, 'not-found')
    const { hospital, invitation, state, submission } = row
    const linkOf = linkMaker(stores, invitationKey, publicUrl)
    return adminPage(reply, 'admin/invitations/hospital', {
      code: hospital.key,
      name: hospital.name,
      state,
      stateLabel: labelOf(INVITATION_STATES, state),
      url: invitation && invitation.revokedAt === null && linkOf ? linkOf(invitation) : '',
      issuedAt: invitation ? dateTimeText(invitation.issuedAt) : '',
      viewedAt: invitation?.viewedAt ? dateTimeText(invitation.viewedAt) : '',
      answer: submission && { number: submission.number, isMatched: submission.isMatched },
      key: keyState(stores, invitationKey),
      history: invitationHistory(stores, hospital.key),
      done: DONE.get(fieldsOf(request.query).get('done')) ?? '',
    })
  })

  for (const { act, title } of ACTS) {
    app.get<Coded>(`/invitations/:code/${act}`, forOfficers, async (request, reply) =>
      actPage(reply, act, rowOf(request)),
    )
    const config = { role: 'officer', act: title } as const
    app.post<Coded>(`/invitations/:code/${act}`, { config }, async (request, reply) => {
      const row = rowOf(request)
      const fields = fieldsOf(request.body)
      const [reason, counter] = [fields.get('reason'), fields.get('counter')]
      const parsed = parseReason(reason)
      if (!row?.invitation || (act === 'revoke' && row.invitation.revokedAt)) return actPage(reply, act, row)
      // A form that carries nothing of what it showed is about the link as it stands.
      const shown = counter === '' ? row.invitation.counter : Number(counter)
      if (!parsed.ok) return actPage(reply.code(422), act, row, { reason, error: parsed.message })
      const decision = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
      if (stores.invitations[act](row.hospital.key, shown, decision) === 'changed')
        return actPage(reply.code(409), act, row, { reason, isStale: true })
      return reply.redirect(`/admin/invitations/${encodeURIComponent(row.hospital.key)}?done=${act}`, 303)
    })
  }

  /** The page of the act; the hospital's own where there is nothing to do. */
  function actPage(
    reply: FastifyReply,
    act: Act,
    row: InvitationRow | null,
    { reason = '', error = '', isStale = false }: { reason?: string; error?: string; isStale?: boolean } = {},
  ): FastifyReply {
    if (!row) return refusal(reply, 'not-found')
    const { hospital, invitation, submission } = row
    if (!invitation || (act === 'revoke' && invitation.revokedAt))
      return reply.redirect(`/admin/invitations/${encodeURIComponent(hospital.key)}?done=none`, 303)
    return adminPage(reply, 'admin/invitations/act', {
      code: hospital.key,
      name: hospital.name,
      act,
      counter: invitation.counter,
      isRevoked: invitation.revokedAt !== null,
      hasAnswered: submission !== null,
      reason,
      error,
      isStale,
      errorSummary: errorLines({ reason: error }),
    })
  }
}

const DONE = new Map([
  [
    'reissue',
    '新しい回答用リンクを発行しました。前のリンクは使えません。新しいリンクを病院にお送りください。',
  ],
  ['revoke', '回答用リンクを取り消しました。このリンクからは、もう回答できません。'],
  ['none', 'この病院には、取り消せる回答用リンクがありません。'],
])
