import { filledIn, placeholderProblem } from './placeholders.ts'
import { lengthProblem, normaliseMultiline, normaliseText, within } from './text.ts'

/** What an officer writes once for many hospitals: 標題 or 件名, and 本文, whose paragraphs are parted by a blank line. */
export interface Template {
  subject: string
  body: string
}

/** What may stand in braces, and what comes in its place, to whoever writes. */
export interface Placeholder {
  name: string
  means: string
}

interface TemplateRules {
  /** What the subject is called: 標題, 件名. */
  subjectName: string
  longest: Readonly<Record<keyof Template, number>>
  placeholders: readonly Placeholder[]
}

export type TemplateErrors = Partial<Record<keyof Template, string>>

export type ParsedTemplate = { ok: true; text: Template } | { ok: false; errors: TemplateErrors }

/**
 * @param further what else a text of this kind must have, asked only where nothing is wrong with a field by itself
 * @returns the text as it is kept, or one message a wrong field
 */
export function parseTemplate(
  { subjectName, longest, placeholders }: TemplateRules,
  typed: Template,
  further: (text: Template) => { [Field in keyof Template]?: string | null } = () => ({}),
): ParsedTemplate {
  const text = {
    subject: within(longest.subject, normaliseText)(typed.subject),
    body: within(longest.body, normaliseMultiline)(typed.body),
  }
  const names = placeholders.map(({ name }) => name)
  const more = further(text)
  const errors: TemplateErrors = {}
  for (const [field, label] of [['subject', subjectName] as const, ['body', '本文'] as const]) {
    const problem =
      text[field] === ''
        ? `${label}を入力してください。`
        : (lengthProblem(label, text[field], longest[field]) ??
          placeholderProblem(label, text[field], names) ??
          more[field])
    if (problem) errors[field] = problem
  }
  return Object.keys(errors).length === 0 ? { ok: true, text } : { ok: false, errors }
}

/** The text for one hospital. */
export function filledTemplate(
  { subject, body }: Template,
  values: Readonly<Record<string, string>>,
): Template {
  const named = new Map(Object.entries(values))
  return { subject: filledIn(subject, named), body: filledIn(body, named) }
}
