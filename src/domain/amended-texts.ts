import { bandLabel } from './policy.ts'
import { labelOf } from './questionnaire.ts'
import {
  AMENDED_BASES,
  AMENDED_DECISIONS,
  type AmendedResult,
  type AmendedRow,
} from './selection/amendment.ts'
import type { SelectionResult } from './selection/result.ts'
import type { Snapshot } from './selection/snapshot.ts'
import { selectionTexts } from './selection-texts.ts'

/** As `SelectionTexts`, for a result after some hospitals declined. */
export interface AmendedTexts {
  /** 選定, 補欠3位, 辞退, 対象外 */
  decision(row: AmendedRow): string
  basis(row: AmendedRow): string | null
  why(row: AmendedRow): string
}

/** @param result of the snapshot, which the amended one started from */
export function amendedTexts(
  snapshot: Snapshot,
  result: SelectionResult,
  { amendments }: Pick<AmendedResult, 'amendments'>,
): AmendedTexts {
  const texts = selectionTexts(snapshot, result)
  const first = new Map(result.results.map((row) => [row.code, row]))
  const reasons = new Map(amendments.map(({ code, reason }) => [code, reason]))
  const bands = new Map(snapshot.policy.bands.map((band) => [band.id, bandLabel(band)]))
  return {
    decision: (row) =>
      row.decision === 'declined'
        ? labelOf(AMENDED_DECISIONS, row.decision)
        : texts.decision({ ...first.get(row.code)!, ...unamended(row) }),
    basis: ({ basis }) => basis && labelOf(AMENDED_BASES, basis),
    why(row) {
      if (row.decision === 'declined') return `辞退の申出：${reasons.get(row.code) ?? ''}`
      const before = first.get(row.code)!
      if (row.basis !== 'promoted') return texts.why(before)
      const place = `${bands.get(before.band ?? '') ?? ''}の区分で補欠${before.waitlistPosition}位`
      return `${place}。選定された病院の辞退に伴う繰上げ`
    },
  }
}

function unamended({ decision, waitlistPosition }: AmendedRow) {
  if (decision === 'declined') throw new Error('a declined hospital has no first decision any more')
  return { decision, waitlistPosition }
}
