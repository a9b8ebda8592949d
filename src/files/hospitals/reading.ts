import type { Hospital } from '../../domain/master/hospital.ts'
import type { Geography } from '../../domain/master/region.ts'
import type { RowIssue } from '../table/row-issue.ts'

/** What reading a master file needs to know of its prefecture. */
export interface HospitalFileOptions {
  /** 2 digits, "46". */
  prefectureCode: string
  geography: Geography
  /** The fewest beds that lie in a 病床規模区分; below, a hospital is kept with a warning. */
  smallestBand?: number
}

export interface ParsedHospital {
  row: number
  hospital: Hospital
}

export interface HospitalReading {
  /** What the file speaks of. Anything else in its hospitals is a placeholder that must not replace what is known. */
  fields: readonly (keyof Hospital)[]
  hospitals: readonly ParsedHospital[]
  warnings: readonly RowIssue[]
  errors: readonly RowIssue[]
}
