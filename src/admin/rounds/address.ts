import type { ConfirmedEdition, Edition, ProposedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { Settled } from '../../office/rounds/settle.ts'
import { newestOf } from '../confirmed-round.ts'

export interface Identified {
  Params: { id: string }
}

/** Where a confirmed edition stands: as its round's newest, or by its own number. */
export interface RoundAddress {
  Params: { number: string; edition?: string }
}
export const ROUND_ADDRESSES = ['/rounds/:number', '/rounds/:number/editions/:edition'] as const
export const PROPOSAL_ADDRESS = '/proposals/:id'

/** The edition that an address names; null where it names none. */
export function roundAt(
  stores: Stores,
  { number, edition }: RoundAddress['Params'],
): ConfirmedEdition | null {
  if (edition === undefined) return newestOf(stores, number)
  if (!isNumber(number) || !isNumber(edition)) return null
  const editions = stores.editions.ofRound(Number(number))
  return editions.find((each) => each.edition === Number(edition)) ?? null
}

export function proposalAt({ editions }: Stores, id: string): ProposedEdition | null {
  return /^[1-9]\d{0,8}$/.test(id) ? editions.byProposal(Number(id)) : null
}

function isNumber(text: string): boolean {
  return /^[1-9]\d{0,3}$/.test(text)
}

/** The page of a confirmed edition: the newest of its round has the round's own address. */
export function editionHref({ editions }: Stores, { number, edition }: Edition): string {
  const isNewest = editions.newestOf(number)?.edition === edition
  return `/admin/rounds/${number}${isNewest ? '' : `/editions/${edition}`}`
}

export function proposalHref(proposal: number): string {
  return `/admin/proposals/${proposal}`
}

/** What waits for its second person: nothing else is decided meanwhile. Null where nothing does. */
export function openProposalHref({ editions }: Stores): string | null {
  const open = editions.open()
  return open && proposalHref(open.proposal)
}

/** The page on which an edition that has just been settled stands. */
export function settledHref(settled: Exclude<Settled, { kind: 'overtaken' }>): string {
  return settled.kind === 'proposed' ? proposalHref(settled.proposal) : `/admin/rounds/${settled.number}`
}
