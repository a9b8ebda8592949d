import { CRITERIA, SHORTFALLS, TIE_BREAKS } from '../../domain/selection/policy.ts'
import { wholeNumber } from '../../domain/selection/policy-settings.ts'
import { CRITERION_EXPLANATIONS } from '../../domain/selection/words/criteria.ts'
import { type FormRules, noteLabel, type SeatCheck, seatCheck, type TypedForm } from './policy-form.ts'
import { type FieldErrors, fieldLabel, fieldNames } from './policy-reading.ts'
import {
  BAND_FIELDS,
  MOST_BANDS,
  POINT_FIELDS,
  TIE_BREAK_FIELDS,
  type TypedBand,
  type TypedPolicy,
} from './policy-texts.ts'

/** The form over a whole policy with what was typed, and what is wrong with it. */
export interface PolicyForm {
  /** The version that was changed: nobody overwrites another's. */
  version: number
  rows: { number: number; cells: Record<keyof TypedBand, FormField> }[]
  seats: SeatCheck
  field: (name: string) => FormField
  choices: typeof CHOICES
  points: (FormField & { explanation: string })[]
  pointTotal: string
  tieBreaks: FormField[]
  note: FormField
  /** Null where the seats add up, or nobody has to answer for it. */
  acknowledged: { checked: boolean; error: string | null } | null
  errors: { anchor: string; message: string }[]
}

export interface FormField {
  name: string
  label: string
  value: string
  error: string | null
}

export function policyForm(form: TypedForm, rules: FormRules, errors: FieldErrors = {}): PolicyForm {
  const { typed } = form
  const field = (name: string, value = typed.texts[name]!): FormField => ({
    name,
    label: fieldLabel(name),
    value,
    error: errors[name] ?? null,
  })
  const seats = seatCheck(typed, rules)
  const ordered = [...fieldNames(typed), 'acknowledged', 'note']
  return {
    version: form.version,
    rows: rowsWithSpare(typed).map((row, index) => ({
      number: index + 1,
      cells: Object.fromEntries(
        BAND_FIELDS.map((name) => [name, field(`bands.${index}.${name}`, row[name])]),
      ) as Record<keyof TypedBand, FormField>,
    })),
    seats,
    field,
    choices: CHOICES,
    points: CRITERIA.map(({ id, label }) => ({
      ...field(`points.${id}`),
      label,
      explanation: CRITERION_EXPLANATIONS[id],
    })),
    pointTotal: pointTotal(typed),
    tieBreaks: TIE_BREAK_FIELDS.map((name) => field(name)),
    note: { name: 'note', label: noteLabel(rules), value: form.note, error: errors.note ?? null },
    acknowledged:
      rules.binding && seats.differs
        ? { checked: form.acknowledged === String(seats.total), error: errors.acknowledged ?? null }
        : null,
    errors: ordered.flatMap((name) => (errors[name] ? [{ anchor: name, message: errors[name] }] : [])),
  }
}

const CHOICES = { shortfalls: SHORTFALLS, tieBreaks: TIE_BREAKS }
const SPARE_ROWS = 3
const BLANK: TypedBand = { min: '', max: '', seats: '', id: '' }

/** Blank rows below the bands: whoever fills one adds a band, whoever clears a row takes it out. */
function rowsWithSpare({ bands }: TypedPolicy): TypedBand[] {
  const spare = Math.min(SPARE_ROWS, MOST_BANDS - bands.length)
  return [...bands, ...Array.from({ length: spare }, () => BLANK)]
}

function pointTotal({ texts }: TypedPolicy): string {
  const total = POINT_FIELDS.reduce((sum, name) => sum + wholeNumber(texts[name]), 0)
  return Number.isNaN(total) ? '－' : String(total)
}
