import type { AmendedReading } from '../reading.ts'
import { hospitalReason } from './reason-hospital.ts'
import { ministryReason } from './reason-ministry.ts'
import { type Beside, officerReason } from './reason-officer.ts'
import { pointsReason } from './reason-points.ts'

const REASONS_FORMAT = 'kakuho.reasons/1'

/** Why a hospital is where it is, for each of its readers. */
export interface Reasons {
  /** To officers only: points, weaknesses and other hospitals by name. A sentence a line. */
  officer: string
  /** To the hospital itself: plain words, nothing of any other hospital but how many there are. */
  hospital: string
  /** The hospital's own points beside the lowest of its band, told where an officer allows it; null where they decided nothing. */
  points: string | null
  /** 選定理由, to the ministry: what the hospital does, then its place. No points, no weakness. */
  ministry: string
}

/** The reasons of any hospital of a selection, by its key. */
export type ReasonsOf = (code: string) => Reasons

/** As they are frozen with an edition: every hospital, in the order of the result. */
export interface ReasonsFile {
  format: typeof REASONS_FORMAT
  reasons: ({ code: string } & Reasons)[]
}

/** Puts the reasons of a selection into words, each when it is first asked for. */
export function reasonsOf(reading: AmendedReading, beside: Beside = {}): ReasonsOf {
  const known = new Map<string, Reasons>()
  return (code) => {
    const reasons = known.get(code) ?? reasonsAbout(reading, code, beside)
    known.set(code, reasons)
    return reasons
  }
}

export function reasonsFile({ rows }: AmendedReading, of: ReasonsOf): ReasonsFile {
  return {
    format: REASONS_FORMAT,
    reasons: rows.map(({ code }) => {
      const { officer, hospital, points, ministry } = of(code)
      return { code, officer, hospital, points, ministry }
    }),
  }
}

/** @throws RangeError on a hospital of which the file says nothing */
export function frozenReasons({ reasons }: ReasonsFile): ReasonsOf {
  const known = new Map(reasons.map(({ code, ...each }) => [code, each]))
  return (code) => {
    const found = known.get(code)
    if (!found) throw new RangeError(`no reasons of ${code}`)
    return found
  }
}

/** Each is worked out when it is asked for: many pages ask for one of them alone. */
function reasonsAbout(reading: AmendedReading, code: string, beside: Beside): Reasons {
  const known: Partial<Reasons> = {}
  return {
    get officer() {
      known.officer ??= officerReason(reading, code, beside)
      return known.officer
    },
    get hospital() {
      known.hospital ??= hospitalReason(reading, code)
      return known.hospital
    },
    get points() {
      return pointsReason(reading, code)
    },
    get ministry() {
      return ministryReason(reading, code)
    },
  }
}
