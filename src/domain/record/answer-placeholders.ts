import { type Extra, type FurtherQuestion, furtherText } from '../answer/further.ts'
import { distinctLabels } from '../text/distinct.ts'
import { placeholdersIn } from '../text/placeholders.ts'
import type { Placeholder, Template } from '../text/template.ts'

/** What a hospital answered to a further question, in a letter: {回答：外部接続点}, by the name that heads its column. */

const PREFIX = '回答：'

function namesOf(further: readonly FurtherQuestion[]): string[] {
  return distinctLabels(further.map(({ shortLabel }) => `${PREFIX}${shortLabel}`))
}

export function answerPlaceholders(further: readonly FurtherQuestion[]): Placeholder[] {
  const names = namesOf(further)
  return further.map(({ label }, index) => ({
    name: names[index]!,
    means: `質問「${label}」への回答（回答がない場合は「なし」）`,
  }))
}

/** What comes in their place. @param extra of the answer that the result was decided on */
export function answerValues(further: readonly FurtherQuestion[], extra: Extra): Record<string, string> {
  const names = namesOf(further)
  return Object.fromEntries(
    further.map((question, index) => [names[index]!, furtherText(question, extra) || 'なし']),
  )
}

/**
 * A question may have got another name since the text was written.
 * @returns what to do, in Japanese; null where every name is one of a question
 */
export function missingQuestion(
  { subject, body }: Template,
  further: readonly FurtherQuestion[],
): string | null {
  const known = new Set(namesOf(further))
  const unknown = placeholdersIn(`${subject}\n${body}`).find(
    (name) => name.startsWith(PREFIX) && !known.has(name),
  )
  return unknown === undefined
    ? null
    : `「{${unknown}}」に当たる質問がありません。このままでは、この文字のまま印刷されます。質問の現在の名前に直してください。`
}
