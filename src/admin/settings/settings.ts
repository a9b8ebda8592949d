import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Texts } from '../../domain/record/shown.ts'
import { SETTING_DEFAULTS } from '../../domain/survey/settings.ts'
import { fingerprintText, signingFingerprint } from '../../domain/text/ed25519.ts'
import { lastBackupText } from '../../office/record/backups.ts'
import { lastSettingChanges, type SettingChange } from '../../office/record/setting-changes.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { type Column, type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import {
  asStored,
  type SettingConflict,
  type SettingGroup,
  SURVEY_KEYS,
  settingConflicts,
  settingGroups,
} from './settings-form.ts'
import { errorsOf, shownName, shownTexts, typedTexts } from './typed-settings.ts'

interface SettingsModel {
  isUnprotected: boolean
  errorSummary: ErrorLine[]
  groups: SettingGroup[]
  /** What the fields show, carried along as it is stored: only what is typed over it is changed. */
  shown: { name: string; value: string }[]
  /** What somebody else changed in between, of what was changed here as well. */
  conflicts: SettingConflict[]
  /** The seats that the policy shares out, beside the prefecture's number. */
  seats: { total: number; policyVersion: number }
  /** The last changes, with before and after. */
  changes: Table
  /** When the newest backup was made; null where none is known of. */
  backup: string | null
  isDone: boolean
  /** By which the signing key is told from others; null where nothing is signed. */
  fingerprint: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/settings/settings': SettingsModel
  }
}

const CHANGE_COLUMNS: readonly Column<SettingChange>[] = [
  { header: '日時', value: ({ at }) => at, card: 'below' },
  { header: '変更した人', value: ({ actor }) => actor },
  { header: '項目', value: ({ setting }) => setting, look: 'name' },
  { header: '変更前', value: ({ before }) => before },
  { header: '変更後', value: ({ after }) => after },
]

interface PageState {
  typed?: Texts
  errors?: Texts
  conflicts?: Texts
  isDone?: boolean
}

/** What the prefecture sets for its survey. Its seats and how they are shared out belong to the policy. */
export function settingsRoutes(app: FastifyInstance, { stores, now, isUnprotected }: AdminOptions): void {
  function show(reply: FastifyReply, state: PageState = {}): FastifyReply {
    const { typed = {}, errors = {}, conflicts = {}, isDone = false } = state
    const { version, policy } = stores.policies.current()
    const now = { ...SETTING_DEFAULTS, ...stores.settings.stored() }
    const groups = settingGroups(now, { ...typed, ...conflicts }, errors)
    return adminPage(reply, 'admin/settings/settings', {
      isUnprotected,
      groups,
      errorSummary: errorLines(
        Object.fromEntries(groups.flatMap(({ fields }) => fields.map(({ name, error }) => [name, error]))),
      ),
      shown: SURVEY_KEYS.map((key) => ({ name: shownName(key), value: now[key] })),
      conflicts: settingConflicts(conflicts, now),
      seats: { total: policy.bands.reduce((sum, { seats }) => sum + seats, 0), policyVersion: version },
      changes: tableOf(CHANGE_COLUMNS, lastSettingChanges(stores), { label: '設定の変更の履歴' }),
      backup: lastBackupText(stores),
      isDone,
      fingerprint: stores.signer && fingerprintText(signingFingerprint(stores.signer.publicKey)),
    })
  }

  app.get('/settings', forReaders, async (request, reply) =>
    show(reply, { isDone: fieldsOf(request.query).get('done') === 'survey' }),
  )

  app.post(
    '/settings',
    { config: { role: 'admin', act: '調査の設定の変更', proven: true } },
    async (request, reply) => {
      const shown = shownTexts(request.body, SURVEY_KEYS)
      const sent = typedTexts(request.body, SURVEY_KEYS)
      const sentOf = (changes: Texts) =>
        Object.fromEntries(Object.keys(changes).map((key) => [key, sent[key]!]))
      const by = { actor: officerOf(request).login, at: now() }
      const outcome = stores.settings.changeShown(asStored(sent, shown), shown, by)
      if (outcome.kind === 'changed-meanwhile')
        return show(reply.code(409), { typed: sentOf(outcome.changes), conflicts: sentOf(outcome.conflicts) })
      if (outcome.kind === 'refused')
        return show(reply.code(422), { typed: sentOf(outcome.changes), errors: errorsOf(outcome.refusals) })
      return reply.redirect('/admin/settings?done=survey', 303)
    },
  )
}
