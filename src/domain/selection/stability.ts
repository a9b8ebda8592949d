import { sha256Hex } from '../text/canonical.ts'
import { walk } from './allotment.ts'
import type { Entrant, Field } from './field.ts'
import { withMoves } from './moves.ts'
import { CRITERION_IDS, type PointId, type Policy } from './policy.ts'
import { type PolicyQuestion, questionKey } from './questions.ts'
import { tieComparison } from './rank.ts'
import type { Reading } from './reading.ts'
import { scoreOf, weightsOf } from './score.ts'
import type { Snapshot } from './snapshot.ts'

/** How much of the decision hangs on the weights. */
export interface Stability {
  /** How often the engine ran: twice for every criterion and further question, and for the perturbed policies. */
  runs: number
  /** Every eligible hospital by its code, in rank order. */
  hospitals: ReadonlyMap<string, HospitalStability>
  /** 配点により変わる: selected in some of the runs but not in all, in rank order. */
  onTheLine: string[]
}

interface HospitalStability {
  /** In how many of the runs it is selected. */
  selected: number
  /** The changes of one criterion alone that turn its decision over. */
  flips: Flip[]
}

export interface Flip {
  criterion: PointId
  /** Its points × 0.8 or × 1.2. */
  percent: 80 | 120
}

export const PERTURBED_RUNS = 200

/**
 * Runs the engine again on the same facts, moves included, with other points: every criterion alone × 0.8 and
 * × 1.2, then every further question, then `PERTURBED_RUNS` times all of them. The rest of the policy stays. Changed
 * points may pass the 1000 a policy may give: cutting them there would change their proportion.
 */
export function stabilityOf({ snapshot, result, rows, contest }: Reading): Stability {
  const selectedWith = runnerOf(snapshot, contest().field)
  const eligible = rows.filter((line) => line.eligible)
  const hospitals = new Map(eligible.map(({ code }) => [code, { selected: 0, flips: [] as Flip[] }]))
  const { criteria, questions = [] } = snapshot.policy
  const single = singleChanges(criteria, questions)
  for (const { criterion, percent, ...points } of single) {
    const selected = selectedWith(points)
    for (const { code, decision } of eligible)
      if (selected.has(code) !== (decision === 'selected'))
        hospitals.get(code)!.flips.push({ criterion, percent })
    for (const code of selected) hospitals.get(code)!.selected += 1
  }
  for (let run = 0; run < PERTURBED_RUNS; run += 1)
    for (const code of selectedWith({
      criteria: perturbed(criteria, result.snapshotSha256, run),
      questions: perturbedQuestions(questions, result.snapshotSha256, run),
    }))
      hospitals.get(code)!.selected += 1

  const runs = single.length + PERTURBED_RUNS
  const onTheLine = [...hospitals].filter(([, { selected }]) => selected > 0 && selected < runs)
  return { runs, hospitals, onTheLine: onTheLine.map(([code]) => code) }
}

/** What of a policy the runs change. */
interface Points {
  criteria: Criteria
  questions: readonly PolicyQuestion[]
}

/** Every criterion's points × 0.8 and × 1.2, alone, and then every further question's. */
export function singleChanges(
  criteria: Criteria,
  questions: readonly PolicyQuestion[] = [],
): (Flip & Points)[] {
  const changes = ([80, 120] as const).map((percent) => ({ percent, thousandths: percent * 10 }))
  return [
    ...CRITERION_IDS.flatMap((criterion) =>
      changes.map(({ percent, thousandths }) => ({
        criterion,
        percent,
        criteria: { ...criteria, [criterion]: scaled(criteria[criterion] ?? 0, thousandths) },
        questions,
      })),
    ),
    ...questions.flatMap((question, at) =>
      changes.map(({ percent, thousandths }) => ({
        criterion: questionKey(question),
        percent,
        criteria,
        questions: questions.with(at, { ...question, points: scaled(question.points, thousandths) }),
      })),
    ),
  ]
}

/**
 * The points of one perturbed run, each × 0.800..1.200. A factor in thousandths is 800 + (g mod 401), where g is
 * the criterion's group of four hex digits, in the order of `CRITERION_IDS`, of SHA-256(`snapshotSha256:run`): anyone
 * can draw the same. Each of the 401 factors comes 163 or 164 times in 65,536.
 * @param run from 0
 */
export function perturbed(criteria: Criteria, snapshotSha256: string, run: number): Criteria {
  const factor = factorsOf(snapshotSha256, run)
  return Object.fromEntries(CRITERION_IDS.map((id, index) => [id, scaled(criteria[id] ?? 0, factor(index))]))
}

/** The further questions of the same run: they take the groups behind the criteria's. */
export function perturbedQuestions<Question extends PolicyQuestion>(
  questions: readonly Question[],
  snapshotSha256: string,
  run: number,
): Question[] {
  const factor = factorsOf(snapshotSha256, run)
  return questions.map((question, index) => ({
    ...question,
    points: scaled(question.points, factor(CRITERION_IDS.length + index)),
  }))
}

const GROUP = 4
const GROUPS_OF_A_HASH = 16

/** By group from 0: 16 of the run's own hash, 16 of SHA-256(`snapshotSha256:run:1`), and so on. */
function factorsOf(snapshotSha256: string, run: number): (group: number) => number {
  const hashes: string[] = []
  return (group) => {
    const at = Math.floor(group / GROUPS_OF_A_HASH)
    hashes[at] ??= sha256Hex(`${snapshotSha256}:${run}${at === 0 ? '' : `:${at}`}`)
    const from = GROUP * (group % GROUPS_OF_A_HASH)
    return 800 + (Number.parseInt(hashes[at].slice(from, from + GROUP), 16) % 401)
  }
}

type Criteria = Policy['criteria']

/** Rounded half up, in whole numbers throughout. */
function scaled(points: number, thousandths: number): number {
  const product = points * thousandths + 500
  return (product - (product % 1000)) / 1000
}

/** Who is selected with other points: what they cannot change is worked out once, the order of ties included. */
function runnerOf({ policy, moves = [] }: Snapshot, field: Field): (points: Points) => Set<string> {
  const tied = field.entrants
    .filter(({ reason }) => reason === null)
    .sort(tieComparison(field, policy.tieBreak))
  return ({ criteria, questions }) => {
    const weights = weightsOf(criteria, questions)
    // The sort is stable: whoever has the same score stays in the order of ties.
    const byScore = tied
      .map((entrant) => ({ entrant, score: scoreOf(weights, entrant.values) }))
      .sort((a, b) => b.score - a.score)
    const ranked = withMoves(byScore, moves, codeOf)
    const allotment = walk(field, ranked, policy)
    return new Set(ranked.filter((_, index) => allotment[index] !== null).map(codeOf))
  }
}

function codeOf({ entrant }: { entrant: Entrant }): string {
  return entrant.candidate.code
}
