import { monthText } from '../text/dates.ts'

/** 2024 → 令和6年度. A fiscal year is named after the April it begins in. */
export function fiscalYearText(year: number): string {
  return `${monthText(`${year}-04`).replace(/年.*$/, '')}年度`
}
