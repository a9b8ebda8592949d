import type { Choice } from '../text/choice.ts'
import { HOSPITAL_FIELDS, type Hospital } from './hospital.ts'
import { sameValue } from './same-value.ts'

export const CHANGE_KIND_IDS = [
  'imported',
  'matched',
  'unmatched',
  'chosen',
  'added',
  'edited',
  'corrected',
  'closed',
  'reopened',
  'merged',
  'unmerged',
  'carried-over',
] as const
export type ChangeKind = (typeof CHANGE_KIND_IDS)[number]
/** By what act the master came to say something else of a hospital. */
export const CHANGE_KINDS: readonly Choice<ChangeKind>[] = [
  { id: 'imported', label: 'ファイルの取込み' },
  { id: 'matched', label: '同じ病院の行と照合' },
  { id: 'unmatched', label: '照合の取消し' },
  { id: 'chosen', label: '出典の選択' },
  { id: 'added', label: '病院の追加' },
  { id: 'edited', label: '登録内容の変更' },
  { id: 'corrected', label: '病院の訂正を反映' },
  { id: 'closed', label: '閉院の登録' },
  { id: 'reopened', label: '閉院の取消し' },
  { id: 'merged', label: '2つの病院の統合' },
  { id: 'unmerged', label: '統合の取消し' },
  { id: 'carried-over', label: '過去の支援の引継ぎ' },
]

/** Some of what the master says of a hospital: only the fields that a change is about. */
export type HospitalPart = Partial<Hospital>

/** What differs between two states of a hospital, by field; null where nothing does. Of a new one, all that is known. */
export function changedParts(
  before: Hospital | null,
  after: Hospital,
): { before: HospitalPart | null; after: HospitalPart } | null {
  if (before === null) return { before: null, after }
  const fields = changedFields(before, after)
  if (fields.length === 0) return null
  return { before: partOf(before, fields), after: partOf(after, fields) }
}

/** The fields whose values differ, in the order of the master. */
export function changedFields(before: Hospital, after: Hospital): (keyof Hospital)[] {
  return HOSPITAL_FIELDS.filter((field) => !sameValue(before[field], after[field]))
}

function partOf(hospital: Hospital, fields: readonly (keyof Hospital)[]): HospitalPart {
  return Object.fromEntries(fields.map((field) => [field, hospital[field]]))
}
