import type { Choice } from '../text/choice.ts'
import { monthText } from '../text/dates.ts'
import type { Emr, Intent } from './questionnaire.ts'
import type { Answers, SubmissionState } from './submission.ts'

/** The questionnaire's choices in the few characters that a table has room for. Files carry the full labels. */
export const EMR_SHORT: readonly Choice<Emr>[] = [
  { id: 'full', label: '導入済み' },
  { id: 'partial', label: '一部導入' },
  { id: 'planned', label: '導入予定' },
  { id: 'none', label: 'なし' },
]

export const INTENT_SHORT: readonly Choice<Intent>[] = [
  { id: 'both', label: '両方' },
  { id: 'network', label: 'ネットワークのみ' },
  { id: 'backup', label: 'バックアップのみ' },
  { id: 'undecided', label: '検討中' },
  { id: 'none', label: '希望しない' },
]

export const STATE_SHORT: readonly Choice<SubmissionState>[] = [
  { id: 'current', label: '有効' },
  { id: 'duplicate', label: '重複' },
  { id: 'unlinked', label: '病院未確定' },
  { id: 'withdrawn', label: '取下げ' },
]

/** 導入予定（令和6年9月） */
export function emrShortText({ emr, emrPlannedMonth }: Pick<Answers, 'emr' | 'emrPlannedMonth'>): string {
  const label = EMR_SHORT.find(({ id }) => id === emr)!.label
  return emrPlannedMonth === null ? label : `${label}（${monthText(emrPlannedMonth)}）`
}
