import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Round } from '../../db/rounds.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { type VerificationText, verifyRound } from '../../office/rounds/verify.ts'
import { forReaders } from '../access.ts'
import { sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { downloadOf, frozenFileName, ROUND_PATHS } from './round-downloads.ts'
import { type Numbered, newestRound, roundEdition } from './round-of.ts'
import { type RoundModel, roundModel } from './round-page.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/round': RoundModel
  }
}

interface Editioned {
  Params: { number: string; edition: string }
}

/** Confirmed rounds: always the frozen bytes, never today's facts. Each is there by its number, and every edition by its own. */
export function roundRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const frozenOf = frozenRoundReader(stores)

  function show(reply: FastifyReply, round: Round | null) {
    if (!round) return refusal(reply, 'not-found')
    const verification = takeVerification(reply.request, round)
    return adminPage(reply, 'admin/rounds/round', roundModel(stores, round, frozenOf(round), verification))
  }

  function verify(reply: FastifyReply, round: Round | null) {
    if (!round) return refusal(reply, 'not-found')
    const { request } = reply
    const verification = verifyRound(stores, round)
    const { login: actor } = officerOf(request)
    const detail = { edition: round.edition, ok: verification.ok, text: verification.text }
    stores.audit.append({
      at: now(),
      actor,
      action: 'round.verified',
      subject: `round ${round.number}`,
      detail,
    })
    request.session.verification = { ...verification, round: round.id }
    return reply.redirect(request.url.split('?')[0]!.replace(/\/verify$/, ''), 303)
  }

  /** Whoever reads a round may have it recomputed. */
  const toVerify = { config: { role: 'viewer', act: '検証' } } as const

  app.get<Numbered>('/rounds/:number', forReaders, async ({ params }, reply) =>
    show(reply, newestRound(stores, params.number)),
  )
  app.post<Numbered>('/rounds/:number/verify', toVerify, async ({ params }, reply) =>
    verify(reply, newestRound(stores, params.number)),
  )
  app.get<Editioned>('/rounds/:number/editions/:edition', forReaders, async ({ params }, reply) =>
    show(reply, roundEdition(stores, params.number, params.edition)),
  )
  app.post<Editioned>('/rounds/:number/editions/:edition/verify', toVerify, async ({ params }, reply) =>
    verify(reply, roundEdition(stores, params.number, params.edition)),
  )

  for (const path of ROUND_PATHS) {
    const send = (reply: FastifyReply, round: Round | null) => {
      const frozen = round && stores.rounds.file(round, frozenFileName(path, reply.request.query))
      if (!round || !frozen) return refusal(reply, 'not-found')
      const detail = { edition: round.edition, file: frozen.name, sha256: frozen.sha256 }
      const { login: actor } = officerOf(reply.request)
      const subject = `round ${round.number}`
      return sendFile(reply, downloadOf(round, path, frozen), () =>
        stores.audit.append({ at: now(), actor, action: 'round.downloaded', subject, detail }),
      )
    }
    app.get<Numbered>(`/rounds/:number/${path}`, forReaders, async ({ params }, reply) =>
      send(reply, newestRound(stores, params.number)),
    )
    app.get<Editioned>(`/rounds/:number/editions/:edition/${path}`, forReaders, async ({ params }, reply) =>
      send(reply, roundEdition(stores, params.number, params.edition)),
    )
  }
}

/** What was found is told once: the page that is read again later says nothing of a recomputation. */
function takeVerification({ session }: FastifyRequest, round: Round): VerificationText | null {
  const { verification } = session
  if (verification?.round !== round.id) return null
  delete session.verification
  return verification
}
