import type { AmendedReading } from '../reading.ts'
import { functionsText } from './decision.ts'

/**
 * 選定理由: what the hospital does and what its region needs it for, then its place. The ministry asked for hospitals that are
 * weak, but says nowhere that they are to be named so: what an inspection found or a hospital lacks is in no report.
 */
export function ministryReason({ candidate, row: rowOf, texts }: AmendedReading, code: string): string {
  const row = rowOf(code)
  const needed = row.values.soleEmergency === 100 ? `${row.region}医療圏で唯一の救急医療` : ''
  const does = [functionsText(candidate(code)), needed].filter(Boolean).join('、')
  return [does, texts.why(row)].filter(Boolean).join('。')
}
