import { type CountingQuestion, policyOn } from './edition-questions.ts'
import type { Policy } from './policy.ts'
import type { PolicyQuestion } from './questions.ts'

/** What a policy says of the further questions as texts, by the names of its settings and of the form's fields. */

/** Of a question's points: `points.q.links`. */
export function pointsKey(id: string): string {
  return `points.q.${id}`
}

/** Every key of a question, in the order in which it is typed. */
export function questionKeys({ id, kind, options }: CountingQuestion): string[] {
  const limits = LIMIT_KEYS.map((name) => `${name}.q.${id}`)
  const values = options.flatMap((option) => CHOICE_KEYS.map((name) => `${name}.q.${id}.${option.id}`))
  return [pointsKey(id), ...(kind === 'number' ? limits : values)]
}

const LIMIT_KEYS = ['zeroAt', 'fullAt'] as const
const CHOICE_KEYS = ['value', 'ineligible'] as const

/**
 * `points.q.links=20`, `zeroAt.q.links=0`, `value.q.map.no=100`, `ineligible.q.map.never=yes`. What the policy does not
 * say stands as if nobody had typed anything.
 */
export function questionSettings(
  counting: readonly CountingQuestion[],
  policy: Pick<Policy, 'questions'>,
): Record<string, string> {
  return Object.fromEntries(
    counting.flatMap((each) => {
      const question = policyOn(policy, each)
      return Object.entries({ ...untouched(each), ...(question && said(question)) })
    }),
  )
}

/** Of a question of which nobody has typed anything. */
function untouched(counting: CountingQuestion): Record<string, string> {
  return Object.fromEntries(questionKeys(counting).map((key) => [key, UNTOUCHED[key.split('.')[0]!]!]))
}

const UNTOUCHED: Readonly<Record<string, string>> = {
  points: '0',
  zeroAt: '',
  fullAt: '',
  value: '0',
  ineligible: 'no',
}

function said(question: PolicyQuestion): Record<string, string> {
  const { id, points } = question
  const own =
    question.kind === 'number'
      ? LIMIT_KEYS.map((name) => [`${name}.q.${id}`, String(question[name])])
      : question.options.flatMap((option) => [
          [`value.q.${id}.${option.id}`, String(option.value)],
          [`ineligible.q.${id}.${option.id}`, option.eligible === false ? 'yes' : 'no'],
        ])
  return { [pointsKey(id)]: String(points), ...Object.fromEntries(own) }
}

/**
 * The texts as a policy has them, for its schema to read. A question of which nobody has typed anything is in no policy;
 * one that the policy has stays in it, though with 0 points.
 * @param kept the policy that is changed
 */
export function questionsFrom(
  counting: readonly CountingQuestion[],
  texts: Readonly<Record<string, string>>,
  kept: Pick<Policy, 'questions'>,
): { questions?: object[] } {
  const isTouched = (each: CountingQuestion) =>
    Object.entries(untouched(each)).some(([key, text]) => (texts[key] ?? text) !== text)
  const typed = counting.filter((each) => policyOn(kept, each) !== undefined || isTouched(each))
  // Without a question a policy keeps the bytes that it always had.
  return typed.length === 0 ? {} : { questions: typed.map((each) => questionFrom(each, texts)) }
}

function questionFrom({ id, kind, options }: CountingQuestion, texts: Readonly<Record<string, string>>) {
  const points = numberFrom(texts[pointsKey(id)])
  if (kind === 'number') {
    const [zeroAt, fullAt] = LIMIT_KEYS.map((name) => numberFrom(texts[`${name}.q.${id}`]))
    return { id, kind, points, zeroAt, fullAt }
  }
  return {
    id,
    kind,
    points,
    options: options.map((option) => ({
      id: option.id,
      value: numberFrom(texts[`value.q.${id}.${option.id}`]),
      ...eligibleFrom(texts[`ineligible.q.${id}.${option.id}`]),
    })),
  }
}

/** NaN where it is no number, which the policy's schema refuses by name. */
function numberFrom(text: string | undefined): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : Number.NaN
}

/** What is neither goes to the policy's schema as it is, which refuses it by name. */
function eligibleFrom(text: string | undefined): { eligible?: unknown } {
  if (text === 'yes') return { eligible: false }
  return text === undefined || text === '' || text === 'no' ? {} : { eligible: text }
}

/** The key of a field of the policy's questions: `questions[0].options[1].value` → `value.q.map.no`; null for any other. */
export function questionKeyOf(path: string, questions: readonly object[]): string | null {
  const found = /^(?:policy\.)?questions\[(\d+)\](?:\.options\[(\d+)\])?(?:\.(\w+))?/.exec(path)
  const question = questions[Number(found?.[1])] as
    | { id: string; options?: readonly { id: string }[] }
    | undefined
  if (!found || !question) return null
  const [, , place, field = 'points'] = found
  if (place === undefined) return `${field}.q.${question.id}`
  return `${field === 'eligible' ? 'ineligible' : 'value'}.q.${question.id}.${question.options![Number(place)]!.id}`
}
