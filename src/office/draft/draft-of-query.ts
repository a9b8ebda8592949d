import type { Stores } from '../../db/stores.ts'
import type { Draft, ReadDraft } from './draft.ts'

/** `?round=1`: a confirmed round as it would be selected today. Anything else is the one that is being prepared. */
export function draftOfQuery({ rounds }: Stores, readDraft: ReadDraft, query: unknown): Draft {
  const wanted = String(new Map(Object.entries(query ?? {})).get('round') ?? '')
  const round = rounds.newest().find(({ number }) => String(number) === wanted)
  return round ? readDraft(round.number) : readDraft()
}
