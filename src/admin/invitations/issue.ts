import type { FastifyInstance, FastifyReply } from 'fastify'
import { keyFingerprint } from '../../domain/survey/invitation.ts'
import { type KeyState, keyState } from '../../office/invitations/links.ts'
import type { InvitationRow } from '../../office/invitations/rows.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import { chosenRows } from '../chosen.ts'
import { narrowed } from '../list/list.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { invitationsIn } from './list.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/invitations/issue': {
      /** Those who get a link. */
      hospitals: { key: string; name: string; municipality: string; hasAddress: boolean }[]
      /** Of the chosen ones those who have or had one. */
      left: number
      isFirst: boolean
      key: KeyState
      waits: boolean
      error: string
    }
  }
}

/** Links are issued to all, to a region or to chosen hospitals, once each. */
export function issueRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, invitationKey } = options

  app.get('/invitations/issue', forOfficers, async (request, reply) => {
    const { rows, list, query } = invitationsIn(request, options)
    return issuePage(reply, chosenRows(request.query, rows) ?? narrowed(list, rows, query))
  })

  const config = { role: 'officer', act: '回答用リンクの発行' } as const
  app.post('/invitations', { config }, async (request, reply) => {
    const { rows } = invitationsIn(request, options)
    const { get } = fieldsOf(request.body)
    const scope = get('region')
    const all = get('scope') === 'all' || scope !== ''
    const inScope = all ? rows.filter(({ hospital }) => scope === '' || hospital.region === scope) : []
    const chosen = chosenRows(request.body, rows) ?? inScope
    const key = usableKey()
    const fresh = chosen.filter(({ invitation }) => invitation === null)
    if (chosen.length === 0)
      return issuePage(reply.code(422), chosen, 'リンクを発行する病院を選んでください。')
    if (!key) return issuePage(reply.code(409), chosen, KEY_IN_THE_WAY)
    const codes = fresh.map(({ hospital }) => hospital.key)
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = stores.invitations.issue(codes, keyFingerprint(key), by)
    if (outcome.kind === 'other-key') return issuePage(reply.code(409), chosen, KEY_IN_THE_WAY)
    return reply.redirect(`/admin/invitations?done=issued&count=${outcome.hospitalCodes.length}`, 303)
  })

  /** Made with the first link; null where one is missing that was there. */
  function usableKey(): Uint8Array | null {
    const state = keyState(stores, invitationKey)
    if (state === 'none') return invitationKey.create()
    const found = invitationKey.read()
    return state === 'ready' && found.kind === 'key' ? found.key : null
  }

  function issuePage(reply: FastifyReply, chosen: readonly InvitationRow[], error = ''): FastifyReply {
    const fresh = chosen.filter(({ invitation }) => invitation === null)
    return adminPage(reply, 'admin/invitations/issue', {
      hospitals: fresh.map(({ hospital: { key, name, municipality, postcode, address } }) => ({
        key,
        name,
        municipality: municipality ?? '',
        hasAddress: Boolean(postcode && address),
      })),
      left: chosen.length - fresh.length,
      isFirst: stores.invitations.fingerprint() === null,
      key: keyState(stores, invitationKey),
      waits: reply.request.site.unmatchedAnswersWait,
      error,
    })
  }
}

const KEY_IN_THE_WAY =
  '回答用リンクの鍵が、これまでの鍵と一致しないため、発行していません。「鍵の状態」を確認してください。'
