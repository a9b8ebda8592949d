import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { withQuestionsOf } from '../../domain/selection/edition-questions.ts'
import { RULE_LABELS } from '../../domain/selection/words/policy.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { mayManage, officerOf } from '../session/officer.ts'
import { comparedWithCurrent, comparisonWords, type PolicyComparison } from './comparison.ts'
import type { FieldErrors } from './field-errors.ts'
import {
  type FormRules,
  type PolicyForm,
  policyForm,
  readForm,
  sentForm,
  storedForm,
  type TypedForm,
} from './form.ts'
import { labeller, policyQuestions } from './further-questions.ts'
import { type ShownPolicy, shownPolicy } from './shown-policy.ts'
import { type VersionLine, versionLines } from './versions.ts'

interface PolicyModel {
  current: VersionLine
  contents: ShownPolicy
  /** What a version of earlier has for the consent, which may earn nothing: to be set to 0 before anything is confirmed. */
  consentPoints: number
  form: PolicyForm
  /** What the typed policy would select, compared with the current one. */
  tried: PolicyComparison | null
  /** Somebody saved in between: what that changed. */
  stale: PolicyChange[] | null
  /** The old version that the form was filled from. */
  restored: string | null
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/policy/policy': PolicyModel
  }
}

/** What the page shows beyond the current policy. */
interface PolicyPageExtras {
  form?: TypedForm
  errors?: FieldErrors
  tried?: PolicyComparison
  isStale?: boolean
  restored?: string
  done?: string | undefined
}

function policyPage(
  reply: FastifyReply,
  { stores }: AdminOptions,
  { form, errors = {}, tried, isStale = false, restored, done }: PolicyPageExtras = {},
): FastifyReply {
  const lines = versionLines(stores)
  const current = lines[0]!
  const rules = policyRulesOf(reply, stores)
  const typed = form ?? storedForm(current, rules)
  const changed = lines.find(({ version }) => version === typed.version)
  return adminPage(reply, 'admin/policy/policy', {
    current,
    contents: withoutSeed(shownPolicy(current.policy), stores),
    consentPoints: current.policy.criteria.gmisConsent ?? 0,
    // Once the page has said what changed, saving again is a decision and goes through.
    form: policyForm(isStale ? { ...typed, version: current.version } : typed, rules, errors),
    tried: tried ?? null,
    stale: isStale ? (changed ? policyChanges(changed.policy, current.policy) : []) : null,
    restored: restored ?? null,
    done: done ?? null,
  })
}

/** A seed that is drawn stands with its draw, not with the criteria. */
function withoutSeed(policy: ShownPolicy, { lots }: Pick<Stores, 'lots'>): ShownPolicy {
  if (lots.method() === 'text') return policy
  return { ...policy, rules: policy.rules.filter(({ label }) => label !== RULE_LABELS.lotterySeed) }
}

/** What every save of the policy that counts needs. */
export function policyRulesOf({ request }: FastifyReply, stores: Stores): FormRules {
  const { prefectureSeats, place } = request.site
  const further = policyQuestions(stores, stores.policies.current().policy)
  const typesSeed = stores.lots.method() === 'text'
  return { prefectureSeats, place, binding: true, setsPrefecture: mayManage(request), typesSeed, ...further }
}

/** 選定基準: one form over the whole policy. Every save is a version; trying out saves nothing. */
export function policyFormRoutes(app: FastifyInstance, options: AdminOptions, readDraft: () => Draft): void {
  const { stores, now } = options

  app.get('/policy', forReaders, async (request, reply) => {
    const query = fieldsOf(request.query)
    const from = query.get('from')
    if (from === '') return policyPage(reply, options, { done: DONE.get(query.get('done')) })
    const old = versionLines(stores).find(({ version }) => String(version) === from)
    if (!old) return refusal(reply, 'not-found')
    const { version, policy: today } = stores.policies.current()
    const policy = withQuestionsOf(old.policy, today, stores.questions.all())
    const form = storedForm({ version, policy }, policyRulesOf(reply, stores), `${old.label}の内容に戻す。`)
    return policyPage(reply, options, { form, restored: old.label })
  })

  app.post('/policy', { config: { role: 'officer', act: '選定基準の変更' } }, async (request, reply) => {
    const rules = policyRulesOf(reply, stores)
    const form = sentForm(request.body, rules)
    const current = stores.policies.current()
    if (form.version !== current.version) return policyPage(reply.code(409), options, { form, isStale: true })
    const { ready, errors } = readForm(form, rules)
    if (!ready) return policyPage(reply.code(422), options, { form, errors })
    const labelled = labeller(stores)
    const policy =
      policyChanges(labelled(current.policy), labelled(ready.policy)).length === 0 ? null : ready.policy
    const by = { actor: officerOf(request).login, at: now(), note: ready.note }
    const prefecture = ready.prefecture === null ? null : String(ready.prefecture)
    const shown = fieldsOf(request.body).get('shown.prefectureSeats')
    const outcome = stores.seats.save({ version: form.version, policy, prefecture, shown }, by)
    if (outcome === 'policy-changed') return policyPage(reply.code(409), options, { form, isStale: true })
    if (outcome === 'prefecture-changed')
      return policyPage(reply.code(409), options, {
        form,
        errors: { prefectureSeats: prefectureChanged(request.site.prefectureSeats) },
      })
    return reply.redirect(`/admin/policy?done=${outcome}`, 303)
  })

  // Where somebody opens the address of a try-out again.
  app.get('/policy/preview', forReaders, async (_request, reply) => reply.redirect('/admin/policy', 303))

  app.post(
    '/policy/preview',
    { config: { role: 'officer', act: '選定基準の試算' } },
    async (request, reply) => {
      const rules = policyRulesOf(reply, stores)
      const form = sentForm(request.body, rules)
      const { ready, errors } = readForm({ ...form, note: '' }, { ...rules, binding: false })
      if (!ready) return policyPage(reply.code(422), options, { form, errors })
      const tried = comparedWithCurrent(
        readDraft(),
        { label: '入力中の内容', policy: ready.policy },
        comparisonWords(stores, request.site.prefectureCode),
      )
      return policyPage(reply, options, { form, tried })
    },
  )
}

function prefectureChanged(now: number): string {
  return `この画面を開いた後に、ほかの人が支援予定病院数を${now}病院に変更しました。保存していません。このまま保存すると、その変更を打ち消します。`
}

const DONE = new Map([
  ['prefecture', '支援予定病院数を保存しました。選定基準の版は変わりません。'],
  ['saved', '選定基準を新しい版として保存しました。選定案は、この版で計算しています。'],
  ['adopted', '検討案を選定基準に採用しました。選定案は、この版で計算しています。'],
  ['unchanged', '選定基準に変更はありませんでした。新しい版は作っていません。'],
])
