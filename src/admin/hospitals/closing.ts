import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { overrideLabel } from '../../domain/record/override.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { type Choice, labelOf } from '../../domain/text/choice.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { type ConfirmedResult, confirmedSeat } from '../../office/rounds/confirmed.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Site } from '../../web/site.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { hospitalStamp } from './typed-hospital.ts'

/** Why a hospital takes no part (any more): the first words of the reason on its record. */
const CAUSES: readonly Choice<string>[] = [
  { id: 'closed', label: '閉院・廃止' },
  { id: 'clinic', label: '診療所への変更など、病院でない' },
  { id: 'outside', label: '調査の対象でない' },
]

interface ClosingModel {
  key: string
  name: string
  act: 'close' | 'reopen'
  causes: readonly Choice<string>[]
  cause: string
  causeError: string | null
  reason: string
  reasonError: string | null
  /** What it means for what hangs on the hospital, a sentence each. */
  consequences: string[]
  confirmed: ConfirmedResult | null
  declineHref: string | null
  shown: string
  errorSummary: ErrorLine[]
  isStale: boolean
  /** It is done already. */
  isOver: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/closing': ClosingModel
  }
}

interface Coded {
  Params: { code: string }
}

const ACTS = [
  { path: 'close', act: '調査から外す（閉院など）' },
  { path: 'reopen', act: '調査に戻す（閉院の取消し）' },
] as const

/** 閉院 and the way back: a hospital leaves the public list, the counts and the ranking, and nothing of it is deleted. */
export function hospitalClosingRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: ReadDraft,
): void {
  for (const { path, act } of ACTS) {
    const address = `/hospitals/:code/${path}`
    const isOpenTo = (hospital: Hospital) => hospital.isClosed === (path === 'reopen')

    app.get<Coded>(address, forOfficers, async (request, reply) => {
      const hospital = stores.hospitals.byCode(request.params.code)
      if (!hospital) return refusal(reply, 'not-found')
      if (!isOpenTo(hospital)) return reply.redirect(pathOf(hospital), 303)
      return closingPage(reply, { stores, readDraft, hospital, path })
    })

    app.post<Coded>(address, { config: { role: 'officer', act } }, async (request, reply) => {
      const hospital = stores.hospitals.byCode(request.params.code)
      if (!hospital) return refusal(reply, 'not-found')
      const asked = { stores, readDraft, hospital, path }
      if (!isOpenTo(hospital)) return closingPage(reply.code(409), { ...asked, isOver: true })
      if (!stillShows(request.body, 'shown', shownOf(stores, hospital)))
        return closingPage(reply.code(409), { ...asked, isStale: true })
      const typed = parsed(request, path)
      if (!typed.ok) return closingPage(reply.code(422), { ...asked, ...typed })
      const by = { actor: officerOf(request).login, at: now(), reason: typed.reason }
      const outcome = stores.hospitalActs[path](hospital.key, by)
      return reply.redirect(`${pathOf(hospital)}?done=${outcome}`, 303)
    })
  }
}

type Parsed =
  | { ok: true; reason: string }
  | { ok: false; causeError: string | null; reasonError: string | null }

function parsed({ body }: FastifyRequest, path: ClosingModel['act']): Parsed {
  const fields = fieldsOf(body)
  const cause = CAUSES.find(({ id }) => id === fields.get('cause'))
  const causeError = path === 'close' && !cause ? '事由を選択してください。' : null
  const reason = parseReason(fields.get('reason'))
  if (causeError || !reason.ok)
    return { ok: false, causeError, reasonError: reason.ok ? null : reason.message }
  return {
    ok: true,
    reason: cause && path === 'close' ? `${labelOf(CAUSES, cause.id)}：${reason.reason}` : reason.reason,
  }
}

interface Asked {
  stores: Stores
  readDraft: ReadDraft
  hospital: Hospital
  path: ClosingModel['act']
  causeError?: string | null
  reasonError?: string | null
  isStale?: boolean
  isOver?: boolean
}

function closingPage(reply: FastifyReply, asked: Asked): FastifyReply {
  const {
    stores,
    hospital,
    path,
    causeError = null,
    reasonError = null,
    isStale = false,
    isOver = false,
  } = asked
  const { site, body } = reply.request
  const fields = fieldsOf(body)
  const confirmed = confirmedSeat(stores, hospital.key)
  const round = confirmed?.href.split('/').at(-1)
  return adminPage(reply, 'admin/hospitals/closing', {
    key: hospital.key,
    name: hospital.name,
    act: path,
    causes: CAUSES,
    cause: fields.get('cause'),
    causeError,
    reason: fields.get('reason'),
    reasonError,
    consequences: path === 'close' ? consequencesOf(asked, site) : [],
    confirmed,
    declineHref: confirmed && `/admin/rounds/${round}/decline/${encodeURIComponent(hospital.key)}`,
    shown: shownOf(stores, hospital),
    errorSummary: errorLines({ cause: causeError, reason: reasonError }),
    isStale,
    isOver,
  })
}

/** What the page tells of the hospital: somebody may have answered, or decided, since. */
function shownOf(stores: Stores, hospital: Hospital): string {
  const answers = stores.submissions.ofHospital(hospital.key).map(({ number, state }) => `${number}.${state}`)
  return [hospitalStamp(hospital), ...answers].join(' ')
}

function consequencesOf({ stores, readDraft, hospital }: Asked, { place }: Site): string[] {
  const { reading, overrides, moves } = readDraft()
  const current = stores.submissions.currentOf(hospital.key)
  const override = overrides.find(({ hospitalCode }) => hospitalCode === hospital.key)
  const move = moves.find(({ hospitalCode }) => hospitalCode === hospital.key)
  const row = reading.rows.find(({ code }) => code === hospital.key)
  return [
    '公開の回答フォームの病院の一覧から除きます。',
    '未回答の病院や選定対象の数に数えません。選定案にも入りません。',
    ...(row && row.decision !== 'ineligible'
      ? [
          `現在の選定案での判定は「${reading.texts.decision(row)}」です。調査から外すと、選定案を計算し直します。`,
        ]
      : []),
    ...(current ? [`回答 ${current.number} は残りますが、選定に使いません。`] : []),
    ...(override
      ? [`${overrideLabel(override.kind, place)}は、調査から外している間は効力がありません。`]
      : []),
    ...(move ? ['順位の変更は、調査から外している間は効力がありません。'] : []),
    ...(stores.lateLinks.all().some((link) => link.hospitalCode === hospital.key && isOpenLink(link))
      ? ['発行済みの期限後受付のリンクからは、回答できなくなります。']
      : []),
    '登録内容、回答、記録は削除されません。後で調査に戻すこともできます。',
  ]
}

function isOpenLink({ usedAt, revokedAt }: { usedAt: Date | null; revokedAt: Date | null }): boolean {
  return usedAt === null && revokedAt === null
}

function pathOf({ key }: Hospital): string {
  return `/admin/hospitals/${encodeURIComponent(key)}`
}
