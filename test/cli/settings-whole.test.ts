import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { startCommands } from '../support/command.ts'

test('what one command sets of the survey and of the policy is stored together, or not at all', async () => {
  const commands = startCommands()
  try {
    await commands.run(['settings', 'set', 'title=変更前'])
    const database = new Database(commands.databasePath)
    database.exec("CREATE TRIGGER broken BEFORE INSERT ON policies BEGIN SELECT RAISE(ABORT, 'broken'); END")
    database.close()
    expect((await commands.run(['settings', 'set', 'title=変更後', 'regionFloor=1'])).code).toBe(1)
    expect((await commands.run(['settings', 'show'])).out).toContain('title=変更前')
    expect(commands.stored(({ audit }) => audit.latest(1).map(({ subject }) => subject))).toEqual(['title'])
  } finally {
    commands.remove()
  }
})
