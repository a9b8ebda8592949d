/** How much of a file is read. An officer's list has some hundred rows; beyond this, reading would hold up everybody. */
export const SHEET_LIMITS = { rows: 20_000, columns: 256 } as const

/** For a refusal: 20,000行、256列まで */
export const SHEET_LIMITS_TEXT = `${SHEET_LIMITS.rows.toLocaleString('ja-JP')}行、${SHEET_LIMITS.columns}列まで`
