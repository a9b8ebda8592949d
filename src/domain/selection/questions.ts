import { z } from 'zod'
import { answerTo, type Extra } from '../answer/further.ts'
import { countSchema, nameSchema } from '../validation/field-schemas.ts'

/**
 * Further questions of an edition, as far as they count: what each earns. The policy keeps them by their ids; what they
 * are called is put in when a snapshot is made.
 */

/** What a further question is called where values and points are listed: `q.` and its id. */
export type QuestionKey = `q.${string}`

interface NumberQuestion {
  id: string
  kind: 'number'
  /** 配点, 0..1000. */
  points: number
  /** At or before it the value is 0. */
  zeroAt: number
  /** At or beyond it the value is 100; below `zeroAt` where less is to count more. */
  fullAt: number
}

interface ChoiceQuestion {
  id: string
  kind: 'choice'
  points: number
  options: QuestionOption[]
}

interface QuestionOption {
  id: string
  /** 0..100. */
  value: number
  /** False keeps whoever chose it out, also where the question gives no points. */
  eligible?: boolean
}

/** As the policy keeps it. */
export type PolicyQuestion = NumberQuestion | ChoiceQuestion

/** As a snapshot has it: with what the form called it. */
export type SnapshotQuestion =
  | (NumberQuestion & { label: string })
  | (Omit<ChoiceQuestion, 'options'> & { label: string; options: (QuestionOption & { label: string })[] })

/** What further questions and their options are called, by their ids, in the form's order. */
export type QuestionTexts = ReadonlyMap<string, { label: string; options: ReadonlyMap<string, string> }>

const idSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,31}$/,
    '半角の英小文字で始まる、英小文字・数字・下線（_）の32文字以内で指定してください。',
  )

/** @param texts the fields of a question and of an option beside what counts */
function questionsSchemaWith<Question extends PolicyQuestion>(
  texts: z.core.$ZodShape,
): z.ZodType<Question[]> {
  // What they say is the type's to know: here they only go along.
  const also = texts as object
  const option = z
    .strictObject({
      id: nameSchema,
      ...also,
      value: z.int().min(0).max(100),
      eligible: z.exactOptional(z.boolean().nullable()),
    })
    .transform(({ eligible, ...rest }) => (eligible == null ? rest : { ...rest, eligible }))
  const common = { id: idSchema, ...also, points: z.int().min(0).max(1000) }
  const number = z.strictObject({
    ...common,
    kind: z.literal('number'),
    zeroAt: countSchema,
    fullAt: countSchema,
  })
  const choice = z.strictObject({ ...common, kind: z.literal('choice'), options: z.array(option) })
  const questionSchema = z.discriminatedUnion('kind', [number, choice]) as unknown as z.ZodType<Question>
  return z.array(questionSchema).superRefine((questions, context) => {
    const refuse = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    eachIdOnce(questions, (index, id) =>
      refuse([index, 'id'], `質問の id「${id}」が重複しています。質問ごとに異なる id を指定してください。`),
    )
    questions.forEach((question, index) => {
      if (question.kind === 'choice')
        eachIdOnce(question.options, (at, id) =>
          refuse(
            [index, 'options', at, 'id'],
            `選択肢の id「${id}」が重複しています。選択肢ごとに異なる id を指定してください。`,
          ),
        )
      else if (question.zeroAt === question.fullAt)
        refuse([index, 'fullAt'], '評価値が0になる数と100になる数が同じです。異なる数を指定してください。')
    })
  })
}

function eachIdOnce(items: readonly { id: string }[], refuse: (index: number, id: string) => void): void {
  const known = new Set<string>()
  items.forEach(({ id }, index) => {
    if (known.has(id)) refuse(index, id)
    known.add(id)
  })
}

/** In a policy as it is kept. */
export const policyQuestionsSchema = questionsSchemaWith<PolicyQuestion>({})

/** In a snapshot. */
export const snapshotQuestionsSchema = questionsSchemaWith<SnapshotQuestion>({ label: nameSchema })

export function questionKey({ id }: Pick<PolicyQuestion, 'id'>): QuestionKey {
  return `q.${id}`
}

/**
 * 0..100, a whole number.
 * @param answer null where the question was not answered
 * @param unknown what counts then
 */
export function questionValue(
  question: PolicyQuestion,
  answer: string | number | null,
  unknown: number,
): number {
  if (answer === null) return unknown
  if (question.kind === 'choice') return question.options.find(({ id }) => id === answer)!.value
  return numberValue(question, answer as number)
}

/** Between its two ends the value grows evenly, rounded down: exact, as the remainder goes before the division. */
function numberValue({ zeroAt, fullAt }: NumberQuestion, answer: number): number {
  const direction = fullAt > zeroAt ? 1 : -1
  const [way, whole] = [direction * (answer - zeroAt), direction * (fullAt - zeroAt)]
  if (way <= 0) return 0
  if (way >= whole) return 100
  const product = 100 * way
  return (product - (product % whole)) / whole
}

/** The questions to which an option was chosen that keeps its hospital out, each with that option. */
export function refusedAnswers<Question extends PolicyQuestion>(
  questions: readonly Question[],
  answers: Extra,
): { question: Question; option: Extract<Question, { kind: 'choice' }>['options'][number] }[] {
  return questions.flatMap((question) => {
    if (question.kind !== 'choice') return []
    const option = question.options.find(({ id }) => id === answerTo(question, answers))
    return option?.eligible === false ? [{ question, option }] : []
  })
}

/** Of what was answered that which one of the questions asks. */
export function answersTo(questions: readonly Pick<PolicyQuestion, 'id'>[], answers: Extra): Extra {
  return Object.fromEntries(
    questions.flatMap((question) => {
      const answer = answerTo(question, answers)
      return answer === null ? [] : [[question.id, answer]]
    }),
  )
}

/**
 * The questions with their texts, in the form's order.
 * @throws Error on one that has none: a question in use never leaves its edition
 */
export function labelledQuestions(
  questions: readonly PolicyQuestion[],
  texts: QuestionTexts,
): SnapshotQuestion[] {
  const order = [...texts.keys()]
  return questions
    .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
    .map((question): SnapshotQuestion => {
      const { id, ...counts } = question
      const { label, options } = known(texts.get(id), id)
      if (counts.kind === 'number') return { id, label, ...counts }
      return {
        id,
        label,
        ...counts,
        options: counts.options.map(({ id: option, ...rest }) => ({
          id: option,
          label: known(options.get(option), `${id}.${option}`),
          ...rest,
        })),
      }
    })
}

function known<Text>(text: Text | undefined, id: string): Text {
  if (text === undefined) throw new Error(`the question ${id} has no text`)
  return text
}
