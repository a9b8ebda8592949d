import { labelOf } from '../text/choice.ts'
import { filingsText } from './filings.ts'
import { BED_TYPES, HOSPITAL_FUNCTIONS, type Hospital, INSPECTIONS } from './hospital.ts'
import { sameValue } from './same-value.ts'

/** Of whom a fact is to stand, where two hospitals turn out to be one. */
export type Side = 'kept' | 'gone'

/** Facts that are chosen together: 病床種別 go with 許可病床数. */
interface MergedFact {
  id: string
  label: string
  fields: readonly (keyof Hospital)[]
  text: (hospital: Hospital) => string
}

/** What may differ between two entries for one hospital, in the order of the form. */
const FACTS: readonly MergedFact[] = [
  fact('name', '医療機関名'),
  fact('kana', 'フリガナ'),
  fact('medicalCode', '医療機関コード'),
  fact('naviiCode', '機関コード'),
  fact('gmisId', 'G-MIS ID'),
  fact('ownership', '開設者種別'),
  fact('municipality', '市町村'),
  fact('region', '二次医療圏'),
  fact('postcode', '郵便番号'),
  fact('address', '所在地'),
  fact('phone', '電話番号'),
  fact('fax', 'FAX番号'),
  fact('email', 'メールアドレス'),
  { id: 'beds', label: '許可病床数', fields: ['beds', 'bedsByType'], text: bedsText },
  {
    ...fact('functions', '医療機能'),
    text: ({ functions }) => functions.map((id) => labelOf(HOSPITAL_FUNCTIONS, id)).join('、'),
  },
  { ...fact('inspection', '立入検査'), text: ({ inspection }) => labelOf(INSPECTIONS, inspection) },
  fact('supportedIn', '過去の支援年度'),
  { ...fact('filings', '施設基準'), text: ({ filings }) => filingsText(filings).replaceAll(';', '、') },
]

/** A fact in which two hospitals differ, in words, and whose is taken where nobody says otherwise. */
export interface DifferingFact {
  id: string
  label: string
  kept: string
  gone: string
  proposed: Side
}

/** Proposed is what the one that stays says, and where it says nothing what the other does. */
export function differingFacts(kept: Hospital, gone: Hospital): DifferingFact[] {
  return FACTS.filter(({ fields }) => fields.some((field) => !sameValue(kept[field], gone[field]))).map(
    ({ id, label, fields, text }) => ({
      id,
      label,
      kept: text(kept),
      gone: text(gone),
      proposed: isNothing(kept[fields[0]!]) ? 'gone' : 'kept',
    }),
  )
}

/** The hospital that stays, with the facts that were chosen. */
export function mergedHospital(kept: Hospital, gone: Hospital, sideOf: (id: string) => Side): Hospital {
  const taken = FACTS.filter(({ id }) => sideOf(id) === 'gone').flatMap(({ fields }) => fields)
  return { ...kept, ...Object.fromEntries(taken.map((field) => [field, gone[field]])) }
}

function fact(field: keyof Hospital, label: string): MergedFact {
  return { id: field, label, fields: [field], text: (hospital) => String(hospital[field] ?? '') }
}

function bedsText({ beds, bedsByType }: Hospital): string {
  const types = BED_TYPES.filter(({ id }) => (bedsByType?.[id] ?? 0) > 0)
  const known = types.map(({ id, label }) => `${label}${bedsByType![id]}`)
  return known.length === 0 ? `${beds}床` : `${beds}床（${known.join('、')}）`
}

function isNothing(value: Hospital[keyof Hospital]): boolean {
  return (
    value === null ||
    value === 0 ||
    value === '' ||
    value === 'unknown' ||
    (Array.isArray(value) && value.length === 0)
  )
}
