import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseSnapshot, type Snapshot } from '../../../src/domain/selection/snapshot.ts'
import { candidate, snapshot } from './builders.ts'
import { rankingOf } from './moved-snapshots.ts'

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../../docs/snapshot-format.md'), 'utf8')

test('the moves of the document are valid and do what it says', () => {
  const { moves }: Required<Pick<Snapshot, 'moves'>> = JSON.parse(/```json\n([^`]+)```/.exec(DOCUMENT)![1]!)
  const all = ['4610000011', '4610000012', '4610000013', '4610000014'].map((code) => candidate(code))
  const taken = snapshot(all, { criteria: {}, tieBreak: [] })
  expect(parseSnapshot({ ...taken, moves }).ok).toBe(true)
  const said = [...DOCUMENT.matchAll(/`(…1\d(?:, …1\d)+)`/g)].map(([, codes]) => codes)
  expect(said).toEqual(
    [[], moves.slice(0, 1), moves].map((applied) =>
      rankingOf({ ...taken, moves: applied })
        .map((code) => `…${code.slice(-2)}`)
        .join(', '),
    ),
  )
})

test('what an edition adds, as the document shows it, is valid', () => {
  const [, text] = /### What an edition adds[^`]*?(?:`[^`\n]*`[^`]*?)*```jsonc\n([^`]+)```/.exec(DOCUMENT)!
  const shown = JSON.parse(text!.replace(/\s+\/\/.*$/gm, ''))
  const taken = snapshot([candidate('1')], {})
  const [base] = taken.candidates
  const [{ submission, ...facts }] = shown.candidates
  const candidates = [{ ...base, ...facts, submission: { ...base!.submission, ...submission } }]
  const parsed = parseSnapshot({ ...taken, policy: { ...taken.policy, ...shown.policy }, candidates })
  expect(parsed.ok ? [] : parsed.problems).toEqual([])
})
