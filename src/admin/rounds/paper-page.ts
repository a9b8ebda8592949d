import type { Proposal } from '../../db/proposals.ts'
import type { Round } from '../../db/rounds.ts'
import type { Stores } from '../../db/stores.ts'
import { editionLabel, roundLabel } from '../../domain/record/round.ts'
import { AMENDED_BASES, type AmendedBasis } from '../../domain/selection/amendment.ts'
import { type BandBoard, bandBoard } from '../../domain/selection/board.ts'
import { dateTimeText } from '../../domain/survey/period.ts'
import { officerNames } from '../../office/officer-names.ts'
import type { FrozenRound } from '../../office/rounds/frozen.ts'
import { type RoundLine, roundLines } from '../../office/rounds/lines.ts'
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
  /** The same beside each other, so that fifty of them fit one sheet; with long names in smaller print. */
  halves: PaperLine[][]
  isDense: boolean
  /** What the signs of the rules by which they have their seats stand for. */
  signs: { sign: string; label: string }[]
  waitlisted: number
  reasons: { label: string; text: string }[]
  policy: string
  snapshotSha256: string
}

export interface PaperLine extends RoundLine {
  /** 選定区分 in one character. */
  sign: string
}

/** Beyond this many one list would not fit the sheet. */
const ONE_COLUMN = 24
/** So many characters of a name stand on one line of the list, and so many lines on the sheet in its usual print. */
const NAME_LINE = 16
const SHEET_LINES = 32

const SIGNS: Record<AmendedBasis, string> = {
  designated: '指',
  rank: '順',
  region_floor: '圏',
  redistributed: '配',
  promoted: '繰',
}

export function paperModel(stores: Stores, frozen: FrozenRound, source: PaperSource): PaperModel {
  const { snapshot, amended } = frozen
  const { selected, waitlisted } = roundLines(frozen)
  const signs = AMENDED_BASES.map(({ id, label }) => ({ sign: SIGNS[id], label }))
  const halves = halvesOf(selected.map((line) => ({ ...line, sign: signOf(line, signs) })))
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
    halves,
    isDense: halves.some((lines) => linesOnPaper(lines) > SHEET_LINES),
    signs: signs.filter(({ label }) => selected.some(({ basis }) => basis === label)),
    waitlisted: waitlisted.length,
    reasons: source.kind === 'draft' ? [] : reasonLines(source.edition),
    policy: version === 0 ? '初期設定' : `第${version}版`,
    snapshotSha256: amended.snapshotSha256,
  }
}

function halvesOf(lines: PaperLine[]): PaperLine[][] {
  const half = lines.length > ONE_COLUMN ? Math.ceil(lines.length / 2) : lines.length
  return [lines.slice(0, half), lines.slice(half)].filter((each) => each.length > 0)
}

function signOf({ basis }: RoundLine, signs: PaperModel['signs']): string {
  return signs.find(({ label }) => label === basis)?.sign ?? ''
}

function linesOnPaper(lines: readonly RoundLine[]): number {
  return lines.reduce((sum, { name }) => sum + Math.ceil([...name].length / NAME_LINE), 0)
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
