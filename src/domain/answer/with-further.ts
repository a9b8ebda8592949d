import { FURTHER_LIMITS, type FurtherField, type FurtherQuestion, furtherField } from './further.ts'
import { QUESTIONS, type Question, type QuestionId, question } from './questions.ts'

/**
 * The questions of every edition with the further ones of this in their place: numbered on, before the remarks.
 * @param further as they are asked (`askedFurther`), or all that there ever were, to read any answer by
 */
export function questionsWith(
  further: readonly FurtherQuestion[],
  fixed: readonly Question<QuestionId>[] = QUESTIONS,
): readonly Question[] {
  if (further.length === 0) return fixed
  const before = fixed.findLastIndex(({ part }) => part === 'programme') + 1
  let number = fixed.filter((each) => each.number !== '').length
  const own = further.map((each) => ofFurther(each, each.isEnded ? '' : `問${++number}`))
  return [...fixed.slice(0, before), ...own, ...fixed.slice(before)]
}

/** Whether it is asked in this edition only. */
export function isFurther({ id }: Pick<Question, 'id'>): boolean {
  return id.startsWith(FURTHER_PREFIX)
}

const FURTHER_PREFIX = furtherField('')

/** One of the further questions among the others. */
export function ofFurther(further: FurtherQuestion, number = ''): Question<FurtherField, 'programme'> {
  const { id, kind, label, shortLabel, support, required, unit, options, isEnded } = further
  return question(furtherField(id), 'programme', FURTHER_KINDS[kind], label, {
    shortLabel,
    number,
    choices: options.map((option) => ({ id: option.id, label: option.label, short: option.label })),
    limit: kind === 'number' ? FURTHER_LIMITS.number : FURTHER_LIMITS.text,
    required,
    unit,
    support,
    isShownBlank: !isEnded,
  })
}

const FURTHER_KINDS = { choice: 'choice', number: 'number', text: 'line' } as const
