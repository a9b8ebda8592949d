import { grouped } from '../../domain/text/grouped.ts'

/**
 * How much of a file is read. An officer's list has some hundred rows, the list of a large bureau's largest prefecture
 * some two hundred thousand.
 */
export const SHEET_LIMITS = {
  rows: 300_000,
  columns: 256,
  cells: 10_000_000,
  /** Characters of one cell: Excel has no more. */
  cell: 32_767,
  /** Bytes of one row of a CSV: what is longer is a quote that is closed too late. */
  row: 524_288,
  /** Texts that the sheets of a workbook share. */
  texts: 2_000_000,
} as const

/** For a refusal: 300,000行、256列、1つのセルは32,767文字まで */
export const SHEET_LIMITS_TEXT = `${grouped(SHEET_LIMITS.rows)}行、${SHEET_LIMITS.columns}列、1つのセルは${grouped(SHEET_LIMITS.cell)}文字まで`
