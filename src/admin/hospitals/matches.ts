import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { WaitingRow } from '../../db/waiting-rows.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { dateTimeText, dayText } from '../../domain/text/dates.ts'
import { FACT_LABELS } from '../../office/master/changed-cells.ts'
import { likenessText, type OpenMatch, openMatches } from '../../office/master/matching.ts'
import { differingHospitals } from '../../office/master/sources.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import { hospitalLink, link, type Part } from '../list/cell.ts'
import { type Column, type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { sourceLabel } from './import-tables.ts'

interface MatchesModel {
  certain: CertainPair[]
  open: Table | null
  openCount: number
  decided: Table | null
  reason: string
  reasonError: string | null
  isStale: boolean
  done: Done | null
}

/** What has been done of which row, what that leaves open, and where it goes on. */
interface Done {
  heading: string
  text: string
  next: { href: string; label: string }[]
}

/** A row and the one hospital that agrees with it in name, municipality and beds. */
interface CertainPair {
  /** The row's number and the hospital's key, as the form sends them. */
  value: string
  name: string
  place: string
  beds: number
  code: string
  source: string
  hospital: { href: string; name: string; code: string }
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/matches': MatchesModel
  }
}

interface Shown {
  reason?: string
  reasonError?: string | null
  isStale?: boolean
  done?: Done | null
}

/** Rows of imports that may be of known hospitals: the certain ones are confirmed together, each listed. */
export function matchRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  app.get('/hospitals/matches', forOfficers, async (request, reply) =>
    matchesPage(reply, stores, { done: doneOf(stores, fieldsOf(request.query)) }),
  )

  app.post(
    '/hospitals/matches',
    { config: { role: 'officer', act: '病院の照合の確認' } },
    async (request, reply) => {
      const fields = fieldsOf(request.body)
      const wanted = new Set(fields.all('pair'))
      const reason = fields.get('reason')
      const parsed = parseReason(reason)
      if (!parsed.ok) return matchesPage(reply.code(422), stores, { reason, reasonError: parsed.message })
      const pairs = openMatches(stores)
        .filter(({ isCertain }) => isCertain)
        .map((match) => ({
          value: pairValue(match),
          id: match.row.id,
          key: match.candidates[0]!.hospital.key,
        }))
      const chosen = pairs.filter(({ value }) => wanted.has(value))
      if (wanted.size === 0)
        return matchesPage(reply.code(422), stores, {
          reason,
          reasonError: '確認する組を1つ以上選択してください。',
        })
      if (chosen.length !== wanted.size)
        return matchesPage(reply.code(409), stores, { reason, isStale: true })
      const act = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
      if (stores.hospitalMatches.joinAll(chosen, act) === 'too-late')
        return matchesPage(reply.code(409), stores, { reason, isStale: true })
      return reply.redirect('/admin/hospitals/matches?done=all', 303)
    },
  )
}

const DONE = new Map([
  ['all', '選択した組を、それぞれ1つの病院にまとめました。'],
  ['joined', '行を登録済みの病院にまとめました。'],
  ['own', '行を新しい病院として追加しました。'],
  ['left-out', '行を取り込まないこととしました。'],
  ['undone', '照合の結果を取り消しました。行は再び照合を待っています。'],
])

function doneOf(stores: Stores, { get }: { get(name: string): string }): Done | null {
  const did = DONE.get(get('done'))
  if (did === undefined) return null
  const row = /^\d{1,9}$/.test(get('row')) ? stores.hospitalMatches.byId(Number(get('row'))) : null
  const differing = differingHospitals(stores).filter(
    ({ hospital, difference }) => difference.choice === null && hospital.key === row?.hospitalCode,
  )
  const left = openMatches(stores).find(({ isCertain }) => !isCertain)
  return {
    heading: row ? `${row.hospital.name}：${did}` : did,
    text:
      differing.length > 0
        ? `${differing.map(({ difference }) => FACT_LABELS[difference.fact]).join('、')}が出典により異なります。どちらを使うかを選択してください。`
        : '',
    next: [
      ...(differing.length > 0
        ? [{ href: '/admin/hospitals/differences', label: '使う内容を選択する' }]
        : []),
      left
        ? {
            href: `/admin/hospitals/matches/${left.row.id}`,
            label: `次の行を確認する（${left.row.hospital.name}）`,
          }
        : { href: '/admin/hospitals', label: '病院台帳を見る' },
    ],
  }
}

/** The usual reason, to be changed by whoever has another. */
const USUAL = '名称、市町村、病床数がすべて一致するため'

/** Every row that waits and every one that was decided. */
export function matchesPage(reply: FastifyReply, stores: Stores, shown: Shown): FastifyReply {
  const all = openMatches(stores)
  const [certain, open] = [
    all.filter(({ isCertain }) => isCertain),
    all.filter(({ isCertain }) => !isCertain),
  ]
  const decided = stores.hospitalMatches.decided()
  return adminPage(reply, 'admin/hospitals/matches', {
    certain: certain.map(pairOf),
    open: open.length === 0 ? null : tableOf(OPEN, open, { label: '1件ずつ確認する行' }),
    openCount: open.length,
    decided: decided.length === 0 ? null : tableOf(decidedColumns(stores), decided, { label: '確認した行' }),
    reason: shown.reason ?? USUAL,
    reasonError: shown.reasonError ?? null,
    isStale: shown.isStale ?? false,
    done: shown.done ?? null,
  })
}

function pairValue({ row, candidates }: OpenMatch): string {
  return `${row.id}:${candidates[0]!.hospital.key}`
}

function pairOf(match: OpenMatch): CertainPair {
  const { row, candidates } = match
  const { key, name, medicalCode, naviiCode } = candidates[0]!.hospital
  return {
    value: pairValue(match),
    name: row.hospital.name,
    place: row.hospital.municipality ?? '－',
    beds: row.hospital.beds,
    code: row.code,
    source: rowSource(row),
    hospital: {
      href: `/admin/hospitals/${encodeURIComponent(key)}`,
      name,
      code: medicalCode ?? naviiCode ?? key,
    },
  }
}

/** 医療情報ネット（令和7年6月1日（日）現在） */
export function rowSource({ source, day }: WaitingRow): string {
  return `${sourceLabel(source)}（${dayText(day)}現在）`
}

const OPEN: readonly Column<OpenMatch>[] = [
  { header: '行の病院名', cell: ({ row }) => row.hospital.name, look: 'name' },
  { header: '市町村', cell: ({ row }) => row.hospital.municipality ?? '－', look: 'keep' },
  { header: '病床数', cell: ({ row }) => String(row.hospital.beds), look: 'number', card: 'below' },
  {
    header: '同じ可能性がある病院',
    cell: ({ candidates }): Part[] =>
      candidates.length === 0
        ? [{ kind: 'text', text: '（現在はありません）' }]
        : candidates.map(({ hospital: { name, municipality, beds }, likeness }) => ({
            kind: 'small',
            text: `${name}（${municipality ?? ''}・${beds}床）：${likenessText(likeness)}`,
          })),
    card: 'below',
  },
  {
    header: '操作',
    cell: ({ row }) =>
      link('並べて確認する', `/admin/hospitals/matches/${row.id}`, {
        says: `並べて確認する：${row.hospital.name}`,
      }),
    look: 'keep',
  },
]

function decidedColumns(stores: Stores): Column<WaitingRow>[] {
  const nameOf = officerNames(stores)
  const names = new Map(stores.hospitals.all().map(({ key, name }) => [key, name]))
  const STATES: Partial<Record<WaitingRow['state'], string>> = {
    joined: '登録済みの病院にまとめた',
    own: '新しい病院として追加',
    'left-out': '取り込まない',
  }
  return [
    { header: '行の病院名', cell: ({ hospital }) => hospital.name, look: 'name' },
    { header: 'コード', cell: ({ code }) => code, look: 'mono keep' },
    { header: '結果', cell: ({ state }) => STATES[state] ?? '' },
    {
      header: '病院',
      cell: ({ hospitalCode }) =>
        hospitalCode === null ? '－' : hospitalLink(hospitalCode, names.get(hospitalCode) ?? hospitalCode),
      card: 'below',
    },
    { header: '理由', cell: ({ reason }) => reason ?? '', look: 'preserve-lines why' },
    {
      header: '確認した人と日時',
      cell: ({ decidedBy, decidedAt }) =>
        decidedBy && decidedAt ? `${nameOf(decidedBy)}\n${dateTimeText(decidedAt)}` : '',
      look: 'by',
    },
    {
      header: '操作',
      cell: (row) =>
        stores.hospitalMatches.mayUndo(row)
          ? link('取り消す', `/admin/hospitals/matches/${row.id}/undo`, {
              says: `${row.hospital.name}の照合の結果を取り消す`,
            })
          : '',
      look: 'keep',
    },
  ]
}
