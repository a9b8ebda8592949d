import type { Hospital } from '../../domain/master/hospital.ts'
import type { OpenCells } from '../../domain/master/open-cells.ts'
import type { Geography } from '../../domain/master/region.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import type { RowIssue } from '../table/row-issue.ts'

/** What reading a master file needs to know of its prefecture. */
export interface HospitalFileOptions {
  /** 2 digits, "46". */
  prefectureCode: string
  /** For what is said of places; without, it is a 県. */
  prefecture?: Prefecture
  geography: Geography
  /** The fewest beds that lie in a 病床規模区分; below, a hospital is kept with a warning. */
  smallestBand?: number
  /** The latest day, `YYYY-MM-DD`, of which the master knows something from such a list: an older one is last year's. */
  knownAsOf?: string | null
}

export interface ParsedHospital {
  row: number
  hospital: Hospital
  open: OpenCells
}

export interface HospitalReading {
  /** What the file speaks of. Anything else in its hospitals is a placeholder that must not replace what is known. */
  fields: readonly (keyof Hospital)[]
  hospitals: readonly ParsedHospital[]
  warnings: readonly RowIssue[]
  errors: readonly RowIssue[]
}
