import type { FastifyInstance } from 'fastify'
import { roundLabel } from '../../domain/facts.ts'
import { adminPage } from '../page.ts'
import type { AdminOptions } from '../plugin.ts'
import { type BandBoard, bandBoard } from '../selection/band-board.ts'
import { draftOfQuery } from '../selection/draft-of-query.ts'
import type { ReadDraft } from '../selection/selection-draft.ts'
import { type WaitingAnswers, waitingAnswersOf } from '../submissions/waiting-answers.ts'
import { draftFacts } from './confirmation.ts'
import { type Preflight, preflight } from './preflight.ts'

export interface PreflightModel extends Preflight {
  roundLabel: string
  board: BandBoard
  waiting: WaitingAnswers
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/preflight': PreflightModel
  }
}

/** The report to the ministry, looked through before it is frozen. */
export function preflightRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: ReadDraft,
): void {
  app.get('/selection/preflight', async (request, reply) => {
    const draft = draftOfQuery(stores, readDraft, request.query)
    const { snapshot, result, submissions } = draft
    return adminPage(reply, 'admin/preflight', {
      ...preflight(draftFacts(draft, request)),
      roundLabel: roundLabel(snapshot.round),
      board: bandBoard(snapshot, result),
      waiting: waitingAnswersOf(submissions, stores.lateLinks.all(), now()),
    })
  })
}
