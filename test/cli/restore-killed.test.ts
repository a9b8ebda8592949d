import fs, { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { finishReplacement } from '../../src/db/replacement.ts'
import type { Stores } from '../../src/db/stores.ts'
import { aKilledSurvey, descriptionOf, found, KO } from '../support/backups.ts'
import { startCommands } from '../support/command.ts'
import { saveSubmission } from '../support/submissions.ts'

/** How many steps on the disk are still done. After the last of them nothing is, as after a kill. */
const power = { left: Number.POSITIVE_INFINITY }
const CHANGING = [
  ...([
    'renameSync',
    'writeFileSync',
    'writeSync',
    'mkdirSync',
    'mkdtempSync',
    'rmSync',
    'rmdirSync',
  ] as const),
  ...(['unlinkSync', 'linkSync', 'openSync', 'fsyncSync'] as const),
]
const originals = Object.fromEntries(CHANGING.map((name) => [name, fs[name]]))

beforeAll(() => {
  const stoppable = (step: unknown) =>
    function stopped(...args: unknown[]) {
      if (power.left <= 0) throw new Error('killed')
      power.left -= 1
      return (step as (...args: unknown[]) => unknown)(...args)
    }
  Object.assign(fs, Object.fromEntries(CHANGING.map((name) => [name, stoppable(fs[name])])))
  syncBuiltinESMExports()
})
afterAll(() => {
  Object.assign(fs, originals)
  syncBuiltinESMExports()
})

let commands: ReturnType<typeof startCommands>
beforeEach(() => {
  commands = startCommands()
})
afterEach(() => {
  power.left = Number.POSITIVE_INFINITY
  commands.remove()
})

type Files = ReturnType<typeof aKilledSurvey>
const answering = (count: number) => (stores: Stores) => {
  for (let each = 0; each < count; each += 1) saveSubmission(stores, { hospital: KO })
}
const keysOf = (files: Files) =>
  [files.receiptKey, files.invitationKey, files.signingKey].map((path) => readFileSync(path, 'utf8'))
const surveyAt = (files: Files) => ({
  answers: found(files.database, ({ submissions }) => submissions.all().length),
  keys: keysOf(files),
})

/** A backup of a survey with 1 answer; and in its place another one, killed, whose 3 answers its -wal alone has. */
async function prepared() {
  const backup = join(dirname(commands.databasePath), 'x.tar')
  const first = aKilledSurvey(commands.databasePath, answering(1))
  const then = { answers: 1, keys: keysOf(first) }
  await commands.run(['backup', backup])
  const files = aKilledSurvey(commands.databasePath, answering(3))
  return { backup, files, before: { answers: 3, keys: keysOf(files) }, then }
}

test('a restore that is killed at any step leaves the old survey or the new one, never some of each', async () => {
  const { backup, files, before, then } = await prepared()
  const [folder, image] = [dirname(backup), `${dirname(backup)}-image`]
  cpSync(folder, image, { recursive: true })
  const outcomes: string[] = []
  for (let steps = 0; outcomes.at(-1) !== 'done'; steps += 1) {
    rmSync(folder, { recursive: true })
    cpSync(image, folder, { recursive: true })
    power.left = steps
    const { code } = await commands.run(['restore', backup])
    // Whoever opens the survey next is killed as well, each time one step later.
    for (let further = 0; !isFinished(files, further); further += 1);
    power.left = Number.POSITIVE_INFINITY
    const left = surveyAt(files)
    expect(left).toEqual(left.answers === then.answers ? then : before)
    outcomes.push(code === 0 ? 'done' : left.answers === then.answers ? 'new' : 'old')
  }
  rmSync(image, { recursive: true })
  // Up to one step it is the old one, and from there on the new one.
  expect(outcomes.join(' ')).toMatch(/^(old )+(new )+done$/)
})

test('a backup does first what a restore that was killed has left to do', async () => {
  const { backup, files, then } = await prepared()
  const later = join(dirname(backup), 'later.tar')
  // Step by step, until it is decided and not yet done.
  for (let steps = 0; !existsSync(files.restoring); steps += 1) {
    power.left = steps
    await commands.run(['restore', backup])
    power.left = Number.POSITIVE_INFINITY
  }
  expect(await commands.run(['backup', later])).toMatchObject({ code: 0 })
  expect(descriptionOf(later).answers).toBe(then.answers)
  expect(surveyAt(files)).toEqual(then)
})

function isFinished(files: Files, steps: number): boolean {
  power.left = steps
  try {
    finishReplacement(files)
    return true
  } catch (error) {
    if ((error as Error).message === 'killed') return false
    throw error
  }
}
