import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startCommands } from '../support/command.ts'

const GOLDEN = resolve(import.meta.dirname, '../domain/selection/golden')
const golden = (name: string) => readFileSync(resolve(GOLDEN, name), 'utf8')

let commands: ReturnType<typeof startCommands>
beforeEach(() => {
  commands = startCommands()
})
afterEach(() => commands.remove())

test('a snapshot in, the result on standard output, and no database touched', async () => {
  const { code, out } = await commands.run(['select', resolve(GOLDEN, 'snapshot.json')])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual(JSON.parse(golden('result.json')))
})

interface Draft {
  policy: Record<string, unknown>
  candidates: { submission: { gmisConsent: boolean } | null; gmis: unknown; override: unknown }[]
}

test.each<[string, (snapshot: Draft) => void, RegExp]>([
  ['GMIS answers without consent', withoutConsent, /candidates\[\d+\]\.gmis/],
  ['an unknown key', (snapshot) => Object.assign(snapshot, { mood: 'good' }), /mood/],
  ['a hospital twice', ({ candidates }) => candidates.push(candidates[0]!), /candidates\[\d+\]\.code/],
  [
    'an override without a reason',
    ({ candidates }) => Object.assign(candidates[0]!, { override: { kind: 'exclude', reason: '' } }),
    /override\.reason/,
  ],
  [
    'negative seats',
    ({ policy }) => Object.assign((policy.bands as object[])[0]!, { seats: -1 }),
    /bands\[0\]\.seats/,
  ],
])('%s is refused in one line that names the field', async (_name, damage, named) => {
  const snapshot = JSON.parse(golden('snapshot.json')) as Draft
  damage(snapshot)
  const { code, out, error, errorLines } = await commands.run([
    'select',
    commands.file('s.json', JSON.stringify(snapshot)),
  ])
  expect([code, errorLines, out]).toEqual([2, 1, ''])
  expect(error).toMatch(named)
})

test.each([
  ['nothing', '', 'JSON'],
  ['a letter', '拝啓', 'JSON'],
  ['a list', '[]', 's.json'],
])('%s is no snapshot', async (_name, content, named) => {
  const { code, error, errorLines } = await commands.run(['select', commands.file('s.json', content)])
  expect([code, errorLines]).toEqual([2, 1])
  expect(error).toContain(named)
})

test('no file, or one that is not there', async () => {
  expect(await commands.run(['select'])).toMatchObject({ code: 2, errorLines: 1 })
  expect(await commands.run(['select', 'nowhere.json'])).toMatchObject({ code: 2, errorLines: 1 })
})

function withoutConsent({ candidates }: Draft): void {
  const consented = candidates.find(({ submission, gmis }) => submission?.gmisConsent && gmis !== null)
  consented!.submission!.gmisConsent = false
}
