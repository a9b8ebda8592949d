import { tokyoClock } from '../text/dates.ts'
import { normalForm } from '../text/normal-form.ts'
import { readDay, readFiscalYear, readInstant, readMonth } from '../text/typed-dates.ts'
import { reminderDaysOf } from './reminder.ts'
import { numberOf, onOneLine, SETTING_VALUES, titlesOf } from './setting-values.ts'
import type { SettingKey } from './settings.ts'

/** Whether two texts set the same: 令和8年12月18日17時 and 2026-12-18T17:00. */
export function isSameSetting(key: SettingKey, one: string, other: string): boolean {
  const [first, second] = [one, other].map((each) => SETTING_VALUES[key].safeParse(each))
  return first!.success && second!.success && JSON.stringify(first!.data) === JSON.stringify(second!.data)
}

/**
 * How a typed text is stored: dates as ISO 8601, which other programs read too, a whole day as a day; numbers in plain
 * digits. ISO 8601 stays as it came, and so does what cannot be read.
 */
export function storedSetting(key: SettingKey, value: string): string {
  const text = onOneLine(value).trim()
  if (text === '') return ''
  switch (key) {
    case 'opensAt':
      return storedInstant(text, 'start')
    case 'closesAt':
    case 'originalClosesAt':
      return storedInstant(text, 'end')
    case 'issuedOn':
    case 'gmisSurveyOn':
    case 'retentionUntil': {
      const found = readDay(text)
      return found.ok ? found.day : text
    }
    case 'contractorContactFrom':
      return readMonth(text) ?? text
    case 'fiscalYear':
      return String(readFiscalYear(text) ?? text)
    case 'nationalSeats':
    case 'prefectureSeats':
    case 'retentionYears':
      return String(numberOf(text) ?? text)
    case 'prefectureCode':
      return normalForm(text, 'NFKC')
    case 'reminderDays':
      return reminderDaysOf(text)?.join(',') ?? text
    case 'approvalTitles':
      return titlesOf(text).join(',')
    default:
      return text
  }
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/

function storedInstant(text: string, side: 'start' | 'end'): string {
  const found = readInstant(text, side)
  if (!found.ok || ISO.test(text)) return text
  const wall = (instant: Date) => tokyoClock(instant).toISOString()
  const written = wall(found.instant)
  const isMidnight = written.endsWith('T00:00:00.000Z')
  // A day ends where the next one begins, and is called by its own name.
  if (isMidnight) return wall(new Date(found.instant.getTime() - (side === 'end' ? 1 : 0))).slice(0, 10)
  return written.replace(/(?::00)?\.000Z$|Z$/, '')
}
