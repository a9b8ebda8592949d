import { z } from 'zod'
import { questionOf } from '../answer/questions.ts'
import type { Choice } from '../text/choice.ts'
import { countSchema, monthSchema, textSchema } from '../validation/field-schemas.ts'
import { japaneseMessage, type Problem, problemsOf } from '../validation/problems.ts'
import { bandsSchema } from './bands.ts'
import {
  labelledQuestions,
  type PolicyQuestion,
  policyQuestionsSchema,
  type QuestionKey,
  type QuestionTexts,
  questionKey,
  type SnapshotQuestion,
  snapshotQuestionsSchema,
} from './questions.ts'

/** 採点の観点, in the order in which scores are shown. Their values are defined in score.ts. */
export const CRITERION_IDS = [
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
export type CriterionId = (typeof CRITERION_IDS)[number]

interface Criterion extends Choice<CriterionId> {
  /** 配点, 0..1000. */
  readonly defaultPoints: number
}

/** Consent to reuse the GMIS answers is free: by default it earns nothing. */
export const CRITERIA: readonly Criterion[] = [
  { id: 'emergency', label: '救急医療', defaultPoints: 25 },
  { id: 'disaster', label: '災害医療', defaultPoints: 15 },
  { id: 'regionalSupport', label: '地域医療支援・特定機能', defaultPoints: 10 },
  { id: 'perinatal', label: '周産期医療', defaultPoints: 5 },
  { id: 'remote', label: 'へき地医療', defaultPoints: 10 },
  { id: 'infectious', label: '感染症医療', defaultPoints: 5 },
  { id: 'regionShare', label: '医療圏内の病床割合', defaultPoints: 15 },
  { id: 'soleEmergency', label: '医療圏で唯一の救急', defaultPoints: 10 },
  { id: 'inspection', label: '立入検査の結果', defaultPoints: 10 },
  { id: 'offlineBackup', label: 'オフライン・バックアップの未整備', defaultPoints: 10 },
  { id: 'bcp', label: 'サイバー攻撃を想定したBCPの未策定', defaultPoints: 5 },
  { id: 'networkControl', label: '外部接続点の管理の不足', defaultPoints: 5 },
  { id: 'emr', label: '電子カルテの導入状況', defaultPoints: 5 },
  { id: 'scope', label: questionOf('intent').shortLabel, defaultPoints: 5 },
  { id: 'gmisConsent', label: 'GMIS調査回答の活用への同意', defaultPoints: 0 },
]

export const SHORTFALL_IDS = ['leave', 'redistribute'] as const
type Shortfall = (typeof SHORTFALL_IDS)[number]
/** 枠に余りが出たときの扱い. */
export const SHORTFALLS: readonly Choice<Shortfall>[] = [
  { id: 'leave', label: '余った枠はそのままにする' },
  { id: 'redistribute', label: '余った枠をほかの病床規模区分に回す' },
]

export const TIE_BREAK_IDS = ['beds', 'submittedAt', 'lottery'] as const
export type TieBreak = (typeof TIE_BREAK_IDS)[number]
/** 同点のときの順位の決め方. */
export const TIE_BREAKS: readonly Choice<TieBreak>[] = [
  { id: 'beds', label: '病床数の多い順' },
  { id: 'submittedAt', label: '回答の早い順' },
  { id: 'lottery', label: '抽選' },
]

/** Points a criterion; absent = 0. Not a record: zod's lets a `__proto__` key slip through. */
const criteriaSchema = z.strictObject(
  Object.fromEntries(
    CRITERION_IDS.map((id) => [id, z.exactOptional(z.int().min(0).max(1000))]),
  ) as unknown as Record<CriterionId, z.ZodExactOptional<z.ZodInt>>,
)

const EARLIER_SUPPORT_IDS = ['ignore', 'exclude'] as const
/** 過去に支援を受けた病院の扱い. */
export const EARLIER_SUPPORTS: readonly Choice<(typeof EARLIER_SUPPORT_IDS)[number]>[] = [
  { id: 'ignore', label: '過去に支援を受けた病院も対象とする' },
  { id: 'exclude', label: '過去に支援を受けた病院は対象としない' },
]

const policyFieldsSchema = z.strictObject({
  /** YYYY-MM. A planned EMR must be in by the end of this month. */
  supportPeriodEnd: monthSchema,
  bands: bandsSchema,
  /** Seats each 二次医療圏 should get at least; 0 = off. */
  regionFloor: countSchema,
  shortfall: z.enum(SHORTFALL_IDS),
  /** 0..100: what an unknown fact counts as. */
  unknownValue: z.int().min(0).max(100),
  criteria: criteriaSchema,
  tieBreak: z
    .array(z.enum(TIE_BREAK_IDS))
    .refine((keys) => new Set(keys).size === keys.length, '同じ項目が2回あります。1回だけ指定してください。'),
  lotterySeed: textSchema,
  earlierSupport: z.exactOptional(z.enum(EARLIER_SUPPORT_IDS).nullable()),
})

/** 選定基準: everything a selection depends on but the facts. What an edition does not use is not in it. */
export type Policy = Omit<z.infer<typeof policyFieldsSchema>, 'earlierSupport'> & {
  /** Hospitals supported in an earlier year are left out. */
  earlierSupport?: 'exclude'
  /** Further questions that count, in the form's order. */
  questions?: PolicyQuestion[]
}

/** As a snapshot has it: with what its further questions are called. */
export type SnapshotPolicy = Omit<Policy, 'questions'> & { questions?: SnapshotQuestion[] }

const policySchema = policySchemaWith(policyQuestionsSchema)
export const snapshotPolicySchema = policySchemaWith(snapshotQuestionsSchema)

/** What is absent and what is null or says nothing is one and the same policy: it has one hash. */
function policySchemaWith<Question extends PolicyQuestion>(questionsSchema: z.ZodType<Question[]>) {
  return policyFieldsSchema
    .extend({ questions: z.exactOptional(questionsSchema.nullable()) })
    .transform(({ earlierSupport, questions, ...policy }) => ({
      ...policy,
      ...(earlierSupport === 'exclude' && { earlierSupport }),
      ...(questions && questions.length > 0 && { questions }),
    }))
}

/** Puts in what the further questions are called. */
export function labelledPolicy({ questions, ...policy }: Policy, texts: QuestionTexts): SnapshotPolicy {
  return questions ? { ...policy, questions: labelledQuestions(questions, texts) } : policy
}

/** What earns points: a criterion, or a further question. */
export type PointId = CriterionId | QuestionKey

/** Everything that may earn points, in the order in which scores are shown, with what it is called and its 配点. */
export function pointsOf({
  criteria,
  questions = [],
}: Pick<SnapshotPolicy, 'criteria' | 'questions'>): { id: PointId; label: string; points: number }[] {
  return [
    ...CRITERIA.map(({ id, label }) => ({ id, label, points: criteria[id] ?? 0 })),
    ...questions.map((question) => ({
      id: questionKey(question),
      label: question.label,
      points: question.points,
    })),
  ]
}

/** What a criterion or a further question of the policy is called. */
export function pointLabel(policy: Pick<SnapshotPolicy, 'criteria' | 'questions'>, wanted: PointId): string {
  return pointsOf(policy).find(({ id }) => id === wanted)!.label
}

/** The 支援期間の終期 of a policy for which nobody set one: no planned month is too late, and no text names it. */
export const NO_SUPPORT_PERIOD_END = '9999-12'

/**
 * Until the ministry's real seats and limits are set: 50 seats over the bands by largest remainder on the 229 hospitals
 * of October 2025. Answers rank by their time only where a notice announces it.
 */
export const DEFAULT_POLICY: Omit<Policy, 'questions'> = {
  supportPeriodEnd: NO_SUPPORT_PERIOD_END,
  bands: [
    { id: '20-99', min: 20, max: 99, seats: 23 },
    { id: '100-199', min: 100, max: 199, seats: 19 },
    { id: '200-299', min: 200, max: 299, seats: 3 },
    { id: '300-399', min: 300, max: 399, seats: 3 },
    { id: '400-499', min: 400, max: 499, seats: 1 },
    { id: '500-', min: 500, max: null, seats: 1 },
  ],
  regionFloor: 1,
  shortfall: 'leave',
  unknownValue: 50,
  criteria: Object.fromEntries(CRITERIA.map(({ id, defaultPoints }) => [id, defaultPoints])),
  tieBreak: ['beds', 'lottery'],
  lotterySeed: '医療機関におけるサイバーセキュリティ確保事業',
}

/** Where nobody set one, the support ends with the fiscal year of the programme, as soon as that is known. */
export function withSupportPeriodEnd(policy: Policy, fiscalYear: number | null): Policy {
  if (fiscalYear === null || policy.supportPeriodEnd !== NO_SUPPORT_PERIOD_END) return policy
  return { ...policy, supportPeriodEnd: `${fiscalYear + 1}-03` }
}

/** Reads a policy that somebody typed; refuses it with one problem a wrong field. */
export function parsePolicy(
  input: unknown,
): { ok: true; policy: Policy } | { ok: false; problems: Problem[] } {
  const parsed = policySchema.safeParse(input, { error: japaneseMessage })
  return parsed.success
    ? { ok: true, policy: parsed.data }
    : { ok: false, problems: problemsOf(parsed.error, 'policy').map(inAnOfficersWords) }
}

/** Officers write months otherwise than files do. */
function inAnOfficersWords(problem: Problem): Problem {
  return problem.path === 'supportPeriodEnd' ? { ...problem, message: MONTH_ADVICE } : problem
}

const MONTH_ADVICE = '「令和10年3月」または「2028-03」のように、年と月を入力してください。'
