import { fiscalYearText, isoDayText, monthText } from '../text/dates.ts'
import type { Settings } from './settings.ts'

/** Where no fiscal year is set yet: the one after the first edition of this program. */
const FIRST = 2027

/** The year that is set; else the one after the deadline, in which what is planned may be. */
export function editionYear({
  fiscalYear,
  closesAt,
}: Pick<Settings, 'fiscalYear' | 'closesAt'>): number | null {
  return fiscalYear ?? (closesAt && Number(isoDayText(closesAt).slice(0, 4)) + 1)
}

/**
 * Examples of dates that fit the edition: a survey in the winter before its fiscal year. Nobody copies a date of years ago.
 * @returns by what they are called in messages
 */
export function editionExamples(fiscalYear: number | null): Record<string, string> {
  const year = fiscalYear ?? FIRST
  const [winter, spring] = [`${year - 1}-12`, `${year}-04`]
  return {
    日: `${monthText(winter)}18日`,
    '年-月-日': `${winter}-18`,
    月: monthText(spring),
    '年-月': spring,
    年度: fiscalYearText(year),
    西暦: String(year),
  }
}
