import { z } from 'zod'
import { grouped } from '../text/grouped.ts'

/**
 * What an edition asks beyond the questions of every edition: data of the survey, kept with every change. A question
 * that was answered keeps its kind, its unit, its options and whether it has to be answered; it may get other texts
 * and further options, and it may end, as an option may. Nothing of it is ever removed.
 */

export const FURTHER_KIND_IDS = ['choice', 'number', 'text'] as const
export type FurtherKind = (typeof FURTHER_KIND_IDS)[number]

export interface FurtherQuestion {
  /** `[a-z][a-z0-9_]{0,31}`; its field is `q.` and this. It never changes. */
  readonly id: string
  readonly kind: FurtherKind
  /** In full, as the hospitals read it. */
  readonly label: string
  /** At the head of a column. */
  readonly shortLabel: string
  /** Beneath the label; '' where nothing needs to be said. */
  readonly support: string
  readonly required: boolean
  /** か所; '' where it has none, and of another kind. */
  readonly unit: string
  /** Of a choice. */
  readonly options: readonly FurtherOption[]
  /** Asked no more. What was answered stays. */
  readonly isEnded: boolean
}

export interface FurtherOption {
  /** `[a-z][a-z0-9_]{0,31}`, unique within the question. It never changes. */
  readonly id: string
  readonly label: string
  /** Offered no more. Who chose it may keep it. */
  readonly isEnded: boolean
}

/** By the question's id: a choice's option, a whole number, a text. Without a key nothing was answered. */
export type Extra = Readonly<Record<string, string | number>>

/** The name of its field on every form: a contract with outsiders. */
export type FurtherField = `q.${string}`

const FURTHER_ID = /^[a-z][a-z0-9_]{0,31}$/

/** How many are asked at a time, and the longest texts, in characters. */
export const FURTHER_LIMITS = {
  questions: 10,
  options: 12,
  label: 60,
  shortLabel: 16,
  support: 300,
  option: 40,
  unit: 8,
  /** Of what is answered: characters of a text, and the greatest number. */
  text: 200,
  number: 999_999_999,
} as const

const id = z.string().regex(FURTHER_ID)
const schema: z.ZodType<FurtherQuestion[]> = z.array(
  z.strictObject({
    id,
    kind: z.enum(FURTHER_KIND_IDS),
    label: z.string(),
    shortLabel: z.string(),
    support: z.string(),
    required: z.boolean(),
    unit: z.string(),
    options: z.array(z.strictObject({ id, label: z.string(), isEnded: z.boolean() })),
    isEnded: z.boolean(),
  }),
)

/** A kept list of them, in the order of the form. @throws where it is none */
export function readFurther(stored: string): FurtherQuestion[] {
  return schema.parse(JSON.parse(stored))
}

export function furtherField(id: string): FurtherField {
  return `q.${id}`
}

/** What was answered to one of them; null where nothing was. */
export function answerTo({ id }: Pick<FurtherQuestion, 'id'>, extra: Extra): string | number | null {
  // A question may be called `constructor`.
  return Object.hasOwn(extra, id) ? extra[id]! : null
}

/**
 * As they are asked of somebody: without what has ended, but for the option that the answer of before chose.
 * @param stored of the answer that is corrected
 */
export function askedFurther(further: readonly FurtherQuestion[], stored: Extra = {}): FurtherQuestion[] {
  return further
    .filter(({ isEnded }) => !isEnded)
    .map((question) => {
      const chosen = answerTo(question, stored)
      return { ...question, options: question.options.filter((each) => !each.isEnded || each.id === chosen) }
    })
}

/** What was answered to questions that have ended: no form asks it, and no correction loses it. */
export function endedAnswers(further: readonly FurtherQuestion[], stored: Extra): Extra {
  const ended = further.filter((question) => question.isEnded && answerTo(question, stored) !== null)
  return Object.fromEntries(ended.map((question) => [question.id, answerTo(question, stored)!]))
}

/** What was answered, as a person reads it: the option's label, 12か所; '' where nothing was. */
export function furtherText(question: FurtherQuestion, extra: Extra): string {
  const said = answerTo(question, extra)
  if (said === null) return ''
  if (question.kind === 'choice')
    return question.options.find((each) => each.id === said)?.label ?? String(said)
  return question.kind === 'number' ? numberText(said, question.unit) : String(said)
}

/** 1,200か所 */
export function numberText(said: string | number, unit: string): string {
  return /^\d{1,9}$/.test(String(said)) ? `${grouped(Number(said))}${unit}` : String(said)
}

export function sameExtra(a: Extra, b: Extra): boolean {
  const ids = Object.keys(a)
  return ids.length === Object.keys(b).length && ids.every((id) => answerTo({ id }, b) === a[id])
}
