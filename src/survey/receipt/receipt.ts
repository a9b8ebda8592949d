import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { receiptPath } from '../../domain/answer/submission.ts'
import { answeredReasons } from '../../domain/selection/eligibility.ts'
import { answeredReasonText } from '../../domain/selection/words/obstacle.ts'
import { fiscalYearText } from '../../domain/survey/fiscal-year.ts'
import { outcomeReader, type SelectionOutcome } from '../../office/rounds/outcome.ts'
import type { Site } from '../../web/site.ts'
import { page } from '../../web/views.ts'
import { type AnswerRow, answerRows } from '../answer/answer-rows.ts'
import type { SurveyOptions } from '../options.ts'
import { receiptOf } from './access.ts'
import { type HistoryStep, historyOf, storedForm } from './history.ts'

export interface ReceiptModel {
  path: string
  number: string
  code: string
  state: Submission['state']
  receivedAt: Date
  /** When the latest version came; null while the first one stands. */
  correctedAt: Date | null
  withdrawnAt: Date | null
  rows: AnswerRow[]
  /** Empty while there is one version only. */
  history: HistoryStep[]
  /** Why the answer does not lead to the support, said politely; empty where it may. */
  reasons: string[]
  outcome: SelectionOutcome
  /** Which of 今後の流れ is now: 1 answering, 2 selection and report, 3 what the contractor does. */
  step: 1 | 2 | 3
  /** Where the receipt is mailed to; '' where no mail is sent. */
  mailedTo: string
  mayChange: boolean
  fiscalYear: string
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/receipt/receipt': ReceiptModel
  }
}

/** The receipt lives at an address of its own: it survives bookmarks, printing and the back button. */
export function receiptRoute(app: FastifyInstance, { stores, mail }: SurveyOptions): void {
  const readOutcome = outcomeReader(stores)

  app.get('', (request, reply) => {
    reply.header('cache-control', 'no-store')
    const { site } = request
    const submission = receiptOf(request)
    const outcome = readOutcome(submission, site.resultsPublished)
    return page(reply, 'survey/receipt/receipt', {
      ...receiptFacts(submission, stores),
      reasons: reasonsOf(submission, outcome, stores),
      outcome,
      step: stepOf(outcome, site),
      mailedTo: mail && submission.channel === 'web' ? submission.answers.email : '',
      mayChange: submission.state !== 'withdrawn' && site.state === 'open',
      fiscalYear: fiscalYearText(site.fiscalYear),
    })
  })
}

function receiptFacts(submission: Submission, { hospitals, submissions }: Stores) {
  const { id, number, code, state, submittedAt, correctedAt, withdrawnAt, version } = submission
  const history = historyOf(submission, submissions.versions(id), hospitals.byCode)
  return {
    path: receiptPath(submission),
    number,
    code,
    state,
    receivedAt: submittedAt,
    correctedAt: version > 1 ? correctedAt : null,
    withdrawnAt,
    rows: answerRows(storedForm(submission), hospitals.byCode),
    history: history.length > 1 ? history : [],
  }
}

/** Before the result what the answer means now, with the result what kept the hospital out then. */
function reasonsOf(
  { state, answers }: Submission,
  outcome: SelectionOutcome,
  { policies }: Stores,
): string[] {
  const { supportPeriodEnd } = policies.current().policy
  const isOpen = outcome.kind === 'none' || outcome.kind === 'reporting'
  const now = state !== 'withdrawn' && isOpen ? answeredReasons(answers, supportPeriodEnd) : []
  const reasons = outcome.kind === 'not-eligible' ? [outcome.reason] : now
  return reasons.map((reason) => answeredReasonText(reason, answers, supportPeriodEnd))
}

function stepOf({ kind }: SelectionOutcome, { state }: Site): ReceiptModel['step'] {
  if (state !== 'closed') return kind === 'none' ? 1 : 2
  return kind === 'none' || kind === 'reporting' ? 2 : 3
}
