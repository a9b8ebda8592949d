import { expect, test } from 'vitest'
import { mutated } from '../../scripts/torture/files/files.ts'

/** The short form of `npm run torture -- --only files`. */
test('no changed file makes a reader fail, and what is refused is refused in Japanese', async () => {
  const { faults, figures } = await mutated({ rounds: 700, seed: 1, say: () => undefined })
  expect(faults).toEqual([])
  const { files, readers } = Object.fromEntries(figures)
  expect(files).toBe(700)
  expect(readers).toBeGreaterThan(5)
})
