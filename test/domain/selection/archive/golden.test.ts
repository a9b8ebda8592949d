import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { passedOver } from '../../../../src/domain/selection/amendment.ts'
import { type ArchiveContents, sealArchive } from '../../../../src/domain/selection/archive/archive.ts'
import { verifyArchive } from '../../../../src/domain/selection/archive/verification.ts'
import { amendedContents, contentsOf, RECORD_2 } from './archives.ts'
import { ANNOUNCED, drawnArchive, RECEIPTS } from './drawn-archive.ts'

const GOLDEN = new URL('golden/', import.meta.url)
const DECLINE = { code: '3', reason: '病院からの申出' }

const amended2: ArchiveContents = {
  ...amendedContents([passedOver('2', '追加選定（第2回）で選定済み'), DECLINE]),
  record: { ...RECORD_2, edition: 2 },
}

/** The first four were written before archives had draws and further questions. */
test.each<[name: string, text: string]>([
  ['archive-1', sealArchive(contentsOf())],
  ['archive-1-amended', sealArchive(amendedContents([DECLINE]))],
  ['archive-2', sealArchive(contentsOf({ record: RECORD_2 }))],
  ['archive-2-amended', sealArchive(amended2)],
  ['archive-2-drawn', drawnArchive(RECEIPTS)],
  ['archive-2-announced', drawnArchive(ANNOUNCED)],
])('%s.json verifies, and is what is written, byte for byte', (name, text) => {
  const bytes = readFileSync(new URL(`${name}.json`, GOLDEN))
  expect(verifyArchive(bytes).ok).toBe(true)
  expect(text).toBe(bytes.toString('utf8'))
})

test('all of them are looked at', () => {
  expect(readdirSync(GOLDEN)).toHaveLength(6)
})
