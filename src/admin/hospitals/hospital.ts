import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { type AnswerLine, officeLines } from '../../domain/answer/lines.ts'
import { SUBMISSION_STATES, type Submission } from '../../domain/answer/submission.ts'
import { type Hospital, hospitalOf } from '../../domain/master/hospital.ts'
import { explain } from '../../domain/selection/explain/explain.ts'
import { problemTexts } from '../../domain/selection/words/decision.ts'
import { explanationTexts } from '../../domain/selection/words/sentences.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { HistoryLine } from '../../office/answers/history.ts'
import type { Draft, ReadDraft } from '../../office/draft/draft.ts'
import { hospitalHistory } from '../../office/master/history.ts'
import { hospitalLines } from '../../office/master/lines.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { hospitalActRoutes } from './act.ts'
import { type HospitalControls, hospitalControls } from './controls.ts'
import { moveActs } from './move.ts'
import { type NeighbourLine, neighbourLines } from './neighbours.ts'
import { overrideActs } from './override.ts'
import { type HospitalPoints, type HospitalStability, hospitalPoints, hospitalStability } from './points.ts'

interface HospitalModel {
  code: string
  name: string
  decision: string
  isSelected: boolean
  /** One line: 100～199床 第21位。枠19のため補欠第2位。 */
  summary: string
  sentences: string[]
  /** What keeps the draft from being confirmed, whoever caused it. */
  problems: string[]
  controls: HospitalControls
  points: HospitalPoints
  stability: HospitalStability
  neighbours: NeighbourLine[]
  master: AnswerLine[]
  answer: { number: string; lines: AnswerLine[] } | null
  otherAnswers: { number: string; state: Submission['state']; stateLabel: string }[]
  history: HistoryLine[]
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/hospital': HospitalModel
  }
}

interface Coded {
  Params: { code: string }
}

/** One hospital of the master, and what an officer may decide about it. */
export function hospitalRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  const { stores } = options

  app.get<Coded>('/hospitals/:code', forReaders, async (request, reply) => {
    const draft = readDraft()
    const hospital = hospitalOf(draft.hospitals, request.params.code)
    if (!hospital) return refusal(reply, 'not-found')
    const model = hospitalModel(stores, draft, hospital, {
      done: DONE.get(fieldsOf(request.query).get('done')) ?? null,
      asksStability: fieldsOf(request.query).get('stability') === 'show',
    })
    return adminPage(reply, 'admin/hospitals/hospital', model)
  })

  for (const act of [...overrideActs(stores), ...moveActs(stores)])
    hospitalActRoutes(app, options, readDraft, act)
}

const DONE = new Map([
  ['designate', '県の指定を登録しました。選定案に反映しています。'],
  ['exclude', '対象外とする判断を登録しました。選定案に反映しています。'],
  ['override-undone', '県の判断を取り消しました。選定案に反映しています。'],
  ['moved', '順位を変更しました。選定案に反映しています。'],
  ['move-undone', '順位の変更を取り消しました。選定案に反映しています。'],
])

/** Everything about one hospital: why it is in or out, what would change that, and what is known of it. */
function hospitalModel(
  stores: Stores,
  draft: Draft,
  hospital: Hospital,
  { done, asksStability }: { done: string | null; asksStability: boolean },
): HospitalModel {
  const { reading } = draft
  const explanation = explain(reading, hospital.key)
  const { row, standing } = explanation
  const own = draft.submissions.filter(({ hospitalCode }) => hospitalCode === hospital.key)
  const current = own.find(({ state }) => state === 'current')
  return {
    code: hospital.key,
    name: hospital.name,
    decision: reading.texts.decision(row),
    isSelected: row.decision === 'selected',
    ...explanationTexts(explanation, reading),
    problems: problemTexts(reading),
    controls: hospitalControls(stores, draft, explanation),
    points: hospitalPoints(reading, explanation),
    stability: hospitalStability(reading, row, asksStability),
    neighbours: standing ? neighbourLines(reading, standing) : [],
    master: hospitalLines(hospital, reading.snapshot.policy.bands),
    answer: current ? { number: current.number, lines: officeLines(current.answers) } : null,
    otherAnswers: own
      .filter((submission) => submission !== current)
      .map(({ number, state }) => ({ number, state, stateLabel: labelOf(SUBMISSION_STATES, state) })),
    history: hospitalHistory(stores, hospital.key, reading.place),
    done,
  }
}
