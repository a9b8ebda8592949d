import type { CurrentMessage } from '../db/message-texts.ts'
import {
  DEFAULT_MESSAGES,
  type MessageErrors,
  type MessageKind,
  type MessageText,
  PLACEHOLDERS,
  SUBJECT_NAMES,
} from '../domain/survey/message.ts'
import { fieldsOf } from '../web/fields.ts'

/** The form of a text that goes to hospitals, as `admin/partials/message-fields` draws it. */
export interface MessageForm {
  subjectName: string
  typed: MessageText
  errors: MessageErrors
  placeholders: readonly { name: string; means: string }[]
  /** Of the text that the page shows. */
  version: number
  /** The text that comes with the program; null while it stands. */
  shipped: MessageText | null
}

export function messageForm(
  kind: MessageKind,
  current: CurrentMessage,
  { typed = current, errors = {} }: { typed?: MessageText | undefined; errors?: MessageErrors | undefined },
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

export function typedMessage(body: unknown): MessageText {
  const { get } = fieldsOf(body)
  return { subject: get('subject'), body: get('body') }
}

/** The version that a form carries along; of one that carries none the present one. */
export function shownVersion(body: unknown, name: string, current: number): number {
  const shown = fieldsOf(body).get(name)
  return /^\d{1,9}$/.test(shown) ? Number(shown) : current
}
