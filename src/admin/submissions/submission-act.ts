import type { Stores } from '../../db/stores.ts'
import type { Geography } from '../../domain/master/region.ts'
import type { SubmissionRow } from '../../office/answers/rows.ts'
import { type HospitalChoices, hospitalChoices } from '../../office/master/groups.ts'

interface ReasonForm {
  reason: string
  reasonError: string | null
}
export interface MakeCurrentForm extends ReasonForm {
  kind: 'make-current'
  /** The receipt number of the one that counts today; null where none does. */
  replaced: string | null
}
export interface LinkForm extends ReasonForm {
  kind: 'link'
  groups: HospitalChoices[]
  hospitalCode: string
  hospitalError: string | null
}

/** What was typed into the form of the page and what is wrong with it. */
export interface TypedDecision {
  reason: string
  reasonError: string | null
  hospitalCode: string
  hospitalError: string | null
}
export const NOTHING_TYPED: TypedDecision = {
  reason: '',
  reasonError: null,
  hospitalCode: '',
  hospitalError: null,
}

/** What an officer can settle about a submission: which of two counts, or whose it is. */
export function actOf(
  stores: Stores,
  { submission, hospitalName }: SubmissionRow,
  siblings: SubmissionRow[],
  geography: Geography,
  typed: TypedDecision,
): MakeCurrentForm | LinkForm | null {
  if (submission.state === 'unlinked') {
    const groups = hospitalChoices(stores.hospitals.all(), geography, hospitalName)
    return { kind: 'link', ...typed, groups }
  }
  if (submission.state !== 'duplicate') return null
  const current = siblings.find((sibling) => sibling.submission.state === 'current')
  return { kind: 'make-current', ...typed, replaced: current?.submission.number ?? null }
}
