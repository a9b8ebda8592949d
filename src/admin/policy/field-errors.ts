import { derivedBandId } from '../../domain/selection/bands.ts'
import { CRITERIA, type Policy, parsePolicy, TIE_BREAK_IDS } from '../../domain/selection/policy.ts'
import { readSupportPeriodEnd, wholeNumber } from '../../domain/selection/policy-settings.ts'
import { RULE_LABELS } from '../../domain/selection/words/policy.ts'
import { lengthProblem } from '../../domain/text/text.ts'
import {
  POINT_FIELDS,
  TEXT_LIMITS,
  TIE_BREAK_FIELDS,
  type TypedBand,
  type TypedPolicy,
} from './typed-policy.ts'

/** Messages by the name of the field, one each. */
export type FieldErrors = Record<string, string>

/** What was typed as a policy; or what is wrong with it, field by field. */
export function readPolicy(typed: TypedPolicy): { policy: Policy | null; errors: FieldErrors } {
  const { texts } = typed
  const parsed = parsePolicy({
    supportPeriodEnd: readSupportPeriodEnd(texts.supportPeriodEnd!),
    bands: typed.bands.map(bandOf),
    regionFloor: wholeNumber(texts.regionFloor),
    shortfall: texts.shortfall,
    unknownValue: wholeNumber(texts.unknownValue),
    criteria: Object.fromEntries(CRITERIA.map(({ id }) => [id, wholeNumber(texts[`points.${id}`])])),
    tieBreak: TIE_BREAK_FIELDS.map((name) => texts[name]).filter((key) => key !== ''),
    lotterySeed: texts.lotterySeed,
  })
  const errors = { ...(parsed.ok ? {} : problemErrors(parsed.problems, typed)), ...formErrors(typed) }
  return { policy: parsed.ok && Object.keys(errors).length === 0 ? parsed.policy : null, errors }
}

/** What a field is called in a message. */
export function fieldLabel(name: string): string {
  const band = /^bands\.(\d+)\.(\w+)$/.exec(name)
  if (band) return `病床規模区分の${Number(band[1]) + 1}行目の${BAND_LABELS[band[2]!]}`
  const criterion = CRITERIA.find(({ id }) => name === `points.${id}`)
  return criterion ? `「${criterion.label}」の配点` : FIELD_LABELS[name]!
}

const BAND_LABELS: Record<string, string> = { min: '下限', max: '上限', seats: '枠', id: '区分ID' }
const { regionFloor, shortfall, supportPeriodEnd, tieBreak, lotterySeed, unknownValue } = RULE_LABELS
/** In the order of the page. */
const FIELD_LABELS: Record<string, string> = {
  regionFloor,
  shortfall,
  supportPeriodEnd,
  ...Object.fromEntries(TIE_BREAK_FIELDS.map((name, index) => [name, `${tieBreak}（${index + 1}番目）`])),
  lotterySeed,
  unknownValue,
}

/** Every field, in the order of the page. */
export function fieldNames({ bands }: TypedPolicy): string[] {
  const rows = Array.from({ length: Math.max(1, bands.length) }, (_, row) => row)
  const cells = rows.flatMap((row) => Object.keys(BAND_LABELS).map((field) => `bands.${row}.${field}`))
  const { unknownValue: _, ...rules } = FIELD_LABELS
  return [...cells, ...Object.keys(rules), ...POINT_FIELDS, 'unknownValue']
}

function bandOf({ id, min, max, seats }: TypedBand) {
  return {
    id: id || derivedBandId({ min, max }),
    min: wholeNumber(min),
    max: max === '' ? null : wholeNumber(max),
    seats: wholeNumber(seats),
  }
}

function problemErrors(
  problems: readonly { path: string; message: string }[],
  typed: TypedPolicy,
): FieldErrors {
  const errors: FieldErrors = {}
  for (const { path, message } of problems) {
    const name = fieldOf(path, typed)
    const text = textOf(name, typed)
    // A name made from the limits repeats where the limits do, and that is said there.
    if (name.endsWith('.id') && text === '') continue
    errors[name] ??=
      text === '' ? `${fieldLabel(name)}を入力してください。` : `${fieldLabel(name)}：${message}`
  }
  return errors
}

/** `bands[1].min` → `bands.1.min`, `criteria.bcp` → `points.bcp`, and the first tie-break key that cannot be. */
function fieldOf(path: string, { texts }: TypedPolicy): string {
  if (!path.startsWith('tieBreak')) return path.replace(/\[(\d+)\]/, '.$1').replace(/^criteria\./, 'points.')
  const keys = TIE_BREAK_FIELDS.map((name) => texts[name]!)
  const isWrong = (key: string, index: number) =>
    key !== '' && (!isTieBreak(key) || keys.indexOf(key) < index)
  return TIE_BREAK_FIELDS[keys.findIndex(isWrong)]!
}

function isTieBreak(key: string): boolean {
  return TIE_BREAK_IDS.some((id) => id === key)
}

function textOf(name: string, { bands, texts }: TypedPolicy): string {
  const [, row, field] = name.split('.')
  return name.startsWith('bands.') ? bands[Number(row)]![field as keyof TypedBand] : texts[name]!
}

/** What is said better here than of a file: the rows are in order, so that bands can only overlap. */
function formErrors({ bands, texts }: TypedPolicy): FieldErrors {
  const errors: FieldErrors = {}
  if (bands.length === 0) errors['bands.0.min'] = '病床規模区分を1つ以上入力してください。'
  bands.forEach(({ min, id }, row) => {
    const tooLong = lengthProblem(fieldLabel(`bands.${row}.id`), id, TEXT_LIMITS.id)
    if (tooLong) errors[`bands.${row}.id`] = tooLong
    const before = bands[row - 1]
    if (
      before &&
      wholeNumber(min) <= (before.max === '' ? Number.POSITIVE_INFINITY : wholeNumber(before.max))
    )
      errors[`bands.${row}.min`] =
        `${fieldLabel(`bands.${row}.min`)}：${row}行目の区分（${rangeText(before)}）と重なっています。重ならないように、下限か上限を直してください。`
  })
  if (texts.lotterySeed === '' && TIE_BREAK_FIELDS.some((name) => texts[name] === 'lottery'))
    errors.lotterySeed =
      '抽選に用いる文字列：「抽選」で順位を決めるときは、空欄にできません。日付などの文字列を入力してください。'
  const tooLong = lengthProblem(lotterySeed, texts.lotterySeed!, TEXT_LIMITS.lotterySeed)
  if (tooLong) errors.lotterySeed = tooLong
  return errors
}

function rangeText({ min, max }: TypedBand): string {
  return max === '' ? `${min}床以上` : `${min}～${max}床`
}
