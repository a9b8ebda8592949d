import { parseSubmissionForm, type TypedForm } from '../../src/domain/answer/form.ts'
import type { NewSubmission } from '../../src/domain/answer/submission.ts'
import { aForm } from './builders.ts'

/** The answer that a form is, where any hospital is known. */
export function parsed(overrides: Partial<TypedForm> = {}): NewSubmission {
  const result = parseSubmissionForm(aForm(overrides), () => true)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.submission
}
