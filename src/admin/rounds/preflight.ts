import type { FastifyInstance } from 'fastify'
import { roundLabel } from '../../domain/record/round.ts'
import type { BandBoard } from '../../domain/selection/board.ts'
import { type WaitingAnswers, waitingAnswersOf } from '../../office/answers/waiting.ts'
import { draftFacts } from '../../office/draft/confirmation.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { draftOfQuery } from '../../office/draft/draft.ts'
import { type Preflight, preflight } from '../../office/draft/preflight.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'

interface PreflightModel extends Preflight {
  roundLabel: string
  board: BandBoard
  waiting: WaitingAnswers
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/preflight': PreflightModel
  }
}

/** The report to the ministry, looked through before it is frozen. */
export function preflightRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: ReadDraft,
): void {
  app.get('/selection/preflight', forReaders, async (request, reply) => {
    const draft = draftOfQuery(stores, readDraft, fieldsOf(request.query).get('round'))
    const { snapshot, submissions } = draft
    return adminPage(reply, 'admin/rounds/preflight', {
      ...preflight(draftFacts(draft, request.site)),
      roundLabel: roundLabel(snapshot.round),
      board: draft.reading.board(),
      waiting: waitingAnswersOf(submissions, stores.lateLinks.all(), now()),
    })
  })
}
