import { expect, test } from 'vitest'
import { replicate } from '../../scripts/torture/replicate.ts'

test('what Litestream has copied comes back, and only the last moment before the kill is lost', async () => {
  const { figures, faults } = await replicate({ rounds: 3, seed: 20261126, say: () => {} })
  process.stdout.write(`${figures.map(([what, figure]) => `${what} ${figure}`).join('; ')}\n`)
  expect(faults).toEqual([])
})
