import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import { DEFAULT_POLICY } from '../../src/domain/selection/policy.ts'
import { FIRST_EDITION } from '../support/database.ts'
import { RECEIPT_KEY } from '../support/receipts.ts'
import { versionZero } from './version-0.ts'

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations')
const NOW = new Date('2026-11-26T00:00:00Z')

/** What a survey of before had where nobody had set or saved anything. */
const LIVED_WITH = {
  supportPeriodEnd: '2025-03',
  tieBreak: ['beds', 'submittedAt', 'lottery'],
  lotterySeed: '令和6年3月19日',
}
const SEATS = [23, 19, 4, 2, 1, 1]

let folder: string
let before: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  before = join(folder, 'migrations')
  mkdirSync(join(before, 'meta'), { recursive: true })
  const journal = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8'))
  const entries = journal.entries.filter(({ idx }: { idx: number }) => idx < 3)
  writeFileSync(join(before, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
  const files = readdirSync(MIGRATIONS).filter((file) => /^000[0-2]_.*\.sql$/.test(file))
  for (const file of files) cpSync(join(MIGRATIONS, file), join(before, file))
})
afterAll(() => rmSync(folder, { recursive: true }))

const opened: OpenDatabase[] = []
afterEach(() => {
  for (const database of opened.splice(0)) database.close()
})

const ANSWER = `INSERT INTO submissions (number, submission_id, code, hospital_code, state, channel, submitted_at, created_at)
  VALUES ('R-0001', 'a', 'TEST-2345', NULL, 'unlinked', 'web', 1709900000000, 1709900000000)`
const ROUND = "INSERT INTO editions (number, edition, kind, policy_version) VALUES (1, 1, 'confirmed', 0)"
const setting = (key: string, value: string) => `INSERT INTO settings VALUES ('${key}', '${value}')`
const policy = (
  version: number,
  seed: string,
) => `INSERT INTO policies (scenario, version, body, note, author, created_at)
  VALUES (NULL, ${version}, '${JSON.stringify({ ...DEFAULT_POLICY, supportPeriodEnd: '2026-03', lotterySeed: seed })}', '試験', 'x', 1709900000000)`

/** A file as the program before the change left it, opened by today's. */
function survey(...statements: string[]) {
  const path = join(folder, `${opened.length}-${statements.length}-${Math.random()}.db`)
  const sqlite = new Database(path)
  sqlite.pragma('foreign_keys = OFF')
  migrate(drizzle(sqlite), { migrationsFolder: before })
  for (const statement of statements) sqlite.exec(statement)
  sqlite.close()
  const database = openDatabase(path, { receiptKey: () => RECEIPT_KEY })
  opened.push(database)
  return openStores(database.db, () => NOW)
}

const seatsOf = ({ bands }: { bands: readonly { seats: number }[] }) => bands.map(({ seats }) => seats)

test('an empty file gets today’s defaults', () => {
  const { settings, policies, audit } = survey()
  expect(settings.stored()).toEqual({})
  expect(policies.current()).toEqual({ version: 0, policy: DEFAULT_POLICY })
  expect(policies.versions()).toEqual([])
  expect(audit.all()).toEqual([])
})

test('one whose dates were set keeps them and stays open, the others are nobody’s', () => {
  const { settings, policies } = survey(setting('opensAt', '2026-11-01'), setting('closesAt', '2026-12-18'))
  expect(settings.stored()).toEqual({ opensAt: '2026-11-01', closesAt: '2026-12-18' })
  expect(settings.read()).toMatchObject({ fiscalYear: null, issuedOn: null })
  expect(policies.current().version).toBe(0)
})

test.each([
  ['answers', ANSWER],
  ['rounds', ROUND],
])('one with %s and no saved policy keeps what it has lived with, as its first version', (_what, row) => {
  const { settings, policies, audit } = survey(row)
  expect(settings.stored()).toEqual(FIRST_EDITION)
  const { version, policy: current } = policies.current()
  expect(version).toBe(1)
  expect(current).toMatchObject(LIVED_WITH)
  expect(seatsOf(current)).toEqual(SEATS)
  expect(policies.versions()).toHaveLength(1)
  expect(policies.versions()[0]).toMatchObject({
    author: 'program',
    note: expect.stringContaining('初期設定'),
  })
  expect(policies.shipped()).toMatchObject({ version: 0, policy: current })
  expect(audit.all()).toEqual([])
  policies.save(current, { actor: 'x', at: NOW, note: '試験' })
  expect(policies.current().version).toBe(2)
})

test('what was set and saved stays as it is', () => {
  const set = [setting('closesAt', '2024-03-25'), setting('fiscalYear', '2025'), setting('title', '調査')]
  const { settings, policies } = survey(ANSWER, ROUND, ...set, policy(1, '一'), policy(2, '二'))
  expect(settings.stored()).toEqual({
    ...FIRST_EDITION,
    closesAt: '2024-03-25',
    fiscalYear: '2025',
    title: '調査',
  })
  expect(policies.current()).toMatchObject({
    version: 2,
    policy: { lotterySeed: '二', supportPeriodEnd: '2026-03' },
  })
  expect(policies.versions().map(({ version }) => version)).toEqual([2, 1])
  // Rounds of before the first save were decided by what came with the program then.
  expect(policies.shipped()).toMatchObject({ version: 0, policy: LIVED_WITH })
})

test('the survey of version 0 states what it stated', () => {
  const path = join(folder, 'version-0.db')
  writeFileSync(path, versionZero())
  const earlier = new Database(path, { readonly: true })
  const stored = earlier.prepare('SELECT key, value FROM settings').all() as { key: string; value: string }[]
  earlier.close()
  const database = openDatabase(path, { receiptKey: () => RECEIPT_KEY })
  opened.push(database)
  const stores = openStores(database.db, () => NOW)
  const own = Object.fromEntries(stored.map(({ key, value }) => [key, value]))
  expect(stores.settings.stored()).toEqual({ ...FIRST_EDITION, ...own })
})

test('opened again nothing is stored anew', () => {
  const path = join(folder, 'again.db')
  openDatabase(path, { receiptKey: () => RECEIPT_KEY }).close()
  const first = openDatabase(path, { receiptKey: () => RECEIPT_KEY })
  opened.push(first)
  openStores(first.db, () => NOW).settings.change({ title: '調査' }, { actor: 'x', at: NOW })
  const second = openDatabase(path, { receiptKey: () => RECEIPT_KEY })
  opened.push(second)
  expect(openStores(second.db, () => NOW).settings.stored()).toEqual({ title: '調査' })
})
