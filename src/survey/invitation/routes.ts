import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Invitation } from '../../db/invitations.ts'
import type { FieldErrors, TypedForm } from '../../domain/answer/form.ts'
import { type QuestionLine, typedLines } from '../../domain/answer/lines.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { findInvitation } from '../../office/invitations/links.ts'
import { keepAddressSecret } from '../../web/security.ts'
import { page } from '../../web/views.ts'
import {
  type Asking,
  answering,
  numbered,
  parserFor,
  STORES_NOTHING,
  storedExtra,
  typedIn,
} from '../answer/answering.ts'
import { confirmPage, type UnsentPlace } from '../answer/confirm.ts'
import { decisionSheetPage } from '../answer/decision-sheet.ts'
import { draftIn, draftLinkPage, draftRefusedPage, unstored } from '../answer/draft-link.ts'
import { fixedFormPage, type ReceivedAnswer } from '../answer/fixed-form.ts'
import { withinPeriod } from '../answer/gate.ts'
import { sendingRoute } from '../answer/send.ts'
import type { SurveyOptions } from '../options.ts'
import { isOpenedByReader } from './reader.ts'

interface InvitationRefusedModel {
  /** Ended by the prefecture, or no link of this survey. */
  state: 'revoked' | 'unknown'
  /** What was typed, where a form was sent: shown, so that nothing is lost. */
  lines: QuestionLine[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/invitation/refused': InvitationRefusedModel
  }
}

type InvitedRequest = FastifyRequest<{ Params: { token: string } }>

const URL = '/i/:token'

/** 調査依頼: the form with the hospital chosen, by the link that the prefecture gave it. 入力 → 確認 → 完了 as for all. */
export function invitationRoutes(app: FastifyInstance, options: SurveyOptions): void {
  const { stores, now, secret, publicUrl, invitationKey } = options
  const { hospitals, submissions } = stores
  const asking = askingByLink()

  app.register(async (behindToken) => {
    keepAddressSecret(behindToken)
    behindToken.addHook('preHandler', openInvitation)
    for (const step of ['form', 'confirm', 'print', 'link'])
      behindToken.get(`${URL}/${step}`, (request: InvitedRequest, reply) =>
        reply.redirect(placeOf(request).path, 303),
      )
    const door = { url: URL, placeOf, isMatched: true }
    sendingRoute(behindToken, options, asking, door)

    behindToken.register(async (inPeriod) => {
      inPeriod.addHook('preHandler', withinPeriod(hospitals.byCode))
      unsentRoutes(inPeriod)
    })
  })

  /** Everything before the sending. */
  function unsentRoutes(inPeriod: FastifyInstance): void {
    inPeriod.get(URL, (request: InvitedRequest, reply) => asking.form(reply, asking.typed(request), {}))
    inPeriod.post(`${URL}/form`, STORES_NOTHING, (request: InvitedRequest, reply) =>
      asking.form(reply, asking.typed(request), {}),
    )
    inPeriod.post(
      `${URL}/confirm`,
      STORES_NOTHING,
      answering(numbered(asking), (submission, reply, request) =>
        confirmPage(reply, submission, stores, { place: placeOf(request) }),
      ),
    )
    inPeriod.post(
      `${URL}/print`,
      STORES_NOTHING,
      answering(numbered(asking), (submission, reply, request) =>
        decisionSheetPage(reply, submission, {
          findHospital: hospitals.byCode,
          now: now(),
          place: placeOf(request),
        }),
      ),
    )
    inPeriod.post(`${URL}/link`, STORES_NOTHING, (request: InvitedRequest, reply) =>
      draftLinkPage(reply, asking.typed(request), { secret, publicUrl, place: placeOf(request) }),
    )
    inPeriod.get(`${URL}/resume`, (request: InvitedRequest, reply) => {
      const draft = draftIn(request, { secret, now: now(), submissions: stores.submissions })
      if (!draft.ok) return draftRefusedPage(reply, draft.reason)
      const { hospitalCode } = invitationOf(request)
      return invitedForm(unstored(reply), { typed: { ...draft.form, hospitalCode }, isResumed: true })
    })
  }

  /** The form for the link's hospital. */
  function askingByLink(): Asking<InvitedRequest> {
    return {
      typed: (request) => ({ ...typedIn(request), hospitalCode: invitationOf(request).hospitalCode }),
      parse: parserFor(stores),
      form: (reply, typed, errors) => invitedForm(reply, { typed, errors }),
    }
  }

  function invitedForm(
    reply: FastifyReply,
    {
      typed,
      errors = {},
      isResumed = false,
    }: { typed: TypedForm; errors?: FieldErrors; isResumed?: boolean },
  ): FastifyReply {
    const request = reply.request as InvitedRequest
    const { hospitalCode } = invitationOf(request)
    const received = receivedOf(hospitalCode, typed.submissionId)
    return fixedFormPage(reply, {
      reason: { kind: 'invitation', received, isResumed },
      path: placeOf(request).path,
      hospitalCode,
      typed,
      errors,
      stored: storedExtra(stores, typed, request.site),
      findHospital: hospitals.byCode,
    })
  }

  /** What another answer would be a duplicate of. */
  function receivedOf(hospitalCode: string, submissionId: string): ReceivedAnswer | null {
    const current = submissions.currentOf(hospitalCode)
    if (!current || current.submissionId === submissionId) return null
    return { number: current.number, at: dateTimeText(current.submittedAt) }
  }

  /** In front of every address behind a link. That its form was opened, by a person, is kept. */
  async function openInvitation(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    const { token } = (request as InvitedRequest).params
    const found = findInvitation(stores, invitationKey, token)
    const hospital = found.state === 'unknown' ? null : hospitals.byCode(found.invitation.hospitalCode)
    if (found.state === 'unknown' || !hospital) return refusedPage(reply, 'unknown')
    if (found.state === 'revoked' || hospital.isClosed) return refusedPage(reply, 'revoked')
    opened.set(request, found.invitation)
    if (request.site.state === 'open' && isOpenedByReader(request))
      stores.invitations.view(found.invitation, now())
    return undefined
  }

  function refusedPage(reply: FastifyReply, state: InvitationRefusedModel['state']): FastifyReply {
    const { request } = reply
    const lines =
      request.method === 'POST' ? typedLines(typedIn(request), hospitals.byCode, request.site.questions) : []
    return page(reply.code(state === 'revoked' ? 410 : 404), 'survey/invitation/refused', { state, lines })
  }
}

const opened = new WeakMap<FastifyRequest, Invitation>()

/** Whose link the address opened. */
function invitationOf(request: FastifyRequest): Invitation {
  const invitation = opened.get(request)
  if (!invitation) throw new Error('no invitation: the address has no token')
  return invitation
}

function placeOf(request: InvitedRequest): UnsentPlace {
  return { path: `/i/${request.params.token}`, lateDeadline: '' }
}
