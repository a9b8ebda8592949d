import type { Stores } from '../../db/stores.ts'
import { type AnswerLine, officeLines } from '../../domain/answer/lines.ts'
import { SUBMISSION_STATES, type Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { explain } from '../../domain/selection/explain/explain.ts'
import { selectionTexts } from '../../domain/selection/words/decision.ts'
import { explanationTexts } from '../../domain/selection/words/explanation.ts'
import { problemText } from '../../domain/selection/words/problem.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { HistoryLine } from '../../office/answers/history.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { hospitalHistory } from '../../office/master/history.ts'
import { hospitalLines } from '../../office/master/lines.ts'
import { type HospitalControls, hospitalControls } from './hospital-controls.ts'
import { type HospitalPoints, hospitalPoints } from './hospital-points.ts'
import { type HospitalStability, hospitalStability } from './hospital-stability.ts'
import { type NeighbourLine, neighbourLines } from './hospital-standing.ts'

export interface HospitalModel {
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

/** Everything about one hospital: why it is in or out, what would change that, and what is known of it. */
export function hospitalModel(
  stores: Stores,
  draft: Draft,
  hospital: Hospital,
  { done, asksStability }: { done: string | null; asksStability: boolean },
): HospitalModel {
  const { snapshot, result } = draft
  const explanation = explain(snapshot, result)(hospital.key)
  const texts = explanationTexts(snapshot)
  const { row, standing } = explanation
  const own = draft.submissions.filter(({ hospitalCode }) => hospitalCode === hospital.key)
  const current = own.find(({ state }) => state === 'current')
  return {
    code: hospital.key,
    name: hospital.name,
    decision: selectionTexts(snapshot, result).decision(row),
    isSelected: row.decision === 'selected',
    summary: texts.summary(explanation),
    sentences: texts.sentences(explanation),
    problems: result.problems.map((problem) => problemText(problem, snapshot)),
    controls: hospitalControls(stores, draft, explanation),
    points: hospitalPoints(explanation.contributions, row, { policy: snapshot.policy, result }),
    stability: hospitalStability(draft, row, asksStability),
    neighbours: standing ? neighbourLines(draft, standing) : [],
    master: hospitalLines(hospital, snapshot.policy.bands),
    answer: current ? { number: current.number, lines: officeLines(current.answers) } : null,
    otherAnswers: own
      .filter((submission) => submission !== current)
      .map(({ number, state }) => ({ number, state, stateLabel: labelOf(SUBMISSION_STATES, state) })),
    history: hospitalHistory(stores, hospital.key),
    done,
  }
}
