import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Geography } from '../../domain/master/region.ts'
import type { SubmissionRow } from '../../office/answers/rows.ts'
import { type HospitalChoices, hospitalChoices } from '../../office/master/groups.ts'

interface ReasonForm {
  /** The answers as the page shows them, carried along: nothing is settled about others. */
  shown: string
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
    return { kind: 'link', ...typed, shown: standing([submission]), groups }
  }
  if (submission.state !== 'duplicate') return null
  const answers = siblings.map((sibling) => sibling.submission)
  const current = answers.find(({ state }) => state === 'current')
  const shown = standing(answers)
  return { kind: 'make-current', ...typed, shown, replaced: current?.number ?? null }
}

/** R-0001.1.current R-0002.3.duplicate: each with its newest version, so that a correction is another standing. */
function standing(answers: readonly Submission[]): string {
  return answers.map(({ number, version, state }) => `${number}.${version}.${state}`).join(' ')
}
