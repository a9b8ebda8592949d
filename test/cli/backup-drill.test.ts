import { expect, test } from 'vitest'
import { drilled } from '../../scripts/torture/restore.ts'

/** A short round of what `npm run torture -- --only restore` does. */
test('hospitals that had a receipt before a backup open it after everything was lost and restored', async () => {
  const faults: string[] = []
  const { before } = await drilled(
    { connections: 2, backups: 1 },
    () => 300,
    (fault) => faults.push(fault),
  )
  expect(faults).toEqual([])
  expect(before).toBeGreaterThan(0)
})
