import type { FastifyInstance, FastifyReply } from 'fastify'
import { parseReason } from '../../domain/record/reason.ts'
import { ORDER_COLUMNS, type OrderProblem } from '../../files/reports/order-sheet.ts'
import { sheetOf, toXlsx, XLSX_TYPE } from '../../files/xlsx/write.ts'
import type { Draft, ReadDraft } from '../../office/draft/draft.ts'
import { type OrderDifference, orderDifference } from '../../office/draft/order-difference.ts'
import { movesTowards, planProblems, rankingCodes } from '../../office/draft/order-plan.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers, forReaders } from '../access.ts'
import { sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { uploadedFile } from '../upload.ts'
import { type OrderModel, orderModel } from './order-page.ts'
import { orderLines, readUploadedOrder } from './order-upload.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/selection/order': OrderModel
    'admin/selection/order-difference': OrderDifferenceModel
  }
}

export interface OrderDifferenceModel extends OrderDifference {
  /** The order asked for, as it is sent back. */
  codes: string
  /** Back to the ranking by points. */
  isReset: boolean
  /** As it is today. */
  isUnchanged: boolean
  reason: string
  reasonError: string | null
  isStale: boolean
}

/** The order by hand as a whole: what is in effect, and another one out of a spreadsheet. */
export function selectionOrderRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: ReadDraft,
): void {
  const showOrder = (
    reply: FastifyReply,
    draft: Draft,
    extras: { problems?: OrderProblem[]; done?: string },
  ) => adminPage(reply, 'admin/selection/order', orderModel(stores, draft, extras))

  app.get('/selection/order', forReaders, async (request, reply) => {
    const done = DONE.get(fieldsOf(request.query).get('done'))
    return showOrder(reply, readDraft(), done === undefined ? {} : { done })
  })

  app.get('/selection/order.xlsx', forReaders, async (request, reply) => {
    const draft = readDraft()
    const lines = orderLines(draft)
    const bytes = await toXlsx([sheetOf('順位表（内部資料）', ORDER_COLUMNS, lines)])
    const file = { name: '順位表（内部資料）.xlsx', fallback: 'order.xlsx', type: XLSX_TYPE, bytes }
    return sendFile(reply, file, () => {
      const { login: actor } = officerOf(request)
      const detail = { file: 'order.xlsx', rows: lines.length, snapshotSha256: draft.result.snapshotSha256 }
      stores.audit.append({ at: now(), actor, action: 'selection.exported', subject: 'draft', detail })
    })
  })

  app.post(
    '/selection/order/upload',
    { config: { role: 'officer', upload: true } },
    async (request, reply) => {
      const draft = readDraft()
      const read = await readUploadedOrder(uploadedFile(request.body, 'file'), draft)
      if (!read.ok) return showOrder(reply.code(422), draft, { problems: read.problems })
      return differencePage(reply, draft, read.codes)
    },
  )

  app.get('/selection/order/reset', forOfficers, async (_request, reply) => {
    const draft = readDraft()
    return differencePage(reply, draft, rankingCodes(draft).natural)
  })

  app.post('/selection/order', { config: { role: 'officer', act: '順位の変更' } }, async (request, reply) => {
    const draft = readDraft()
    const fields = fieldsOf(request.body)
    const codes = fields.get('codes').split(/\s+/).filter(Boolean)
    const problems = planProblems(draft, codes, new Map())
    if (problems.length > 0) return showOrder(reply.code(409), draft, { problems: [CHANGED, ...problems] })
    if (isRanking(codes, draft)) return reply.redirect('/admin/selection/order?done=unchanged', 303)
    const typed = fields.get('reason')
    const parsed = parseReason(typed)
    if (!parsed.ok)
      return differencePage(reply.code(422), draft, codes, { reason: typed, reasonError: parsed.message })
    const moves = movesTowards(draft, codes, parsed.reason)
    const isStale = orderDifference(draft, moves).consequences.outcome !== fields.get('outcome')
    if (isStale) return differencePage(reply.code(409), draft, codes, { reason: typed, isStale })
    const decision = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
    stores.rankMoves.replaceAll(draft.snapshot.round, moves, decision)
    return reply.redirect('/admin/selection/order?done=applied', 303)
  })
}

const DONE = new Map([
  ['applied', '順位の変更を登録しました。選定案に反映しています。'],
  ['unchanged', '順位は今と同じです。何も変更していません。'],
])

const CHANGED: OrderProblem = {
  row: null,
  message:
    '登録していません。画面を開いた後に、順位の対象となる病院が変わりました。順位表を保存し直してください。',
}

function differencePage(
  reply: FastifyReply,
  draft: Draft,
  codes: readonly string[],
  typed: { reason?: string; reasonError?: string; isStale?: boolean } = {},
): FastifyReply {
  const { natural } = rankingCodes(draft)
  return adminPage(reply, 'admin/selection/order-difference', {
    ...orderDifference(draft, movesTowards(draft, codes, '（この画面で入力する理由）')),
    codes: codes.join(' '),
    isReset: codes.every((code, index) => code === natural[index]),
    isUnchanged: isRanking(codes, draft),
    reason: typed.reason ?? '',
    reasonError: typed.reasonError ?? null,
    isStale: typed.isStale ?? false,
  })
}

function isRanking(codes: readonly string[], draft: Draft): boolean {
  return rankingCodes(draft).current.every((code, index) => code === codes[index])
}
