import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ConfirmedEdition, NewFile } from '../../db/edition-rows.ts'
import type { Report } from '../../db/reports.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { NUMBERING_IDS, type Numbering } from '../../domain/record/report.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { sha256Hex } from '../../domain/text/canonical.ts'
import { dayText } from '../../domain/text/dates.ts'
import type { Preflight } from '../../office/draft/preflight.ts'
import {
  coverage,
  type ReportDraft,
  type ReportFileName,
  reportDraft,
  reportFileNames,
} from '../../office/reports/report.ts'
import { roundAcceptance } from '../../office/rounds/acceptance.ts'
import { unconfirmedText } from '../../office/rounds/acceptance-mail.ts'
import { fieldsOf } from '../../web/fields.ts'
import { type Numbered, newestOf, shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { exampleDay } from '../typed-day.ts'
import {
  type FactsErrors,
  type FactsForm,
  factsForm,
  lastConfirmed,
  parseFacts,
  type TypedFacts,
  typedFacts,
} from './facts.ts'
import { FILE_PATHS, fileLinks, nameOfFile, sendReportFile } from './files.ts'

interface NewReportModel extends FactsForm {
  number: number
  label: string
  coverage: string
  /** Which rounds, and how they are numbered: links to the same page. One only where there is one round. */
  scopes: { href: string; label: string; isCurrent: boolean }[]
  preflight: Preflight
  /** Selected hospitals that have not accepted, round by round. */
  unconfirmed: { href: string; label: string; text: string }[]
  openProposal: string | null
  files: ReturnType<typeof fileLinks>
  /** What it takes the place of; empty where nothing of it was reported. */
  replaced: { href: string; label: string }[]
  reason: string
  reasonError: string
  errorSummary: ErrorLine[]
  follows: number
  /** Of what is shown: nothing else is recorded. */
  shown: string
  scope: string
  numbering: Numbering
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/reports/new': NewReportModel
  }
}

interface NewState {
  typed: TypedFacts
  errors: FactsErrors
  reason: string
  reasonError: string
  isStale: boolean
}

const toRecord = { config: { role: 'officer', act: '厚生労働省への報告の記録' } } as const

/** The report of a round, or of all rounds in one: looked through, taken along, and recorded once it is sent. */
export function newReportRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options
  const address = '/rounds/:number/report'

  function draftOf(round: ConfirmedEdition, source: unknown): { draft: ReportDraft; scope: string } {
    const fields = fieldsOf(source)
    const newest = stores.editions.newest()
    const scope = fields.get('with') === 'all' && newest.length > 1 ? 'all' : ''
    const numbering = NUMBERING_IDS.find((id) => id === fields.get('numbering')) ?? 'continuous'
    return { draft: reportDraft(stores, scope === 'all' ? newest : [round], numbering), scope }
  }

  async function show(
    reply: FastifyReply,
    round: ConfirmedEdition,
    { draft, scope }: ReturnType<typeof draftOf>,
    state: Partial<NewState> = {},
  ): Promise<FastifyReply> {
    const blank = { reportedOn: exampleDay(now()), documentNumber: '', way: '', note: '' }
    const { typed = blank, errors = {}, reason = '', reasonError = '', isStale = false } = state
    const files = await draft.files()
    const query = scope === 'all' ? `with=all&numbering=${draft.numbering}` : ''
    const open = stores.editions.open()
    return adminPage(reply, 'admin/reports/new', {
      ...factsForm(typed, errors, now()),
      number: round.number,
      label: roundLabel(round.number),
      coverage: coverage(
        draft.editions.map(({ number }) => number),
        draft.numbering,
      ),
      scopes: scopesOf(round, stores.editions.newest(), { scope, numbering: draft.numbering }),
      preflight: draft.preflight,
      unconfirmed: draft.editions.flatMap((edition) => {
        const text = unconfirmedText(roundAcceptance(stores, edition, now()))
        const href = `/admin/rounds/${edition.number}/acceptance`
        return text === null ? [] : [{ href, label: roundLabel(edition.number), text }]
      }),
      openProposal: open && `/admin/proposals/${open.proposal}`,
      files: fileLinks(`/admin/rounds/${round.number}/report`, hashed(files), query),
      replaced: draft.replaced.map(({ id, facts }) => ({
        href: `/admin/reports/${id}`,
        label: `報告第${id}号（${dayText(facts.reportedOn)}、${facts.documentNumber}）`,
      })),
      reason,
      reasonError,
      errorSummary: errorLines({ ...errors, reason: reasonError }),
      follows: stores.reports.all().at(-1)?.id ?? 0,
      shown: shownText(draft),
      scope,
      numbering: draft.numbering,
      isStale,
    })
  }

  app.get<Numbered>(address, toRecord, async (request, reply) => {
    const round = newestOf(stores, request.params.number)
    return round ? show(reply, round, draftOf(round, request.query)) : refusal(reply, 'not-found')
  })

  app.post<Numbered>(address, toRecord, async (request, reply) => {
    const round = newestOf(stores, request.params.number)
    if (!round) return refusal(reply, 'not-found')
    const asked = draftOf(round, request.body)
    const { draft } = asked
    const fields = fieldsOf(request.body)
    const typed = typedFacts(request.body)
    const reason = fields.get('reason')
    const follows = shownId(fields.get('follows'))
    const last = stores.reports.all().at(-1)
    if (
      last &&
      last.id > follows &&
      isSame(last, draft, { typed, actor: officerOf(request).login, now: now() })
    )
      return reply.redirect(`/admin/reports/${last.id}`, 303)
    if (fields.get('shown') !== shownText(draft) || follows !== (last?.id ?? 0))
      return show(reply.code(409), round, asked, { typed, reason, isStale: true })
    const parsed = parseSent({ typed, reason }, draft, now())
    if (!parsed.ok) return show(reply.code(422), round, asked, { typed, reason, ...parsed.problems })
    const report = {
      ...parsed.sent,
      numbering: draft.numbering,
      editions: draft.editions.map(({ id }) => id),
      files: await draft.files(),
      follows,
    }
    const outcome = stores.reports.record(report, { actor: officerOf(request).login, at: now() })
    if (outcome.kind === 'overtaken')
      return show(reply.code(409), round, draftOf(round, request.body), { typed, reason, isStale: true })
    return reply.redirect(`/admin/reports/${outcome.id}?done=recorded`, 303)
  })

  for (const path of FILE_PATHS)
    app.get<Numbered>(`${address}/${path}`, { config: { role: 'officer' } }, async (request, reply) => {
      const round = newestOf(stores, request.params.number)
      if (!round) return refusal(reply, 'not-found')
      const { draft } = draftOf(round, request.query)
      const name = nameOfFile(path, request.query)
      const file = (await draft.files()).find((each) => each.name === name)
      if (!file) return refusal(reply, 'not-found')
      const rounds = draft.editions.map(({ number }) => number)
      return sendReportFile(reply, options, {
        name,
        bytes: Buffer.from(file.bytes),
        saved: reportFileNames(draft.label, `report-rounds-${rounds.join('-')}`, path),
        subject: `round ${round.number}`,
        action: 'report-draft.downloaded',
        detail: { rounds: rounds.join(','), numbering: draft.numbering },
      })
    })
}

interface Sending {
  typed: TypedFacts
  actor: string
  now: Date
}

/** A second click: the last report is what this one would be, by the same officer. */
function isSame(last: Report, draft: ReportDraft, { typed, actor, now }: Sending): boolean {
  const facts = parseFacts(typed, { now, since: new Date(0) })
  const editions = draft.editions.map(({ id }) => id)
  return (
    facts.ok &&
    last.recordedBy === actor &&
    last.numbering === draft.numbering &&
    last.reportedOn === facts.facts.reportedOn &&
    last.documentNumber === facts.facts.documentNumber &&
    last.editions.map(({ id }) => id).join() === editions.join()
  )
}

/** How it was sent; and why once more, where it takes the place of another one. */
function parseSent({ typed, reason }: Pick<NewState, 'typed' | 'reason'>, draft: ReportDraft, now: Date) {
  const since = lastConfirmed(draft.editions)
  const facts = parseFacts(typed, { now, since })
  const why = draft.replaced.length > 0 ? parseReason(reason) : ({ ok: true, reason: null } as const)
  if (facts.ok && why.ok) return { ok: true as const, sent: { ...facts.facts, reason: why.reason } }
  const errors = facts.ok ? {} : facts.errors
  return { ok: false as const, problems: { errors, reasonError: why.ok ? '' : `差替えの${why.message}` } }
}

function hashed(files: readonly NewFile[]): { name: ReportFileName; sha256: string }[] {
  return files.map(({ name, bytes }) => ({ name: name as ReportFileName, sha256: sha256Hex(bytes) }))
}

/** Which editions, and how they are numbered. */
function shownText({ editions, numbering }: ReportDraft): string {
  return `${editions.map(({ number, edition }) => `${number}-${edition}`).join(',')}:${numbering}`
}

function scopesOf(
  { number }: ConfirmedEdition,
  newest: readonly ConfirmedEdition[],
  current: { scope: string; numbering: Numbering },
): NewReportModel['scopes'] {
  const base = `/admin/rounds/${number}/report`
  const isAll = current.scope === 'all'
  if (newest.length < 2) return []
  return [
    { href: base, label: `${roundLabel(number)}だけを報告する`, isCurrent: !isAll },
    {
      href: `${base}?with=all&numbering=continuous`,
      label: 'すべての回をまとめて報告する（支援順位は通し番号）',
      isCurrent: isAll && current.numbering === 'continuous',
    },
    {
      href: `${base}?with=all&numbering=per-round`,
      label: 'すべての回をまとめて報告する（支援順位は回ごとに1から）',
      isCurrent: isAll && current.numbering === 'per-round',
    },
  ]
}
