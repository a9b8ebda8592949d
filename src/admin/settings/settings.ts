import type { FastifyInstance, FastifyReply } from 'fastify'
import { parseReason } from '../../domain/record/reason.ts'
import { policySettings, policyWith } from '../../domain/selection/policy-settings.ts'
import { SETTING_DEFAULTS } from '../../domain/survey/settings.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import {
  type SettingField,
  SURVEY_KEYS,
  seatFields,
  seatKeys,
  surveyFields,
  type Texts,
} from './settings-form.ts'
import { errorsOf, typedTexts } from './typed-settings.ts'

export interface SettingsModel {
  survey: SettingField[]
  seats: SettingField[]
  seatTotal: number
  policyVersion: number
  note: { value: string; error: string | null }
  done: string | null
  /** Somebody else saved the policy in between. */
  isStale: boolean
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
  isStale?: boolean
}

/** The survey's settings, and the seats of the policy, which makes a new version of it with every change. */
export function settingsRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function show(reply: FastifyReply, typed: Typed = {}): FastifyReply {
    const { survey = {}, seats = {}, errors = {}, note = { value: '', error: null } } = typed
    const { version, policy } = stores.policies.current()
    return adminPage(reply, 'admin/settings/settings', {
      survey: surveyFields({ ...surveyTexts(), ...survey }, errors),
      seats: seatFields(policy, seats, errors),
      seatTotal: policy.bands.reduce((sum, band) => sum + band.seats, 0),
      policyVersion: version,
      note,
      done: typed.done ?? null,
      isStale: typed.isStale ?? false,
    })
  }

  function surveyTexts(): Texts {
    return { ...SETTING_DEFAULTS, ...stores.settings.stored() }
  }

  app.get('/settings', forReaders, async (request, reply) =>
    show(reply, { done: DONE.get(fieldsOf(request.query).get('done')) ?? null }),
  )

  app.post('/settings', { config: { role: 'admin', act: '調査の設定の変更' } }, async (request, reply) => {
    const survey = typedTexts(request.body, SURVEY_KEYS)
    const before = surveyTexts()
    const changes = Object.fromEntries(Object.entries(survey).filter(([key, value]) => before[key] !== value))
    const refusals = stores.settings.change(changes, { actor: officerOf(request).login, at: now() })
    if (refusals.length > 0) return show(reply.code(422), { survey, errors: errorsOf(refusals) })
    return reply.redirect('/admin/settings?done=survey', 303)
  })

  const seatsAct = { config: { role: 'admin', act: '枠の設定の変更' } } as const
  app.post('/settings/seats', seatsAct, async (request, reply) => {
    const { policy } = stores.policies.current()
    const fields = fieldsOf(request.body)
    const seats = typedTexts(request.body, seatKeys(policy))
    const value = fields.get('note')
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
    const { kind } = stores.policies.saveAfter(Number(fields.get('policyVersion')), changed.policy, by)
    if (kind === 'changed-meanwhile')
      return show(reply.code(409), { seats, note: { value, error: null }, isStale: true })
    return reply.redirect('/admin/settings?done=seats', 303)
  })
}

const DONE = new Map([
  ['survey', '調査の設定を保存しました。'],
  ['seats', '枠の設定を、選定基準の新しい版として保存しました。'],
  ['unchanged', '枠の設定に変更はありませんでした。'],
])
