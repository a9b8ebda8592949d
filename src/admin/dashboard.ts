import type { FastifyInstance } from 'fastify'
import { SUBMISSION_STATES, type SubmissionState } from '../domain/submission.ts'
import { type DayChart, dayChart } from '../web/charts.ts'
import { type DayCount, dailyAnswers } from './daily-answers.ts'
import { adminPage } from './page.ts'
import type { AdminOptions } from './plugin.ts'
import { frozenRoundReader } from './rounds/frozen-round.ts'
import { overallBoard } from './rounds/overall-board.ts'
import { type RoundSummary, roundSummaries } from './rounds/rounds-list.ts'
import { type BandBoard, bandBoard } from './selection/band-board.ts'
import type { Draft } from './selection/selection-draft.ts'
import { type SelectionStatus, selectionStatus } from './selection/selection-status.ts'
import { type Waiting, waitingOf } from './submissions/waiting.ts'

export interface DashboardModel {
  hospitals: number
  /** Hospitals with an answer that counts. */
  answered: number
  board: BandBoard
  waiting: Waiting
  states: { id: SubmissionState; label: string; count: number }[]
  days: DayCount[]
  chart: DayChart
  /** What is confirmed, with what changed since; empty until the first round is. */
  rounds: RoundSummary[]
  status: SelectionStatus
}

declare module './page.ts' {
  interface AdminViews {
    'admin/dashboard': DashboardModel
  }
}

/** Where the survey stands: how long still, who answered, what waits for an officer. */
export function dashboardRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: () => Draft,
): void {
  const frozenOf = frozenRoundReader(stores)
  app.get('/', async (request, reply) => {
    const draft = readDraft()
    const { submissions, hospitals, snapshot, result } = draft
    const count = (wanted: SubmissionState) => submissions.filter(({ state }) => state === wanted).length
    const days = dailyAnswers(submissions, request.site, now())
    const status = selectionStatus(stores, draft)
    return adminPage(reply, 'admin/dashboard', {
      hospitals: hospitals.length,
      answered: count('current'),
      board: status.isAdditional ? overallBoard(draft) : bandBoard(snapshot, result),
      waiting: waitingOf(submissions),
      states: SUBMISSION_STATES.map(({ id, label }) => ({ id, label, count: count(id) })),
      days,
      chart: dayChart(days),
      rounds: roundSummaries(stores, frozenOf),
      status,
    })
  })
}
