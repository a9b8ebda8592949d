import type { Change, Comparison } from '../comparison.ts'
import { bandLabel } from '../policy.ts'
import type { Snapshot } from '../snapshot.ts'
import { selectionTexts } from './decision.ts'

/** One hospital whose decision differs between two selections, in words. */
export interface ChangeLine {
  code: string
  name: string
  region: string
  band: string
  beds: number
  before: string
  after: string
  /** The sentence of the side after. */
  why: string
}

/** @param compared the selections of the two snapshots */
export function changeLines(
  { before, after }: { before: Snapshot; after: Snapshot },
  compared: Comparison,
): (change: Change) => ChangeLine {
  const candidates = new Map(after.candidates.map((candidate) => [candidate.code, candidate]))
  const texts = {
    before: selectionTexts(before, compared.before),
    after: selectionTexts(after, compared.after),
  }
  return ({ code, before: had, after: has }) => {
    const { name, region, beds } = candidates.get(code)!
    const band = after.policy.bands.find(({ id }) => id === has.band)
    return {
      code,
      name,
      region,
      beds,
      band: band ? bandLabel(band) : '区分外',
      before: placeText(texts.before.decision(had), texts.before.basis(had)),
      after: placeText(texts.after.decision(has), texts.after.basis(has)),
      why: texts.after.why(has),
    }
  }
}

/** 選定（順位）, 補欠3位 */
function placeText(decision: string, basis: string | null): string {
  return basis === null ? decision : `${decision}（${basis}）`
}
