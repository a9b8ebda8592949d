import { labelOf } from '../../text/choice.ts'
import {
  AMENDED_BASES,
  AMENDED_DECISIONS,
  type AmendedResult,
  type AmendedRow,
  amendmentsOf,
} from '../amendment.ts'
import { bandLabel } from '../policy.ts'
import type { SelectionResult } from '../result.ts'
import type { Snapshot } from '../snapshot.ts'
import { selectionTexts } from './decision.ts'

/** As `SelectionTexts`, for a result after some hospitals declined. */
export interface AmendedTexts {
  /** 選定, 補欠3位, 辞退, 繰上げの対象外, 対象外 */
  decision(row: AmendedRow): string
  basis(row: AmendedRow): string | null
  why(row: AmendedRow): string
}

/** @param result of the snapshot, which the amended one started from */
export function amendedTexts(
  snapshot: Snapshot,
  result: SelectionResult,
  amended: Pick<AmendedResult, 'format' | 'amendments'>,
): AmendedTexts {
  const texts = selectionTexts(snapshot, result)
  const first = new Map(result.results.map((row) => [row.code, row]))
  const declines = new Map(amendmentsOf(amended).map((amendment) => [amendment.code, amendment]))
  const bands = new Map(snapshot.policy.bands.map((band) => [band.id, bandLabel(band)]))
  return {
    decision: (row) => {
      if (row.decision !== 'declined') return texts.decision({ ...first.get(row.code)!, ...unamended(row) })
      return declines.get(row.code)!.kind ? '繰上げの対象外' : labelOf(AMENDED_DECISIONS, 'declined')
    },
    basis: ({ basis }) => basis && labelOf(AMENDED_BASES, basis),
    why(row) {
      const decline = declines.get(row.code)
      if (decline) return decline.kind ? decline.reason : `辞退の申出：${decline.reason}`
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
