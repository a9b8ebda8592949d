/** A hospital of the prefecture's master, and the lists its columns draw from. */

import type { Choice } from '../text/choice.ts'
import type { Filing } from './filings.ts'

export const HOSPITAL_FUNCTION_IDS = [
  'emergency_center',
  'emergency',
  'disaster',
  'regional_support',
  'advanced',
  'perinatal',
  'remote',
  'infectious',
] as const
export type HospitalFunction = (typeof HOSPITAL_FUNCTION_IDS)[number]
/** 医療機能, in the words of the designations. */
export const HOSPITAL_FUNCTIONS: readonly Choice<HospitalFunction>[] = [
  { id: 'emergency_center', label: '救命救急センター' },
  { id: 'emergency', label: '救急告示病院' },
  { id: 'disaster', label: '災害拠点病院' },
  { id: 'regional_support', label: '地域医療支援病院' },
  { id: 'advanced', label: '特定機能病院' },
  { id: 'perinatal', label: '周産期母子医療センター' },
  { id: 'remote', label: 'へき地医療拠点病院' },
  { id: 'infectious', label: '感染症指定医療機関' },
]

export const INSPECTION_IDS = ['insufficient', 'good', 'unknown'] as const
type Inspection = (typeof INSPECTION_IDS)[number]
/** 立入検査の結果. Unknown where the prefecture holds none (鹿児島市 has its own 保健所). */
export const INSPECTIONS: readonly Choice<Inspection>[] = [
  { id: 'insufficient', label: '不十分' },
  { id: 'good', label: '良好' },
  { id: 'unknown', label: '未把握' },
]

export const BED_TYPE_IDS = ['general', 'longTerm', 'psychiatric', 'tuberculosis', 'infectious'] as const
export type BedType = (typeof BED_TYPE_IDS)[number]
/** 病床種別 (医療法第7条第2項). */
export const BED_TYPES: readonly Choice<BedType>[] = [
  { id: 'general', label: '一般病床' },
  { id: 'longTerm', label: '療養病床' },
  { id: 'psychiatric', label: '精神病床' },
  { id: 'tuberculosis', label: '結核病床' },
  { id: 'infectious', label: '感染症病床' },
]

export interface Hospital {
  /**
   * What the master knows the hospital by, and whatever refers to it: the code it first came with, 医療機関コード or else
   * 機関コード. It stays that text for ever and is never printed as a code.
   */
  key: string
  /** 医療機関コード, 10 digits. */
  medicalCode: string | null
  /** 機関コード of 医療情報ネット / G-MIS: an opaque string. */
  naviiCode: string | null
  name: string
  kana: string | null
  /** 二次医療圏. */
  region: string
  municipality: string | null
  address: string | null
  phone: string | null
  email: string | null
  /** 許可病床数, the total over all bed types. */
  beds: number
  /** 病床種別ごとの病床数; null where the source gives only the total. */
  bedsByType: Record<BedType, number> | null
  functions: HospitalFunction[]
  inspection: Inspection
  /** 890-0046 */
  postcode: string | null
  fax: string | null
  /** The G-MIS user's ID: one an institution, a third key of GMIS files. */
  gmisId: string | null
  /** 開設者種別, in the words of the list that it came in. */
  ownership: string | null
  /** 施設基準の届出. Empty says nothing: not to have filed is not known from it. */
  filings: Filing[]
  /** 令和6年度: when an earlier survey's support went to it; several years are separated by 、. Null for none. */
  supportedIn: string | null
  /** 閉院: it stays in the master and is nowhere counted, offered or ranked. */
  isClosed: boolean
}

export const HOSPITAL_FIELDS = [
  'key',
  'medicalCode',
  'naviiCode',
  'name',
  'kana',
  'region',
  'municipality',
  'address',
  'phone',
  'email',
  'beds',
  'bedsByType',
  'functions',
  'inspection',
  'postcode',
  'fax',
  'gmisId',
  'ownership',
  'filings',
  'supportedIn',
  'isClosed',
] as const satisfies readonly (keyof Hospital)[]

/** What a hospital has of which nobody has heard anything yet. */
export const NOTHING_FURTHER: Pick<
  Hospital,
  'postcode' | 'fax' | 'gmisId' | 'ownership' | 'filings' | 'supportedIn' | 'isClosed'
> = {
  postcode: null,
  fax: null,
  gmisId: null,
  ownership: null,
  filings: [],
  supportedIn: null,
  isClosed: false,
}

/** The hospital that a code names: the master's key, 医療機関コード or 機関コード, whichever somebody has at hand. */
export function hospitalOf(hospitals: readonly Hospital[], code: string): Hospital | null {
  return (
    hospitals.find(({ key }) => key === code) ??
    hospitals.find(({ medicalCode, naviiCode }) => medicalCode === code || naviiCode === code) ??
    null
  )
}

/** 病院名（市町村） */
export function hospitalText({ name, municipality }: Pick<Hospital, 'name' | 'municipality'>): string {
  return municipality ? `${name}（${municipality}）` : name
}
