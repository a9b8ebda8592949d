import type { FastifyInstance } from 'fastify'
import { type PolicyContents, policyContents } from '../../domain/selection/words/policy.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { type VersionLine, versionLines } from './policy-version-lines.ts'

export interface PolicyVersionModel {
  line: VersionLine
  isCurrent: boolean
  contents: PolicyContents
  /** Null for the default, which has none before it. */
  previous: { label: string; changes: PolicyChange[] } | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/policy/versions': { lines: (VersionLine & { changes: PolicyChange[] })[] }
    'admin/policy/version': PolicyVersionModel
  }
}

/** Every version of the policy, to be read: none of them can be changed. */
export function policyVersionRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  app.get('/policy/versions', forReaders, async (_request, reply) => {
    const all = versionLines(stores)
    const lines = all.map((line, index) => ({ ...line, changes: changesTo(all, index) }))
    return adminPage(reply, 'admin/policy/versions', { lines })
  })

  app.get<{ Params: { version: string } }>(
    '/policy/versions/:version',
    forReaders,
    async (request, reply) => {
      const all = versionLines(stores)
      const index = all.findIndex(({ version }) => String(version) === request.params.version)
      const line = all[index]
      if (!line) return refusal(reply, 'not-found')
      const before = all[index + 1]
      return adminPage(reply, 'admin/policy/version', {
        line,
        isCurrent: index === 0,
        contents: policyContents(line.policy),
        previous: before ? { label: before.label, changes: changesTo(all, index) } : null,
      })
    },
  )
}

/** Against the version before it. */
function changesTo(lines: readonly VersionLine[], index: number): PolicyChange[] {
  const before = lines[index + 1]
  return before ? policyChanges(before.policy, lines[index]!.policy) : []
}
