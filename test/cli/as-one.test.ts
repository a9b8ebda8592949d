import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import { startCommands } from '../support/command.ts'
import { emptyImage } from '../support/database.ts'

let commands: ReturnType<typeof startCommands>
beforeEach(async () => {
  commands = startCommands({ image: emptyImage() })
  // The first command of all makes the key that signs.
  await commands.run(['settings', 'show'])
})
afterEach(() => commands.remove())

/** Every later entry on the record is refused: the second of an act's. */
function refuseAfter(entries: number): void {
  const database = openDatabase(commands.databasePath)
  const { audit } = openStores(database.db, () => new Date(0))
  const last = audit.all().length + entries
  database.db.run(
    sql.raw(
      `CREATE TRIGGER in_the_way BEFORE INSERT ON audit_log WHEN new.seq > ${last}
       BEGIN SELECT RAISE(ABORT, 'in the way'); END`,
    ),
  )
  database.close()
}

const contents = () =>
  commands.stored(({ settings, policies, hospitals, staff, submissions, audit }) =>
    JSON.stringify([
      ...[settings.stored(), policies.current(), hospitals.all(), staff.users(), submissions.all()],
      audit.all(),
    ]),
  )

test.each([
  [['settings', 'set', 'title=別の題名', 'regionFloor=2'], 1],
  [['settings', 'set', 'title=別の題名', 'contactSection=別の係'], 1],
  [['demo'], 50],
])('%j is one act: what cannot be written to its end leaves nothing', async (argv, entries) => {
  const before = contents()
  refuseAfter(entries)
  const { code, errorLines } = await commands.run(argv)
  expect([code, errorLines]).toEqual([1, 1])
  expect(contents()).toBe(before)
})
