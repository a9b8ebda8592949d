import type { ConfirmedEdition } from '../db/edition-rows.ts'
import type { Stores } from '../db/stores.ts'

export interface Numbered {
  Params: { number: string }
}

/** The newest confirmed edition of the round that an address names; null where it names none. */
export function newestOf({ editions }: Pick<Stores, 'editions'>, number: string): ConfirmedEdition | null {
  return /^[1-9]\d{0,3}$/.test(number) ? editions.newestOf(Number(number)) : null
}

/** The id of a row that a form carries as what it has shown; 0 where it has shown none. */
export function shownId(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}
