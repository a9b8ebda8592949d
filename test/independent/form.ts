import { createHash } from 'node:crypto'

/**
 * A second engine, written from the specification of the selection alone and by other means than the program's: it takes
 * nothing from `src`. What the two say of generated snapshots is compared in `compare.ts`.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export interface Option {
  id: string
  label: string
  value: number
  eligible?: boolean
}

export type Question = { id: string; label: string; points: number } & (
  | { kind: 'number'; zeroAt: number; fullAt: number }
  | { kind: 'choice'; options: Option[] }
)

export interface Weaknesses {
  offlineBackup: boolean | null
  bcp: boolean | null
  networkControl: boolean | null
}

export interface Answer {
  emr: 'full' | 'partial' | 'planned' | 'none'
  emrPlannedMonth: string | null
  intent: 'both' | 'network' | 'backup' | 'undecided' | 'none'
  gmisConsent: boolean
  submittedAt: string
  extra?: Record<string, string | number | null> | null
}

export interface Hospital {
  code: string
  name: string
  region: string
  beds: number
  functions: string[]
  inspection: 'insufficient' | 'good' | 'unknown'
  submission: Answer | null
  gmis: Weaknesses | null
  override: { kind: 'designate' | 'exclude'; reason: string } | null
  otherRound?: 'selected' | 'declined' | null
  supportedIn?: string | null
  publicFacts?: (Weaknesses & { source: string; asOf: string }) | Record<string, never> | null
}

interface Band {
  id: string
  min: number
  max: number | null
  seats: number
}

export interface Rules {
  supportPeriodEnd: string
  bands: Band[]
  regionFloor: number
  shortfall: 'leave' | 'redistribute'
  unknownValue: number
  criteria: Record<string, number>
  tieBreak: ('beds' | 'submittedAt' | 'lottery')[]
  lotterySeed: string
  earlierSupport?: 'ignore' | 'exclude'
  questions?: Question[]
}

export interface Input {
  format: string
  round: number
  takenAt: string
  policy: Rules
  candidates: Hospital[]
  moves?: { code: string; position: number; reason: string }[]
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** By code point: as arrays of numbers, the shorter one first where it begins the longer one. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)].map((chars) =>
    chars.map((char) => char.codePointAt(0)!),
  )
  const at = left!.findIndex((point, index) => point !== right![index])
  if (at === -1) return left!.length - right!.length
  return at >= right!.length ? 1 : left![at]! - right![at]!
}

/** Sorted keys, nothing between: by recursion over texts. */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const pairs = Object.entries(value).sort(([a], [b]) => byCodePoint(a, b))
  return `{${pairs.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`
}

/**
 * The snapshot as it is written: of the optional parts of its extensions what is absent, null or `{}` reads the
 * same, and only its absence is written.
 */
export function asWritten(input: Input): Input {
  const { questions, earlierSupport, ...policy } = input.policy
  return {
    ...input,
    policy: {
      ...policy,
      ...(earlierSupport === 'exclude' && { earlierSupport }),
      ...(questions && questions.length > 0 && { questions }),
    },
    candidates: input.candidates.map(hospitalAsWritten),
  }
}

function hospitalAsWritten({
  otherRound,
  supportedIn,
  publicFacts,
  submission,
  ...rest
}: Hospital): Hospital {
  return {
    ...rest,
    submission: submission && answerAsWritten(submission),
    ...(otherRound && { otherRound }),
    ...(supportedIn && { supportedIn }),
    ...(publicFacts && Object.keys(publicFacts).length > 0 && { publicFacts }),
  }
}

function answerAsWritten({ extra, ...answer }: Answer): Answer {
  const given = Object.entries(extra ?? {}).filter(([, value]) => value !== null)
  return given.length === 0 ? answer : { ...answer, extra: Object.fromEntries(given) }
}
