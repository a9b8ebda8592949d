import { amend, type Decline } from '../../../../src/domain/selection/amendment.ts'
import {
  type ArchiveContents,
  type ArchiveRecord,
  sealArchive,
} from '../../../../src/domain/selection/archive/archive.ts'
import { select } from '../../../../src/domain/selection/select.ts'
import type { Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { bands, candidate, snapshot } from '../builders.ts'

export const TAKEN: Snapshot = {
  ...snapshot(
    ['1', '2', '3'].map((code) => candidate(code)),
    { criteria: { disaster: 10 }, tieBreak: ['lottery'], bands: bands(2, 0) },
  ),
  moves: [{ code: '3', position: 1, reason: '救急搬送の実績' }],
}

export const RECORD: ArchiveRecord = {
  prefecture: '鹿児島県',
  round: 1,
  edition: 1,
  policyVersion: 3,
  freeSeatsReason: null,
  proposed: { at: '2024-03-19T01:00:00.000Z', by: 'tanto', name: '担当 一郎', reason: '協議済み' },
  confirmed: { at: '2024-03-19T02:00:00.000Z', by: 'kacho', name: '課長 花子', reason: null },
  history: [
    { at: '2024-03-19T00:30:00.000Z', by: 'kacho', name: '課長 花子', reason: '再確認', action: 'returned' },
  ],
}

/** As it is written since the record tells what stood before. */
export const RECORD_2: ArchiveRecord = {
  ...RECORD,
  audit: { count: 12, head: 'a'.repeat(64) },
  follows: [{ round: 2, edition: 1, sha256: 'b'.repeat(64) }],
}

export const FILES = [
  { name: 'ministry.csv', bytes: Buffer.from('\ufeff順位,医療機関名\r\n1,"試験""3病院"\r\n') },
  { name: 'ministry.cp932.csv', bytes: Buffer.from([0x8f, 0x87, 0x88, 0xca, 0x0d, 0x0a]) },
]

export function contentsOf(changes: Partial<ArchiveContents> = {}): ArchiveContents {
  return { record: RECORD, snapshot: TAKEN, result: select(TAKEN), amendment: null, files: FILES, ...changes }
}

/** The edition after the first one, in which hospitals have declined. */
export function amendedContents(declines: Decline[], taken: Snapshot = TAKEN): ArchiveContents {
  const outcome = amend(select(taken), declines)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  const base = JSON.parse(sealArchive(contentsOf({ snapshot: taken, result: select(taken) })))
  return contentsOf({
    record: { ...RECORD, edition: 2 },
    snapshot: taken,
    result: select(taken),
    amendment: { base: { edition: 1, sha256: base.sha256.archive }, declines, result: outcome.amended },
  })
}
