import type { Proposal } from '../../db/proposals.ts'
import type { Round } from '../../db/rounds.ts'
import type { Stores } from '../../db/stores.ts'
import type { Settled } from '../../office/rounds/settle.ts'

export interface Numbered {
  Params: { number: string }
}

/** The newest edition of the round that an address names; null where it names none. */
export function newestRound({ rounds }: Stores, number: string): Round | null {
  return isNumber(number) ? rounds.byNumber(Number(number)) : null
}

export function roundEdition({ rounds }: Stores, number: string, edition: string): Round | null {
  if (!isNumber(number) || !isNumber(edition)) return null
  return rounds.editions(Number(number)).find((round) => round.edition === Number(edition)) ?? null
}

export function proposalOf({ proposals }: Stores, id: string): Proposal | null {
  return /^[1-9]\d{0,8}$/.test(id) ? proposals.byId(Number(id)) : null
}

function isNumber(text: string): boolean {
  return /^[1-9]\d{0,3}$/.test(text)
}

/** The page on which an edition that has just been settled stands. */
export function settledHref(settled: Exclude<Settled, { kind: 'overtaken' }>): string {
  return settled.kind === 'proposed' ? `/admin/proposals/${settled.id}` : `/admin/rounds/${settled.number}`
}
