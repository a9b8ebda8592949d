import { type Choice, labelOf } from '../text/choice.ts'
import { dayText, fiscalYearText, monthText } from '../text/dates.ts'
import { grouped } from '../text/grouped.ts'
import { readDay, readFiscalYear, readInstant, readMonth } from '../text/typed-dates.ts'
import { deadlineText, openingText } from './period.ts'
import {
  ADMIN_SECOND_FACTOR_CHOICES,
  NOTICE_CONFIRMED_CHOICES,
  RESULTS_PUBLISHED_CHOICES,
  SECOND_APPROVAL_CHOICES,
  type SettingKey,
  UNMATCHED_ANSWERS_CHOICES,
} from './settings.ts'

/** Of the settings that are one of a few. */
export const SETTING_CHOICES: Partial<Record<SettingKey, readonly Choice<string>[]>> = {
  noticeConfirmed: NOTICE_CONFIRMED_CHOICES,
  resultsPublished: RESULTS_PUBLISHED_CHOICES,
  unmatchedAnswersWait: UNMATCHED_ANSWERS_CHOICES,
  secondApproval: SECOND_APPROVAL_CHOICES,
  adminSecondFactor: ADMIN_SECOND_FACTOR_CHOICES,
}

/** A stored text as an officer reads and types it: 2026-12-18 → 令和8年12月18日（金）24時. What cannot be read stays as it is. */
export function settingText(key: SettingKey, stored: string): string {
  switch (key) {
    case 'opensAt':
      return instantText(stored, 'start')
    case 'closesAt':
    case 'originalClosesAt':
      return instantText(stored, 'end')
    case 'issuedOn':
    case 'gmisSurveyOn':
    case 'retentionUntil': {
      const read = readDay(stored)
      return read.ok ? dayText(read.day) : stored
    }
    case 'contractorContactFrom': {
      const month = readMonth(stored)
      return month === null ? stored : monthText(month)
    }
    case 'fiscalYear': {
      const year = readFiscalYear(stored)
      return year === null ? stored : fiscalYearText(year)
    }
    case 'reminderDays':
    case 'approvalTitles':
      return stored.replaceAll(',', '、')
    default:
      return stored
  }
}

const COUNTED: ReadonlySet<SettingKey> = new Set(['nationalSeats', 'prefectureSeats'])

/** The same to be read only: choices by their label, numbers with what they count, a blank said. */
export function settingWords(key: SettingKey, stored: string): string {
  const choices = SETTING_CHOICES[key]
  if (choices?.some(({ id }) => id === stored)) return labelOf(choices, stored)
  if (key === 'reminderDays' && stored !== '') return `回答期限の${stored.replaceAll(',', '日前、')}日前`
  const counted = COUNTED.has(key) && /^\d{1,6}$/.test(stored)
  if (counted) return `${grouped(Number(stored))}病院`
  return settingText(key, stored) || '（未設定）'
}

/** One with seconds would lose them. */
function instantText(stored: string, side: 'start' | 'end'): string {
  const read = readInstant(stored, side)
  if (!read.ok || read.instant.getTime() % 60_000 !== 0) return stored
  return side === 'end' ? deadlineText({ closesAt: read.instant }) : openingText({ opensAt: read.instant })
}
