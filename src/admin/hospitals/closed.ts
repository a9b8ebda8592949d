import type { FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { AnswerLine } from '../../domain/answer/lines.ts'
import { SUBMISSION_STATES, type Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { HistoryLine } from '../../office/answers/history.ts'
import { type MasterChangeLine, masterChanges } from '../../office/master/changes.ts'
import { filingLines, furtherLines } from '../../office/master/further-lines.ts'
import { hospitalHistory } from '../../office/master/history.ts'
import { hospitalLines } from '../../office/master/lines.ts'
import { officerNames } from '../../office/officer-names.ts'
import { type ConfirmedResult, confirmedResults } from '../../office/rounds/confirmed.ts'
import { adminPage } from '../page.ts'

interface ClosedModel {
  key: string
  name: string
  kana: string | null
  /** Into which hospital it went; null where it is closed. */
  into: { key: string; name: string } | null
  /** Why, by whom and when; null where a file brought it in closed. */
  cause: { reason: string; by: string } | null
  confirmed: ConfirmedResult | null
  answers: { number: string; state: Submission['state']; stateLabel: string }[]
  master: AnswerLine[]
  filings: AnswerLine[]
  history: HistoryLine[]
  masterChanges: MasterChangeLine[]
  /** A merger of an earlier survey cannot be undone in this one. */
  canReturn: boolean
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/closed': ClosedModel
  }
}

/** The page of a hospital that is closed or went into another one: nothing of it is counted or ranked. */
export function closedPage(reply: FastifyReply, stores: Stores, hospital: Hospital, done: string | null) {
  const { key, name, kana, mergedInto } = hospital
  const into = mergedInto === null ? null : stores.hospitals.byCode(mergedInto)
  return adminPage(reply, 'admin/hospitals/closed', {
    key,
    name,
    kana,
    into: into && { key: into.key, name: into.name },
    cause: causeOf(stores, hospital),
    confirmed: confirmedResults(stores)?.get(key) ?? null,
    answers: stores.submissions
      .ofHospital(key)
      .map(({ number, state }) => ({ number, state, stateLabel: labelOf(SUBMISSION_STATES, state) })),
    master: [...hospitalLines(hospital, stores.policies.current().policy.bands), ...furtherLines(hospital)],
    filings: filingLines(hospital),
    masterChanges: masterChanges(stores, key),
    canReturn: mergedInto === null || stores.hospitalActs.mergerOf(key) !== null,
    history: hospitalHistory(stores, key, reply.request.site.place),
    done,
  })
}

function causeOf(stores: Stores, { key, mergedInto }: Hospital): ClosedModel['cause'] {
  const kind = mergedInto === null ? 'closed' : 'merged'
  const change = stores.hospitalHistory.ofHospital(key).find((each) => each.kind === kind)
  if (!change?.reason) return null
  return { reason: change.reason, by: `${officerNames(stores)(change.actor)}、${dateTimeText(change.at)}` }
}
