import { type AmendedReading, amendedReading } from '../../domain/selection/reading.ts'
import { type ReasonsOf, reasonsOf } from '../../domain/selection/words/reasons.ts'
import { amendedBy } from '../rounds/frozen.ts'
import { leftOutCause } from '../rounds/held-seats.ts'
import type { Draft } from './draft.ts'

/** A draft as what is confirmed reads: nobody has declined yet. */
export function undeclined({ reading }: Pick<Draft, 'reading'>): AmendedReading {
  const known = readings.get(reading) ?? amendedReading(reading, amendedBy(reading.result, []))
  readings.set(reading, known)
  return known
}

const readings = new WeakMap<Draft['reading'], AmendedReading>()

/** Why every hospital would be where it is: worked out once for a draft, as often as it is asked for. */
export function draftReasons(draft: Draft): ReasonsOf {
  const known = reasons.get(draft) ?? reasonsOf(undeclined(draft), { leftOut: leftOutIn(draft) })
  reasons.set(draft, known)
  return known
}

const reasons = new WeakMap<Draft, ReasonsOf>()

function leftOutIn({ held }: Draft): (code: string) => string | undefined {
  return (code) => {
    const found = held.leftOut.get(code)
    return found && leftOutCause(found)
  }
}
