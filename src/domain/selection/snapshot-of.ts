import type { Submission } from '../answer/submission.ts'
import type { Hospital } from '../master/hospital.ts'
import { canonicalJson, sha256Hex } from '../text/canonical.ts'
import { compareText } from '../text/text-order.ts'
import type { Move } from './moves.ts'
import { labelledPolicy, type Policy } from './policy.ts'
import { answersTo, type PolicyQuestion, type QuestionTexts } from './questions.ts'
import {
  type Candidate,
  type OtherRound,
  type PublicFacts,
  SNAPSHOT_FORMAT,
  type Snapshot,
} from './snapshot.ts'

/** Everything that is known today and that a selection may depend on. */
export interface Facts {
  hospitals: readonly Hospital[]
  /** In any state; only the current ones count. */
  submissions: readonly Submission[]
  /** By hospital. Without that hospital's consent they stay out of the snapshot. */
  gmis: ReadonlyMap<string, NonNullable<Candidate['gmis']>>
  /** By hospital: what it has filed in public says. */
  publicFacts: ReadonlyMap<string, PublicFacts>
  overrides: readonly { hospitalCode: string; kind: 'designate' | 'exclude'; reason: string }[]
  /** The ranking changed by hand, in the order in which it was. */
  moves: readonly { hospitalCode: string; position: number; reason: string }[]
  policy: Policy
  /** What the policy's further questions are called. */
  questionTexts: QuestionTexts
  /** 1 = 初回選定, 2.. = 追加選定 */
  round: number
  takenAt: Date
  /** Hospitals that hold a seat of another round, or have declined one. */
  otherRounds: ReadonlyMap<string, OtherRound>
}

/** Facts → snapshot: every hospital of the master, by code, with what of it the engine may know. */
export function snapshotOf(facts: Facts): Snapshot {
  const current = facts.submissions.filter(({ state }) => state === 'current')
  const submissions = new Map(current.map((submission) => [submission.hospitalCode, submission]))
  const overrides = new Map(facts.overrides.map(({ hospitalCode, ...rest }) => [hospitalCode, rest]))
  return {
    format: SNAPSHOT_FORMAT,
    round: facts.round,
    takenAt: facts.takenAt.toISOString(),
    policy: labelledPolicy(facts.policy, facts.questionTexts),
    candidates: facts.hospitals
      .toSorted((a, b) => compareText(a.key, b.key))
      .map((hospital) =>
        candidateOf(hospital, {
          submission: submissions.get(hospital.key) ?? null,
          questions: facts.policy.questions ?? [],
          publicFacts: facts.publicFacts.get(hospital.key),
          gmis: facts.gmis.get(hospital.key) ?? null,
          override: overrides.get(hospital.key) ?? null,
          otherRound: facts.otherRounds.get(hospital.key),
        }),
      ),
    // Without a move a snapshot keeps the bytes, and the hash, that it always had.
    ...(facts.moves.length > 0 && { moves: facts.moves.map(moveOf) }),
  }
}

/**
 * SHA-256 of the snapshot without the time it was taken: the same as long as nothing that decides has changed.
 * A page carries it, so that nobody confirms other facts than the ones shown.
 */
export function factsSha256({ takenAt: _, ...facts }: Snapshot): string {
  return sha256Hex(canonicalJson(facts))
}

interface Known {
  submission: Submission | null
  questions: readonly PolicyQuestion[]
  publicFacts: PublicFacts | undefined
  gmis: Candidate['gmis']
  override: { kind: 'designate' | 'exclude'; reason: string } | null
  otherRound: OtherRound | undefined
}

function candidateOf(hospital: Hospital, known: Known): Candidate {
  const { submission, questions, gmis, publicFacts, override, otherRound } = known
  const { key: code, name, region, beds, functions, inspection, supportedIn } = hospital
  return {
    code,
    name,
    region,
    beds,
    functions: [...functions],
    inspection,
    submission: submission && submissionFacts(submission, questions),
    gmis: submission?.answers.gmisConsent && gmis ? gmisFacts(gmis) : null,
    override: override && { kind: override.kind, reason: override.reason },
    ...(otherRound && { otherRound }),
    ...(publicFacts && { publicFacts }),
    ...(supportedIn && { supportedIn }),
  }
}

function submissionFacts(
  { answers, submittedAt }: Submission,
  questions: readonly PolicyQuestion[],
): NonNullable<Candidate['submission']> {
  const { emr, emrPlannedMonth, intent, gmisConsent } = answers
  const extra = answersTo(questions, answers.extra)
  return {
    emr,
    emrPlannedMonth,
    intent,
    gmisConsent,
    submittedAt: submittedAt.toISOString(),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

function gmisFacts({
  offlineBackup,
  bcp,
  networkControl,
}: NonNullable<Candidate['gmis']>): Candidate['gmis'] {
  return { offlineBackup, bcp, networkControl }
}

function moveOf({ hospitalCode, position, reason }: Facts['moves'][number]): Move {
  return { code: hospitalCode, position, reason }
}
