import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { agree, factValue } from '../../domain/master/facts.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { COUNTING_FACTS, type CountingFact, SOURCE_IDS, type Source } from '../../domain/master/source.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { bandText, FACT_LABELS, factText } from '../../office/master/changed-cells.ts'
import { countingStatement, sourceText, statementsOf } from '../../office/master/sources.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

interface SourcesModel {
  code: string
  name: string
  fact: CountingFact
  label: string
  /** What counts today. */
  counts: string
  choices: { id: string; label: string; note: string }[]
  choice: string
  reason: string
  errors: Record<string, string | null>
  errorSummary: ErrorLine[]
  /** What the page shows. */
  shown: string
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/sources': SourcesModel
  }
}

interface Coded {
  Params: { code: string }
}

interface Typed {
  choice?: string
  reason?: string
  errors?: Record<string, string | null>
  isStale?: boolean
}

/** Which source counts for a hospital's beds, region or functions: an officer's choice, with a reason. */
export function sourceRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  app.get<Coded>('/hospitals/:code/sources', forOfficers, async (request, reply) => {
    const hospital = stores.hospitals.byCode(request.params.code)
    const fact = factOf(fieldsOf(request.query).get('fact'))
    return hospital ? sourcesPage(reply, stores, hospital, fact) : refusal(reply, 'not-found')
  })

  app.post<Coded>(
    '/hospitals/:code/sources',
    { config: { role: 'officer', act: '出典の選択' } },
    async (request, reply) => {
      const hospital = stores.hospitals.byCode(request.params.code)
      if (!hospital) return refusal(reply, 'not-found')
      const fields = fieldsOf(request.body)
      const fact = factOf(fields.get('fact'))
      const typed = { choice: fields.get('choice'), reason: fields.get('reason') }
      if (fields.get('shown') !== shownOf(stores, hospital, fact))
        return sourcesPage(reply.code(409), stores, hospital, fact, { ...typed, isStale: true })
      const source = SOURCE_IDS.find((id) => id === typed.choice) ?? null
      const reason = parseReason(typed.reason)
      const errors = {
        choice: source || typed.choice === 'newest' ? null : '使う出典を選択してください。',
        reason: reason.ok ? null : reason.message,
      }
      if (!reason.ok || errors.choice !== null)
        return sourcesPage(reply.code(422), stores, hospital, fact, { ...typed, errors })
      const act = { actor: officerOf(request).login, at: now(), reason: reason.reason }
      if (stores.hospitals.settleFact({ key: hospital.key, fact, source }, act) === 'unknown')
        return sourcesPage(reply.code(409), stores, hospital, fact, { ...typed, isStale: true })
      return reply.redirect(`/admin/hospitals/${encodeURIComponent(hospital.key)}?done=source#sources`, 303)
    },
  )
}

function factOf(text: string): CountingFact {
  return COUNTING_FACTS.find((fact) => fact === text) ?? 'beds'
}

function shownOf(stores: Stores, hospital: Hospital, fact: CountingFact): string {
  const known = stores.hospitals.factsOf(hospital.key)
  const stated = statementsOf(known, fact).map(({ source, day, value }) => [source, day, value])
  const choice = known.choices.find((each) => each.fact === fact)
  return JSON.stringify([factValue(hospital, fact), stated, choice?.at ?? null])
}

function sourcesPage(
  reply: FastifyReply,
  stores: Stores,
  hospital: Hospital,
  fact: CountingFact,
  typed: Typed = {},
): FastifyReply {
  const known = stores.hospitals.factsOf(hospital.key)
  const { bands } = stores.policies.current().policy
  const counts = factValue(hospital, fact)
  const own = countingStatement(known, fact, hospital)
  const note = (source: Source, value: typeof counts) => {
    const isNow = source === own?.source ? '現在使っている内容です。' : ''
    const band = fact === 'beds' ? `病床規模区分は${bandText(bands, value.beds ?? 0)}になります。` : ''
    return `${isNow}${agree(fact, value, counts) ? '' : band}`
  }
  const errors = typed.errors ?? {}
  return adminPage(reply, 'admin/hospitals/sources', {
    code: hospital.key,
    name: hospital.name,
    fact,
    label: FACT_LABELS[fact],
    counts: factText(fact, counts),
    choices: statementsOf(known, fact).map((each) => ({
      id: each.source,
      label: `${sourceText(each)}：${factText(fact, each.value)}`,
      note: note(each.source, each.value),
    })),
    choice: typed.choice ?? known.choices.find((each) => each.fact === fact)?.source ?? '',
    reason: typed.reason ?? '',
    errors,
    errorSummary: errorLines(errors),
    shown: shownOf(stores, hospital, fact),
    isStale: typed.isStale ?? false,
  })
}
