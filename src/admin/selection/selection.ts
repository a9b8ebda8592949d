import type { FastifyInstance } from 'fastify'
import type { BandBoard } from '../../domain/selection/board.ts'
import { unmetFloorsOf } from '../../domain/selection/explain/unmet-floors.ts'
import { problemTexts } from '../../domain/selection/words/decision.ts'
import { hospitalsOnLot, type OnLot } from '../../domain/selection/words/lots.ts'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import { resultSentence } from '../../domain/selection/words/result.ts'
import { unmetFloorSentences } from '../../domain/selection/words/unmet-floors.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { type Waiting, waitingOf } from '../../office/answers/waiting.ts'
import { type SelectionStatus, selectionStatus } from '../../office/draft/board.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { type StabilityStanding, stabilityDone, stabilityStanding } from '../../office/draft/stability.ts'
import { lotHref } from '../../office/lot/address.ts'
import { isUndrawn } from '../../office/lot/in-force.ts'
import { regionOrder } from '../../office/region-order.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { FAMILIES } from '../score-bars.ts'
import { mayWork } from '../session/officer.ts'
import { selectionFileRoutes } from './files.ts'
import { SELECTION, type SelectionQuery } from './list.ts'
import { doneAddress, type SelectionTables, selectionTables } from './ranking.ts'

interface SelectionModel extends SelectionTables {
  board: BandBoard
  /** How the seats are filled, in one sentence. */
  answer: string
  isFull: boolean
  regions: RegionLine[]
  floorIsOn: boolean
  /** What would have been enough for the floors that are not met; the regions where nobody is eligible apart. */
  floors: { isUnmet: boolean; sentences: string[] }
  families: typeof FAMILIES
  problems: string[]
  /** Decisions of officers in effect. */
  overrides: number
  moves: number
  /** Whose seat hangs on the lot alone. */
  onLot: OnLot[]
  /** Nothing is drawn yet. */
  isUndrawn: boolean
  lotHref: string
  waiting: Waiting
  takenAt: string
  policyLabel: string
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

/** The draft on today's facts: the seats, the ranking and who is out, as a page and as files. */
export function selectionRoutes(app: FastifyInstance, options: AdminOptions, readDraft: () => Draft): void {
  selectionFileRoutes(app, options, readDraft)

  app.get('/selection', forReaders, async (request, reply) => {
    const draft = readDraft()
    const asked = SELECTION.parse(request.query)
    const { prefectureCode, place } = request.site
    const byRegion = regionOrder(prefectureCode)
    const regions = draft.result.regions.toSorted((a, b) => byRegion(a.id, b.id))
    const summary = summaryOf(draft, byRegion)
    const status = selectionStatus(options.stores, draft.snapshot.round, summary.board.total.seats)
    const standing = await standingFor(draft, asked, summary.isFull)
    const query: SelectionQuery = { ...asked, wait: '' }
    // Told at once what is being worked out; the page with it, which the browser then asks for, comes when it is there.
    if (query.stability !== '' && standing.kind === 'at-work')
      reply.header('refresh', `0; url=${doneAddress(query)}`)
    const reader = {
      regions: regions.map(({ id }) => id),
      place,
      isFull: summary.isFull,
      mayWork: mayWork(request),
      standing,
    }
    return adminPage(reply, 'admin/selection/selection', {
      ...selectionTables(draft, query, reader),
      ...summary,
      regions,
      status,
    })
  })
}

/** Where no seat can be given away nothing is asked. */
async function standingFor(
  { reading }: Draft,
  query: SelectionQuery,
  isFull: boolean,
): Promise<StabilityStanding> {
  if (isFull) return { kind: 'unasked' }
  return query.wait === '' ? stabilityStanding(reading, query.stability !== '') : stabilityDone(reading)
}

function summaryOf(
  draft: Draft,
  byRegion: ReturnType<typeof regionOrder>,
): Omit<SelectionModel, keyof SelectionTables | 'regions' | 'status'> {
  const { reading, snapshot } = draft
  const board = reading.board()
  return {
    board,
    answer: resultSentence(board),
    isFull: board.total.seats + board.total.selected === 0,
    floorIsOn: snapshot.policy.regionFloor > 0,
    floors: {
      isUnmet: unmetFloorsOf(reading).unmet.length > 0,
      sentences: unmetFloorSentences(unmetFloorsOf(reading), reading, byRegion),
    },
    families: FAMILIES,
    problems: problemTexts(reading),
    overrides: draft.overrides.length,
    moves: draft.moves.length,
    onLot: hospitalsOnLot(reading),
    isUndrawn: isUndrawn(draft.lot),
    lotHref: lotHref(snapshot.round),
    waiting: waitingOf(draft.submissions),
    takenAt: dateTimeText(new Date(snapshot.takenAt)),
    policyLabel: versionLabel(draft.policyVersion),
  }
}
