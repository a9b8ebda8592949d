import { expect, test } from 'vitest'
import { fuzzed } from '../../scripts/torture/fuzz/fuzz.ts'
import { filledSurvey } from '../../scripts/torture/fuzz/office.ts'

const filled = await filledSurvey()
const { seeds } = filled

/** The short form of `npm run torture -- --only fuzz`: bad requests of every kind to addresses of every group. */
test('nothing that is sent fails the server, holds it up, or is stored where it is not valid', async () => {
  const { faults, figures } = await fuzzed({
    rounds: 700,
    seed: 1,
    by: 'group',
    say: () => undefined,
    filled,
  })
  expect(faults).toEqual([])
  expect(new Map(figures).get('kinds')).toBeGreaterThan(35)
}, 120_000)

test('the forms that the pages have are known, so that what is sent comes near to what is taken', () => {
  const posts = seeds.filter(({ method }) => method === 'POST')
  const forms = posts.filter(({ fields, isUpload }) => isUpload || Object.keys(fields).length > 0)
  expect(forms.length).toBeGreaterThan(130)
  expect(new Set(seeds.map(({ group }) => group)).size).toBeGreaterThan(50)
  expect(new Set(seeds.map(({ side }) => side))).toEqual(new Set(['public', 'admin', 'end']))
})
