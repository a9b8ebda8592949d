import type { Texts } from '../../domain/record/shown.ts'
import type { SettingsRefusal } from '../../domain/survey/settings.ts'
import { within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'

/** The known fields that were sent. */
export function typedTexts(body: unknown, keys: readonly string[]): Texts {
  const fields = fieldsOf(body)
  return Object.fromEntries(keys.map((key) => [key, trimmed(fields.get(key))]))
}

/** No setting has more characters. */
const LONGEST = 200

const trimmed = within(LONGEST, (typed) => typed.trim())

/** The texts as the form showed them, for what it was changed to; of a field that carries none there is none. */
export function shownTexts(body: unknown, keys: readonly string[]): Texts {
  const carried = new Map(fieldsOf(body).entries())
  const names = keys.filter((key) => carried.has(shownName(key)))
  const texts = typedTexts(body, names.map(shownName))
  return Object.fromEntries(names.map((key) => [key, texts[shownName(key)]!]))
}

/** The hidden field that carries what a field showed. */
export function shownName(key: string): string {
  return `shown.${key}`
}

/** The refusals' messages by field. */
export function errorsOf(refusals: readonly SettingsRefusal[]): Texts {
  return Object.fromEntries(refusals.map(({ key, message }) => [key, message]))
}
