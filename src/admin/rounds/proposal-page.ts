import type { Proposal } from '../../db/proposals.ts'
import type { Stores } from '../../db/stores.ts'
import {
  EDITION_KINDS,
  editionLabel,
  PROPOSAL_STATES,
  type ProposalState,
  roundLabel,
} from '../../domain/record/round.ts'
import { type BandBoard, bandBoard } from '../../domain/selection/board.ts'
import { type PolicyLines, policyLines } from '../../domain/selection/words/round-policy.ts'
import { dateTimeText } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { officerNames } from '../../office/officer-names.ts'
import { changesSince, type HospitalChange, knownToday } from '../../office/rounds/changes.ts'
import type { Check } from '../../office/rounds/check.ts'
import { type FrozenRound, frozenRound } from '../../office/rounds/frozen.ts'
import { type RoundLines, roundLines } from '../../office/rounds/lines.ts'
import { type FileLink, fileLinks } from './round-downloads.ts'
import { reasonLines } from './round-page.ts'

export interface ProposalModel extends RoundLines {
  id: number
  /** The page's own address. */
  base: string
  label: string
  roundLabel: string
  kindLabel: string
  state: ProposalState
  stateLabel: string
  proposed: string
  /** Who settled it, when and why; null while it is open. */
  closed: { text: string; reason: string | null } | null
  /** The round that it became. */
  round: string | null
  /** May be settled by whoever looks at it: their own they can only withdraw. */
  mayApprove: boolean
  mayWithdraw: boolean
  reasons: { label: string; text: string }[]
  board: BandBoard
  policy: PolicyLines
  checks: Check[]
  files: FileLink[]
  /** Since it was proposed; none once it is settled. */
  changes: HospitalChange[]
}

/** What was proposed, out of its frozen files alone. */
export function proposalModel(
  stores: Stores,
  proposal: Proposal,
  viewer: { login: string; mayWork: boolean },
): ProposalModel {
  const { id, number, edition, state, proposedBy, proposedAt } = proposal
  const frozen = frozenProposal(stores, proposal)
  const isOpen = state === 'open'
  const isOwn = proposedBy === viewer.login
  const base = `/admin/proposals/${id}`
  return {
    ...roundLines(frozen),
    id,
    base,
    label: editionLabel(number, edition),
    roundLabel: roundLabel(number),
    kindLabel: labelOf(EDITION_KINDS, proposal.kind),
    state,
    stateLabel: labelOf(PROPOSAL_STATES, state),
    proposed: `${dateTimeText(proposedAt)}に${officerNames(stores)(proposedBy)}が起案しました。`,
    closed: closedText(stores, proposal),
    round: state === 'approved' ? roundHref(stores, proposal) : null,
    mayApprove: isOpen && viewer.mayWork && !isOwn,
    mayWithdraw: isOpen && viewer.mayWork && isOwn,
    reasons: reasonLines(proposal),
    board: bandBoard(frozen.snapshot, frozen.amended),
    policy: policyLines(proposal.policyVersion, frozen.snapshot),
    checks: frozen.checks,
    files: fileLinks(base, stores.proposals.files(proposal)),
    changes: isOpen ? changesSince(frozen, knownToday(stores)) : [],
  }
}

export function frozenProposal({ proposals }: Stores, proposal: Proposal): FrozenRound {
  return frozenRound((name) => proposals.file(proposal, name))
}

function closedText(
  stores: Stores,
  { state, closedBy, closedAt, closedReason }: Proposal,
): ProposalModel['closed'] {
  if (closedBy === null || closedAt === null || state === 'open') return null
  const act = { approved: '決裁しました', returned: '差し戻しました', withdrawn: '取り下げました' }[state]
  const text = `${dateTimeText(closedAt)}に${officerNames(stores)(closedBy)}が${act}。`
  return { text, reason: closedReason }
}

function roundHref({ rounds }: Stores, { number, edition }: Proposal): string {
  const newest = rounds.byNumber(number)!
  return `/admin/rounds/${number}${newest.edition === edition ? '' : `/editions/${edition}`}`
}
