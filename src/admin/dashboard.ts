import type { FastifyInstance } from 'fastify'
import { SUBMISSION_STATES, type SubmissionState } from '../domain/answer/submission.ts'
import type { BandBoard } from '../domain/selection/board.ts'
import { periodOf } from '../domain/survey/period.ts'
import { type AnswersOverTime, answersOverTime } from '../office/answers/daily.ts'
import { type Waiting, waitingOf } from '../office/answers/waiting.ts'
import { overallBoard, type SelectionStatus, selectionStatus } from '../office/draft/board.ts'
import type { Draft } from '../office/draft/draft.ts'
import { frozenRoundReader } from '../office/rounds/frozen.ts'
import { type RoundSummary, roundSummaries } from '../office/rounds/summaries.ts'
import { forReaders } from './access.ts'
import { type DayChart, dayChart } from './charts.ts'
import type { AdminOptions } from './options.ts'
import { adminPage } from './page.ts'

interface DashboardModel {
  hospitals: number
  /** Hospitals with an answer that counts. */
  answered: number
  board: BandBoard
  waiting: Waiting
  states: { id: SubmissionState; label: string; count: number }[]
  arrivals: AnswersOverTime
  chart: DayChart
  /** What is confirmed, with what changed since; empty until the first round is. */
  rounds: RoundSummary[]
  status: SelectionStatus
  /** Mails that were given up: their hospitals have to be told another way. */
  undelivered: { recipient: string; subject: string; createdAt: Date }[]
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
  app.get('/', forReaders, async (request, reply) => {
    const draft = readDraft()
    const { reading, submissions, hospitals } = draft
    const board = reading.board()
    const count = (wanted: SubmissionState) => submissions.filter(({ state }) => state === wanted).length
    const arrivals = answersOverTime(submissions, periodOf(request.site), now())
    const status = selectionStatus(stores, reading.snapshot.round, board.total.seats)
    return adminPage(reply, 'admin/dashboard', {
      hospitals: hospitals.length,
      answered: count('current'),
      board: status.isAdditional ? overallBoard(draft) : board,
      waiting: waitingOf(submissions),
      states: SUBMISSION_STATES.map(({ id, label }) => ({ id, label, count: count(id) })),
      arrivals,
      chart: dayChart(arrivals.spans),
      rounds: roundSummaries(stores, frozenOf),
      status,
      undelivered: stores.outbox.givenUp(),
    })
  })
}
