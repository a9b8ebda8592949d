import { expect, test } from 'vitest'
import { fuzzed } from '../../scripts/torture/fuzz/fuzz.ts'
import { filledSurvey } from '../../scripts/torture/fuzz/office.ts'
import { REQUEST_KINDS } from '../../scripts/torture/fuzz/requests.ts'

/** The short form of `npm run torture -- --only fuzz`: every kind of bad request once for every group of addresses. */
test('nothing that is sent fails the server, holds it up, or is stored where it is not valid', async () => {
  const { seeds } = await filledSurvey()
  const groups = new Set(seeds.map(({ group }) => group))
  const rounds = groups.size * Object.keys(REQUEST_KINDS).length
  expect(groups.size).toBeGreaterThan(30)
  const { faults } = await fuzzed({ rounds, seed: 1, by: 'group', say: () => undefined })
  expect(faults).toEqual([])
}, 120_000)

test('the forms that the pages have are known, so that what is sent comes near to what is taken', async () => {
  const { seeds } = await filledSurvey()
  const forms = seeds.filter(({ method, fields }) => method === 'POST' && Object.keys(fields).length > 0)
  expect(forms.length).toBeGreaterThan(70)
})
