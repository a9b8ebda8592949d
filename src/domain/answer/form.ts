import { z } from 'zod'
import {
  absent,
  beds,
  email,
  hospitalCode,
  line,
  lines,
  OTHER_HOSPITAL,
  phone,
  plannedMonth,
  required,
} from './fields.ts'
import { CONSENT_IDS, EMR_IDS, INTENT_IDS, LIMITS } from './questionnaire.ts'
import type { HospitalReference, NewSubmission } from './submission.ts'

/** The form's fields, in the order of the page. The names are a contract with outsiders. */
export const SUBMISSION_FIELDS = [
  'submissionId',
  'hospitalCode',
  'masterCorrection',
  'hospitalName',
  'hospitalAddress',
  'hospitalBeds',
  'department',
  'contactName',
  'phone',
  'email',
  'emr',
  'emrPlannedMonth',
  'intent',
  'gmisConsent',
  'remarks',
] as const
export type SubmissionField = (typeof SUBMISSION_FIELDS)[number]

/** What a browser sent, as typed: every field a string, '' where it was absent. */
export type TypedForm = Record<SubmissionField, string>
export type FieldErrors = Partial<Record<SubmissionField, string>>

export { OTHER_HOSPITAL }

/** The form's own fields out of what was sent; what the form has not is passed over. */
export function typedForm(fields: { get(name: string): string }): TypedForm {
  return Object.fromEntries(SUBMISSION_FIELDS.map((field) => [field, fields.get(field)])) as TypedForm
}

/** Whether a form carries the number of a sending: made at 確認, it keeps a second click from making a second record. */
export function isSubmissionId(text: string): boolean {
  return z.uuid().safeParse(text).success
}

/**
 * SubmissionForm → NewSubmission: normalises, then checks every field, so that all errors show at once.
 * Fields behind a choice that was not made are neither checked nor stored.
 * @param isHospital whether a code stands in the master
 * @returns the answer as it will be stored, or one message a wrong field, in Japanese, saying what to do
 */
export function parseSubmissionForm(
  typed: TypedForm,
  isHospital: (code: string) => boolean,
): { ok: true; submission: NewSubmission } | { ok: false; errors: FieldErrors } {
  const parsed = submissionSchema(typed, isHospital).safeParse(typed)
  if (parsed.success) return { ok: true, submission: toSubmission(parsed.data) }
  const errors: FieldErrors = {}
  for (const issue of parsed.error.issues) errors[issue.path[0] as SubmissionField] ??= issue.message
  return { ok: false, errors }
}

/** NewSubmission → the form that would send it: what 確認 shows and carries on. */
export function formOf({ submissionId, hospital, answers }: NewSubmission): TypedForm {
  const other = hospital.kind === 'other' ? hospital : null
  return {
    submissionId,
    hospitalCode: hospital.kind === 'master' ? hospital.code : OTHER_HOSPITAL,
    masterCorrection: answers.masterCorrection ?? '',
    hospitalName: other?.name ?? '',
    hospitalAddress: other?.address ?? '',
    hospitalBeds: other ? String(other.beds) : '',
    department: answers.department ?? '',
    contactName: answers.contactName,
    phone: answers.phone,
    email: answers.email,
    emr: answers.emr,
    emrPlannedMonth: answers.emrPlannedMonth ?? '',
    intent: answers.intent,
    gmisConsent: answers.gmisConsent ? 'yes' : 'no',
    remarks: answers.remarks ?? '',
  }
}

function submissionSchema(typed: TypedForm, isHospital: (code: string) => boolean) {
  const other = typed.hospitalCode === OTHER_HOSPITAL
  return z.object({
    submissionId: z
      .string()
      .refine(
        isSubmissionId,
        '確認画面を経由していないため、回答はまだ送信されていません。入力した内容はこの画面に残っていますので、「確認画面へ進む」を押し、確認画面から送信してください。',
      ),
    hospitalCode: hospitalCode(isHospital),
    masterCorrection: other ? absent : lines('病院の登録内容の訂正', LIMITS.masterCorrection),
    hospitalName: other ? required('病院名', LIMITS.hospitalName) : absent,
    hospitalAddress: other ? required('病院の所在地', LIMITS.hospitalAddress) : absent,
    hospitalBeds: other ? beds : absent,
    department: line('担当部署', LIMITS.department),
    contactName: required('担当者名', LIMITS.contactName),
    phone,
    email,
    emr: z.enum(EMR_IDS, '電子カルテシステムの導入状況を選択してください。'),
    emrPlannedMonth: typed.emr === 'planned' ? plannedMonth : absent,
    intent: z.enum(INTENT_IDS, '本事業の活用意向を選択してください。'),
    gmisConsent: z.enum(CONSENT_IDS, 'GMIS調査の回答結果の活用の可否を選択してください。'),
    remarks: lines('備考', LIMITS.remarks),
  })
}

type Parsed = z.output<ReturnType<typeof submissionSchema>>

function toSubmission(form: Parsed): NewSubmission {
  const hospital: HospitalReference =
    form.hospitalCode === OTHER_HOSPITAL
      ? {
          kind: 'other',
          name: form.hospitalName,
          address: form.hospitalAddress,
          beds: Number(form.hospitalBeds),
        }
      : { kind: 'master', code: form.hospitalCode }
  return {
    submissionId: form.submissionId.toLowerCase(),
    hospital,
    answers: {
      department: form.department || null,
      contactName: form.contactName,
      phone: form.phone,
      email: form.email,
      emr: form.emr,
      emrPlannedMonth: form.emrPlannedMonth || null,
      intent: form.intent,
      gmisConsent: form.gmisConsent === 'yes',
      masterCorrection: form.masterCorrection || null,
      remarks: form.remarks || null,
    },
  }
}
