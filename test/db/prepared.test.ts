import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { type Db, openDatabase } from '../../src/db/open.ts'
import { prepared, value } from '../../src/db/prepared.ts'
import { copyInMemory } from '../../src/db/rehearsal.ts'
import { settings, submissionVersions } from '../../src/db/schema.ts'
import { openStores } from '../../src/db/stores.ts'
import { withoutGuards } from '../../src/db/without-guards.ts'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, emptyImage, HERE, NOON, openImage, saveContext } from '../support/database.ts'
import { RECEIPT_KEY } from '../support/receipts.ts'
import { statementsOf } from '../support/statements.ts'

const database = databaseForEach()

const build = vi.fn((db: Db) =>
  db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, value('key')))
    .prepare(),
)
const setting = prepared(build)

/** What the query says of one connection after another: none of them is asked for another's rows. */
function titleIn(db: Db): string | undefined {
  return setting(db).get({ key: 'title' })?.value
}

const setTitle = (db: Db, text: string) =>
  db
    .insert(settings)
    .values({ key: 'title', value: text })
    .onConflictDoUpdate({ target: settings.key, set: { value: text } })
    .run()

test('is built once a connection, within transactions and outside of them', () => {
  const { db } = database
  build.mockClear()
  setTitle(db, '外')
  expect(titleIn(db)).toBe('外')
  db.transaction((tx) => {
    setTitle(tx as unknown as Db, '内')
    expect(setting(tx).get({ key: 'title' })).toEqual({ value: '内' })
    tx.transaction((inner) => expect(setting(inner).get({ key: 'title' })).toEqual({ value: '内' }))
  })
  expect(titleIn(db)).toBe('内')
  expect(build).toHaveBeenCalledTimes(1)
})

test('what a transaction takes back it does not see any more', () => {
  const { db, stores } = database
  setTitle(db, '前')
  const failing = () =>
    stores.together(() => {
      setTitle(db, '後')
      expect(titleIn(db)).toBe('後')
      throw new Error('given up')
    })
  expect(failing).toThrow('given up')
  expect(titleIn(db)).toBe('前')
})

test('a statement that failed works the next time', () => {
  const { stores } = database
  const sent = aSubmission({ hospitalCode: HERE })
  const broken = { ...sent, answers: { ...sent.answers, emr: 'unheard of', emrPlannedMonth: '2024-10' } }
  expect(() => stores.submissions.save(broken as typeof sent, saveContext())).toThrow()
  expect(stores.submissions.all()).toEqual([])
  expect(stores.submissions.save(sent, saveContext()).kind).toBe('saved')
})

test('goes on where the schema is changed beneath it', () => {
  const { db, stores } = database
  const [first, second, third] = [1, 2, 3].map(() => aSubmission({ hospitalCode: HERE }))
  stores.submissions.save(first!, saveContext())
  // As the end of the keeping and a migration do: triggers go and come, a table gets a column and an index.
  db.transaction((tx) => withoutGuards(tx, () => {}))
  stores.submissions.save(second!, saveContext())
  db.run(sql`ALTER TABLE submissions ADD COLUMN later TEXT`)
  db.run(sql`CREATE INDEX submissions_later ON submissions (later)`)
  db.run(sql`VACUUM`)
  stores.submissions.save(third!, saveContext())
  expect(stores.submissions.all().map(({ number }) => number)).toEqual(['R-0001', 'R-0002', 'R-0003'])
  expect(stores.submissions.byNumber('R-0002')?.submissionId).toBe(second!.submissionId)
})

test('the copy of a rehearsal and the survey answer each from their own', () => {
  const { db, stores } = database
  setTitle(db, '本番')
  const sent = aSubmission({ hospitalCode: HERE })
  stores.submissions.save(sent, saveContext())
  const copy = copyInMemory(db, RECEIPT_KEY)
  try {
    setTitle(copy.db, '試験')
    const rehearsed = openStores(copy.db, () => NOON)
    rehearsed.submissions.save(aSubmission({ hospitalCode: HERE }), saveContext())
    expect([titleIn(db), titleIn(copy.db)]).toEqual(['本番', '試験'])
    expect(stores.submissions.byNumber('R-0002')).toBeNull()
    expect(rehearsed.submissions.byNumber('R-0002')?.state).toBe('duplicate')
  } finally {
    copy.close()
  }
  expect(titleIn(db)).toBe('本番')
})

test('a file that is opened again, or another that was laid at its path, is asked anew', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-prepared-'))
  try {
    const path = join(folder, 'kakuho.db')
    const said = ['はじめ', '再開', '復元'].map((text, index) => {
      const opened = index === 1 ? openDatabase(path) : openImage(emptyImage(), path)
      const before = titleIn(opened.db)
      setTitle(opened.db, text)
      const after = titleIn(opened.db)
      opened.close()
      if (index === 1) for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
      return [before, after]
    })
    expect(said).toEqual([
      [undefined, 'はじめ'],
      ['はじめ', '再開'],
      [undefined, '復元'],
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a row that leaves something out has null or the column’s own default', () => {
  const { db, stores } = database
  stores.submissions.save(aSubmission({ hospitalCode: HERE }), saveContext())
  const row = db.get<Record<string, unknown>>(
    sql`SELECT typeof(extra) AS extra, typeof(author) AS author FROM ${submissionVersions}`,
  )
  expect(row).toEqual({ extra: 'null', author: 'null' })
  expect(db.get(sql`SELECT is_matched, withdrawn_at FROM submissions`)).toEqual({
    is_matched: 0,
    withdrawn_at: null,
  })
})

test('the measure of the tests sees what ran, however long ago it was prepared', async () => {
  titleIn(database.db)
  const [statement, ...others] = await statementsOf(() => titleIn(database.db))
  expect(statement).toContain('"settings"')
  expect(others).toEqual([])
})
