import type { AuditValue } from '../domain/record/audit.ts'
import type { Settings, SettingsRefusal } from '../domain/survey/settings.ts'
import { parseSettings } from '../domain/survey/settings-schema.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately } from './open.ts'
import { settings } from './schema.ts'

export type SettingsStore = ReturnType<typeof settingsStore>

export function settingsStore(db: Db) {
  function stored(): Record<string, string> {
    const rows = db.select().from(settings).all()
    return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
  }

  return {
    read(): Settings {
      const parsed = parseSettings(stored())
      if (parsed.ok) return parsed.settings
      const keys = parsed.refusals.map(({ key }) => key).join(', ')
      throw new Error(`the stored settings are not usable: ${keys}`)
    },

    /** The texts that differ from the defaults. */
    stored,

    /** All of the changes or none: one bad value refuses the lot. */
    change(changes: Record<string, string>, by: Act): SettingsRefusal[] {
      return immediately(db, (tx) => {
        const before = stored()
        const parsed = parseSettings({ ...before, ...changes })
        if (!parsed.ok) return parsed.refusals
        for (const [key, value] of Object.entries(changes)) {
          if (before[key] === value) continue
          tx.insert(settings)
            .values({ key, value })
            .onConflictDoUpdate({ target: settings.key, set: { value } })
            .run()
          const detail: Record<string, AuditValue> = { before: before[key] ?? null, after: value }
          appendAudit(tx, { ...by, action: 'settings.changed', subject: key, detail })
        }
        return []
      })
    },
  }
}
