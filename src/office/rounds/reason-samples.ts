import type { AmendedReading } from '../../domain/selection/reading.ts'
import type { ReasonsOf } from '../../domain/selection/words/reasons.ts'

/** What one hospital will read, for all of whom the same is said. */
export interface ReasonSample {
  /** Its key. */
  code: string
  name: string
  decision: string
  basis: string | null
  hospital: string
  points: string | null
}

const MOST_SAMPLES = 8

/** One hospital of each wording, in the order of the result: numbers and bands apart, hospitals read the same. */
export function reasonSamples(
  { rows, texts, name, bandLabel }: AmendedReading,
  reasonsOf: ReasonsOf,
): ReasonSample[] {
  const seen = new Set<string>()
  const samples: ReasonSample[] = []
  for (const row of rows) {
    // Nobody reads on a receipt that it has not answered.
    if (row.reason === 'no_submission') continue
    const { hospital, points } = reasonsOf(row.code)
    const wording = withoutNumbers(hospital.replaceAll(bandLabel(row.band), '').replaceAll(row.region, ''))
    if (seen.has(wording)) continue
    seen.add(wording)
    samples.push({
      code: row.code,
      name: name(row.code),
      decision: texts.decision(row),
      basis: texts.basis(row),
      hospital,
      points,
    })
    if (samples.length === MOST_SAMPLES) break
  }
  return samples
}

function withoutNumbers(text: string): string {
  return text.replace(/\d+/g, '')
}
