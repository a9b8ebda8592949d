import { z } from 'zod'
import { EMR_IDS, INTENT_IDS } from '../answer/choices.ts'
import type { Extra } from '../answer/further.ts'
import { HOSPITAL_FUNCTION_IDS, INSPECTION_IDS } from '../master/hospital.ts'
import {
  countSchema,
  eachCodeOnce,
  instantSchema,
  monthSchema,
  nameSchema,
  textSchema,
} from '../validation/field-schemas.ts'
import { japaneseMessage, type Problem, problemsOf } from '../validation/problems.ts'
import { movesSchema } from './moves.ts'
import { type SnapshotPolicy, snapshotPolicySchema } from './policy.ts'
import type { SnapshotQuestion } from './questions.ts'

export const SNAPSHOT_FORMAT = 'kakuho.snapshot/1'
const OVERRIDE_KINDS = ['designate', 'exclude'] as const
const OTHER_ROUND_IDS = ['selected', 'declined'] as const
/** What another round has made of a hospital: it holds a seat of it, or it has declined. */
export type OtherRound = (typeof OTHER_ROUND_IDS)[number]

const submissionSchema = z
  .strictObject({
    emr: z.enum(EMR_IDS),
    /** Null where planned without a month. */
    emrPlannedMonth: monthSchema.nullable(),
    intent: z.enum(INTENT_IDS),
    gmisConsent: z.boolean(),
    /** When the first version of the answer came in. */
    submittedAt: instantSchema,
    /** By further question. Which there are, and what can be said to them, is the policy's to say. */
    extra: z.exactOptional(
      z.custom<Record<string, unknown>>(isRecord, '質問の id と回答の組を指定してください。').nullable(),
    ),
  })
  .refine(({ emr, emrPlannedMonth }) => emr === 'planned' || emrPlannedMonth === null, {
    path: ['emrPlannedMonth'],
    message: '導入予定月は emr が「planned」のときだけ指定できます。それ以外は null にしてください。',
  })

/** Facts of the GMIS survey; null = nothing usable was answered. */
const gmisSchema = z.strictObject({
  offlineBackup: z.boolean().nullable(),
  bcp: z.boolean().nullable(),
  networkControl: z.boolean().nullable(),
})

/** Of what a hospital has filed in public; null = not known from it. No consent is needed for that. */
const publicFactsSchema = z.strictObject({
  offlineBackup: z.boolean().nullable(),
  bcp: z.boolean().nullable(),
  networkControl: z.boolean().nullable(),
  /** 施設基準の届出（診療録管理体制加算1） */
  source: textSchema,
  asOf: z.iso.date({ error: 'YYYY-MM-DD の形で指定してください（例：2025-10-01）。' }),
})
export type PublicFacts = z.infer<typeof publicFactsSchema>

const overrideSchema = z.strictObject({
  kind: z.enum(OVERRIDE_KINDS),
  reason: textSchema.refine(
    (reason) => reason.trim() !== '',
    '指定・除外の理由がありません。理由を記入してください。',
  ),
})

const candidateFieldsSchema = z.strictObject({
  code: nameSchema,
  name: nameSchema,
  /** 二次医療圏 */
  region: nameSchema,
  beds: countSchema,
  functions: z.array(z.enum(HOSPITAL_FUNCTION_IDS)),
  inspection: z.enum(INSPECTION_IDS),
  /** Null = no answer. */
  submission: submissionSchema.nullable(),
  gmis: gmisSchema.nullable(),
  /** What the prefecture decided about this hospital by itself. */
  override: overrideSchema.nullable(),
  /** Without it, or with null, a snapshot decides as it always did. */
  otherRound: z.exactOptional(z.enum(OTHER_ROUND_IDS).nullable()),
  publicFacts: z.exactOptional(z.preprocess(nullIfEmpty, publicFactsSchema.nullable())),
  /** The earlier year in which the hospital was supported: 令和6年度. */
  supportedIn: z.exactOptional(nameSchema.nullable()),
})

const candidateSchema = candidateFieldsSchema
  .refine(({ gmis, submission }) => gmis === null || submission?.gmisConsent === true, {
    path: ['gmis'],
    message: 'GMIS調査の回答は、活用に同意した病院のものだけを含められます。null にしてください。',
  })
  // What is absent and what is null is one and the same fact: it has one hash.
  .transform(
    ({ otherRound, publicFacts, supportedIn, submission, ...candidate }): Candidate => ({
      ...candidate,
      submission: submission && withoutNulls(submission),
      ...(otherRound && { otherRound }),
      ...(publicFacts && { publicFacts }),
      ...(supportedIn && { supportedIn }),
    }),
  )
type OptionalFact = 'otherRound' | 'publicFacts' | 'supportedIn'
type CandidateFields = z.infer<typeof candidateFieldsSchema>
export type Candidate = Omit<CandidateFields, 'submission' | OptionalFact> & {
  submission: (Omit<z.infer<typeof submissionSchema>, 'extra'> & { extra?: Extra }) | null
  otherRound?: OtherRound
  publicFacts?: PublicFacts
  supportedIn?: string
}

function withoutNulls({
  extra,
  ...submission
}: NonNullable<CandidateFields['submission']>): NonNullable<Candidate['submission']> {
  const answered = Object.entries(extra ?? {}).filter(([, answer]) => answer !== null)
  // Each is looked at where the policy is at hand.
  return answered.length > 0 ? { ...submission, extra: Object.fromEntries(answered) as Extra } : submission
}

/** A record with nothing in it says no more than null. */
function nullIfEmpty(value: unknown): unknown {
  return isRecord(value) && Object.keys(value).length === 0 ? null : value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Everything a selection depends on: the policy and every hospital of the master. Strict at every level,
 * so that a misspelt field is refused and not silently without effect. Nothing is normalised on the way
 * in: what is hashed is what was in the file, but for a null that says no more than a missing key.
 */
export const snapshotSchema = z
  .strictObject({
    format: z.literal(SNAPSHOT_FORMAT),
    /** 1 = 初回選定, 2.. = 追加選定 */
    round: countSchema.min(1),
    takenAt: instantSchema,
    policy: snapshotPolicySchema as unknown as z.ZodType<SnapshotPolicy>,
    candidates: z
      .array(candidateSchema)
      .superRefine(eachCodeOnce('candidates', '1病院につき1件にしてください。')),
    /** The order changed by hand. Without it a snapshot has the bytes, and the hash, it always had. */
    moves: z.exactOptional(movesSchema),
  })
  .superRefine(({ candidates, policy, moves = [] }, context) => {
    refuseUnfitAnswers(candidates, policy.questions ?? [], context)
    const codes = new Set(candidates.map(({ code }) => code))
    moves.forEach(({ code }, index) => {
      if (!codes.has(code))
        context.addIssue({
          code: 'custom',
          path: ['moves', index, 'code'],
          message: `医療機関コード「${code}」の病院が candidates にありません。candidates にある病院を指定してください。`,
        })
    })
  })
export type Snapshot = z.infer<typeof snapshotSchema>

/** What was answered to further questions fits them: each is one of the policy's, and was answered as it can be. */
function refuseUnfitAnswers(
  candidates: readonly Candidate[],
  questions: readonly SnapshotQuestion[],
  context: z.core.$RefinementCtx,
): void {
  const byId = new Map(questions.map((question) => [question.id, question]))
  candidates.forEach(({ submission }, index) => {
    for (const [id, answer] of Object.entries(submission?.extra ?? {})) {
      const message = unfitAnswer(byId.get(id), answer)
      if (message !== null)
        context.addIssue({ code: 'custom', path: ['candidates', index, 'submission', 'extra', id], message })
    }
  })
}

/** Null where the answer fits. */
function unfitAnswer(question: SnapshotQuestion | undefined, answer: unknown): string | null {
  if (!question)
    return 'この id の質問が policy.questions にありません。policy.questions にある質問の回答だけを含めてください。'
  if (question.kind === 'number')
    return countSchema.safeParse(answer).success ? null : '0～999999999 の整数で指定してください。'
  const isOption = question.options.some(({ id }) => id === answer)
  return isOption
    ? null
    : `選択肢の id（${question.options.map(({ id }) => id).join('、')}）で指定してください。`
}

/** Reads a snapshot from parsed JSON; refuses it with one problem a wrong field. */
export function parseSnapshot(
  input: unknown,
): { ok: true; snapshot: Snapshot } | { ok: false; problems: Problem[] } {
  const parsed = snapshotSchema.safeParse(input, { error: japaneseMessage })
  return parsed.success
    ? { ok: true, snapshot: parsed.data }
    : { ok: false, problems: problemsOf(parsed.error, 'snapshot') }
}
