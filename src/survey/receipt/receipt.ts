import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { OpenedSubmission } from '../../db/submissions.ts'
import { isProxy, type ProxyChannel } from '../../domain/answer/choices.ts'
import {
  answerLines,
  type ComparedLine,
  comparedLines,
  type QuestionLine,
} from '../../domain/answer/lines.ts'
import type { Question } from '../../domain/answer/questions.ts'
import { entryText, receiptPath } from '../../domain/answer/receipt.ts'
import { asSent, type Submission } from '../../domain/answer/submission.ts'
import { lotOnReceipt } from '../../domain/lot/lottery.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { answeredReasons } from '../../domain/selection/eligibility.ts'
import { answeredReasonText } from '../../domain/selection/words/obstacle.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { noticeOf } from '../../office/answers/notice.ts'
import { keptShown } from '../../office/kept.ts'
import { policyToday } from '../../office/policy.ts'
import { outcomeReader, type SelectionOutcome } from '../../office/rounds/outcome.ts'
import type { Site } from '../../web/site.ts'
import { page } from '../../web/views.ts'
import type { SurveyOptions } from '../options.ts'
import { type AskedModel, askedModel } from './acceptance.ts'
import { receiptOf } from './access.ts'

interface ReceiptModel {
  path: string
  number: string
  code: string
  state: Submission['state']
  /** What the state means; null while the answer simply counts. */
  notice: ReturnType<typeof noticeOf>
  receivedAt: string
  /** When the latest version came; '' while the first one stands. */
  correctedAt: string
  /** '' where it was not. */
  withdrawnAt: string
  /** When the prefecture settled that it is not used; '' where it was not. */
  closedAt: string
  /** That staff entered the answer; '' where the hospital sent it. */
  entered: string
  /** くじ番号; null where there is none. */
  lot: string | null
  /** The draw is public. */
  isLotPublished: boolean
  lines: QuestionLine[]
  /** Empty while there is one version only. */
  history: HistoryStep[]
  /** Why the answer does not lead to the support, said politely; empty where it may. */
  reasons: string[]
  outcome: SelectionOutcome
  /** 受諾確認; null where the hospital is not asked. */
  asked: AskedModel | null
  /** It has declined, and the result that stands does not know of it yet: nobody will call it. */
  hasGivenBack: boolean
  /** Which of 今後の流れ is now: 1 answering, 2 selection and report, 3 what the contractor does. */
  step: 1 | 2 | 3
  /** Where the receipt is mailed to; '' where no mail is sent. */
  mailedTo: string
  mayChange: boolean
}

/** One step of an answer's life, with what it changed. */
interface HistoryStep {
  at: string
  what: '回答' | '訂正' | '取下げ'
  /** That staff did it; '' where it was the hospital. */
  by: string
  changes: ComparedLine[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/receipt/receipt': ReceiptModel
  }
}

/** The receipt lives at an address of its own: it survives bookmarks, printing and the back button. */
export function receiptRoute(app: FastifyInstance, { stores, mail, now }: SurveyOptions): void {
  const readOutcome = outcomeReader(stores)
  const readLots = keptShown(stores, () => ({
    method: stores.lots.method(),
    isPublished: stores.lots.draws().some(({ published }) => published !== null),
  }))

  app.get('', (request, reply) => {
    const { site } = request
    const submission = receiptOf(request)
    const outcome = readOutcome(submission, site.resultsPublished)
    // Nobody is asked before there is a result.
    const asked = outcome.kind === 'none' ? null : askedModel(stores, submission, now())
    const lots = readLots()
    return page(reply, 'survey/receipt/receipt', {
      ...receiptFacts(submission, stores, site),
      lot: lotOnReceipt(lots.method, submission),
      isLotPublished: lots.isPublished,
      notice: noticeOf(submission, stores, {
        answersUntil: site.state === 'open' ? site.deadline : '',
        kind: site.place.kind,
      }),
      reasons: reasonsOf(submission, outcome, { stores, place: site.place }),
      outcome,
      asked,
      hasGivenBack:
        ['selected', 'reporting'].includes(outcome.kind) &&
        ['declined', 'given-back'].includes(asked?.state ?? ''),
      step: stepOf(outcome, site),
      mailedTo: mail && isBeingMailed(submission, now()) ? mailedTo(submission, stores) : '',
      mayChange: submission.state !== 'withdrawn' && site.state === 'open',
    })
  })
}

/** A mail that is on its way is told of; one of last week is not said to be sent. */
function isBeingMailed({ channel, closedAt, correctedAt, withdrawnAt }: Submission, now: Date): boolean {
  if (channel !== 'web' || closedAt !== null) return false
  return now.getTime() - (withdrawnAt ?? correctedAt).getTime() < MAIL_TAKES
}

/** Its address, while a mail to it is on its way or has left: one that was given up or left out is not spoken of. */
function mailedTo({ id, answers }: Submission, { outbox }: Stores): string {
  const newest = outbox.newestOf(id)
  return newest && !newest.failedAt && !newest.leftOutAt && newest.recipient === answers.email
    ? answers.email
    : ''
}

/** A day: for so long a mail server may be asked again. */
const MAIL_TAKES = 86_400_000

function receiptFacts(
  submission: OpenedSubmission,
  stores: Stores,
  { questions, place: { kind } }: Pick<Site, 'questions' | 'place'>,
) {
  const { number, code, state, submittedAt, correctedAt, withdrawnAt, closedAt, version } = submission
  const lines = linesReader(stores, questions)
  return {
    path: receiptPath(submission),
    number,
    code,
    state,
    receivedAt: dateTimeText(submittedAt),
    correctedAt: version > 1 ? dateTimeText(correctedAt) : '',
    withdrawnAt: withdrawnAt ? dateTimeText(withdrawnAt) : '',
    closedAt: closedAt ? dateTimeText(closedAt) : '',
    entered: isProxy(submission.channel) ? entryText('回答', submission.channel, kind) : '',
    lines: lines(submission),
    history: version > 1 || withdrawnAt ? historyOf(submission, stores, { kind, questions, lines }) : [],
  }
}

/** What an answer says, and what it said before: its hospital, which stays, is looked up once. */
function linesReader({ hospitals }: Stores, questions: readonly Question[]) {
  let hospital: Hospital | null | undefined
  const find = (code: string) => {
    if (hospital === undefined) hospital = hospitals.byCode(code)
    return hospital
  }
  return (submission: Submission) => answerLines(asSent(submission), find, questions)
}

interface HistoryReading {
  kind: string
  questions: readonly Question[]
  lines: (submission: Submission) => QuestionLine[]
}

/** From the first version on, in the order of time. */
function historyOf(
  submission: Submission,
  { submissions }: Stores,
  { kind, questions, lines: linesOf }: HistoryReading,
): HistoryStep[] {
  const versions = submissions.versions(submission.id)
  const lines = versions.map((version) => linesOf({ ...submission, ...version }))
  const by = (what: HistoryStep['what'], channel: ProxyChannel | null | undefined) => ({
    what,
    by: channel ? entryText(what, channel, kind) : '',
  })
  const steps = versions.map(({ createdAt, enteredBy }, index): HistoryStep => {
    if (index === 0)
      return { at: dateTimeText(submission.submittedAt), ...by('回答', enteredBy?.channel), changes: [] }
    const compared = comparedLines(lines[index - 1]!, lines[index]!, questions)
    const changes = compared.filter(({ before }) => before !== null)
    return { at: dateTimeText(createdAt), ...by('訂正', enteredBy?.channel), changes }
  })
  const { withdrawnAt, withdrawnChannel } = submission
  if (!withdrawnAt) return steps
  return [...steps, { at: dateTimeText(withdrawnAt), ...by('取下げ', withdrawnChannel), changes: [] }]
}

/**
 * Before the result what the answer means now, with the result what kept the hospital out then. Of an answer that does
 * not count nothing of it is said: what its state means comes first.
 */
function reasonsOf(
  { state, answers }: Submission,
  outcome: SelectionOutcome,
  { stores, place }: { stores: Stores } & Pick<Site, 'place'>,
): string[] {
  const { supportPeriodEnd, questions = [] } = policyToday(stores)
  const isOpen = outcome.kind === 'none' || outcome.kind === 'reporting'
  const now = state === 'current' && isOpen ? answeredReasons(answers, supportPeriodEnd, questions) : []
  const reasons = outcome.kind === 'not-eligible' ? [outcome.reason] : now
  return reasons.map((reason) => answeredReasonText(reason, answers, { supportPeriodEnd, place, questions }))
}

function stepOf({ kind }: SelectionOutcome, { state }: Site): ReceiptModel['step'] {
  if (state !== 'closed') return kind === 'none' ? 1 : 2
  return kind === 'none' || kind === 'reporting' ? 2 : 3
}
