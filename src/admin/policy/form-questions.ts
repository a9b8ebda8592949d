import type { CountingQuestion } from '../../domain/selection/edition-questions.ts'
import type { PointId } from '../../domain/selection/policy.ts'
import { pointsKey } from '../../domain/selection/question-settings.ts'
import type { Share } from './shares.ts'
import type { FormField } from './typed-policy.ts'

/** The fields of one further question in the policy's form: its points, and what each answer to it is worth. */
export interface QuestionPoints {
  label: string
  points: FormField
  share: Share | null
  /** Of a number: from where to where its value grows. */
  limits: FormField[]
  unit: string
  /** Of a choice. */
  options: { label: string; value: FormField; ineligible: FormField & { isChecked: boolean } }[]
}

export function questionPoints(
  counting: readonly CountingQuestion[],
  field: (name: string) => FormField,
  shareOf: (id: PointId) => Share | null,
): QuestionPoints[] {
  return counting.map(({ id, kind, label, unit, options }) => ({
    label,
    points: field(pointsKey(id)),
    share: shareOf(`q.${id}`),
    limits: kind === 'number' ? [field(`zeroAt.q.${id}`), field(`fullAt.q.${id}`)] : [],
    unit,
    options: options.map((option) => {
      const ineligible = field(`ineligible.q.${id}.${option.id}`)
      return {
        label: option.label,
        value: field(`value.q.${id}.${option.id}`),
        ineligible: { ...ineligible, isChecked: ineligible.value === 'yes' },
      }
    }),
  }))
}
