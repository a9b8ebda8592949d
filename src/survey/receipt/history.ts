import type { SubmissionVersion } from '../../db/submission-versions.ts'
import { formOf, type TypedForm } from '../../domain/answer/form.ts'
import type { HospitalReference, Submission } from '../../domain/answer/submission.ts'
import { type ComparedRow, comparedRows } from '../answer/answer-changes.ts'
import type { FindHospital } from '../answer/answer-rows.ts'

/** One step of an answer's life, with what it changed. */
export interface HistoryStep {
  at: Date
  what: '回答' | '訂正' | '取下げ'
  changes: ComparedRow[]
}

/** From the first version on, in the order of time. */
export function historyOf(
  submission: Submission,
  versions: readonly SubmissionVersion[],
  findHospital: FindHospital,
): HistoryStep[] {
  const forms = versions.map((version) => storedForm({ ...submission, ...version }))
  const steps = versions.map(({ createdAt }, index): HistoryStep => {
    if (index === 0) return { at: submission.submittedAt, what: '回答', changes: [] }
    const rows = comparedRows(forms[index - 1]!, forms[index]!, findHospital)
    return { at: createdAt, what: '訂正', changes: rows.filter(({ before }) => before !== null) }
  })
  const { withdrawnAt } = submission
  return withdrawnAt ? [...steps, { at: withdrawnAt, what: '取下げ', changes: [] }] : steps
}

/** A stored answer as the form that would send it. */
export function storedForm(
  submission: Pick<Submission, 'submissionId' | 'typedHospital' | 'hospitalCode' | 'answers'>,
): TypedForm {
  const { submissionId, answers } = submission
  return formOf({ submissionId, hospital: namedHospital(submission), answers })
}

/** As the hospital named itself: an officer's link to the master does not change what it wrote. */
function namedHospital({
  typedHospital,
  hospitalCode,
}: Pick<Submission, 'typedHospital' | 'hospitalCode'>): HospitalReference {
  return typedHospital ? { kind: 'other', ...typedHospital } : { kind: 'master', code: hospitalCode ?? '' }
}
