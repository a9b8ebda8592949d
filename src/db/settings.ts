import type { AuditValue } from '../domain/record/audit.ts'
import { type Texts, type TypedChanges, typedChanges } from '../domain/record/shown.ts'
import { SETTING_DEFAULTS, type Settings, type SettingsRefusal } from '../domain/survey/settings.ts'
import { isSettingKey, parseSettings } from '../domain/survey/settings-schema.ts'
import { storedSetting } from '../domain/survey/stored-setting.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { shownStamp } from './change-stamp.ts'
import { deadlineRefusal } from './lot-rows.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { settings } from './schema.ts'

export function settingsStore(db: Db) {
  function stored(): Record<string, string> {
    const rows = db.select().from(settings).all()
    return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
  }

  const stampNow = shownStamp(db)
  let known: { stamp: string; settings: Settings } | null = null

  function read(): Settings {
    const parsed = parseSettings(stored())
    if (parsed.ok) return Object.freeze(parsed.settings)
    const keys = parsed.refusals.map(({ key }) => key).join(', ')
    throw new Error(`the stored settings are not usable: ${keys}`)
  }

  return {
    /** One and the same for all who ask, as long as nothing changes. */
    read(): Settings {
      const stamp = stampNow()
      if (known?.stamp !== stamp) known = { stamp, settings: read() }
      return known.settings
    },

    /** The texts that differ from the defaults. */
    stored,

    /** All of the changes or none: one bad value refuses the lot. */
    change: (changes: Texts, by: Act): SettingsRefusal[] =>
      immediately(db, (tx) => change(tx, stored(), changes, by)),

    /**
     * Of a form what was changed on it, unless others have changed the same since it was shown.
     * @param shown the texts as they stood in the form
     */
    changeShown: (typed: Texts, shown: Texts, by: Act & { reason?: string }): SettingsOutcome =>
      immediately(db, (tx) => {
        const before = stored()
        const { changes, conflicts } = typedChanges(typed, shown, { ...SETTING_DEFAULTS, ...before })
        if (Object.keys(conflicts).length > 0) return { kind: 'changed-meanwhile', changes, conflicts }
        const refusals = change(tx, before, changes, by)
        return refusals.length > 0 ? { kind: 'refused', refusals, changes } : { kind: 'changed' }
      }),
  }
}

/** With what was typed over what was shown, where it is not stored. */
type SettingsOutcome =
  | { kind: 'changed' }
  | { kind: 'refused'; refusals: SettingsRefusal[]; changes: Texts }
  | ({ kind: 'changed-meanwhile' } & TypedChanges)

function change(
  tx: Transaction,
  before: Texts,
  changes: Texts,
  { actor, at, reason }: Act & { reason?: string },
): SettingsRefusal[] {
  const parsed = parseSettings({ ...before, ...changes })
  if (!parsed.ok) return parsed.refusals
  const refusal =
    'closesAt' in changes && deadlineRefusal(tx, { ...deadlines(before, parsed.settings), now: at })
  if (refusal) return [{ key: 'closesAt', message: refusal }]
  for (const [key, typed] of Object.entries(changes)) {
    const value = isSettingKey(key) ? storedSetting(key, typed) : typed
    if (before[key] === value) continue
    const set = { value }
    tx.insert(settings).values({ key, value }).onConflictDoUpdate({ target: settings.key, set }).run()
    const detail: Record<string, AuditValue> = {
      before: before[key] ?? null,
      after: value,
      ...(reason !== undefined && { reason }),
    }
    appendAudit(tx, { actor, at, action: 'settings.changed', subject: key, detail })
  }
  return []
}

function deadlines(before: Texts, after: Settings): { before: Date | null; after: Date | null } {
  const stood = parseSettings(before)
  return { before: stood.ok ? stood.settings.closesAt : null, after: after.closesAt }
}
