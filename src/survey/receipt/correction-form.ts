import { type FieldErrors, parseSubmissionForm, type TypedForm, typedForm } from '../../domain/answer/form.ts'
import type { NewSubmission, Submission } from '../../domain/answer/submission.ts'
import { fieldsOf } from '../../web/fields.ts'
import { storedForm } from './history.ts'

/** What was typed to correct an answer. Its number and, where none was sent, its hospital are the stored ones. */
export function typedCorrection(body: unknown, submission: Submission): TypedForm {
  const typed = typedForm(fieldsOf(body))
  const { submissionId } = submission
  return { ...typed, submissionId, hospitalCode: typed.hospitalCode || fixedHospital(submission) }
}

/** As for a new answer; but the hospital stays. */
export function parseCorrection(
  typed: TypedForm,
  submission: Submission,
): { ok: true; submission: NewSubmission } | { ok: false; errors: FieldErrors } {
  const fixed = fixedHospital(submission)
  const parsed = parseSubmissionForm({ ...typed, hospitalCode: fixed }, (code) => code === fixed)
  if (typed.hospitalCode === fixed) return parsed
  return { ok: false, errors: { ...(parsed.ok ? {} : parsed.errors), hospitalCode: HOSPITAL_STAYS } }
}

/** The version that the page corrects, carried by it; undefined where it names none. */
export function basedOn(body: unknown): number | undefined {
  const version = fieldsOf(body).get('version')
  return /^\d{1,6}$/.test(version) ? Number(version) : undefined
}

/** A code of the master, or `other`. */
function fixedHospital(submission: Submission): string {
  return storedForm(submission).hospitalCode
}

const HOSPITAL_STAYS =
  '回答した病院は、訂正では変更できません。病院を変える場合は、この回答を取り下げて、新しく回答してください。'
