import { parseSubmissionForm, SUBMISSION_FIELDS, type TypedForm } from '../../src/domain/answer/form.ts'
import type { NewSubmission } from '../../src/domain/answer/submission.ts'
import { type Hospital, NOTHING_FURTHER } from '../../src/domain/master/hospital.ts'

/** A fictional hospital, valid as it is; name what the test is about. */
export function aHospital(overrides: Partial<Hospital> = {}): Hospital {
  const code = overrides.key ?? '4619900011'
  return {
    key: code,
    medicalCode: code,
    naviiCode: null,
    name: '試験病院',
    kana: 'シケンビョウイン',
    region: '鹿児島',
    municipality: '鹿児島市',
    address: '鹿児島県鹿児島市架空町1-1',
    phone: '099-000-0000',
    email: null,
    beds: 120,
    bedsByType: { general: 120, longTerm: 0, psychiatric: 0, tuberculosis: 0, infectious: 0 },
    functions: [],
    inspection: 'unknown',
    ...NOTHING_FURTHER,
    ...overrides,
  }
}

/** What a browser sends for a complete answer. */
export function aForm(overrides: Partial<TypedForm> = {}): TypedForm {
  const blank = Object.fromEntries(SUBMISSION_FIELDS.map((field) => [field, ''])) as TypedForm
  return {
    ...blank,
    submissionId: crypto.randomUUID(),
    hospitalCode: '4619900011',
    contactName: '試験 花子',
    phone: '099-000-0000',
    email: 'hanako@hospital.example.jp',
    emr: 'full',
    intent: 'both',
    gmisConsent: 'yes',
    ...overrides,
  }
}

/** The answer that a form would store, where any hospital is known. */
export function aSubmission(overrides: Partial<TypedForm> = {}): NewSubmission {
  const parsed = parseSubmissionForm(aForm(overrides), (code) => (/^46199000\d\d$/.test(code) ? code : null))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.submission
}
