import { byCodePoint, type Hospital, type Input, type Question, sha256, type Weaknesses } from './form.ts'

/** What each hospital is worth, who may take part, and in which order they stand. */

export interface Entrant {
  hospital: Hospital
  values: Record<string, number>
  score: number
  band: string | null
  reason: string | null
}

export const CRITERIA = [
  'emergency',
  'disaster',
  'regionalSupport',
  'perinatal',
  'remote',
  'infectious',
  'regionShare',
  'soleEmergency',
  'inspection',
  'offlineBackup',
  'bcp',
  'networkControl',
  'emr',
  'scope',
  'gmisConsent',
] as const

export function entrants(input: Input): Entrant[] {
  return input.candidates.map((hospital) => {
    const values = valuesOf(hospital, input)
    const band = input.policy.bands.find(
      ({ min, max }) => hospital.beds >= min && (max === null || hospital.beds <= max),
    )
    const points: [key: string, points: number][] = [
      ...Object.entries(input.policy.criteria),
      ...(input.policy.questions ?? []).map((question): [string, number] => [
        `q.${question.id}`,
        question.points,
      ]),
    ]
    return {
      hospital,
      values,
      score: points.reduce((sum, [key, each]) => sum + each * values[key]!, 0),
      band: band?.id ?? null,
      reason: obstacle(hospital, input, band !== undefined),
    }
  })
}

/** A row a rule, in the full order; `true` ends the search as eligible. */
function obstacle(
  { override, otherRound, supportedIn, submission }: Hospital,
  { policy }: Input,
  inBand: boolean,
): string | null {
  const late =
    submission?.emr === 'planned' &&
    (submission.emrPlannedMonth === null || submission.emrPlannedMonth > policy.supportPeriodEnd)
  const barred = (policy.questions ?? []).some(
    (question) =>
      question.kind === 'choice' &&
      question.options.some(
        ({ id, eligible }) => eligible === false && answerTo(submission, question) === id,
      ),
  )
  const rules: [holds: boolean, reason: string | null][] = [
    [override?.kind === 'exclude', 'excluded'],
    [otherRound === 'selected', 'already_selected'],
    [otherRound === 'declined', 'already_declined'],
    [!inBand, 'no_band'],
    [override?.kind === 'designate', null],
    [policy.earlierSupport === 'exclude' && Boolean(supportedIn), 'already_supported'],
    [submission === null, 'no_submission'],
    [submission?.emr === 'none', 'no_emr'],
    [late, 'emr_too_late'],
    [submission?.intent === 'undecided', 'undecided'],
    [submission?.intent === 'none', 'no_intent'],
    [barred, 'answer'],
    [true, null],
  ]
  return rules.find(([holds]) => holds)![1]
}

const EMR = { full: 100, partial: 80, planned: 40, none: 0 }
const SCOPE = { both: 100, network: 50, backup: 50, undecided: 0, none: 0 }

function valuesOf(hospital: Hospital, { policy, candidates }: Input): Record<string, number> {
  const { submission, functions } = hospital
  const u = policy.unknownValue
  const neighbours = candidates.filter(({ region }) => region === hospital.region)
  const beds = neighbours.reduce((sum, each) => sum + each.beds, 0)
  const any = (...wanted: string[]) => (wanted.some((each) => functions.includes(each)) ? 100 : 0)
  const urgent = ({ functions: has }: Hospital) =>
    has.includes('emergency') || has.includes('emergency_center')
  const weakness = (fact: keyof Weaknesses) => {
    const known = hospital.gmis?.[fact] ?? hospital.publicFacts?.[fact] ?? null
    return known === null ? u : known ? 0 : 100
  }
  return {
    emergency: functions.includes('emergency_center') ? 100 : functions.includes('emergency') ? 60 : 0,
    disaster: any('disaster'),
    regionalSupport: any('regional_support', 'advanced'),
    perinatal: any('perinatal'),
    remote: any('remote'),
    infectious: any('infectious'),
    regionShare: beds === 0 ? 0 : Number((100n * BigInt(hospital.beds)) / BigInt(beds)),
    soleEmergency: urgent(hospital) && neighbours.filter(urgent).length === 1 ? 100 : 0,
    inspection: { insufficient: 100, good: 0, unknown: u }[hospital.inspection],
    offlineBackup: weakness('offlineBackup'),
    bcp: weakness('bcp'),
    networkControl: weakness('networkControl'),
    emr: submission ? EMR[submission.emr] : u,
    scope: submission ? SCOPE[submission.intent] : u,
    gmisConsent: submission ? (submission.gmisConsent ? 100 : 0) : u,
    ...Object.fromEntries(
      (policy.questions ?? []).map((question) => [
        `q.${question.id}`,
        answerValue(question, answerTo(submission, question)) ?? u,
      ]),
    ),
  }
}

function answerTo(submission: Hospital['submission'], { id }: Question): string | number | null {
  return new Map(Object.entries(submission?.extra ?? {})).get(id) ?? null
}

/** Null where nothing was answered. */
function answerValue(question: Question, answer: string | number | null): number | null {
  if (answer === null) return null
  if (question.kind === 'choice') return question.options.find(({ id }) => id === answer)!.value
  const x = BigInt(answer)
  const [zero, full] = [BigInt(question.zeroAt), BigInt(question.fullAt)]
  // Downwards it is the same line seen in a mirror.
  const [way, length] = full > zero ? [x - zero, full - zero] : [zero - x, zero - full]
  if (way <= 0n) return 0
  return way >= length ? 100 : Number((100n * way) / length)
}

/** All eligible in their order: by insertion, one comparison of two at a time; then the moves by hand. */
export function ranking(all: Entrant[], { policy, moves }: Input): Entrant[] {
  const order: Entrant[] = []
  for (const entrant of all.filter(({ reason }) => reason === null)) {
    const place = order.findIndex((other) => stands(entrant, other, policy))
    order.splice(place === -1 ? order.length : place, 0, entrant)
  }
  for (const { code, position } of moves ?? []) {
    const from = order.findIndex(({ hospital }) => hospital.code === code)
    if (from === -1) continue
    const [moved] = order.splice(from, 1)
    order.splice(position - 1, 0, moved!)
  }
  return order
}

/** Whether `a` stands before `b`. */
function stands(a: Entrant, b: Entrant, { tieBreak, lotterySeed }: Input['policy']): boolean {
  const lot = ({ hospital }: Entrant) => sha256(`${lotterySeed}:${hospital.code}`)
  const time = ({ hospital }: Entrant) =>
    hospital.submission ? Date.parse(hospital.submission.submittedAt) : Number.MAX_SAFE_INTEGER
  const keys: Record<(typeof tieBreak)[number], () => number> = {
    beds: () => b.hospital.beds - a.hospital.beds,
    submittedAt: () => time(a) - time(b),
    lottery: () => byCodePoint(lot(a), lot(b)),
  }
  const differences = [
    () => b.score - a.score,
    ...tieBreak.map((key) => keys[key]),
    () => byCodePoint(a.hospital.code, b.hospital.code),
  ]
  for (const difference of differences) if (difference() !== 0) return difference() < 0
  return false
}
