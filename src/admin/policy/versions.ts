import type { FastifyInstance } from 'fastify'
import type { PolicyVersion } from '../../db/policy-versions.ts'
import type { Stores } from '../../db/stores.ts'
import { roundLabel } from '../../domain/record/round.ts'
import type { SnapshotPolicy } from '../../domain/selection/policy.ts'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { forReaders } from '../access.ts'
import { type Paging, pageOf } from '../list/paging.ts'
import { listQuery, pageNumber } from '../list/query.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { labeller } from './further-questions.ts'
import { type ShownPolicy, shownPolicy } from './shown-policy.ts'

/** One version of the policy with who saved it, when and why. */
export interface VersionLine {
  version: number
  label: string
  href: string
  policy: SnapshotPolicy
  /** Null for the default that comes with the program. */
  saved: { at: string; author: string; note: string } | null
  /** The confirmed rounds that were decided by it. */
  usedBy: { label: string; href: string }[]
}

/** Newest first; the default is always the last. */
export function versionLines(stores: Stores): VersionLine[] {
  const names = officerNames(stores)
  const labelled = labeller(stores)
  const stored = stores.policies
    .versions()
    .map((each) => lineOf(stores, each.version, labelled(each.policy), savedOf(each, names)))
  return [...stored, lineOf(stores, 0, labelled(stores.policies.shipped().policy), null)]
}

/** Who saved something, when and why. */
export function savedOf(
  { createdAt, author, note }: Pick<PolicyVersion, 'createdAt' | 'author' | 'note'>,
  nameOf: (login: string) => string,
): NonNullable<VersionLine['saved']> {
  return { at: dateTimeText(createdAt), author: nameOf(author), note }
}

function lineOf(
  { editions }: Stores,
  version: number,
  policy: SnapshotPolicy,
  saved: VersionLine['saved'],
): VersionLine {
  const numbers = editions
    .confirmed()
    .flatMap((round) => (round.policyVersion === version ? [round.number] : []))
  return {
    version,
    label: versionLabel(version),
    href: `/admin/policy/versions/${version}`,
    policy,
    saved,
    usedBy: [...new Set(numbers)].map((number) => ({
      label: `${roundLabel(number)}の確定に使用`,
      href: `/admin/rounds/${number}`,
    })),
  }
}

interface PolicyVersionModel {
  line: VersionLine
  isCurrent: boolean
  contents: ShownPolicy
  /** Null for the default, which has none before it. */
  previous: { label: string; changes: PolicyChange[] } | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/policy/versions': {
      rows: (VersionLine & { isCurrent: boolean; changes: PolicyChange[] })[]
      paging: Paging
    }
    'admin/policy/version': PolicyVersionModel
  }
}

const VERSIONS = listQuery('/admin/policy/versions', { page: pageNumber })
const PAGE_SIZE = 50

/** Every version of the policy, to be read: none of them can be changed. */
export function policyVersionRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  app.get('/policy/versions', forReaders, async (request, reply) => {
    const all = versionLines(stores)
    const lines = all.map((line, index) => ({
      ...line,
      isCurrent: index === 0,
      changes: changesTo(all, index),
    }))
    const { page } = VERSIONS.parse(request.query)
    const hrefOf = (page: number) => VERSIONS.address({ page })
    return adminPage(reply, 'admin/policy/versions', pageOf(lines, { page, size: PAGE_SIZE, hrefOf }))
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
        contents: shownPolicy(line.policy),
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
