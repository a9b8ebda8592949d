import type { FurtherQuestion } from '../answer/further.ts'
import type { SettingsRefusal } from '../survey/settings.ts'
import { readMonth } from '../text/typed-dates.ts'
import { countingQuestions } from './edition-questions.ts'
import { CRITERION_IDS, NO_SUPPORT_PERIOD_END, type Policy, parsePolicy } from './policy.ts'
import { questionKeyOf, questionSettings, questionsFrom } from './question-settings.ts'

/**
 * The policy as `key=value` texts, beside the survey's settings: `regionFloor=1`, `seats.20-99=23`,
 * `points.emergency=25`, `tieBreak=beds,submittedAt,lottery`; of further questions: question-settings.ts.
 * @param asked the further questions of the edition
 */
export function policySettings(
  policy: Policy,
  asked: readonly FurtherQuestion[] = [],
): Record<string, string> {
  const seats = policy.bands.map((band) => [`seats.${band.id}`, String(band.seats)])
  const points = CRITERION_IDS.map((id) => [`points.${id}`, String(policy.criteria[id] ?? 0)])
  return {
    supportPeriodEnd: policy.supportPeriodEnd === NO_SUPPORT_PERIOD_END ? '' : policy.supportPeriodEnd,
    regionFloor: String(policy.regionFloor),
    shortfall: policy.shortfall,
    unknownValue: String(policy.unknownValue),
    tieBreak: policy.tieBreak.join(','),
    lotterySeed: policy.lotterySeed,
    earlierSupport: policy.earlierSupport ?? 'ignore',
    ...Object.fromEntries([...seats, ...points]),
    ...questionSettings(countingQuestions(policy, asked), policy),
  }
}

/** @returns the changed policy, or one refusal a bad key */
export function policyWith(
  policy: Policy,
  changes: Record<string, string>,
  asked: readonly FurtherQuestion[] = [],
): { ok: true; policy: Policy } | { ok: false; refusals: SettingsRefusal[] } {
  const texts = { ...policySettings(policy, asked), ...changes }
  const further = questionsFrom(countingQuestions(policy, asked), texts, policy)
  const parsed = parsePolicy({
    supportPeriodEnd: readSupportPeriodEnd(texts.supportPeriodEnd!),
    bands: policy.bands.map((band) => ({ ...band, seats: wholeNumber(texts[`seats.${band.id}`]) })),
    regionFloor: wholeNumber(texts.regionFloor),
    shortfall: texts.shortfall,
    unknownValue: wholeNumber(texts.unknownValue),
    criteria: Object.fromEntries(CRITERION_IDS.map((id) => [id, wholeNumber(texts[`points.${id}`])])),
    tieBreak: texts
      .tieBreak!.split(',')
      .map((key) => key.trim())
      .filter(Boolean),
    lotterySeed: texts.lotterySeed,
    ...readEarlierSupport(texts.earlierSupport!),
    ...further,
  })
  if (parsed.ok) return parsed
  const refusals = parsed.problems.map(({ path, message }) => {
    const key = questionKeyOf(path, further.questions ?? []) ?? keyOf(path, policy)
    return { key, message: key.startsWith('ineligible.') ? YES_OR_NO : message }
  })
  return { ok: false, refusals }
}

/** The policy has another word for it. */
const YES_OR_NO = 'yes（対象外）または no を指定してください。'

/** As typed; blank where nobody has set it yet. What is no month stays as it is, for the policy's schema to refuse. */
export function readSupportPeriodEnd(typed: string): string {
  return typed.trim() === '' ? NO_SUPPORT_PERIOD_END : (readMonth(typed) ?? typed)
}

/** As typed; what leaves nobody out is in no policy. */
export function readEarlierSupport(typed: string): { earlierSupport?: string } {
  const text = typed.trim()
  return text === '' || text === 'ignore' ? {} : { earlierSupport: text }
}

/** A policy's field back to the key that sets it: `bands[0].seats` → `seats.20-99`. */
function keyOf(path: string, policy: Policy): string {
  const field = path.replace(/^policy\./, '')
  const band = /^bands\[(\d+)\]/.exec(field)
  if (band) return `seats.${policy.bands[Number(band[1])]?.id ?? ''}`
  return field.replace(/^criteria\./, 'points.').replace(/^tieBreak.*/, 'tieBreak')
}

/** A typed number of seats, beds or points. NaN where it is none, which the policy's schema refuses by name. */
export function wholeNumber(text: string | undefined): number {
  return /^\d{1,6}$/.test(text ?? '') ? Number(text) : Number.NaN
}
