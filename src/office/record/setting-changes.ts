import type { Stores } from '../../db/stores.ts'
import { settingWords } from '../../domain/survey/setting-words.ts'
import { SETTING_DEFAULTS, SETTING_LABELS, type SettingKey } from '../../domain/survey/settings.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../officer-names.ts'
import { type Detail, detailOf } from './sentence.ts'

/** One change of a setting, as an officer reads it. */
export interface SettingChange {
  at: string
  actor: string
  setting: string
  before: string
  after: string
}

const MOST = 20

/** The last changes of the settings, the newest first. */
export function lastSettingChanges(stores: Stores): SettingChange[] {
  const nameOf = officerNames(stores)
  const filter = { from: null, to: null, actor: null, nouns: { are: ['settings'] }, words: null }
  return stores.audit.search
    .page(filter, { limit: MOST, offset: 0 })
    .map(({ at, actor, subject, ...entry }) => {
      const change = { subject, detail: detailOf(entry.detail) }
      return {
        at: dateTimeText(at),
        actor: nameOf(actor),
        setting: settingLabel(subject),
        before: settingValue(change, 'before'),
        after: settingValue(change, 'after'),
      }
    })
}

export function settingLabel(key: string): string {
  return isSetting(key) ? SETTING_LABELS[key] : 'ある項目'
}

/** What was not stored before was the default, which may be another prefecture's: it is called so. */
export function settingValue(
  { subject, detail }: { subject: string; detail: Detail },
  side: 'before' | 'after',
): string {
  if (!isSetting(subject)) return '別の内容'
  if (subject === 'ministryColumns') return '別の並び'
  const stored = detail.text(side)
  const isDefault = side === 'before' && !detail.has(side) && SETTING_DEFAULTS[subject] !== ''
  return isDefault ? '（初期設定）' : settingWords(subject, stored)
}

function isSetting(key: string): key is SettingKey {
  return Object.hasOwn(SETTING_DEFAULTS, key)
}
