import type { ColumnRule, Ground } from '../../domain/disclosure/classes.ts'
import type { Removal, Standing } from '../../domain/disclosure/masked-table.ts'
import type { Band } from '../../domain/selection/bands.ts'

/** A document of the set as it is held. */
export interface HeldDocument {
  /** Of the table of classes. */
  id: string
  /** Within the set, without what follows the dot: 02_確定結果/内部資料 */
  path: string
  title: string
  /** What it is of: 令和6年3月19日 …; '' where nothing is known. */
  dated: string
  documentNumber: string
  type: 'csv' | 'xlsx' | 'json'
  bytes: Uint8Array
  columns: readonly ColumnRule[]
  /** Its hash as it was frozen; null where it is made anew. */
  sha256: string | null
  /** So much of it is hidden that its hash tells nothing. */
  isLarge: boolean
  note: string
}

/** What is held without being a table. */
export interface OtherDocument {
  title: string
  dated: string
  documentNumber: string
  note: string
}

/** What a set is made of. */
export interface SetContents {
  survey: string
  /** 初回選定（第2版） */
  round: string
  madeAt: string
  ordinance: string
  wordings: Readonly<Record<Ground, string>>
  standing: Standing
  documents: readonly HeldDocument[]
  /** What is held and given as a whole or not at all: files that have no columns. */
  others: readonly OtherDocument[]
  bands: readonly Band[]
}

/** A document with what is left of it. */
export interface Disclosed
  extends Pick<HeldDocument, 'path' | 'title' | 'dated' | 'documentNumber' | 'sha256' | 'isLarge' | 'note'> {
  types: readonly string[]
  rows: number
  removals: readonly Removal[]
}
