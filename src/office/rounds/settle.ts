import type { FastifyRequest } from 'fastify'
import type { AdminOptions } from '../../admin/plugin.ts'
import { officerOf } from '../../admin/session/officer.ts'
import type { NewEdition } from '../../db/rounds.ts'
import type { Stores } from '../../db/stores.ts'
import { archiveFileOf } from './archive.ts'

/** The page where an edition stands now; or something else took its place in the meantime. */
export type Settled = { kind: 'settled'; href: string } | { kind: 'overtaken' }

/** Confirms an edition, or proposes it where the settings ask for a second person. A second click finds it there. */
export function settleEdition(
  { stores, now }: AdminOptions,
  request: FastifyRequest,
  edition: NewEdition,
): Settled {
  const by = { actor: officerOf(request).login, at: now() }
  if (request.site.secondApproval) {
    const outcome = stores.proposals.propose(edition, by)
    return outcome.kind === 'proposed' ? proposed(outcome.id) : thereAlready(stores, edition)
  }
  const archive = archiveFileOf(stores, edition, { proposed: null, confirmed: by })
  const outcome = stores.rounds.confirm({ ...edition, files: [...edition.files, archive] }, by)
  return outcome === 'confirmed' ? confirmed(edition) : thereAlready(stores, edition)
}

function proposed(id: number): Settled {
  return { kind: 'settled', href: `/admin/proposals/${id}` }
}

function confirmed({ number }: NewEdition): Settled {
  return { kind: 'settled', href: `/admin/rounds/${number}` }
}

/** The same act, sent twice; anything else is not what this officer decided on. */
function thereAlready({ rounds, proposals }: Stores, edition: NewEdition): Settled {
  const open = proposals.open()
  if (open && isSame(open, edition)) return proposed(open.id)
  const there = rounds.editions(edition.number).find((each) => each.edition === edition.edition)
  return there && isSame(there, edition) ? confirmed(edition) : { kind: 'overtaken' }
}

type Identity = Pick<NewEdition, 'number' | 'edition' | 'kind' | 'declinedCode'>

function isSame(a: Identity, b: Identity): boolean {
  return (
    a.number === b.number && a.edition === b.edition && a.kind === b.kind && a.declinedCode === b.declinedCode
  )
}
