import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { BandBoard } from '../../domain/selection/board.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { ORDER_COLUMNS, type OrderLine, type OrderProblem } from '../../files/reports/order-sheet.ts'
import { sheetOf, toXlsx, XLSX_TYPE } from '../../files/xlsx/write.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'

interface OrderModel {
  /** In effect, in the order in which they apply. */
  moves: MoveLine[]
  /** Undone or replaced, newest first. */
  ended: EndedLine[]
  eligible: number
  board: BandBoard
  /** The first of them; a file of another kind has one a row. */
  problems: OrderProblem[]
  problemCount: number
  done: string | null
}

interface MoveLine {
  code: string
  name: string
  band: string
  /** Null where the hospital is in no ranking today. */
  rank: number | null
  naturalRank: number | null
  position: number
  reason: string
  by: string
}

interface EndedLine {
  code: string
  name: string
  position: number
  reason: string
  endReason: string
  endedBy: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/selection/order': OrderModel
  }
}

/** The order by hand as a whole: what is in effect, and the ranking as a spreadsheet to be put into another one. */
export function orderRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: () => Draft,
): void {
  app.get('/selection/order', forReaders, async (request, reply) =>
    orderPage(reply, stores, readDraft(), { done: DONE.get(fieldsOf(request.query).get('done')) ?? null }),
  )

  app.get('/selection/order.xlsx', forReaders, async (request, reply) => {
    const draft = readDraft()
    const { reading } = draft
    const lines = orderLines(draft)
    const bytes = await toXlsx([sheetOf('順位表（内部資料）', ORDER_COLUMNS, lines)])
    const file = { name: '順位表（内部資料）.xlsx', fallback: 'order.xlsx', type: XLSX_TYPE, bytes }
    return sendFile(reply, file, () => {
      const { login: actor } = officerOf(request)
      const { snapshotSha256 } = reading.result
      const detail = { file: file.fallback, rows: lines.length, snapshotSha256 }
      stores.audit.append({ at: now(), actor, action: 'selection.exported', subject: 'draft', detail })
    })
  })
}

const DONE = new Map([
  ['applied', '順位の変更を登録しました。選定案に反映しています。'],
  ['unchanged', '順位は現在と同じです。何も変更していません。'],
])

const MOST_PROBLEMS = 20

/** @param extras what is wrong with a ranking that came back, or what was done */
export function orderPage(
  reply: FastifyReply,
  stores: Stores,
  draft: Draft,
  { problems = [], done = null }: Partial<Pick<OrderModel, 'problems' | 'done'>>,
): FastifyReply {
  const { reading } = draft
  return adminPage(reply, 'admin/selection/order', {
    ...moveLines(stores, draft),
    eligible: reading.rows.filter(({ eligible }) => eligible).length,
    board: reading.board(),
    problems: problems.slice(0, MOST_PROBLEMS),
    problemCount: problems.length,
    done,
  })
}

/** The moves by hand that are in effect, and those that were. */
function moveLines(stores: Stores, { reading, moves }: Draft): Pick<OrderModel, 'moves' | 'ended'> {
  const nameOf = officerNames(stores)
  const by = (login: string, at: Date) => `${nameOf(login)}\n${dateTimeText(at)}`
  const ended = stores.rankMoves
    .all()
    .filter(({ round, undoneAt }) => round === reading.snapshot.round && undoneAt !== null)
  return {
    moves: moves.map(({ hospitalCode: code, position, reason, author, createdAt }) => ({
      code,
      name: reading.name(code),
      band: reading.bandLabel(reading.row(code).band),
      rank: reading.row(code).rank,
      naturalRank: reading.naturalRank(code),
      position,
      reason,
      by: by(author, createdAt),
    })),
    ended: ended.map((move) => ({
      code: move.hospitalCode,
      name: reading.name(move.hospitalCode),
      position: move.position,
      reason: move.reason,
      endReason: move.undoneReason ?? '同じ病院の新しい変更に置き換えたため',
      endedBy: by(move.undoneBy!, move.undoneAt!),
    })),
  }
}

/** The ranking as it goes out to be put into another order. */
function orderLines({ reading, hospitals }: Draft): OrderLine[] {
  const { rows, candidate, bandLabel, texts } = reading
  const known = new Map(hospitals.map((hospital) => [hospital.key, hospital]))
  return rows.flatMap((row) => {
    const { code, rank, region, score } = row
    if (rank === null) return []
    const { name, beds } = candidate(code)
    const [band, decision] = [bandLabel(row.band), texts.decision(row)]
    const { medicalCode, naviiCode } = known.get(code)!
    return [{ rank, medicalCode, naviiCode, name, region, band, beds, score: score / 100, decision }]
  })
}
