import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ReasonedAct } from '../../db/acts.ts'
import type { Stores } from '../../db/stores.ts'
import { type Hospital, hospitalText } from '../../domain/master/hospital.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { foldName } from '../../domain/text/folding.ts'
import { bandText } from '../../office/master/changed-cells.ts'
import { hospitalLines, NOT_KNOWN } from '../../office/master/lines.ts'
import { likenessText, type OpenMatch, openMatches } from '../../office/master/matching.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { matchesPage, rowSource } from './matches.ts'

interface MatchModel {
  id: number
  name: string
  source: string
  /** The row and the hospitals that it may be of, beside each other. */
  heads: { text: string; href: string | null; note: string; short: string }[]
  lines: { label: string; texts: string[]; isDifferent: boolean }[]
  choices: { id: string; label: string }[]
  choice: string
  otherCode: string
  reason: string
  errors: Record<string, string | null>
  errorSummary: ErrorLine[]
  /** The hospitals that were shown. */
  shown: string
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/match': MatchModel
  }
}

interface Row {
  Params: { row: string }
}

interface Typed {
  choice?: string
  otherCode?: string
  reason?: string
  errors?: Record<string, string | null>
  isStale?: boolean
}

/** One row that waits: joined to a hospital, a hospital of its own, or left out. */
export function oneMatchRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const matchOf = (id: string) => openMatches(stores).find(({ row }) => String(row.id) === id) ?? null
  const rowOf = (id: string) => (/^\d{1,9}$/.test(id) ? stores.hospitalMatches.byId(Number(id)) : null)

  app.get<Row>('/hospitals/matches/:row', forOfficers, async (request, reply) => {
    const match = matchOf(request.params.row)
    return match ? matchPage(reply, stores, match) : refusal(reply, 'not-found')
  })

  app.post<Row>(
    '/hospitals/matches/:row',
    { config: { role: 'officer', act: '病院の照合' } },
    async (request, reply) => {
      const match = matchOf(request.params.row)
      if (!match)
        return rowOf(request.params.row)
          ? matchesPage(reply.code(409), stores, { isStale: true })
          : refusal(reply, 'not-found')
      const fields = fieldsOf(request.body)
      const { typed, key, reason, errors } = decisionIn(stores, match, fields)
      if (shownOf(match) !== fields.get('shown'))
        return matchPage(reply.code(409), stores, match, { ...typed, isStale: true })
      if (reason === null || Object.values(errors).some((error) => error !== null))
        return matchPage(reply.code(422), stores, match, { ...typed, errors })
      const act = { actor: officerOf(request).login, at: now(), reason }
      if (decide(stores, match.row.id, typed.choice, key, act) === 'too-late')
        return matchPage(reply.code(409), stores, match, { ...typed, isStale: true })
      const what = typed.choice === 'own' || typed.choice === 'left-out' ? typed.choice : 'joined'
      return reply.redirect(`/admin/hospitals/matches?done=${what}&row=${match.row.id}`, 303)
    },
  )
}

const CHOICES = new Set(['own', 'left-out', 'other'])
/** What the form says, with what is wrong with it. */
function decisionIn(stores: Stores, match: OpenMatch, fields: { get(name: string): string }) {
  const typed = {
    choice: fields.get('choice'),
    otherCode: fields.get('otherCode').trim(),
    reason: fields.get('reason'),
  }
  const reason = parseReason(typed.reason)
  const other = typed.choice === 'other' ? stores.hospitals.byCode(typed.otherCode) : null
  const isKnown =
    CHOICES.has(typed.choice) || match.candidates.some(({ hospital }) => hospital.key === typed.choice)
  return {
    typed,
    /** Of the hospital that the row is joined to. */
    key: other?.key ?? typed.choice,
    reason: reason.ok ? reason.reason : null,
    errors: {
      choice: isKnown ? null : 'どの病院かを選択してください。',
      otherCode: otherProblem(typed, other, match),
      reason: reason.ok ? null : reason.message,
    },
  }
}

function decide(
  { hospitalMatches }: Stores,
  id: number,
  choice: string,
  key: string,
  act: ReasonedAct,
): 'done' | 'too-late' {
  if (choice === 'own') return hospitalMatches.add(id, act)
  return choice === 'left-out' ? hospitalMatches.leaveOut(id, act) : hospitalMatches.join(id, key, act)
}

function otherProblem(
  { choice, otherCode }: { choice: string; otherCode: string },
  other: Hospital | null,
  { row }: OpenMatch,
): string | null {
  if (choice !== 'other') return null
  if (otherCode === '') return '医療機関コードまたは機関コードを入力してください。'
  if (!other) return `「${otherCode}」の病院は病院台帳にありません。コードを確認してください。`
  const codes = ['medicalCode', 'naviiCode'] as const
  const isAnother = codes.some(
    (code) => other[code] && row.hospital[code] && other[code] !== row.hospital[code],
  )
  return isAnother ? `「${other.name}」には、この行とは別の同じ種類のコードが登録されています。` : null
}

/** What an officer has seen of it. */
function shownOf({ row, candidates }: OpenMatch): string {
  const facts = candidates.map(({ hospital: { key, name, beds, municipality } }) => [
    key,
    name,
    beds,
    municipality,
  ])
  return JSON.stringify([row.id, facts])
}

function matchPage(reply: FastifyReply, stores: Stores, match: OpenMatch, typed: Typed = {}): FastifyReply {
  const { row, candidates } = match
  const { bands } = stores.policies.current().policy
  const all = [row.hospital, ...candidates.map(({ hospital }) => hospital)]
  const tables = all.map((hospital) => [
    { label: '市町村', text: hospital.municipality ?? NOT_KNOWN },
    ...hospitalLines(hospital, bands),
  ])
  const errors = typed.errors ?? {}
  return adminPage(reply, 'admin/hospitals/match', {
    id: row.id,
    name: row.hospital.name,
    source: rowSource(row),
    heads: [
      { text: row.hospital.name, href: null, note: '取り込んだ行', short: '取り込んだ行' },
      ...candidates.map(({ hospital, likeness }) => ({
        text: hospital.name,
        href: `/admin/hospitals/${encodeURIComponent(hospital.key)}`,
        note: `${hospital.isClosed ? '閉院　' : ''}${likenessText(likeness)}`,
        short: hospitalText(hospital),
      })),
    ],
    lines: tables[0]!.map(({ label }, index) => {
      const texts = tables.map((lines) => lines[index]!.text)
      return { label, texts, isDifferent: isDifferent(texts) }
    }),
    choices: [
      ...candidates.map(({ hospital: { key, name, municipality, beds } }) => ({
        id: key,
        label: `${name}（${municipality ?? '－'}・${beds}床・${bandText(bands, beds)}）と同じ病院`,
      })),
      { id: 'other', label: 'ほかの登録済みの病院と同じ病院（コードを入力）' },
      { id: 'own', label: '別の病院：新しい病院として追加する' },
      { id: 'left-out', label: 'この調査の病院ではない：取り込まない（以後の取込みでも取り込みません）' },
    ],
    choice: typed.choice ?? '',
    otherCode: typed.otherCode ?? '',
    reason: typed.reason ?? '',
    errors,
    errorSummary: errorLines(errors),
    shown: shownOf(match),
    isStale: typed.isStale ?? false,
  })
}

/** What only one of them knows differs from nothing. */
function isDifferent(texts: readonly string[]): boolean {
  const known = texts.filter((text) => text !== NOT_KNOWN).map(foldName)
  return new Set(known).size > 1
}
