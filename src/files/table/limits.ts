/**
 * How much of a file is read. An officer's list has some hundred rows, the list of a large bureau's largest prefecture
 * some two hundred thousand.
 */
export const SHEET_LIMITS = { rows: 300_000, columns: 256, cells: 10_000_000 } as const

/** For a refusal: 300,000行、256列まで */
export const SHEET_LIMITS_TEXT = `${SHEET_LIMITS.rows.toLocaleString('ja-JP')}行、${SHEET_LIMITS.columns}列まで`
