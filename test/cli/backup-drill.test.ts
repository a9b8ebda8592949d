import { expect, test } from 'vitest'
import { restore } from '../../scripts/torture/restore.ts'

/** One round of what `npm run torture -- --only restore` does. */
test('hospitals that had a receipt before a backup open it after everything was lost and restored', async () => {
  const { faults } = await restore.run({ rounds: 1, seed: 1, say: () => {} })
  expect(faults).toEqual([])
})
