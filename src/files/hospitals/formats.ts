import type { Hospital } from '../../domain/master/hospital.ts'
import { hasColumn, headerKey, type Table, type TableRecord } from '../table/table.ts'
import { liesElsewhere, NAVII_FIELDS, NAVII_NAME_COLUMN, NAVII_REQUIRED, readNaviiRow } from './navii.ts'
import type { HospitalFileOptions } from './reading.ts'
import type { HospitalRow } from './row.ts'
import { readSheetRow, SHEET_NAME_COLUMN, SHEET_REQUIRED } from './sheet.ts'
import { hospitalSheetColumns, TOLD_BESIDE } from './sheet-columns.ts'

export type HospitalFormat = 'hospital-sheet' | 'navii'

/** How one kind of master file is told from others, and read. */
export interface Format {
  id: HospitalFormat
  fits: (table: Table) => boolean
  /** Each line: one of these columns has to be there. */
  required: readonly (readonly string[])[]
  nameColumn: string
  fields: (table: Table) => readonly (keyof Hospital)[]
  unknownColumns: (table: Table) => string[]
  isForeign: (record: TableRecord, prefectureCode: string) => boolean
  read: (row: HospitalRow, options: HospitalFileOptions) => Hospital | null
}

/** In the order in which they are tried. */
export const FORMATS: readonly Format[] = [
  {
    id: 'navii',
    fits: (table) => hasColumn(table, 'ID') && hasColumn(table, NAVII_NAME_COLUMN),
    required: NAVII_REQUIRED,
    nameColumn: NAVII_NAME_COLUMN,
    fields: () => NAVII_FIELDS,
    unknownColumns: () => [],
    isForeign: liesElsewhere,
    read: readNaviiRow,
  },
  {
    id: 'hospital-sheet',
    fits: (table) =>
      SHEET_REQUIRED.slice(0, 2)
        .flat()
        .some((column) => hasColumn(table, column)),
    required: SHEET_REQUIRED,
    nameColumn: SHEET_NAME_COLUMN,
    fields: sheetFields,
    unknownColumns: unknownSheetColumns,
    isForeign: () => false,
    read: readSheetRow,
  },
]

function sheetFields(table: Table): (keyof Hospital)[] {
  const present = hospitalSheetColumns.filter(({ header }) => hasColumn(table, header))
  return [...new Set<keyof Hospital>(['key', 'region', 'beds', ...present.map(({ field }) => field)])]
}

function unknownSheetColumns(table: Table): string[] {
  const headers = [...hospitalSheetColumns.map(({ header }) => header), ...TOLD_BESIDE]
  const known = new Set(headers.map(headerKey))
  return table.headers.filter((header) => header && !known.has(headerKey(header)))
}
