import { parseReason } from '../../domain/record/reason.ts'
import type { CountingQuestion } from '../../domain/selection/edition-questions.ts'
import {
  CRITERIA,
  EARLIER_SUPPORTS,
  type Policy,
  SHORTFALLS,
  TIE_BREAKS,
} from '../../domain/selection/policy.ts'
import { wholeNumber } from '../../domain/selection/policy-settings.ts'
import { pointsKey } from '../../domain/selection/question-settings.ts'
import { CRITERION_EXPLANATIONS } from '../../domain/selection/words/policy.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import { numberOf } from '../../domain/survey/setting-values.ts'
import { SETTING_LABELS, type SettingKey } from '../../domain/survey/settings.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type FieldErrors, fieldLabel, fieldNames, type PolicyQuestions, readPolicy } from './field-errors.ts'
import { type QuestionPoints, questionPoints } from './form-questions.ts'
import { type FamilyShare, pointShares, type Share } from './shares.ts'
import {
  BAND_FIELDS,
  type FormField,
  MOST_BANDS,
  POINT_FIELDS,
  policyTexts,
  seatTotal,
  sentPolicy,
  TIE_BREAK_FIELDS,
  type TypedBand,
  type TypedPolicy,
} from './typed-policy.ts'

export interface TypedForm {
  typed: TypedPolicy
  version: number
  note: string
  /** The sum of seats that the officer answers for, though it is not the prefecture's. */
  acknowledged: string
  /** 支援予定病院数 of the prefecture as typed; null where the form does not have it. */
  prefecture: string | null
}

/** What every save of this kind of policy needs. */
export interface FormRules extends PolicyQuestions {
  prefectureSeats: number
  place: Prefecture
  /** The policy that counts is saved with a reason, and its seats add up or somebody says that they need not. */
  binding: boolean
  /** Whether the prefecture's number may be set here as well. */
  setsPrefecture: boolean
  /** Whether the seed is a text of the policy; else it is drawn, and what the policy has stays as it is. */
  typesSeed: boolean
}

export function storedForm(
  { version, policy }: { version: number; policy: Policy },
  { counting }: Pick<FormRules, 'counting'>,
  note = '',
): TypedForm {
  return { typed: policyTexts(policy, counting), version, note, acknowledged: '', prefecture: null }
}

export function sentForm(body: unknown, { counting }: Pick<FormRules, 'counting'>): TypedForm {
  const fields = fieldsOf(body)
  return {
    typed: sentPolicy(body, counting),
    version: wholeNumber(fields.get('version')),
    note: fields.get('note'),
    acknowledged: fields.get('acknowledged'),
    prefecture: fields.all(PREFECTURE)[0]?.trim() ?? null,
  }
}

/** The field of the prefecture's own number: the name of its setting. */
const PREFECTURE = 'prefectureSeats' satisfies SettingKey

interface ReadyForm {
  policy: Policy
  note: string
  /** Null where it stays as it is. */
  prefecture: number | null
}

/** @returns the policy and the note as they would be stored, or null where there are errors */
export function readForm(
  form: TypedForm,
  rules: FormRules,
): { ready: ReadyForm | null; errors: FieldErrors } {
  const { policy, errors } = readPolicy(form.typed, rules)
  const reason = rules.binding || form.note.trim() !== '' ? parseReason(form.note) : { ok: true, reason: '' }
  const all: FieldErrors = { ...errors }
  if ('message' in reason) all.note = reason.message.replace('理由', noteLabel(rules))
  const prefecture = typedPrefecture(form, rules)
  if (Number.isNaN(prefecture))
    all[PREFECTURE] = `${SETTING_LABELS[PREFECTURE]}は、0以上の整数で入力してください。`
  const seats = seatCheck(form, rules)
  if (rules.binding && seats.differs && form.acknowledged !== String(seats.total))
    all.acknowledged = `枠の合計（${seats.total}病院分）が、${rules.place.kind}の支援予定病院数（${seats.prefecture}病院）と一致していません。枠を修正するか、一致しなくてよい理由を記入し、確認欄にチェックを入れてください。`
  const ready = policy && 'reason' in reason && Object.keys(all).length === 0
  return { ready: ready ? { policy, note: reason.reason, prefecture } : null, errors: all }
}

/** The typed seats against the prefecture's number. */
interface SeatCheck {
  /** Null while one of them is no number. */
  total: number | null
  prefecture: number
  differs: boolean
}

function seatCheck(form: TypedForm, rules: FormRules): SeatCheck {
  const total = seatTotal(form.typed)
  const typed = typedPrefecture(form, rules)
  const prefecture = typed === null || Number.isNaN(typed) ? rules.prefectureSeats : typed
  return { total, prefecture, differs: total !== null && total !== prefecture }
}

/** Null where it is not set here; NaN where it is no number. */
function typedPrefecture({ prefecture }: TypedForm, { setsPrefecture }: FormRules): number | null {
  return prefecture === null || !setsPrefecture ? null : (numberOf(prefecture) ?? Number.NaN)
}

/** What a version says about itself: why the policy that counts was changed, or what a scenario tries. */
function noteLabel({ binding }: FormRules): string {
  return binding ? '変更の理由' : 'メモ'
}

/** The form over a whole policy with what was typed, and what is wrong with it. */
export interface PolicyForm {
  /** The version that was changed: nobody overwrites another's. */
  version: number
  /** `id` is what files call the band: it is sent along, and shown nowhere. */
  rows: { number: number; id: { name: string; value: string }; cells: FormField[] }[]
  seats: SeatCheck
  /** The prefecture's number, where whoever asks may set it. */
  prefecture: FormField | null
  field: (name: string) => FormField
  typesSeed: boolean
  choices: typeof CHOICES
  points: (FormField & { explanation: string; share: Share | null })[]
  questions: QuestionPoints[]
  pointTotal: string
  /** Of all points by the kinds of criteria; empty while one of them is no number. */
  shares: FamilyShare[]
  tieBreaks: FormField[]
  note: FormField
  /** Null where the seats add up, or nobody has to answer for it. */
  acknowledged: { checked: boolean; error: string | null } | null
  errors: { anchor: string; message: string }[]
}

export function policyForm(form: TypedForm, rules: FormRules, errors: FieldErrors = {}): PolicyForm {
  const { typed } = form
  const field = (name: string, value = typed.texts[name]!): FormField => ({
    name,
    label: fieldLabel(name, rules.counting),
    value,
    error: errors[name] ?? null,
  })
  const seats = seatCheck(form, rules)
  const ordered = [PREFECTURE, ...fieldNames(typed, rules.counting), 'acknowledged', 'note']
  const shares = pointShares([
    ...CRITERIA.map(({ id }) => ({ id, points: wholeNumber(typed.texts[`points.${id}`]) })),
    ...rules.counting.map(({ id }) => ({
      id: `q.${id}` as const,
      points: wholeNumber(typed.texts[pointsKey(id)]),
    })),
  ])
  return {
    version: form.version,
    rows: rowsWithSpare(typed).map((row, index) => ({
      number: index + 1,
      id: { name: `bands.${index}.id`, value: row.id },
      cells: BAND_FIELDS.map((name) => field(`bands.${index}.${name}`, row[name])),
    })),
    seats,
    prefecture: rules.setsPrefecture
      ? {
          name: PREFECTURE,
          label: SETTING_LABELS[PREFECTURE],
          value: form.prefecture ?? String(rules.prefectureSeats),
          error: errors[PREFECTURE] ?? null,
        }
      : null,
    field,
    typesSeed: rules.typesSeed,
    choices: CHOICES,
    points: POINTED_CRITERIA.map(({ id, label }) => ({
      ...field(`points.${id}`),
      label,
      explanation: CRITERION_EXPLANATIONS[id],
      share: shares.of(id),
    })),
    questions: questionPoints(rules.counting, field, shares.of),
    pointTotal: pointTotal(typed, rules.counting),
    shares: shares.byFamily,
    tieBreaks: TIE_BREAK_FIELDS.map((name) => field(name)),
    note: { name: 'note', label: noteLabel(rules), value: form.note, error: errors.note ?? null },
    acknowledged:
      rules.binding && seats.differs
        ? { checked: form.acknowledged === String(seats.total), error: errors.acknowledged ?? null }
        : null,
    errors: ordered.flatMap((name) => (errors[name] ? [{ anchor: name, message: errors[name] }] : [])),
  }
}

const CHOICES = { shortfalls: SHORTFALLS, tieBreaks: TIE_BREAKS, earlierSupports: EARLIER_SUPPORTS }
const POINTED_CRITERIA = CRITERIA.filter(({ id }) => POINT_FIELDS.includes(`points.${id}`))
const SPARE_ROWS = 3
const BLANK: TypedBand = { min: '', max: '', seats: '', id: '' }

/** Blank rows below the bands: whoever fills one adds a band, whoever clears a row takes it out. */
function rowsWithSpare({ bands }: TypedPolicy): TypedBand[] {
  const spare = Math.min(SPARE_ROWS, MOST_BANDS - bands.length)
  return [...bands, ...Array.from({ length: spare }, () => BLANK)]
}

function pointTotal({ texts }: TypedPolicy, counting: readonly CountingQuestion[]): string {
  const names = [...POINT_FIELDS, ...counting.map(({ id }) => pointsKey(id))]
  const total = names.reduce((sum, name) => sum + wholeNumber(texts[name]), 0)
  return Number.isNaN(total) ? '－' : String(total)
}
