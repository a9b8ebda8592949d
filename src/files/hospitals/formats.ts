import type { Hospital } from '../../domain/master/hospital.ts'
import type { OpenCells } from '../../domain/master/open-cells.ts'
import { hasColumn, headerKey, type Table, type TableRecord } from '../table/table.ts'
import {
  liesElsewhere,
  NAVII_CELLS,
  NAVII_FIELDS,
  NAVII_NAME_COLUMN,
  NAVII_REQUIRED,
  readNaviiRow,
} from './navii.ts'
import type { HospitalFileOptions } from './reading.ts'
import type { HospitalRow } from './row.ts'
import { readSheetRow, SHEET_NAME_COLUMN, SHEET_REQUIRED } from './sheet.ts'
import { hospitalSheetColumns } from './sheet-columns.ts'

export type HospitalFormat = 'hospital-sheet' | 'navii' | 'bureau'

/** How one kind of master file is told from others, and read. */
export interface Format {
  id: HospitalFormat
  fits: (table: Table) => boolean
  /** Each line: one of these columns has to be there. */
  required: readonly (readonly string[])[]
  nameColumn: string
  fields: (table: Table) => readonly (keyof Hospital)[]
  /** Whether a column, by its key, is read. */
  isRead: (key: string) => boolean
  /** What a row leaves open. */
  open: (row: HospitalRow, table: Table) => OpenCells
  isForeign: (record: TableRecord, prefectureCode: string) => boolean
  read: (row: HospitalRow, options: HospitalFileOptions) => Hospital | null
}

export const FORMATS: Record<'navii' | 'sheet', Format> = {
  navii: {
    id: 'navii',
    fits: (table) => hasColumn(table, 'ID') && hasColumn(table, NAVII_NAME_COLUMN),
    required: NAVII_REQUIRED,
    nameColumn: NAVII_NAME_COLUMN,
    fields: () => NAVII_FIELDS,
    isRead: (key) => NAVII_READ.has(key),
    open: (row) => ({ ...row.openCells(NAVII_CELLS), absent: new Set() }),
    isForeign: liesElsewhere,
    read: readNaviiRow,
  },
  sheet: {
    id: 'hospital-sheet',
    fits: (table) =>
      SHEET_REQUIRED.slice(0, 2)
        .flat()
        .some((column) => hasColumn(table, column)),
    required: SHEET_REQUIRED,
    nameColumn: SHEET_NAME_COLUMN,
    fields: sheetFields,
    isRead: (key) => SHEET_READ.has(key),
    open: sheetOpen,
    isForeign: () => false,
    read: readSheetRow,
  },
}

function sheetFields(table: Table): (keyof Hospital)[] {
  const present = hospitalSheetColumns.filter(({ header }) => hasColumn(table, header))
  return [...new Set<keyof Hospital>(['key', 'region', 'beds', ...present.map(({ field }) => field)])]
}

/**
 * Codes are never erased. A total of 0 counts as blank, as its types
 * then say how many there are.
 */
function sheetOpen(row: HospitalRow, table: Table): OpenCells {
  const { blank, cut } = row.openCells(OPEN_COLUMNS.filter(({ header }) => hasColumn(table, header)))
  const absent = BED_COLUMNS.filter(({ header }) => !hasColumn(table, header)).map(({ cell }) => cell)
  const isZero = BED_COLUMNS.some(
    ({ header, cell }) => cell === 'beds' && /^[0０.．]+床?$/u.test(row.cell(header)),
  )
  return { blank: isZero ? new Set([...blank, 'beds']) : blank, cut, absent: new Set(absent) }
}

const OPEN_COLUMNS = hospitalSheetColumns.filter(
  ({ cell }) => !['medicalCode', 'naviiCode', 'name'].includes(cell),
)
const BED_COLUMNS = hospitalSheetColumns.filter(({ field }) => field === 'beds' || field === 'bedsByType')
const SHEET_READ = new Set(hospitalSheetColumns.map(({ header }) => headerKey(header)))
const NAVII_READ = new Set(NAVII_REQUIRED.flat().map(headerKey))
