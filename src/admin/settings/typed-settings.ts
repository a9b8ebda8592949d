import type { SettingsRefusal } from '../../domain/survey/settings.ts'
import { normalForm, within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Texts } from './settings-form.ts'

/** The known fields that were sent. Full-width digits are taken as numbers and dates, and left alone in a title. */
export function typedTexts(body: unknown, keys: readonly string[]): Texts {
  const fields = fieldsOf(body)
  return Object.fromEntries(keys.map((key) => [key, normaliseSetting(fields.get(key))]))
}

/** No setting has more characters. */
const LONGEST = 200

const normaliseSetting = within(LONGEST, (typed) => {
  const text = typed.trim()
  const plain = normalForm(text, 'NFKC')
  return /^[\d:T+Z.-]*$/.test(plain) ? plain : text
})

/** The refusals' messages by field. */
export function errorsOf(refusals: readonly SettingsRefusal[]): Texts {
  return Object.fromEntries(refusals.map(({ key, message }) => [key, message]))
}
