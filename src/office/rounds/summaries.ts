import type { Stores } from '../../db/stores.ts'
import { editionLabel } from '../../domain/record/round.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { changesSince, type KnownToday, knownToday } from './changes.ts'
import type { FrozenReader, FrozenRound } from './frozen.ts'
import { damagedFiles } from './sound-files.ts'

/** A confirmed round in a line. */
export interface RoundSummary {
  href: string
  label: string
  confirmedAt: string
  selected: number
  /** Seats that are left of those it had. */
  free: number
  /** Hospitals of which something changed since. */
  changed: number
  /** Of those the selected ones. */
  changedSelected: number
  /** Its files that are read from their copies, as they are called. */
  damaged: string[]
}

/** The newest edition of every round, with what changed since. */
export function roundSummaries(stores: Stores, frozenOf: FrozenReader): RoundSummary[] {
  const newest = stores.editions.newest()
  const today: KnownToday = newest.length === 0 ? NOTHING_KNOWN : knownToday(stores)
  return newest.map((round) => ({
    href: `/admin/rounds/${round.number}`,
    label: editionLabel(round.number, round.edition),
    confirmedAt: dateTimeText(round.settled.at),
    ...countsOf(frozenOf(round), today),
    damaged: damagedFiles(round, frozenOf(round)),
  }))
}

function countsOf(frozen: FrozenRound, today: KnownToday) {
  const { total } = frozen.reading.board()
  const changes = changesSince(frozen, today)
  return {
    selected: total.selected,
    free: Math.max(0, total.seats - total.selected),
    changed: changes.length,
    changedSelected: changes.filter(({ isSelected }) => isSelected).length,
  }
}

const NOTHING_KNOWN: KnownToday = { hospitals: new Map(), further: [] }
