import type { FastifyInstance, FastifyReply } from 'fastify'
import { parseReason } from '../../domain/record/reason.ts'
import { type Texts, typedChanges } from '../../domain/record/shown.ts'
import { DEFAULT_POLICY, type Policy } from '../../domain/selection/policy.ts'
import { policySettings, policyWith } from '../../domain/selection/policy-settings.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import { SETTING_DEFAULTS } from '../../domain/survey/settings.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import {
  type SettingConflict,
  type SettingField,
  SURVEY_KEYS,
  seatFields,
  seatKeys,
  surveyConflicts,
  surveyFields,
} from './settings-form.ts'
import { errorsOf, shownName, shownTexts, typedTexts } from './typed-settings.ts'

interface SettingsModel {
  errorSummary: ErrorLine[]
  survey: SettingField[]
  /** What the fields of the survey show, carried along: only what is typed over it is changed. */
  shown: { name: string; value: string }[]
  /** What somebody else changed in between, of what was changed here as well. */
  conflicts: SettingConflict[]
  seats: SettingField[]
  seatTotal: number
  policyVersion: number
  note: { value: string; error: string | null }
  done: string | null
  /** Somebody else saved the policy in between: what that changed. */
  stale: PolicyChange[] | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/settings/settings': SettingsModel
  }
}

interface Typed {
  survey?: Texts
  seats?: Texts
  errors?: Texts
  note?: SettingsModel['note']
  done?: string | null
  conflicts?: Texts
  stale?: PolicyChange[]
}

/** The survey's settings, and the seats of the policy, which makes a new version of it with every change. */
export function settingsRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function show(reply: FastifyReply, typed: Typed = {}): FastifyReply {
    const { survey = {}, seats = {}, errors = {}, note = { value: '', error: null }, conflicts = {} } = typed
    const { version, policy } = stores.policies.current()
    const now = { ...SETTING_DEFAULTS, ...stores.settings.stored() }
    const fields = {
      survey: surveyFields({ ...now, ...survey, ...conflicts }, errors),
      seats: seatFields(policy, seats, errors),
    }
    return adminPage(reply, 'admin/settings/settings', {
      ...fields,
      errorSummary: [
        ...namedErrors([...fields.survey, ...fields.seats]),
        ...errorLines({ note: note.error }),
      ],
      shown: SURVEY_KEYS.map((key) => ({ name: shownName(key), value: now[key] })),
      conflicts: surveyConflicts(conflicts, now),
      seatTotal: policy.bands.reduce((sum, band) => sum + band.seats, 0),
      policyVersion: version,
      note,
      done: typed.done ?? null,
      stale: typed.stale ?? null,
    })
  }

  app.get('/settings', forReaders, async (request, reply) =>
    show(reply, { done: DONE.get(fieldsOf(request.query).get('done')) ?? null }),
  )

  app.post('/settings', { config: { role: 'admin', act: '調査の設定の変更' } }, async (request, reply) => {
    const typed = typedTexts(request.body, SURVEY_KEYS)
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = stores.settings.changeShown(typed, shownTexts(request.body, SURVEY_KEYS), by)
    if (outcome.kind === 'changed-meanwhile')
      return show(reply.code(409), { survey: outcome.changes, conflicts: outcome.conflicts })
    if (outcome.kind === 'refused')
      return show(reply.code(422), { survey: outcome.changes, errors: errorsOf(outcome.refusals) })
    return reply.redirect('/admin/settings?done=survey', 303)
  })

  const seatsAct = { config: { role: 'admin', act: '枠の設定の変更' } } as const
  app.post('/settings/seats', seatsAct, async (request, reply) => {
    const { version, policy } = stores.policies.current()
    const fields = fieldsOf(request.body)
    const value = fields.get('note')
    const shown = Number(fields.get('policyVersion'))
    if (shown !== version) {
      const kept = keptSeats(request.body, policyOf(shown) ?? policy, policy)
      return show(reply.code(409), { ...kept, note: { value, error: null } })
    }
    const seats = typedTexts(request.body, seatKeys(policy))
    const changed = policyWith(policy, seats)
    const reason = parseReason(value)
    if (!changed.ok || !reason.ok) {
      const errors = changed.ok ? {} : errorsOf(changed.refusals)
      const note = { value, error: reason.ok ? null : `変更の${reason.message}` }
      return show(reply.code(422), { seats, errors, note })
    }
    const known = policySettings(policy)
    if (Object.entries(seats).every(([key, text]) => known[key] === text))
      return reply.redirect('/admin/settings?done=unchanged', 303)
    const by = { actor: officerOf(request).login, at: now(), note: reason.reason }
    const { kind } = stores.policies.saveAfter(version, changed.policy, by)
    if (kind === 'changed-meanwhile')
      return show(reply.code(409), { seats, note: { value, error: null }, stale: [] })
    return reply.redirect('/admin/settings?done=seats', 303)
  })

  function policyOf(version: number): Policy | null {
    return version === 0 ? DEFAULT_POLICY : (stores.policies.byVersion(version)?.policy ?? null)
  }
}

/** What was typed over the seats of an older version; all else is as it is now, with what changed in between. */
function keptSeats(body: unknown, shown: Policy, now: Policy): Pick<Typed, 'seats' | 'stale'> {
  const typed = typedTexts(body, seatKeys(shown))
  const { changes, conflicts } = typedChanges(typed, policySettings(shown), policySettings(now))
  return { seats: { ...changes, ...conflicts }, stale: policyChanges(shown, now) }
}

function namedErrors(fields: readonly SettingField[]): ErrorLine[] {
  return fields.flatMap(({ name, label, error }) =>
    error ? [{ anchor: name, message: `${label}：${error}` }] : [],
  )
}

const DONE = new Map([
  ['survey', '調査の設定を保存しました。'],
  ['seats', '枠の設定を、選定基準の新しい版として保存しました。'],
  ['unchanged', '枠の設定に変更はありませんでした。'],
])
