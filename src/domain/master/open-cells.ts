import { BED_TYPE_IDS, type BedType, type Hospital } from './hospital.ts'

/** A column of a file about hospitals: 病床種別 have one each, `beds` is the total. */
export type CellField = Exclude<keyof Hospital, 'key' | 'bedsByType'> | BedType

/** What a row leaves open of a hospital. */
export interface OpenCells {
  /** Under a column that is there. */
  blank: ReadonlySet<CellField>
  /** The row ends before the column: nobody said anything. */
  cut: ReadonlySet<CellField>
  /** 許可病床数 and 病床種別 that the file has no column for, though it has others of them. */
  absent: ReadonlySet<CellField>
}

/** What becomes of a blank cell where the master knows more. */
export type BlankRule = 'keep' | 'clear'

/** How many values of the master a column's blank cells meet, and what becomes of them. */
export interface BlankCount {
  field: CellField
  kept: number
  cleared: number
  /** Kept whatever the rule, as the rows end before the column. */
  cut: number
}

/** Whether the master knows something that a blank cell could erase. */
export function isKnown(hospital: Hospital, field: CellField): boolean {
  if (isBedType(field)) return (hospital.bedsByType?.[field] ?? 0) > 0
  if (field === 'functions' || field === 'filings') return hospital[field].length > 0
  if (field === 'inspection') return hospital.inspection !== 'unknown'
  return Boolean(hospital[field])
}

export function isBedType(field: CellField): field is BedType {
  return (BED_TYPE_IDS as readonly string[]).includes(field)
}
