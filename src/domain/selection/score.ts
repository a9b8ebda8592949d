import type { Emr, Intent } from '../answer/choices.ts'
import { answerTo } from '../answer/further.ts'
import type { HospitalFunction } from '../master/hospital.ts'
import { CRITERION_IDS, type CriterionId, type PointId, type Policy } from './policy.ts'
import { type PolicyQuestion, type QuestionKey, questionKey, questionValue } from './questions.ts'
import type { Candidate } from './snapshot.ts'

/** What the criteria need to know of a 二次医療圏: sums over ALL its hospitals, eligible or not. */
interface RegionFacts {
  beds: number
  /** Hospitals with an emergency function. */
  emergencies: number
}

export function regionFactsOf(candidates: readonly Candidate[]): Map<string, RegionFacts> {
  const regions = new Map<string, RegionFacts>()
  for (const candidate of candidates) {
    const region = regions.get(candidate.region) ?? { beds: 0, emergencies: 0 }
    region.beds += candidate.beds
    region.emergencies += hasEmergency(candidate) ? 1 : 0
    regions.set(candidate.region, region)
  }
  return regions
}

/** The value of every criterion and every further question, an integer 0..100 each. */
export type Values = Record<CriterionId, number> & { [question: QuestionKey]: number }

export function valuesOf(
  candidate: Candidate,
  region: RegionFacts,
  unknown: number,
  questions: readonly PolicyQuestion[] = [],
): Values {
  const { beds, gmis, publicFacts, submission } = candidate
  const further = submission?.extra ?? {}
  const values: Values = {
    emergency: emergencyValue(candidate),
    disaster: full(has(candidate, 'disaster')),
    regionalSupport: full(has(candidate, 'regional_support') || has(candidate, 'advanced')),
    perinatal: full(has(candidate, 'perinatal')),
    remote: full(has(candidate, 'remote')),
    infectious: full(has(candidate, 'infectious')),
    regionShare: floorDivide(100 * beds, region.beds),
    soleEmergency: full(hasEmergency(candidate) && region.emergencies === 1),
    inspection: { insufficient: 100, good: 0, unknown }[candidate.inspection],
    offlineBackup: weakness(gmis?.offlineBackup ?? publicFacts?.offlineBackup, unknown),
    bcp: weakness(gmis?.bcp ?? publicFacts?.bcp, unknown),
    networkControl: weakness(gmis?.networkControl ?? publicFacts?.networkControl, unknown),
    emr: submission ? EMR_VALUES[submission.emr] : unknown,
    scope: submission ? SCOPE_VALUES[submission.intent] : unknown,
    gmisConsent: submission ? full(submission.gmisConsent) : unknown,
  }
  for (const question of questions)
    values[questionKey(question)] = questionValue(question, answerTo(question, further), unknown)
  return values
}

/** The criteria and further questions that count, with their points. */
export type Weights = readonly (readonly [id: PointId, points: number])[]

export function weightsOf(
  criteria: Policy['criteria'],
  questions: readonly Pick<PolicyQuestion, 'id' | 'points'>[] = [],
): Weights {
  return [
    ...CRITERION_IDS.map((id) => [id, criteria[id] ?? 0] as const),
    ...questions.map((question) => [questionKey(question), question.points] as const),
  ].filter(([, points]) => points > 0)
}

/** Sum of points × value: an integer, shown divided by 100. */
export function scoreOf(weights: Weights, values: Values): number {
  let score = 0
  for (const [id, points] of weights) score += points * values[id]!
  return score
}

const EMR_VALUES: Record<Emr, number> = { full: 100, partial: 80, planned: 40, none: 0 }
const SCOPE_VALUES: Record<Intent, number> = { both: 100, network: 50, backup: 50, undecided: 0, none: 0 }

function emergencyValue(candidate: Candidate): number {
  if (has(candidate, 'emergency_center')) return 100
  return has(candidate, 'emergency') ? 60 : 0
}

function full(holds: boolean): number {
  return holds ? 100 : 0
}

/** A safeguard that is known to be lacking earns the points; what nobody knows is neutral. */
function weakness(safeguard: boolean | null | undefined, unknown: number): number {
  return safeguard == null ? unknown : full(!safeguard)
}

/** Exact: the remainder goes before the division, so the quotient is a whole number. 0 by a divisor of 0. */
function floorDivide(dividend: number, divisor: number): number {
  return divisor === 0 ? 0 : (dividend - (dividend % divisor)) / divisor
}

function has({ functions }: Candidate, id: HospitalFunction): boolean {
  return functions.includes(id)
}

function hasEmergency(candidate: Candidate): boolean {
  return has(candidate, 'emergency') || has(candidate, 'emergency_center')
}
