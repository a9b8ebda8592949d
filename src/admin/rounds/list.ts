import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { type EditionState, editionLabel, PROPOSAL_STATES } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { type RoundSummary, roundSummaries } from '../../office/rounds/summaries.ts'
import { forReaders } from '../access.ts'
import { link, type Part, type Tone, tag } from '../list/cell.ts'
import { type Column, type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { proposalHref } from './address.ts'

interface RoundsModel {
  /** What is confirmed, and every proposal of it; null where there is none. */
  rounds: Table | null
  proposals: Table | null
  /** What waits for its second person. */
  open: { href: string; label: string; proposed: string } | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/list': RoundsModel
  }
}

/** What is decided and what waits to be. */
export function roundListRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  const frozenOf = frozenRoundReader(stores)
  app.get('/rounds', forReaders, async (_request, reply) => {
    const rounds = roundSummaries(stores, frozenOf)
    const proposals = proposalSummaries(stores)
    return adminPage(reply, 'admin/rounds/list', {
      rounds: rounds.length === 0 ? null : tableOf(ROUND_COLUMNS, rounds, { label: '確定結果' }),
      proposals:
        proposals.length === 0 ? null : tableOf(PROPOSAL_COLUMNS, proposals, { label: '起案の記録' }),
      open: proposals.find(({ state }) => state === 'open') ?? null,
    })
  })
}

const ROUND_COLUMNS: readonly Column<RoundSummary>[] = [
  { header: '選定の回', cell: ({ href, label }) => link(label, href), look: 'name' },
  { header: '確定日時', cell: ({ confirmedAt }) => confirmedAt, look: 'keep' },
  {
    header: '選定病院数',
    cell: ({ href, selected }) => link(String(selected), `${href}#selected`),
    look: 'number',
  },
  { header: '空き枠', cell: ({ free }) => String(free), look: 'number' },
  { header: '確定後の変更', cell: changesCell },
]

function changesCell({ href, changed, changedSelected }: RoundSummary): string | Part[] {
  if (changed === 0) return 'なし'
  const selected: Part = { kind: 'text', text: `（うち選定${changedSelected}病院）` }
  return [tag('warn', '変更あり'), link(`${changed}病院`, `${href}#changes`), selected]
}

type ProposalSummary = ReturnType<typeof proposalSummaries>[number]

const PROPOSAL_COLUMNS: readonly Column<ProposalSummary>[] = [
  { header: '選定の回', cell: ({ href, label }) => link(label, href), look: 'name' },
  { header: '状態', cell: ({ state }) => tag(TONES[state], labelOf(PROPOSAL_STATES, state)) },
  { header: '起案', cell: ({ proposed }) => proposed, look: 'name' },
]

const TONES: Record<EditionState, Tone> = {
  open: 'warn',
  confirmed: 'ok',
  returned: 'muted',
  withdrawn: 'muted',
}

function proposalSummaries(stores: Stores) {
  const nameOf = officerNames(stores)
  return stores.editions.proposals().map(({ proposal, number, edition, state, proposed }) => ({
    href: proposalHref(proposal),
    label: editionLabel(number, edition),
    state,
    proposed: `${dateTimeText(proposed.at)}　${nameOf(proposed.actor)}`,
  }))
}
