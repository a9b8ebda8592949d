import { labelOf } from '../../text/choice.ts'
import {
  AMENDED_BASES,
  AMENDED_DECISIONS,
  type AmendedResult,
  type AmendedRow,
  amendmentsOf,
} from '../amendment.ts'
import type { HospitalResult } from '../result.ts'
import type { DecisionTexts } from './decision.ts'

/** The selection that an amended one started from, as its `Reading` has it. */
interface First {
  texts: DecisionTexts<HospitalResult>
  row(code: string): HospitalResult
  bandLabel(id: string | null): string
}

/** 辞退 and 繰上げの対象外 beside the words of the selection that it started from. */
export function amendedTexts(
  { texts, row: firstOf, bandLabel }: First,
  amended: Pick<AmendedResult, 'format' | 'amendments'>,
): DecisionTexts<AmendedRow> {
  const declines = new Map(amendmentsOf(amended).map((amendment) => [amendment.code, amendment]))
  return {
    decision: (row) => {
      if (row.decision !== 'declined') return texts.decision({ ...firstOf(row.code), ...unamended(row) })
      return declines.get(row.code)!.kind ? '繰上げの対象外' : labelOf(AMENDED_DECISIONS, 'declined')
    },
    basis: ({ basis }) => basis && labelOf(AMENDED_BASES, basis),
    why(row) {
      const decline = declines.get(row.code)
      if (decline) return decline.kind ? decline.reason : `辞退の申出：${decline.reason}`
      const before = firstOf(row.code)
      if (row.basis !== 'promoted') return texts.why(before)
      const place = `${bandLabel(before.band)}の区分で補欠${before.waitlistPosition}位`
      return `${place}。選定された病院の辞退に伴う繰上げ`
    },
  }
}

function unamended({ decision, waitlistPosition }: AmendedRow) {
  if (decision === 'declined') throw new Error('a declined hospital has no first decision any more')
  return { decision, waitlistPosition }
}
