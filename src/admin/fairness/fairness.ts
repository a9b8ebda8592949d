import type { FastifyInstance, FastifyRequest } from 'fastify'
import { editionLabel, roundLabel } from '../../domain/record/round.ts'
import type { AmendedRow } from '../../domain/selection/amendment.ts'
import {
  type Fairness,
  type FairnessCounts,
  type FairnessPart,
  fairnessOf,
  shareOf,
} from '../../domain/selection/fairness.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import {
  FAIRNESS_LABELS,
  fairnessSentences,
  partNotes,
  partSentences,
  shareText,
} from '../../domain/selection/words/fairness.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { regionOrder } from '../../office/region-order.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { forReaders } from '../access.ts'
import { newestOf } from '../confirmed-round.ts'
import { listFileRoutes } from '../list/files.ts'
import { type FileLinks, fileLinks } from '../list/list.ts'
import { anyText, listQuery } from '../list/query.ts'
import { fileColumns, pickColumns, type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { fairnessColumns, fairnessLines, ON_PAGE } from './columns.ts'

interface FairnessModel {
  /** 選定案, or the confirmed round: what is counted. */
  label: string
  asOf: string
  /** The page of that selection. */
  href: string
  rounds: { label: string; href: string; isCurrent: boolean }[]
  sentences: string[]
  parts: ShownPart[]
  files: FileLinks
}

interface ShownPart {
  id: string
  title: string
  notes: string[]
  sentences: string[]
  bars: GroupBars[]
  /** Null where nothing is known to count by. */
  table: Table | null
}

/** The shares of one group, drawn: of a width that is 100 for the largest share of the part. */
interface GroupBars {
  label: string
  bars: { id: keyof FairnessCounts; label: string; text: string; width: number }[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/fairness/fairness': FairnessModel
  }
}

const FAIRNESS = listQuery('/admin/fairness', { round: anyText })

/** 選定の公平性: by band, region, function and ownership the shares of all, of who may be selected, and of who is. */
export function fairnessRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  const { stores } = options
  const frozenOf = frozenRoundReader(stores)

  /** `?round=1`: as it was confirmed. Anything else is the draft of the round that is prepared. */
  function asked({ query, site }: FastifyRequest) {
    const round = newestOf(stores, FAIRNESS.parse(query).round)
    const reading: Reading<AmendedRow> = round ? frozenOf(round).reading : readDraft().reading
    const owners = stores.hospitals
      .all()
      .flatMap(({ key, ownership }) => (ownership === null ? [] : [[key, ownership] as const]))
    const fairness = fairnessOf(reading, {
      ownership: new Map(owners),
      byRegion: regionOrder(site.prefectureCode),
    })
    return { round, reading, fairness }
  }

  app.get('/fairness', forReaders, async (request, reply) => {
    const { round, reading, fairness } = asked(request)
    const { round: number, policy, takenAt } = reading.snapshot
    const rounds = stores.editions.newest().map((each) => each.number)
    return adminPage(reply, 'admin/fairness/fairness', {
      label: round ? editionLabel(round.number, round.edition) : `選定案（${roundLabel(number)}）`,
      asOf: dateTimeText(new Date(takenAt)),
      href: round ? `/admin/rounds/${round.number}` : '/admin/selection',
      rounds: [
        { label: '選定案', href: FAIRNESS.address({ round: '' }), isCurrent: round === null },
        ...rounds.map((each) => ({
          label: roundLabel(each),
          href: FAIRNESS.address({ round: String(each) }),
          isCurrent: round?.number === each,
        })),
      ],
      sentences: fairnessSentences(fairness, number),
      parts: fairness.parts.map((part) => shownPart(part, fairness, policy.regionFloor)),
      files: fileLinks(FAIRNESS, { round: round ? String(round.number) : '' }),
    })
  })

  const names = { path: '/fairness', name: '選定の公平性', action: 'fairness.exported' }
  listFileRoutes(app, options, names, (request) => {
    const { round, fairness } = asked(request)
    return {
      columns: fileColumns(fairnessColumns(fairness.total)),
      rows: fairnessLines(fairness),
      subject: round ? `round ${round.number}` : 'draft',
      detail: round ? { edition: round.edition } : {},
    }
  })
}

function shownPart(part: FairnessPart, fairness: Fairness, regionFloor: number): ShownPart {
  const { total } = fairness
  const title = `${FAIRNESS_LABELS[part.id].replace(/別$/, '')}別`
  const lines = fairnessLines(fairness).filter((line) => line.part === part.id)
  const columns = pickColumns(fairnessColumns(total), ON_PAGE)
  return {
    id: part.id,
    title,
    notes: lines.length === 0 ? [NO_OWNERSHIP] : partNotes(part, regionFloor),
    sentences: partSentences(part, total),
    bars: barsOf(part, total),
    table: lines.length === 0 ? null : tableOf(columns, lines, { label: title }),
  }
}

const NO_OWNERSHIP =
  '開設者種別が登録されている病院はありません。病院台帳の「開設者種別」に登録すると表示します。'

const DRAWN: readonly (readonly [id: keyof FairnessCounts, label: string])[] = [
  ['all', '全病院'],
  ['eligible', '選定対象'],
  ['selected', '選定'],
]

function barsOf({ groups }: FairnessPart, total: FairnessCounts): GroupBars[] {
  const share = (group: FairnessCounts, id: keyof FairnessCounts) => shareOf(group[id], total[id]) ?? 0
  const shares = groups.flatMap((group) => DRAWN.map(([id]) => share(group, id)))
  const largest = shares.reduce((most, each) => Math.max(most, each), 1)
  return groups.map((group) => ({
    label: group.label,
    bars: DRAWN.map(([id, label]) => ({
      id,
      label,
      text: `${shareText(group[id], total[id])}（${group[id]}）`,
      width: Math.round((1000 * share(group, id)) / largest) / 10,
    })),
  }))
}
