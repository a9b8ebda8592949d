import { isoMinuteText } from '../text/dates.ts'
import { periodState } from './period.ts'
import type { Settings } from './settings.ts'

/** 調査の試験: before the opening an officer walks the hospital's way, on a copy of the survey. */

/** Stands before whatever a rehearsal names, shows and hands out. */
export const REHEARSAL_MARK = '（試験）'

/** Only before the opening: later there are answers that a trial must not be mistaken for. */
export function mayRehearse(settings: Pick<Settings, 'opensAt' | 'closesAt'>, now: Date): boolean {
  const state = periodState(settings, now)
  return state === 'preparing' || state === 'before'
}

/** The settings as the copy reads them: its prefecture and its survey say what they are, wherever they are printed. */
export function markedSettings(settings: Settings): Settings {
  const { prefecture, title } = settings
  return { ...settings, prefecture: REHEARSAL_MARK + prefecture, title: REHEARSAL_MARK + title }
}

/** @param text a prefecture's name in settings, register or archive, or the name of a file */
export function isOfRehearsal(text: string): boolean {
  return text.startsWith(REHEARSAL_MARK)
}

/** 鹿児島県, in the copy as well. */
export function withoutRehearsalMark(text: string): string {
  return isOfRehearsal(text) ? text.slice(REHEARSAL_MARK.length) : text
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Where the survey has no deadline that is still to come. */
const DAYS_OPEN = 14

/** When the copy takes answers, as settings: from now until the survey's own deadline. */
export function rehearsalPeriod({ closesAt }: Pick<Settings, 'closesAt'>, now: Date) {
  const isAhead = closesAt !== null && closesAt.getTime() - now.getTime() > DAY
  return {
    // Of the minute before, so that it can be closed at once.
    opensAt: isoMinuteText(new Date(now.getTime() - MINUTE)),
    closesAt: isoMinuteText(isAhead ? closesAt : new Date(now.getTime() + DAYS_OPEN * DAY)),
    originalClosesAt: '',
  }
}

/** The deadline that closes the copy now, to the millisecond: what was answered in this very minute takes part in the draw. */
export function closedNow(now: Date): { closesAt: string; originalClosesAt: string } {
  return { closesAt: now.toISOString(), originalClosesAt: '' }
}

/** Why a rehearsal is over. */
export type RehearsalEnd =
  /** An officer ended it. */
  | 'ended'
  /** The survey has opened. */
  | 'opened'
  /** The program was stopped, or broke off. */
  | 'stopped'
