import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdExclusively, holdShared } from '../../src/db/installation-lock.ts'

const MODULE = resolve(import.meta.dirname, '../../src/db/installation-lock.ts')

let folder: string
let lock: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  lock = join(folder, 'survey.db.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Another program that holds it until it is killed. */
async function other(act: 'holdShared' | 'holdExclusively') {
  const code = `import { ${act} } from '${MODULE}'; const held = ${act}('${lock}'); console.log(held !== null); setInterval(() => held, 1000)`
  const running = spawn(process.execPath, ['--input-type=module', '-e', code])
  const [said] = await once(running.stdout.setEncoding('utf8'), 'data')
  return {
    got: said === 'true\n',
    async kill() {
      running.kill('SIGKILL')
      await once(running, 'close')
    },
  }
}

test('several have the database open, and none of them is replaced under', async () => {
  const mine = holdShared(lock)
  const theirs = await other('holdShared')
  expect([mine !== null, theirs.got]).toEqual([true, true])
  expect(holdExclusively(lock)).toBeNull()
  mine?.release()
  expect(holdExclusively(lock)).toBeNull()
  // Killed, not closed: nothing is left behind that would have to be removed by hand.
  await theirs.kill()
  const alone = holdExclusively(lock)
  expect(alone).not.toBeNull()
  alone?.release()
})

test('nobody opens what is being replaced, until whoever replaces it is gone', async () => {
  const theirs = await other('holdExclusively')
  expect(theirs.got).toBe(true)
  expect([holdShared(lock), holdShared(lock, 50), holdExclusively(lock)]).toEqual([null, null, null])
  await theirs.kill()
  const mine = holdShared(lock)
  expect(mine).not.toBeNull()
  mine?.release()
})

test('this program counts as well', () => {
  const first = holdShared(lock)
  expect(holdExclusively(lock)).toBeNull()
  const second = holdShared(lock)
  first?.release()
  expect(holdExclusively(lock)).toBeNull()
  second?.release()
  const alone = holdExclusively(lock)
  expect([alone !== null, holdShared(lock)]).toEqual([true, null])
  alone?.release()
})

test('it is one empty file, which its owner alone may read', () => {
  const held = holdExclusively(lock)
  expect(readdirSync(folder)).toEqual(['survey.db.lock'])
  held?.release()
  expect([statSync(lock).size, statSync(lock).mode & 0o777]).toEqual([0, 0o600])
})
