import type { FastifyInstance } from 'fastify'
import { wantsSupport } from '../../domain/answer/choices.ts'
import { SUBMISSION_STATES, type Submission, type SubmissionState } from '../../domain/answer/submission.ts'
import type { BandBoard, BandLine } from '../../domain/selection/board.ts'
import { periodOf } from '../../domain/survey/period.ts'
import { isRetentionOver } from '../../domain/survey/retention.ts'
import { dateTimeText, tokyoDay } from '../../domain/text/dates.ts'
import { percentOf } from '../../domain/text/percent.ts'
import { type AnswersOverTime, answersOverTime } from '../../office/answers/daily.ts'
import { reviewCounts } from '../../office/answers/review.ts'
import { waitingAnswersOf } from '../../office/answers/waiting.ts'
import { overallBoard, type SelectionStatus, selectionStatus } from '../../office/draft/board.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { kept } from '../../office/kept.ts'
import { lotTodo } from '../../office/lot/todo.ts'
import { type UndeliveredTo, undeliveredTo } from '../../office/mail/undelivered.ts'
import { openCorrections } from '../../office/master/corrections.ts'
import { masterWaiting } from '../../office/master/sources.ts'
import { daysWithoutBackup } from '../../office/record/backups.ts'
import { dueReminders } from '../../office/requests/due.ts'
import { confirmedResults } from '../../office/rounds/confirmed.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { openEnds } from '../../office/rounds/open-ends.ts'
import { type RoundSummary, roundSummaries } from '../../office/rounds/summaries.ts'
import { forReaders } from '../access.ts'
import { type DayChart, dayChart, type SeatBars, seatBars } from '../charts.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { type LastLogin, lastLogin } from '../session/last-login.ts'
import { mayManage, mayWork } from '../session/officer.ts'
import { preparationsOf } from './preparations.ts'
import { type RegionMap, regionMap } from './regions.ts'
import { type Todo, todoOf } from './todo.ts'

interface DashboardModel {
  isUnprotected: boolean
  /** To the first day for an answer; 0 on it and while it is not set, negative after it. */
  daysToOpening: number
  /** What the survey needs before it opens; null where it is open and nothing is missing. */
  preparations: Todo[] | null
  /** What is said of 調査の試験, which can be held until the opening; '' where it cannot. */
  rehearsal: string
  todo: Todo[]
  hospitals: number
  /** Hospitals with an answer that counts. */
  answered: number
  answeredPercent: number | null
  /** Answers that came in, whatever became of them. */
  arrived: { yesterday: number; today: number }
  /** Hospitals that answered that they want support. */
  wanting: number
  board: BandBoard
  bars: SeatBars
  map: RegionMap
  states: { id: SubmissionState; label: string; count: number }[]
  arrivals: AnswersOverTime
  chart: DayChart
  /** What is confirmed; empty until the first round is. */
  rounds: RoundSummary[]
  status: SelectionStatus
  /** Days of which no backup is known; null while they are as few as they should be. */
  withoutBackup: number | null
  /** Mails that were given up: their hospitals have to be told another way. */
  undelivered: UndeliveredTo[]
  /** The own login before this one; null where the record has none. */
  lastLogin: LastLogin | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/dashboard/dashboard': DashboardModel
  }
}

/** Where the survey stands: how long still, what waits for an officer, who answered, and what that makes of the seats. */
export function dashboardRoutes(
  app: FastifyInstance,
  { stores, now, rehearsal, isUnprotected }: AdminOptions,
  readDraft: () => Draft,
): void {
  const frozenOf = frozenRoundReader(stores)
  const countsOf = kept(stores, (draft: Draft) => {
    const confirmed = confirmedResults(stores)
    const current = draft.submissions.filter(({ state }) => state === 'current')
    return {
      confirmed,
      current,
      answering: new Set(current.map(({ hospitalCode }) => hospitalCode)),
      corrections: openCorrections(stores, current),
      review: reviewCounts(stores, draft),
      master: masterWaiting(stores, draft.hospitals),
    }
  })
  app.get('/', forReaders, async (request, reply) => {
    const { site } = request
    const draft = readDraft()
    const { reading, submissions, hospitals, policyVersion } = draft
    const status = selectionStatus(stores, reading.snapshot.round, reading.board().total.seats)
    const { confirmed, current, answering, corrections, review, master } = countsOf(draft)
    const board = confirmed ? overallBoard(draft, confirmed) : reading.board()
    const answered = hospitals.filter(({ key }) => answering.has(key)).length
    const rounds = roundSummaries(stores, frozenOf)
    const undelivered = undeliveredTo(stores)
    const arrivals = answersOverTime(submissions, periodOf(site), now())
    const todo = todoOf({
      state: site.state,
      daysLeft: site.daysLeft,
      waiting: waitingAnswersOf(submissions, stores.lateLinks.all(), now()),
      nonrespondents: hospitals.length - answered,
      corrections,
      undelivered: undelivered.length,
      review,
      reminders: dueReminders(stores, site, now()),
      ...(mayWork(request) && master),
      rounds,
      openEnds: openEnds(stores, now()),
      status,
      lot: lotTodo(stores, draft, now()),
      isRetentionOver: mayManage(request) && isRetentionOver(site, now()),
    })
    const preparations = site.isRehearsal
      ? null
      : preparationsOf(
          {
            state: site.state,
            settings: site,
            hospitals: hospitals.length,
            seats: draft.policy.bands.reduce((sum, { seats }) => sum + seats, 0),
            policyVersion,
            users: stores.staff.users(),
          },
          { mayManage: mayManage(reply.request) },
        )
    return adminPage(reply, 'admin/dashboard/dashboard', {
      isUnprotected,
      daysToOpening: site.opensAt ? tokyoDay(site.opensAt) - tokyoDay(now()) : 0,
      preparations,
      rehearsal: mayWork(request) ? rehearsalText(rehearsal) : '',
      todo,
      hospitals: hospitals.length,
      answered,
      answeredPercent: percentOf(answered, hospitals.length),
      arrived: arrivedOf(submissions, now()),
      wanting: current.filter(({ answers }) => wantsSupport(answers.intent)).length,
      board,
      bars: seatBars(confirmed ? board.rows.map(withSelected) : board.rows),
      map: regionMap(draft, site.prefectureCode, confirmed),
      states: SUBMISSION_STATES.map(({ id, label }) => ({
        id,
        label,
        count: submissions.filter(({ state }) => state === id).length,
      })),
      arrivals,
      chart: dayChart(arrivals.spans),
      rounds,
      status,
      undelivered,
      withoutBackup: site.isRehearsal ? null : daysWithoutBackup(stores, now()),
      lastLogin: lastLogin(request),
    })
  })
}

/** It is nothing that the survey waits for. */
function rehearsalText(rehearsal: AdminOptions['rehearsal']): string {
  if (!rehearsal?.isInTime()) return ''
  const begun = rehearsal.begun()
  if (begun) return `試験中です（${dateTimeText(begun.at)}から）。`
  const last = rehearsal.lastEnd()
  return last
    ? `最後の試験は、${dateTimeText(last.at)}に終わりました。`
    : '病院の回答から選定の確定までを、受付の開始前に確かめることができます（任意）。'
}

/** Whoever holds a seat is no longer eligible for one, and is drawn all the same. */
function withSelected(line: BandLine): BandLine {
  return { ...line, eligible: line.eligible + line.selected }
}

function arrivedOf(submissions: readonly Submission[], now: Date): DashboardModel['arrived'] {
  const on = (day: number) => submissions.filter(({ submittedAt }) => tokyoDay(submittedAt) === day).length
  return { yesterday: on(tokyoDay(now) - 1), today: on(tokyoDay(now)) }
}
