import type { Proposal } from '../../db/proposals.ts'
import type { Round } from '../../db/rounds.ts'
import type { Stores } from '../../db/stores.ts'
import { roundLabel } from '../../domain/facts.ts'
import { dateTimeText } from '../../domain/period.ts'
import { editionLabel } from '../../domain/round.ts'
import { officerNames } from '../officer-names.ts'
import { type BandBoard, bandBoard } from '../selection/band-board.ts'
import type { FrozenRound } from './frozen-round.ts'
import { type RoundLine, roundLines } from './round-lines.ts'
import { reasonLines } from './round-page.ts'

/** What is printed, and the page to go back to. */
export type PaperSource = { back: string } & (
  | { kind: 'draft'; policyVersion: number }
  | { kind: 'proposed'; edition: Proposal }
  | { kind: 'confirmed'; edition: Round }
)

export interface PaperModel {
  label: string
  back: string
  /** 案, 起案, 確定: what the paper is. */
  standing: string
  dated: string[]
  board: BandBoard
  selected: RoundLine[]
  /** The same beside each other, so that fifty of them fit one sheet. */
  halves: RoundLine[][]
  waitlisted: number
  reasons: { label: string; text: string }[]
  policy: string
  snapshotSha256: string
}

/** Beyond this many one list would not fit the sheet. */
const ONE_COLUMN = 24

export function paperModel(stores: Stores, frozen: FrozenRound, source: PaperSource): PaperModel {
  const { snapshot, amended } = frozen
  const { selected, waitlisted } = roundLines(frozen)
  const half = selected.length > ONE_COLUMN ? Math.ceil(selected.length / 2) : selected.length
  const version = source.kind === 'draft' ? source.policyVersion : source.edition.policyVersion
  return {
    label:
      source.kind === 'draft'
        ? roundLabel(snapshot.round)
        : editionLabel(source.edition.number, source.edition.edition),
    back: source.back,
    standing: { draft: '案', proposed: '案', confirmed: '確定' }[source.kind],
    dated: datedTexts(stores, snapshot.takenAt, source),
    board: bandBoard(snapshot, amended),
    selected,
    halves: [selected.slice(0, half), selected.slice(half)].filter((lines) => lines.length > 0),
    waitlisted: waitlisted.length,
    reasons: source.kind === 'draft' ? [] : reasonLines(source.edition),
    policy: version === 0 ? '初期設定' : `第${version}版`,
    snapshotSha256: amended.snapshotSha256,
  }
}

function datedTexts(stores: Stores, takenAt: string, source: PaperSource): string[] {
  const nameOf = officerNames(stores)
  const taken = `選定に使った内容の時点：${dateTimeText(new Date(takenAt))}`
  if (source.kind === 'draft') return [taken]
  const { proposedBy, proposedAt } = source.edition
  const proposed =
    proposedBy !== null && proposedAt !== null
      ? [`起案：${dateTimeText(proposedAt)}　${nameOf(proposedBy)}`]
      : []
  if (source.kind === 'proposed') return [taken, ...proposed]
  const { confirmedBy, confirmedAt } = source.edition
  const verb = proposedBy === null ? '確定' : '決裁'
  return [taken, ...proposed, `${verb}：${dateTimeText(confirmedAt)}　${nameOf(confirmedBy)}`]
}
