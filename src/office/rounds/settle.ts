import type { Act } from '../../db/acts.ts'
import type { EditionFacts, NewEdition, OpenEdition } from '../../db/edition-rows.ts'
import type { ApproveOutcome } from '../../db/editions.ts'
import type { Stores } from '../../db/stores.ts'
import type { AuditHead } from '../../domain/record/audit.ts'
import { archiveFileOf, archiveParts } from './archive.ts'
import { classesFile } from './disclosure-classes.ts'
import { roundFiles } from './files.ts'
import { type FrozenRound, frozenRoundReader } from './frozen.ts'

/** Where an edition stands now; or something else took its place in the meantime. */
export type Settled =
  | { kind: 'proposed'; proposal: number }
  | { kind: 'confirmed'; number: number }
  | { kind: 'overtaken' }

/** What an officer has decided on, and what is frozen with it. */
interface Decided extends Omit<NewEdition, 'files'> {
  frozen: FrozenRound
}

/**
 * Confirms an edition, or proposes it where a second person has to approve. A second click finds it there.
 * @param secondApproval whether it waits for another officer's 決裁
 */
export async function settleEdition(
  stores: Stores,
  { frozen, ...facts }: Decided,
  { by, secondApproval }: { by: Act; secondApproval: boolean },
): Promise<Settled> {
  const files = [...(await roundFiles(frozen)), classesFile(stores)]
  const edition = { ...facts, files }
  if (secondApproval) {
    const outcome = stores.editions.propose(edition, by)
    return outcome.kind === 'proposed' ? outcome : thereAlready(stores, edition)
  }
  const parts = await archiveParts(stores, edition, { frozen, files })
  const archive = (audit: AuditHead) =>
    archiveFileOf(stores, { edition, frozen, parts, proposed: null, confirmed: by, audit })
  const outcome = stores.editions.confirm(edition, archive, by)
  return outcome === 'confirmed'
    ? { kind: 'confirmed', number: edition.number }
    : thereAlready(stores, edition)
}

/** 決裁: the proposed files stay as they are; the archive, which names both people, comes to them. */
export async function approveProposal(
  stores: Stores,
  edition: OpenEdition,
  by: Act,
): Promise<ApproveOutcome> {
  const files = stores.editions.files(edition)
  const frozen = frozenRoundReader(stores)(edition)
  const parts = await archiveParts(stores, edition, { frozen, files })
  const confirmation = { edition, frozen, parts, proposed: edition.proposed, confirmed: by }
  const archive = (audit: AuditHead) => archiveFileOf(stores, { ...confirmation, audit })
  return stores.editions.approve(edition.proposal, archive, by)
}

/** The same act, sent twice; anything else is not what this officer decided on. */
function thereAlready({ editions }: Stores, edition: EditionFacts): Settled {
  const open = editions.open()
  if (open && isSame(open, edition)) return { kind: 'proposed', proposal: open.proposal }
  const there = editions.ofRound(edition.number).some((each) => isSame(each, edition))
  return there ? { kind: 'confirmed', number: edition.number } : { kind: 'overtaken' }
}

function isSame(a: EditionFacts, b: EditionFacts): boolean {
  return (
    a.number === b.number && a.edition === b.edition && a.kind === b.kind && a.declinedCode === b.declinedCode
  )
}
