import type { By, NewEdition } from '../../db/rounds.ts'
import type { Stores } from '../../db/stores.ts'
import { archiveFileOf } from './archive.ts'

/** Where an edition stands now; or something else took its place in the meantime. */
export type Settled =
  | { kind: 'proposed'; id: number }
  | { kind: 'confirmed'; number: number }
  | { kind: 'overtaken' }

/**
 * Confirms an edition, or proposes it where a second person has to approve. A second click finds it there.
 * @param secondApproval whether it waits for another officer's 決裁
 */
export function settleEdition(
  stores: Stores,
  edition: NewEdition,
  { by, secondApproval }: { by: By; secondApproval: boolean },
): Settled {
  if (secondApproval) {
    const outcome = stores.proposals.propose(edition, by)
    return outcome.kind === 'proposed' ? outcome : thereAlready(stores, edition)
  }
  const archive = archiveFileOf(stores, edition, { proposed: null, confirmed: by })
  const outcome = stores.rounds.confirm({ ...edition, files: [...edition.files, archive] }, by)
  return outcome === 'confirmed' ? confirmed(edition) : thereAlready(stores, edition)
}

function confirmed({ number }: NewEdition): Settled {
  return { kind: 'confirmed', number }
}

/** The same act, sent twice; anything else is not what this officer decided on. */
function thereAlready({ rounds, proposals }: Stores, edition: NewEdition): Settled {
  const open = proposals.open()
  if (open && isSame(open, edition)) return { kind: 'proposed', id: open.id }
  const there = rounds.editions(edition.number).find((each) => each.edition === edition.edition)
  return there && isSame(there, edition) ? confirmed(edition) : { kind: 'overtaken' }
}

type Identity = Pick<NewEdition, 'number' | 'edition' | 'kind' | 'declinedCode'>

function isSame(a: Identity, b: Identity): boolean {
  return (
    a.number === b.number && a.edition === b.edition && a.kind === b.kind && a.declinedCode === b.declinedCode
  )
}
