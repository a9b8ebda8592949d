import type { FastifyReply } from 'fastify'
import { type PolicyContents, policyContents } from '../../domain/selection/words/policy.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import type { PolicyComparison } from './policy-comparison.ts'
import { type FormRules, storedForm, type TypedForm } from './policy-form.ts'
import { type PolicyForm, policyForm } from './policy-form-model.ts'
import type { FieldErrors } from './policy-reading.ts'
import { type VersionLine, versionLines } from './policy-version-lines.ts'

export interface PolicyModel {
  current: VersionLine
  contents: PolicyContents
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
export interface PolicyPageExtras {
  form?: TypedForm
  errors?: FieldErrors
  tried?: PolicyComparison
  isStale?: boolean
  restored?: string
  done?: string | undefined
}

export function policyPage(
  reply: FastifyReply,
  { stores }: AdminOptions,
  { form, errors = {}, tried, isStale = false, restored, done }: PolicyPageExtras = {},
): FastifyReply {
  const lines = versionLines(stores)
  const current = lines[0]!
  const typed = form ?? storedForm(current)
  const changed = lines.find(({ version }) => version === typed.version)
  return adminPage(reply, 'admin/policy/policy', {
    current,
    contents: policyContents(current.policy),
    // Once the page has said what changed, saving again is a decision and goes through.
    form: policyForm(isStale ? { ...typed, version: current.version } : typed, policyRulesOf(reply), errors),
    tried: tried ?? null,
    stale: isStale ? (changed ? policyChanges(changed.policy, current.policy) : []) : null,
    restored: restored ?? null,
    done: done ?? null,
  })
}

export function policyRulesOf({ request }: FastifyReply): FormRules {
  return { prefectureSeats: request.site.prefectureSeats, binding: true }
}
