import type { Round } from '../../db/rounds.ts'
import type { Stores } from '../../db/stores.ts'
import { EDITION_KINDS, roundLabel } from '../../domain/record/round.ts'
import { type BandBoard, bandBoard } from '../../domain/selection/board.ts'
import { type PolicyLines, policyLines } from '../../domain/selection/words/round-policy.ts'
import { dateTimeText } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { officerNames } from '../../office/officer-names.ts'
import { changesSince, type HospitalChange, knownToday } from '../../office/rounds/changes.ts'
import type { Check } from '../../office/rounds/check.ts'
import type { FrozenRound } from '../../office/rounds/frozen.ts'
import { type RoundLines, roundLines } from '../../office/rounds/lines.ts'
import type { VerificationText } from '../../office/rounds/verify.ts'
import { type FileLink, fileLinks } from './round-downloads.ts'

export interface RoundModel extends RoundLines {
  number: number
  edition: number
  label: string
  /** The page's own address; what is done to the round starts from it. */
  base: string
  isNewest: boolean
  newest: string
  proposed: string | null
  confirmed: string
  /** 辞退, やり直し: why; and the reasons that were asked for at the confirmation. */
  reasons: { label: string; text: string }[]
  board: BandBoard
  policy: PolicyLines
  checks: Check[]
  files: FileLink[]
  editions: EditionLine[]
  /** Since it was confirmed. Of the newest edition only: the others are history. */
  changes: HospitalChange[]
  /** Something about a round waits for its second person: nothing else can be done meanwhile. */
  openProposal: string | null
  verification: VerificationText | null
}

export interface EditionLine {
  href: string
  label: string
  kind: string
  confirmed: string
  reason: string
  isShown: boolean
}

/** A confirmed round, out of its frozen files alone: today's facts and policy have no say in what it is. */
export function roundModel(
  stores: Stores,
  round: Round,
  frozen: FrozenRound,
  verification: VerificationText | null,
): RoundModel {
  const { number, edition } = round
  const { snapshot, amended } = frozen
  const newest = stores.rounds.byNumber(number)!
  const isNewest = newest.edition === edition
  const newestHref = `/admin/rounds/${number}`
  const base = isNewest ? newestHref : `${newestHref}/editions/${edition}`
  const open = stores.proposals.open()
  return {
    ...roundLines(frozen),
    number,
    edition,
    label: `${roundLabel(number)}の結果${edition === 1 ? '' : `（第${edition}版）`}`,
    base,
    isNewest,
    newest: newestHref,
    ...actsOf(stores, round),
    reasons: reasonLines(round),
    board: bandBoard(snapshot, amended),
    policy: policyLines(round.policyVersion, snapshot),
    checks: frozen.checks,
    files: fileLinks(base, stores.rounds.files(round)),
    editions: editionLines(stores, round),
    changes: isNewest ? changesSince(frozen, knownToday(stores)) : [],
    openProposal: open && `/admin/proposals/${open.id}`,
    verification,
  }
}

function actsOf(stores: Stores, round: Round): { proposed: string | null; confirmed: string } {
  const nameOf = officerNames(stores)
  const { proposedBy, proposedAt, confirmedBy, confirmedAt } = round
  const verb = proposedBy === null ? '確定' : '決裁'
  return {
    proposed:
      proposedBy && proposedAt && `${dateTimeText(proposedAt)}に${nameOf(proposedBy)}が起案しました。`,
    confirmed: `${dateTimeText(confirmedAt)}に${nameOf(confirmedBy)}が${verb}しました。`,
  }
}

export function reasonLines({
  kind,
  reason,
  freeSeatsReason,
  waitingReason,
}: Pick<Round, 'kind' | 'reason' | 'freeSeatsReason' | 'waitingReason'>): { label: string; text: string }[] {
  const lines = [
    { label: `${labelOf(EDITION_KINDS, kind)}の理由`, text: reason },
    { label: '枠を残す理由', text: freeSeatsReason },
    { label: '確認を待たずに進める理由', text: waitingReason },
  ]
  return lines.flatMap(({ label, text }) => (text === null ? [] : [{ label, text }]))
}

function editionLines(stores: Stores, shown: Round): EditionLine[] {
  const editions = stores.rounds.editions(shown.number)
  const names = new Map(stores.hospitals.all().map(({ key, name }) => [key, name]))
  return editions
    .map((round, index) => ({
      href: `/admin/rounds/${round.number}${index === editions.length - 1 ? '' : `/editions/${round.edition}`}`,
      label: `第${round.edition}版`,
      kind:
        labelOf(EDITION_KINDS, round.kind) +
        (round.declinedCode === null ? '' : `（${names.get(round.declinedCode)!}）`),
      confirmed: actsOf(stores, round).confirmed,
      reason: round.reason ?? '',
      isShown: round.edition === shown.edition,
    }))
    .reverse()
}
