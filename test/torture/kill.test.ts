import { expect, test } from 'vitest'
import { KILLED_ACTS, killActing } from '../../scripts/torture/kill/acts.ts'
import { killAnswering } from '../../scripts/torture/kill/answers.ts'
import { Faults } from '../../scripts/torture/subject.ts'

/** The short form of `npm run torture -- --only kill`. */
const say = () => undefined

test('killed while hospitals answer, nothing that was receipted is lost, half or twice', async () => {
  const faults = new Faults()
  const figures = await killAnswering({ rounds: 1, seed: 1, faults, say })
  expect(faults.all).toEqual([])
  expect(figures.rounds).toBe(1)
  expect(figures.receipts).toBeGreaterThan(0)
})

test.each(['second approval', 'settings by command'])(
  'killed during %s, all of it is there or nothing',
  async (name) => {
    const faults = new Faults()
    const only = KILLED_ACTS.filter((act) => act.name === name)
    await killActing({ rounds: 1, seed: 1, faults, say, only })
    expect(faults.all).toEqual([])
  },
)
