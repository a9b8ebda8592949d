import type { Stores } from '../../db/stores.ts'
import { CHANGE_KINDS } from '../../domain/master/change.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { officerNames } from '../officer-names.ts'
import { type ChangedCell, changedCells } from './changed-cells.ts'

/** One act that changed what the master says of a hospital. */
export interface MasterChangeLine {
  at: string
  actor: string
  what: string
  source: string | null
  /** Of the import that it is a part of. */
  href: string | null
  /** Empty where the hospital came into the master. */
  cells: ChangedCell[]
  reason: string | null
}

/** What became of a hospital in the master, newest first. */
export function masterChanges(stores: Stores, key: string): MasterChangeLine[] {
  const nameOf = officerNames(stores)
  return stores.hospitalHistory
    .ofHospital(key)
    .map(({ at, actor, kind, source, import: of, before, after, reason }) => ({
      at: dateTimeText(at),
      actor: nameOf(actor),
      what: labelOf(CHANGE_KINDS, kind),
      source,
      href: of === null ? null : `/admin/hospitals/imports/${of}`,
      cells: before === null ? [] : changedCells(before, after),
      reason,
    }))
}
