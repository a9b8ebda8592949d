import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { recent } from '../src/office/recent.ts'
import type { Growth } from './support/heap.ts'

/** Bytes that a request may leave behind: some two thousand are the program's own, a draft of 200 hospitals is 300,000. */
const MOST = 3_000

test('no page and no file of the officers’ side keeps anything of a request', async () => {
  const script = join(import.meta.dirname, 'support/heap.ts')
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, String(MOST)])
  const { addresses, together, changing, each }: Growth = JSON.parse(stdout)
  expect(addresses).toBeGreaterThan(80)
  const culprits = Object.entries(each).filter(([, bytes]) => bytes > 10 * MOST)
  expect({ culprits, isMuch: together > MOST }, `${together} bytes a request`).toEqual({
    culprits: [],
    isMuch: false,
  })
  expect(changing).toBeLessThan(MOST)
}, 120_000)

test('what is kept for speed is what was used last, and no more than so much', () => {
  const kept = recent<number, string>(2)
  for (const [key, value] of [
    [1, 'one'],
    [2, 'two'],
  ] as const)
    kept.set(key, value)
  expect(kept.get(1)).toBe('one')
  kept.set(3, 'three')
  expect([1, 2, 3].map((key) => kept.get(key))).toEqual(['one', undefined, 'three'])
  kept.set(3, 'another')
  expect([1, 3].map((key) => kept.get(key))).toEqual(['one', 'another'])
})
