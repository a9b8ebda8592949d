import type { Stores } from '../src/db/stores.ts'
import { HOSPITAL_FIELDS, type Hospital, NOTHING_FURTHER } from '../src/domain/master/hospital.ts'
import { DEFAULT_POLICY } from '../src/domain/selection/policy.ts'
import type { Candidate } from '../src/domain/selection/snapshot.ts'
import { saveSubmission } from '../test/support/submissions.ts'
import { generatedSnapshot, type Size } from './hospitals.ts'

const BY = { actor: 'bench', at: new Date('2024-03-18T00:00:00Z') }

/** The generated hospitals in a survey's master, with what they have answered. All of them have one clerk. */
export function fillGenerated(stores: Stores, size: Size): Candidate[] {
  const { candidates, policy } = generatedSnapshot(size)
  const master = { hospitals: candidates.map(hospitalOf), fields: HOSPITAL_FIELDS }
  stores.hospitals.import(master, { ...BY, source: 'bench' })
  stores.policies.save({ ...DEFAULT_POLICY, bands: policy.bands }, { ...BY, note: 'bench' })
  for (const { code: hospitalCode, submission, override } of candidates) {
    if (submission) {
      const { submittedAt: at, ...answers } = submission
      saveSubmission(stores, { hospital: hospitalCode, at, ...answers })
    }
    if (override)
      stores.overrides.add({ hospitalCode, kind: override.kind }, { ...BY, reason: override.reason })
  }
  return candidates
}

/** The same as rows of a prefecture's sheet, which can be read in: all in a region that there is. */
export function sheetHospitals(size: Size): Hospital[] {
  const { candidates } = generatedSnapshot(size)
  return candidates.map((candidate, index) => ({ ...hospitalOf(candidate, index), region: '鹿児島' }))
}

/** With a telephone and a mail address of its own. */
function hospitalOf(candidate: Candidate, index: number): Hospital {
  const { code, name, region, beds, functions, inspection } = candidate
  return {
    ...NOTHING_FURTHER,
    key: code,
    medicalCode: code,
    naviiCode: null,
    name,
    kana: 'シケンビョウイン',
    region,
    municipality: '鹿児島市',
    address: `架空町${index}番1号`,
    phone: `099-${String(2_000_000 + index).replace(/^(\d{3})/, '$1-')}`,
    email: `somu@demo-${index}.example.jp`,
    beds,
    bedsByType: null,
    functions,
    inspection,
  }
}

/** Of those that may be selected. */
export function eligibleCodes(candidates: readonly Candidate[]): string[] {
  const isEligible = ({ submission, override }: Candidate) =>
    override === null && submission?.emr === 'full' && submission.intent === 'both'
  return candidates.filter(isEligible).map(({ code }) => code)
}

/** Another decision about one hospital: whatever hangs on the facts is read and computed anew. */
export function changeFacts({ overrides }: Stores, hospitalCode: string): void {
  const decision = { ...BY, reason: 'bench' }
  const inEffect = overrides.active().find((override) => override.hospitalCode === hospitalCode)
  if (inEffect) overrides.undo(inEffect.id, decision)
  else overrides.add({ hospitalCode, kind: 'exclude' }, decision)
}
