import { derivedBandId, isDerivedBandId } from '../../domain/selection/bands.ts'
import type { CountingQuestion } from '../../domain/selection/edition-questions.ts'
import { CRITERION_IDS, type Policy, TIE_BREAK_IDS } from '../../domain/selection/policy.ts'
import { policySettings, wholeNumber } from '../../domain/selection/policy-settings.ts'
import { questionKeys, questionSettings } from '../../domain/selection/question-settings.ts'
import { monthText } from '../../domain/text/dates.ts'
import { normaliseDigits, normaliseText, within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'

/** A policy as it stands in the form: every field a text, '' where it is blank. */
export interface TypedPolicy {
  bands: TypedBand[]
  /** By the name of the field. */
  texts: Record<string, string>
}

/** A field as the form shows it. */
export interface FormField {
  name: string
  label: string
  value: string
  error: string | null
}

export type TypedBand = Record<BandField | 'id', string>
type BandField = (typeof BAND_FIELDS)[number]

/** What stands in a row of the form; what files call the band goes along with it. */
export const BAND_FIELDS = ['min', 'max', 'seats'] as const
export const MOST_BANDS = 20
/** Characters of what is written down with every selection. */
export const TEXT_LIMITS = { id: 50, lotterySeed: 200 } as const
/** 令和12年12月, and far more than a number needs. */
const LONGEST_NUMBER = 20
const RULE_FIELDS = ['regionFloor', 'shortfall', 'unknownValue', 'supportPeriodEnd'] as const
/** Consent to the reuse of the GMIS answers earns nothing: it has no field, and is read as 0 whatever is sent. */
const POINTED = CRITERION_IDS.filter((id) => id !== 'gmisConsent')
export const POINT_FIELDS = POINTED.map((id) => `points.${id}`)
const WITHOUT_POINTS = { 'points.gmisConsent': '0' }
export const TIE_BREAK_FIELDS = TIE_BREAK_IDS.map((_, index) => `tieBreak.${index}`)

/** The form of a stored policy. @param counting the further questions that it may give points */
export function policyTexts(policy: Policy, counting: readonly CountingQuestion[] = []): TypedPolicy {
  const settings = policySettings(policy)
  const names = [...RULE_FIELDS, ...POINT_FIELDS, 'lotterySeed', 'earlierSupport']
  const tieBreaks = TIE_BREAK_FIELDS.map((name, index) => [name, policy.tieBreak[index] ?? ''])
  return {
    bands: policy.bands.map(({ id, min, max, seats }) => ({
      id,
      min: String(min),
      max: max === null ? '' : String(max),
      seats: String(seats),
    })),
    texts: {
      ...Object.fromEntries(names.map((name) => [name, settings[name]!])),
      ...WITHOUT_POINTS,
      supportPeriodEnd: settings.supportPeriodEnd && monthText(settings.supportPeriodEnd),
      ...Object.fromEntries(tieBreaks),
      ...questionSettings(counting, policy),
    },
  }
}

/** What was sent, with the rows of the bands closed up and in ascending order, wherever they were typed. */
export function sentPolicy(body: unknown, counting: readonly CountingQuestion[] = []): TypedPolicy {
  const fields = fieldsOf(body)
  const normaliseNumber = within(LONGEST_NUMBER, (text) => normaliseDigits(text).trim())
  const number = (name: string) => normaliseNumber(fields.get(name))
  const numbers = ['regionFloor', 'unknownValue', 'supportPeriodEnd', ...POINT_FIELDS]
  const choices = ['shortfall', 'earlierSupport', ...TIE_BREAK_FIELDS]
  const bands = Array.from({ length: MOST_BANDS }, (_, row) => ({
    min: number(`bands.${row}.min`),
    max: number(`bands.${row}.max`),
    seats: number(`bands.${row}.seats`),
    id: within(TEXT_LIMITS.id, normaliseText)(fields.get(`bands.${row}.id`)),
  })).map(withFollowingId)
  return {
    bands: bands.filter(({ min, max, seats }) => min + max + seats !== '').sort(byLowerLimit),
    texts: {
      ...Object.fromEntries(numbers.map((name) => [name, number(name)])),
      ...WITHOUT_POINTS,
      ...Object.fromEntries(choices.map((name) => [name, fields.get(name)])),
      lotterySeed: within(TEXT_LIMITS.lotterySeed, normaliseText)(fields.get('lotterySeed')),
      ...sentQuestions(fields, counting, number),
    },
  }
}

/** What the form did not have yet, as a question or an option is newer than it, counts as if nobody had touched it. */
function sentQuestions(
  fields: ReturnType<typeof fieldsOf>,
  counting: readonly CountingQuestion[],
  number: (name: string) => string,
): Record<string, string> {
  const sent = counting.flatMap(questionKeys).filter((name) => fields.all(name).length > 0)
  return {
    ...questionSettings(counting, {}),
    ...Object.fromEntries(sent.map((name) => [name, number(name)])),
  }
}

/** A name that was made from the limits changes with them. */
function withFollowingId(band: TypedBand): TypedBand {
  return isDerivedBandId(band.id) ? { ...band, id: derivedBandId(band) } : band
}

/** Rows without a usable limit stay behind the others, where they can be mended. */
function byLowerLimit(a: TypedBand, b: TypedBand): number {
  const [left, right] = [wholeNumber(a.min), wholeNumber(b.min)]
  if (Number.isNaN(left) || Number.isNaN(right))
    return Number(Number.isNaN(left)) - Number(Number.isNaN(right))
  return left - right
}

/** The sum of the typed seats; null while one of them is no number. */
export function seatTotal({ bands }: TypedPolicy): number | null {
  const total = bands.reduce((sum, { seats }) => sum + wholeNumber(seats), 0)
  return Number.isNaN(total) ? null : total
}
