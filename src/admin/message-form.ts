import type { CurrentMessage } from '../db/message-texts.ts'
import { DEFAULT_MESSAGES, type MessageKind, PLACEHOLDERS, SUBJECT_NAMES } from '../domain/survey/message.ts'
import type { Placeholder, Template, TemplateErrors } from '../domain/text/template.ts'
import { fieldsOf } from '../web/fields.ts'

/** The form of a text that goes to hospitals, as `admin/partials/message-fields` draws it. */
export interface MessageForm {
  subjectName: string
  typed: Template
  errors: TemplateErrors
  placeholders: readonly Placeholder[]
  /** Of the text that the page shows. */
  version: number
  /** The text that comes with the program; null while it stands. */
  shipped: Template | null
}

export function messageForm(
  kind: MessageKind,
  current: CurrentMessage,
  { typed = current, errors = {} }: { typed?: Template | undefined; errors?: TemplateErrors | undefined },
): MessageForm {
  return {
    subjectName: SUBJECT_NAMES[kind],
    typed,
    errors,
    placeholders: PLACEHOLDERS,
    version: current.version,
    shipped: current.version === 0 ? null : DEFAULT_MESSAGES[kind],
  }
}

export function typedMessage(body: unknown): Template {
  const { get } = fieldsOf(body)
  return { subject: get('subject'), body: get('body') }
}

/** The version that a form carries along; of one that carries none the present one. */
export function shownVersion(body: unknown, name: string, current: number): number {
  const shown = fieldsOf(body).get(name)
  return /^\d{1,9}$/.test(shown) ? Number(shown) : current
}
