import type { FastifyInstance, FastifyReply } from 'fastify'
import { hospitalOf } from '../../domain/master/hospital.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { carriedOrder } from '../../domain/selection/carried-order.ts'
import { movesFor, orderProblems } from '../../domain/selection/moves.ts'
import { strangerProblems } from '../../files/reports/order-names.ts'
import { type OrderProblem, readOrderSheet } from '../../files/reports/order-sheet.ts'
import type { Draft, ReadDraft } from '../../office/draft/draft.ts'
import {
  movesTowards,
  type OrderDifference,
  orderDifference,
  planProblems,
  rankingCodes,
} from '../../office/draft/order.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { LARGEST_UPLOAD, type UploadedFile, uploadedFile } from '../upload.ts'
import { orderPage } from './order.ts'

interface OrderDifferenceModel extends OrderDifference {
  /** The order asked for, as it is sent back. */
  codes: string
  /** Back to the ranking by points. */
  isReset: boolean
  /** As it is today. */
  isUnchanged: boolean
  /** Ranked elsewhere by now than in the sheet that came back. */
  since: SinceLine[]
  /** The codes as that sheet had them; '' without one. */
  before: string
  reason: string
  reasonError: string | null
  isStale: boolean
}

interface SinceLine {
  code: string
  name: string
  from: number
  to: number
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/selection/order-difference': OrderDifferenceModel
  }
}

/** Another order as a whole, out of a spreadsheet or back to the points: what it would change, and doing it. */
export function orderDifferenceRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: ReadDraft,
): void {
  app.post(
    '/selection/order/upload',
    { config: { role: 'officer', upload: true } },
    async (request, reply) => {
      const draft = readDraft()
      const read = await readUploadedOrder(uploadedFile(request.body, 'file'), draft)
      return read.ok
        ? differencePage(reply, tried(draft, read.codes, read.before))
        : orderPage(reply.code(422), stores, draft, { problems: read.problems })
    },
  )

  app.get('/selection/order/reset', forOfficers, async (_request, reply) => {
    const draft = readDraft()
    return differencePage(reply, tried(draft, rankingCodes(draft).natural))
  })

  app.post('/selection/order', { config: { role: 'officer', act: '順位の変更' } }, async (request, reply) => {
    const draft = readDraft()
    const fields = fieldsOf(request.body)
    const [codes, before] = [codesIn(fields.get('codes')), codesIn(fields.get('before'))]
    const problems = planProblems(draft, codes, new Map())
    if (problems.length > 0)
      return orderPage(reply.code(409), stores, draft, { problems: [CHANGED, ...problems] })
    if (isCurrent(draft, codes)) return reply.redirect('/admin/selection/order?done=unchanged', 303)
    const order = tried(draft, codes, before)
    const reason = fields.get('reason')
    const parsed = parseReason(reason)
    if (!parsed.ok) return differencePage(reply.code(422), order, { reason, reasonError: parsed.message })
    if (order.consequences.outcome !== fields.get('outcome'))
      return differencePage(reply.code(409), order, { reason, isStale: true })
    const decision = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
    stores.rankMoves.replaceAll(draft.snapshot.round, movesTowards(draft, codes, parsed.reason), decision)
    return reply.redirect('/admin/selection/order?done=applied', 303)
  })
}

const CHANGED: OrderProblem = {
  row: null,
  message:
    '登録していません。画面を開いた後に、順位の対象となる病院が変わりました。順位表を保存し直してください。',
}

type TriedOrder = Omit<OrderDifferenceModel, 'reason' | 'reasonError' | 'isStale'>

/**
 * An order asked for, tried once: its reason is typed on the page, and changes nothing in what follows from it.
 * @param before the ranking that it was asked for on
 */
function tried(draft: Draft, codes: readonly string[], before: readonly string[] = []): TriedOrder {
  const { natural } = rankingCodes(draft)
  return {
    ...orderDifference(draft, movesTowards(draft, codes, '（この画面で入力する理由）')),
    codes: codes.join(' '),
    isReset: codes.every((code, index) => code === natural[index]),
    isUnchanged: isCurrent(draft, codes),
    since: sinceLines(draft, before),
    before: before.join(' '),
  }
}

/** The fewest hospitals whose move leads from the ranking of then to that of today. */
function sinceLines(draft: Draft, before: readonly string[]): SinceLine[] {
  const { current } = rankingCodes(draft)
  const { missing, unknown, repeated } = orderProblems(current, before)
  if (missing.length + unknown.length + repeated.length > 0) return []
  const ranks = (codes: readonly string[]) => new Map(codes.map((code, place) => [code, place + 1]))
  const [from, to] = [ranks(before), ranks(current)]
  return movesFor(before, current).map(({ code }) => ({
    code,
    name: draft.reading.name(code),
    from: from.get(code)!,
    to: to.get(code)!,
  }))
}

function codesIn(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}

function isCurrent(draft: Draft, codes: readonly string[]): boolean {
  return rankingCodes(draft).current.every((code, index) => code === codes[index])
}

function differencePage(
  reply: FastifyReply,
  order: TriedOrder,
  { reason = '', reasonError = null, isStale = false }: Partial<OrderDifferenceModel> = {},
): FastifyReply {
  return adminPage(reply, 'admin/selection/order-difference', { ...order, reason, reasonError, isStale })
}

/** The order in the file that came back, if it is one of today's ranking, and the ranking that it went out with. */
const ROWS_ALONE =
  '行は並べ替えられていますが、「順位」の数字は現在の順位のままです。行の並びを新しい順位とする場合は、「順位」の列を削除してから、もう一度選択してください。'

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || numbers[index - 1]! < number)
}

async function readUploadedOrder(
  file: UploadedFile | null,
  draft: Draft,
): Promise<{ ok: true; codes: string[]; before: string[] } | { ok: false; problems: OrderProblem[] }> {
  if (!file) return refused('順位表のファイルを選択してください。')
  if (file.isTooLarge) return refused(TOO_LARGE)
  const read = await readOrderSheet(file.bytes)
  if (!read.ok) return read
  // A code of the prefectures 01 to 09 loses its 0 where a spreadsheet takes it for a number.
  const keyOf = (code: string) =>
    (hospitalOf(draft.hospitals, code) ?? hospitalOf(draft.hospitals, `0${code}`))?.key ?? code
  const codes = read.codes.map(keyOf)
  const rowOf = new Map([...read.rowOf].map(([code, row]) => [keyOf(code), row]))
  const problems = planProblems(draft, codes, rowOf)
  if (problems.length > 0) {
    const isOfThen = read.before !== null && codes.every((code) => hospitalOf(draft.hospitals, code))
    return { ok: false, problems: isOfThen ? [...problems, OTHER_HOSPITALS] : problems }
  }
  const strangers = strangerProblems(read.lines, draft.hospitals)
  if (strangers.length > 0) return { ok: false, problems: strangers }
  // Numbers as they are today, beside rows that were moved: nobody may be told that nothing changed.
  if (read.before === null && isCurrent(draft, codes) && !isAscending(codes.map((code) => rowOf.get(code)!)))
    return refused(ROWS_ALONE)
  const before = read.before?.map(keyOf) ?? []
  const { current } = rankingCodes(draft)
  return { ok: true, before, codes: read.before ? carriedOrder(before, codes, current) : codes }
}

const OTHER_HOSPITALS: OrderProblem = {
  row: null,
  message:
    '順位表を保存した後に選定の対象となる病院が変わったか、行が削除されています。順位表を保存し直してください。',
}

const TOO_LARGE = `ファイルが大きすぎます。${LARGEST_UPLOAD / 1024 / 1024}MBまでのファイルを選択してください。`

function refused(message: string): { ok: false; problems: OrderProblem[] } {
  return { ok: false, problems: [{ row: null, message }] }
}
