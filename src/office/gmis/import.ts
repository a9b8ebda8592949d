import type { Stores } from '../../db/stores.ts'
import type { LookedAt } from './look.ts'
import type { GmisReading } from './reading.ts'

/** What becomes of the answers of hospitals that the file does not name. */
export type MissingRule = 'keep' | 'remove'

type Stage = Pick<LookedAt, 'fileName' | 'sha256' | 'sheet' | 'unknown'> & { id?: number }

/** Takes in what was looked at: all of it or nothing. The caller has shown the reading, and seen that nothing is wrong with it. */
export function importGmis(
  stores: Stores,
  { fileName, sha256, sheet, unknown, id }: Stage,
  { answers, missing, withoutConsent, withoutAnswer }: GmisReading,
  { missing: rule, ...by }: { actor: string; at: Date; missing: MissingRule },
) {
  const removed = rule === 'remove' ? missing.map(({ key }) => key) : []
  return stores.gmis.import(answers, {
    ...by,
    source: fileName,
    sha256,
    sheet,
    mappingVersion: stores.gmisMappings.current().version,
    leftOut: {
      unknown: unknown.length,
      withoutConsent: withoutConsent.length,
      withoutAnswer: withoutAnswer.length,
    },
    removed,
    ...(id !== undefined && { stage: id }),
  })
}
