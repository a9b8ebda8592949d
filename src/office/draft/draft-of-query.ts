import type { Stores } from '../../db/stores.ts'
import type { Draft, ReadDraft } from './draft.ts'

/** @param wanted `1` of `?round=1`: a confirmed round as it would be selected today. Anything else is the one that is being prepared. */
export function draftOfQuery({ editions }: Stores, readDraft: ReadDraft, wanted: string): Draft {
  const round = editions.newest().find(({ number }) => String(number) === wanted)
  return round ? readDraft(round.number) : readDraft()
}
