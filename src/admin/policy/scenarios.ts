import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Scenario } from '../../db/scenarios.ts'
import type { Stores } from '../../db/stores.ts'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import { type PolicyChange, policyChanges } from '../../domain/selection/words/policy-changes.ts'
import { lengthProblem, normaliseText, within } from '../../domain/text/text.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { type Paging, pageOf } from '../list/paging.ts'
import { listQuery, pageNumber } from '../list/query.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { labeller } from './further-questions.ts'
import { savedOf, type VersionLine } from './versions.ts'

interface ScenariosModel {
  lines: ScenarioLine[]
  archived: { rows: ScenarioLine[]; paging: Paging }
  currentLabel: string
  /** What was typed for a new one. */
  name: { value: string; error: string | null }
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/policy/scenarios': ScenariosModel
  }
}

/** The page is that of the archived ones: those that are worked on are few. */
const SCENARIOS = listQuery('/admin/scenarios', { page: pageNumber })
const PAGE_SIZE = 50

/** 検討案: policies that officers try beside the current one. They decide nothing until one is adopted. */
export function scenariosRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function show(reply: FastifyReply, extra: Partial<Pick<ScenariosModel, 'name' | 'done'>> = {}) {
    const all = stores.policies.scenarios.all()
    const linesOf = (scenarios: Scenario[]) => scenarios.map((each) => scenarioLine(stores, each))
    const archived = pageOf(
      all.filter(({ archivedAt }) => archivedAt !== null),
      {
        page: SCENARIOS.parse(reply.request.query).page,
        size: PAGE_SIZE,
        hrefOf: (page) => SCENARIOS.address({ page }),
      },
    )
    return adminPage(reply, 'admin/policy/scenarios', {
      lines: linesOf(all.filter(({ archivedAt }) => archivedAt === null)),
      archived: { ...archived, rows: linesOf(archived.rows) },
      currentLabel: versionLabel(stores.policies.current().version),
      name: { value: '', error: null },
      done: null,
      ...extra,
    })
  }

  app.get('/scenarios', forReaders, async (request, reply) =>
    show(reply, { done: DONE.get(fieldsOf(request.query).get('done')) ?? null }),
  )

  app.post('/scenarios', { config: { role: 'officer', act: '検討案の作成' } }, async (request, reply) => {
    const value = fieldsOf(request.body).get('name')
    const parsed = parseScenarioName(value)
    if (!parsed.ok) return show(reply.code(422), { name: { value, error: parsed.message } })
    const { version, policy } = stores.policies.current()
    const { name } = parsed
    const by = { actor: officerOf(request).login, at: now(), note: '' }
    const outcome = stores.policies.scenarios.create({ name, basedOn: version, policy }, by)
    if (outcome.kind === 'name-taken')
      return show(reply.code(422), { name: { value, error: nameTaken(name) } })
    return reply.redirect(`/admin/scenarios/${outcome.id}?done=created`, 303)
  })
}

const DONE = new Map([
  ['archived', '検討案を保管しました。下の「保管した検討案」から、検討中に戻すことができます。'],
  ['unchanged', '検討案の内容は現在の選定基準と同じです。新しい版は作っていません。'],
])

/** One 検討案 beside the current policy. */
export interface ScenarioLine {
  id: number
  name: string
  href: string
  /** Compares it with the current policy; null for an archived one. */
  compareHref: string | null
  /** 第2版から作成 */
  origin: string
  saved: NonNullable<VersionLine['saved']>
  /** What it does otherwise than the current policy. */
  changes: PolicyChange[]
}

export function scenarioLine(stores: Stores, scenario: Scenario): ScenarioLine {
  const { id, name, basedOn, latest, archivedAt } = scenario
  const labelled = labeller(stores)
  return {
    id,
    name,
    href: `/admin/scenarios/${id}`,
    compareHref: archivedAt ? null : compareHref(CURRENT, name),
    origin: `選定基準の${versionLabel(basedOn)}から作成`,
    saved: savedOf(latest, officerNames(stores)),
    changes: policyChanges(labelled(stores.policies.current().policy), labelled(latest.policy)),
  }
}

/** What the current policy is called in the address of a comparison; no scenario can have this name. */
export const CURRENT = 'current'

function compareHref(a: string, b: string): string {
  return `/admin/scenarios/compare?${new URLSearchParams({ a, b })}`
}

/** The scenario of an address, archived or not. */
export function findScenario({ stores }: AdminOptions, id: string): Scenario | null {
  return /^[1-9]\d{0,8}$/.test(id) ? stores.policies.scenarios.byId(Number(id)) : null
}

/** The same, where it can still be changed. */
export function findInUse(options: AdminOptions, id: string): Scenario | null {
  const scenario = findScenario(options, id)
  return scenario?.archivedAt === null ? scenario : null
}

const LONGEST = 40
const normalise = within(LONGEST, normaliseText)

/** The name of a 検討案 as it is stored. */
export function parseScenarioName(
  typed: string,
): { ok: true; name: string } | { ok: false; message: string } {
  const name = normalise(typed)
  if (name === '') return { ok: false, message: '検討案の名前を入力してください。' }
  const tooLong = lengthProblem('検討案の名前', name, LONGEST)
  if (tooLong) return { ok: false, message: tooLong }
  if (name === CURRENT)
    return { ok: false, message: `「${name}」という名前は使えません。別の名前を入力してください。` }
  return { ok: true, name }
}

export function nameTaken(name: string): string {
  return `「${name}」という検討案が既にあります。別の名前を入力してください。`
}
