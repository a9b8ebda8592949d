import type { Edition, EditionFacts } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { EDITION_KINDS } from '../../domain/record/round.ts'
import type { BandBoard } from '../../domain/selection/board.ts'
import { type PolicyLines, policyLines } from '../../domain/selection/words/policy.ts'
import { resultSentence } from '../../domain/selection/words/result.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { type Preflight, preflight } from '../../office/draft/preflight.ts'
import { officerNames } from '../../office/officer-names.ts'
import { changesSince, type HospitalChange, knownToday } from '../../office/rounds/changes.ts'
import { type Check, type FrozenRound, frozenRoundReader } from '../../office/rounds/frozen.ts'
import { type RoundLines, roundLines } from '../../office/rounds/lines.ts'
import { codeRemarks } from '../../office/rounds/report-codes.ts'
import { damagedFiles } from '../../office/rounds/sound-files.ts'
import { type FileLink, fileLinks } from './files.ts'
import { missingPlaces } from './summary.ts'

/** An edition, proposed or confirmed, out of its frozen files alone: today's facts and policy have no say in what it is. */
export interface EditionModel extends RoundLines {
  /** The page's own address; what is done to the edition starts from it. */
  base: string
  /** 令和6年4月1日（月）9時00分に…が起案しました。 Null where one person confirmed alone. */
  proposed: string | null
  /** 辞退, やり直し: why; and the reasons that were asked for at the confirmation. */
  reasons: { label: string; text: string }[]
  /** What it comes to, in a sentence. */
  result: string
  board: BandBoard
  /** 支援順位 that nobody has any more: 31～33、40. */
  missingPlaces: string
  policy: PolicyLines
  checks: Check[]
  files: FileLink[]
  /** What whoever sends the files must know, and what the report has that wants a look. */
  remarks: string[]
  report: Pick<Preflight, 'missing' | 'duplicates'>
  /** Of what is known of its hospitals, since it was frozen. Of a current one only: the others are history. */
  changes: HospitalChange[]
}

export function editionModel(
  stores: Stores,
  edition: Edition,
  { base, isCurrent }: { base: string; isCurrent: boolean },
): EditionModel {
  const frozen = frozenRoundReader(stores)(edition)
  const { reading, checks } = frozen
  const board = reading.board()
  const lines = roundLines(frozen)
  const { missing, duplicates } = preflight(frozen)
  return {
    ...lines,
    base,
    proposed: proposedText(stores, edition),
    reasons: reasonLines(edition),
    result: resultSentence(board),
    board,
    missingPlaces: missingPlaces(lines.selected.map(({ order }) => order!)),
    policy: policyLines(edition.policyVersion, reading.snapshot, frozen.register),
    checks,
    remarks: [...damagedRemarks(edition, frozen), ...codeRemarks(stores, edition, frozen.register)],
    report: { missing, duplicates },
    files: fileLinks(base, stores.editions.hashes(edition)),
    changes: isCurrent ? changesSince(frozen, knownToday(stores)) : [],
  }
}

function damagedRemarks(edition: Edition, frozen: FrozenRound): string[] {
  return damagedFiles(edition, frozen).map(
    (file) =>
      `${file}がないか、内容が変わっています。このページは、「保存用一式」にある写しから表示しています。システム管理者に連絡し、バックアップから戻してください。`,
  )
}

function proposedText(stores: Stores, { proposed }: Edition): string | null {
  return proposed && `${dateTimeText(proposed.at)}に${officerNames(stores)(proposed.actor)}が起案しました。`
}

/** When and by whom it was settled, and how. */
export function settledText(stores: Stores, { state, proposed, settled }: Edition): string | null {
  if (state === 'open') return null
  const confirmed = proposed === null ? '確定しました' : '決裁しました'
  const act = { confirmed, returned: '差し戻しました', withdrawn: '取り下げました' }[state]
  return `${dateTimeText(settled.at)}に${officerNames(stores)(settled.actor)}が${act}。`
}

export function reasonLines(facts: EditionFacts): { label: string; text: string }[] {
  const lines = [
    { label: `${labelOf(EDITION_KINDS, facts.kind)}の理由`, text: facts.reason },
    { label: '枠を残す理由', text: facts.freeSeatsReason },
    { label: '確認待ちの回答を残したまま確定する理由', text: facts.waitingReason },
  ]
  return lines.flatMap(({ label, text }) => (text === null ? [] : [{ label, text }]))
}
