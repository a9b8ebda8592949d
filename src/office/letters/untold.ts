import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { addressees } from './cases.ts'
import { earlierLetters, hasBeenTold } from './sending.ts'

/** How many hospitals a round's letters are for, and how many of them none has gone out to yet, in any way. */
export function letterCounts(stores: Stores, edition: ConfirmedEdition): { all: number; untold: number } {
  const cases = addressees(stores, edition)
  const earlier = earlierLetters(stores, edition.number)
  return {
    all: cases.length,
    untold: cases.filter((each) => !hasBeenTold(earlier(each.code), each)).length,
  }
}
