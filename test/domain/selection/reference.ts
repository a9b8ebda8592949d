import type { Policy, SnapshotPolicy } from '../../../src/domain/selection/policy.ts'
import type { SnapshotQuestion } from '../../../src/domain/selection/questions.ts'
import { select } from '../../../src/domain/selection/select.ts'
import type { Candidate, Snapshot } from '../../../src/domain/selection/snapshot.ts'

/**
 * The rules of the selection once more, as plainly as they can be put and without a thought of speed: what
 * the engine is held against. It shares the ranking with the engine, and nothing after it.
 */

interface Contender {
  code: string
  band: string
  region: string
  designated: boolean
}

/** The eligible hospitals of a snapshot, best first. */
export function contendersOf(snapshot: Snapshot): Contender[] {
  const designated = new Set(
    snapshot.candidates.filter(({ override }) => override?.kind === 'designate').map(({ code }) => code),
  )
  return select(snapshot)
    .results.filter(({ eligible }) => eligible)
    .map(({ code, band, region }) => ({ code, band: band!, region, designated: designated.has(code) }))
}

/** Seats left after the designated, by band. */
function freeSeatsOf(contenders: Contender[], policy: Policy): Map<string, number> {
  const left = policy.bands.map(({ id, seats }): [string, number] => [
    id,
    Math.max(0, seats - contenders.filter(({ designated, band }) => designated && band === id).length),
  ])
  return new Map(left)
}

/** Floor units that neither another round nor the designated have served, by region. */
export function lackingOf(
  contenders: Contender[],
  { candidates }: Pick<Snapshot, 'candidates'>,
  regionFloor: number,
): Map<string, number> {
  const names = new Set(contenders.map(({ region }) => region))
  return new Map(
    [...names].map((name) => {
      const here = contenders.filter(({ region }) => region === name)
      const held = candidates.filter((each) => each.region === name && each.otherRound === 'selected').length
      const floor = Math.min(Math.max(0, regionFloor - held), here.length)
      return [name, Math.max(0, floor - here.filter(({ designated }) => designated).length)]
    }),
  )
}

/** Floor units that these hospitals, none of them designated, serve. */
export function unitsServed(selected: Contender[], lacking: Map<string, number>): number {
  return [...lacking].reduce(
    (sum, [name, units]) => sum + Math.min(units, selected.filter(({ region }) => region === name).length),
    0,
  )
}

/**
 * Every selection there is, tried one by one: within the free seats, serving the most floor units, and of
 * those the best by rank read from the top.
 */
export function bestByTrial(contenders: Contender[], snapshot: Snapshot, regionFloor: number): Set<string> {
  const free = freeSeatsOf(contenders, snapshot.policy)
  const lacking = lackingOf(contenders, snapshot, regionFloor)
  const applicants = contenders.filter(({ designated }) => !designated)
  let best: { units: number; picks: string; selected: Contender[] } = { units: -1, picks: '', selected: [] }
  for (let mask = 0; mask < 2 ** applicants.length; mask += 1) {
    const picks = mask.toString(2).padStart(applicants.length, '0')
    const selected = applicants.filter((_, index) => picks[index] === '1')
    const fits = [...free].every(([id, seats]) => selected.filter(({ band }) => band === id).length <= seats)
    const units = fits ? unitsServed(selected, lacking) : -1
    // As texts of 0 and 1, best rank first, the greater one is the better by rank.
    if (units > best.units || (units === best.units && picks > best.picks)) best = { units, picks, selected }
  }
  return codesOf([...contenders.filter(({ designated }) => designated), ...best.selected])
}

/** The seats that stay free, given to the best of the rest. */
export function withRedistribution(
  contenders: Contender[],
  policy: Policy,
  seated: Set<string>,
): Set<string> {
  const used = contenders.filter(({ code, designated }) => seated.has(code) && !designated).length
  const left = [...freeSeatsOf(contenders, policy).values()].reduce((sum, seats) => sum + seats, -used)
  const rest = contenders.filter(({ code }) => !seated.has(code))
  return new Set([...seated, ...codesOf(rest.slice(0, left))])
}

/** The most floor units a flow can serve: Ford and Fulkerson's, with every hospital a node of its own. */
export function mostUnits(contenders: Contender[], snapshot: Snapshot): number {
  const { policy } = snapshot
  const capacity = new Map<string, Map<string, number>>()
  const arc = (from: string, to: string, units: number) => {
    capacity.set(from, (capacity.get(from) ?? new Map()).set(to, units))
    if (!capacity.get(to)?.has(from)) capacity.set(to, (capacity.get(to) ?? new Map()).set(from, 0))
  }
  for (const [id, seats] of freeSeatsOf(contenders, policy)) arc('source', `band ${id}`, seats)
  for (const [id, units] of lackingOf(contenders, snapshot, policy.regionFloor))
    arc(`region ${id}`, 'sink', units)
  for (const { code, band, region, designated } of contenders) {
    if (designated) continue
    arc(`band ${band}`, `hospital ${code}`, 1)
    arc(`hospital ${code}`, `region ${region}`, 1)
  }
  let units = 0
  while (augment(capacity, 'source', new Set())) units += 1
  return units
}

function augment(capacity: Map<string, Map<string, number>>, node: string, seen: Set<string>): boolean {
  if (node === 'sink') return true
  seen.add(node)
  for (const [next, units] of capacity.get(node) ?? []) {
    if (units === 0 || seen.has(next) || !augment(capacity, next, seen)) continue
    capacity.get(node)!.set(next, units - 1)
    capacity.get(next)!.set(node, capacity.get(next)!.get(node)! + 1)
    return true
  }
  return false
}

/** Eligibility, read off the list from its top: null for a hospital that is eligible. */
export function reasonOf(candidate: Candidate, { bands, ...policy }: SnapshotPolicy): string | null {
  const { override, otherRound, beds, supportedIn, submission } = candidate
  if (override?.kind === 'exclude') return 'excluded'
  if (otherRound === 'selected') return 'already_selected'
  if (otherRound === 'declined') return 'already_declined'
  if (!bands.some(({ min, max }) => beds >= min && beds <= (max ?? Infinity))) return 'no_band'
  if (override?.kind === 'designate') return null
  if (policy.earlierSupport === 'exclude' && supportedIn !== undefined) return 'already_supported'
  return submission === null ? 'no_submission' : answeredReasonOf(submission, policy)
}

function answeredReasonOf(
  { emr, emrPlannedMonth, intent, extra = {} }: NonNullable<Candidate['submission']>,
  { supportPeriodEnd, questions = [] }: Omit<SnapshotPolicy, 'bands'>,
): string | null {
  if (emr === 'none') return 'no_emr'
  if (emr === 'planned' && (emrPlannedMonth ?? '9999-99') > supportPeriodEnd) return 'emr_too_late'
  if (intent === 'undecided') return 'undecided'
  if (intent === 'none') return 'no_intent'
  const said = new Map(Object.entries(extra))
  for (const question of questions)
    for (const option of question.kind === 'choice' ? question.options : [])
      if (said.get(question.id) === option.id && option.eligible === false) return 'answer'
  return null
}

/** The score, from the facts alone and in exact numbers of any length. */
export function scoreByHand(candidate: Candidate, { candidates, policy }: Snapshot): bigint {
  const mates = candidates.filter(({ region }) => region === candidate.region)
  const values = new Map([
    ...Object.entries(careByHand(candidate, mates)),
    ...Object.entries(stateByHand(candidate, policy.unknownValue)),
    ...(policy.questions ?? []).map((question): [string, number] => [
      `q.${question.id}`,
      answerByHand(question, candidate, policy.unknownValue),
    ]),
  ])
  const points = [
    ...Object.entries(policy.criteria),
    ...(policy.questions ?? []).map(({ id, points: most }): [string, number] => [`q.${id}`, most]),
  ]
  return points.reduce((sum, [id, most]) => sum + BigInt(most) * BigInt(values.get(id)!), 0n)
}

const yes = (holds: boolean) => (holds ? 100 : 0)
const isEmergency = ({ functions }: Candidate) => functions.some((id) => id.startsWith('emergency'))

function careByHand(candidate: Candidate, mates: readonly Candidate[]): Record<string, number> {
  const { functions, beds } = candidate
  const has = (...wanted: string[]) => functions.some((each) => wanted.includes(each))
  const regionBeds = mates.reduce((sum, each) => sum + each.beds, 0)
  const alone = mates.every((each) => each === candidate || !isEmergency(each))
  return {
    emergency: has('emergency_center') ? 100 : yes(has('emergency')) * 0.6,
    disaster: yes(has('disaster')),
    regionalSupport: yes(has('regional_support', 'advanced')),
    perinatal: yes(has('perinatal')),
    remote: yes(has('remote')),
    infectious: yes(has('infectious')),
    regionShare: regionBeds === 0 ? 0 : Number((100n * BigInt(beds)) / BigInt(regionBeds)),
    soleEmergency: yes(isEmergency(candidate) && alone),
  }
}

function stateByHand(
  { submission, inspection, gmis, publicFacts }: Candidate,
  unknown: number,
): Record<string, number> {
  const lacking = (fact: 'offlineBackup' | 'bcp' | 'networkControl') => {
    const known = [gmis?.[fact], publicFacts?.[fact]].find((each) => each === true || each === false)
    return known === undefined ? unknown : yes(!known)
  }
  const told = submission && {
    emr: { full: 100, partial: 80, planned: 40, none: 0 }[submission.emr],
    scope: { both: 100, network: 50, backup: 50, undecided: 0, none: 0 }[submission.intent],
    gmisConsent: yes(submission.gmisConsent),
  }
  return {
    inspection: { insufficient: 100, good: 0, unknown }[inspection],
    offlineBackup: lacking('offlineBackup'),
    bcp: lacking('bcp'),
    networkControl: lacking('networkControl'),
    ...(told ?? { emr: unknown, scope: unknown, gmisConsent: unknown }),
  }
}

function answerByHand(question: SnapshotQuestion, { submission }: Candidate, unknown: number): number {
  const answer = new Map(Object.entries(submission?.extra ?? {})).get(question.id)
  if (answer === undefined) return unknown
  if (question.kind === 'choice') return question.options.find(({ id }) => id === answer)!.value
  const [from, to, x] = [BigInt(question.zeroAt), BigInt(question.fullAt), BigInt(answer)]
  const [way, whole] = to > from ? [x - from, to - from] : [from - x, from - to]
  // Of a hundred steps as many as have been reached.
  let steps = 0
  while (steps < 100 && way * 100n >= BigInt(steps + 1) * whole) steps += 1
  return steps
}

export function codesOf(contenders: readonly { code: string }[]): Set<string> {
  return new Set(contenders.map(({ code }) => code))
}
