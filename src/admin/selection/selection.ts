import type { FastifyInstance } from 'fastify'
import type { BandBoard } from '../../domain/selection/board.ts'
import { ineligibleReasons } from '../../domain/selection/eligibility.ts'
import { problemTexts } from '../../domain/selection/words/decision.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { type Waiting, waitingOf } from '../../office/answers/waiting.ts'
import { type SelectionStatus, selectionStatus } from '../../office/draft/board.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { regionOrder } from '../../office/region-order.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { FAMILIES } from '../score-bars.ts'
import { mayWork } from '../session/officer.ts'
import { selectionFileRoutes } from './files.ts'
import { SELECTION } from './list.ts'
import { type SelectionTables, selectionTables } from './ranking.ts'

interface SelectionModel extends SelectionTables {
  board: BandBoard
  regions: RegionLine[]
  floorIsOn: boolean
  families: typeof FAMILIES
  /** Every reason with how many it keeps out, filtered or not. */
  reasons: { id: string; label: string; count: number }[]
  problems: string[]
  /** Decisions of officers in effect. */
  overrides: number
  moves: number
  waiting: Waiting
  takenAt: string
  policyVersion: number
  status: SelectionStatus
}

interface RegionLine {
  id: string
  eligible: number
  selected: number
  floor: number
  shortfall: number
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/selection/selection': SelectionModel
  }
}

/** The draft on today's facts: the board, the ranking and who is out, as a page and as files. */
export function selectionRoutes(app: FastifyInstance, options: AdminOptions, readDraft: () => Draft): void {
  selectionFileRoutes(app, options, readDraft)

  app.get('/selection', forReaders, async (request, reply) => {
    const draft = readDraft()
    const byRegion = regionOrder(request.site.prefectureCode)
    const regions = draft.result.regions.toSorted((a, b) => byRegion(a.id, b.id))
    const reader = { regions: regions.map(({ id }) => id), mayWork: mayWork(request) }
    const summary = summaryOf(draft)
    return adminPage(reply, 'admin/selection/selection', {
      ...selectionTables(draft, SELECTION.parse(request.query), reader),
      ...summary,
      regions,
      status: selectionStatus(options.stores, draft.snapshot.round, summary.board.total.seats),
    })
  })
}

function summaryOf(draft: Draft): Omit<SelectionModel, keyof SelectionTables | 'regions' | 'status'> {
  const { reading, snapshot, result } = draft
  return {
    board: reading.board(),
    floorIsOn: snapshot.policy.regionFloor > 0,
    families: FAMILIES,
    reasons: ineligibleReasons(reading.place)
      .map(({ id, label }) => ({
        id,
        label,
        count: result.results.filter(({ reason }) => reason === id).length,
      }))
      .filter(({ count }) => count > 0),
    problems: problemTexts(reading),
    overrides: draft.overrides.length,
    moves: draft.moves.length,
    waiting: waitingOf(draft.submissions),
    takenAt: dateTimeText(new Date(snapshot.takenAt)),
    policyVersion: draft.policyVersion,
  }
}
