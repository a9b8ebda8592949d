import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { lotStanding, seenLot, shownLot } from '../../office/lot/standing.ts'
import { readValue } from '../../office/lot/typed.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers, forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { announcementRoutes } from './announcement.ts'
import { correctionRoutes } from './correction.ts'
import { methodRoutes } from './method.ts'
import { publicationRoutes } from './publication.ts'
import { doneHref, type LotModel, lotModel, standingOf } from './standing.ts'

interface DrawModel extends LotModel {
  /** Answers by the web that the seed will be made of. */
  answers: number
  shown: string
  typed: TypedValue
  errors: Partial<Record<keyof TypedValue, string>>
  errorSummary: ErrorLine[]
  isStale: boolean
}

interface TypedValue {
  value: string
  witness1: string
  witness2: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/lot/lot': LotModel & { done: string }
    'admin/lot/draw': DrawModel
  }
}

/** 抽選: where it stands, and the draw itself on a page of its own. */
export function lotRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  const { stores, now } = options
  methodRoutes(app, options)
  announcementRoutes(app, options)
  correctionRoutes(app, options)
  publicationRoutes(app, options)

  app.get('/lot', forReaders, async ({ query }, reply) => {
    const standing = standingOf(options, query)
    const done = DONE.get(fieldsOf(query).get('done')) ?? ''
    return adminPage(reply, 'admin/lot/lot', {
      ...lotModel(stores, standing, readDraft(standing.round)),
      done,
    })
  })

  app.get('/lot/draw', forOfficers, async ({ query }, reply) => {
    const standing = standingOf(options, query)
    if (standing.phase === 'drawn')
      return reply.redirect(doneHref(stores, standing.round, 'drawn-before'), 303)
    return drawPage(reply, standing, {})
  })

  const toDraw = { config: { role: 'officer', act: '抽選の実施' } } as const
  app.post('/lot', toDraw, async (request, reply) => {
    const standing = standingOf(options, request.body)
    const { round, phase } = standing
    const typed = typedValue(request.body)
    // One draw a round: whoever comes second sees what came of the first.
    if (phase === 'drawn') return reply.redirect(doneHref(stores, round, 'drawn-before'), 303)
    const seen = seenLot(stores, standing)
    const isShown = fieldsOf(request.body).get('shown') === shownLot(seen)
    if (phase !== 'ready' || !isShown) return drawPage(reply.code(409), standing, { typed, isStale: true })
    const read = standing.method === 'announced' ? readValue(typed) : ({ ok: true, value: null } as const)
    if (!read.ok) return drawPage(reply.code(422), standing, { typed, errors: read.errors })
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = stores.lots.draw(round, read.value, seen, by)
    if (outcome.kind === 'drawn') return reply.redirect(doneHref(stores, round, 'drawn'), 303)
    if (outcome.kind === 'already-drawn') return reply.redirect(doneHref(stores, round, 'drawn-before'), 303)
    return drawPage(reply.code(409), lotStanding(stores, now(), round), { typed, isStale: true })
  })

  function drawPage(
    reply: FastifyReply,
    standing: ReturnType<typeof standingOf>,
    { typed = NOTHING, errors = {}, isStale = false }: Partial<DrawModel>,
  ): FastifyReply {
    const { closesAt, round } = standing
    return adminPage(reply, 'admin/lot/draw', {
      ...lotModel(stores, standing, readDraft(round)),
      answers: closesAt ? stores.lots.counted(closesAt) : 0,
      shown: shownLot(seenLot(stores, standing)),
      typed,
      errors,
      errorSummary: errorLines(errors),
      isStale,
    })
  }
}

const NOTHING: TypedValue = { value: '', witness1: '', witness2: '' }

function typedValue(body: unknown): TypedValue {
  const fields = fieldsOf(body)
  return { value: fields.get('value'), witness1: fields.get('witness1'), witness2: fields.get('witness2') }
}

const DONE = new Map([
  ['drawn', '抽選を実施しました。選定案の順位に反映しています。'],
  ['drawn-before', '抽選は既に実施されています。やり直すことはできません。'],
  ['method', '抽選の方法を変更しました。'],
  ['announced', '抽選に用いるものを登録しました。御案内に掲載しています。'],
  ['corrected', '公表された結果を訂正しました。選定案の順位に反映しています。'],
  ['published', '抽選の結果を公開しました。'],
])
