import type { Prefecture } from '../../survey/prefecture.ts'
import { labelOf } from '../../text/choice.ts'
import {
  AMENDED_DECISIONS,
  type AmendedResult,
  type AmendedRow,
  amendedBasesOf,
  amendmentsOf,
} from '../amendment.ts'
import type { HospitalResult } from '../result.ts'
import type { Candidate } from '../snapshot.ts'
import { type DecisionTexts, functionsText, withoutStop } from './decision.ts'

/** The selection that an amended one started from, as its `Reading` has it. */
interface First {
  place: Prefecture
  texts: DecisionTexts<HospitalResult>
  candidate(code: string): Candidate
  row(code: string): HospitalResult
  bandLabel(id: string | null): string
}

/** 辞退 and 繰上げの対象外 beside the words of the selection that it started from. */
export function amendedTexts(
  { place, texts, candidate, row: firstOf, bandLabel }: First,
  amended: Pick<AmendedResult, 'format' | 'amendments'>,
): DecisionTexts<AmendedRow> {
  const declines = new Map(amendmentsOf(amended).map((amendment) => [amendment.code, amendment]))
  const saidOf = ({ code, basis }: AmendedRow): string | null => {
    const decline = declines.get(code)
    if (decline) return decline.kind ? decline.reason : `辞退の申出：${withoutStop(decline.reason)}`
    if (basis !== 'promoted') return null
    const before = firstOf(code)
    return `${bandLabel(before.band)}の区分で補欠第${before.waitlistPosition}位。選定された病院の辞退に伴う繰上げ`
  }
  return {
    decision: (row) => {
      if (row.decision !== 'declined') return texts.decision({ ...firstOf(row.code), ...unamended(row) })
      return declines.get(row.code)!.kind ? '繰上げの対象外' : labelOf(AMENDED_DECISIONS, 'declined')
    },
    basis: ({ basis }) => basis && labelOf(amendedBasesOf(place), basis),
    why: (row) => saidOf(row) ?? texts.why(firstOf(row.code)),
    statement(row) {
      const [said, functions] = [saidOf(row), functionsText(candidate(row.code))]
      if (said === null) return texts.statement(firstOf(row.code))
      return [said, functions].filter(Boolean).join('。')
    },
  }
}

function unamended({ decision, waitlistPosition }: AmendedRow) {
  if (decision === 'declined') throw new Error('a declined hospital has no first decision any more')
  return { decision, waitlistPosition }
}
