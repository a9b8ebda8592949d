import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { afterAll, describe, expect, test } from 'vitest'
import { installGuards } from '../../src/db/guards.ts'
import { openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import { DEFAULT_POLICY } from '../../src/domain/selection/policy.ts'
import { RECEIPT_KEY } from '../support/receipts.ts'

const folder = mkdtempSync(join(tmpdir(), 'kakuho-lots-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The migrations up to the last one before there were lots. */
const BEFORE = join(folder, 'migrations')
cpSync(resolve(import.meta.dirname, '../../migrations'), BEFORE, { recursive: true })
const journal = join(BEFORE, 'meta/_journal.json')
const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { tag: string }[] }
const first = entries.findIndex(({ tag }) =>
  readFileSync(join(BEFORE, `${tag}.sql`), 'utf8').includes('`lot`'),
)
writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, first) }))

/** A file as the program left it that knew no lots, its guards installed, opened by the program of today. */
function opened(contents: { answers?: number; seeds?: string[]; confirmed?: boolean }) {
  const path = join(mkdtempSync(join(folder, 'survey-')), 'survey.db')
  const sqlite = new Database(path)
  migrate(drizzle(sqlite), { migrationsFolder: BEFORE })
  installGuards(sqlite)
  fill(sqlite, contents)
  sqlite.close()
  const { db, close } = openDatabase(path, { receiptKey: () => RECEIPT_KEY })
  const stores = openStores(db, () => new Date(0))
  const lots = stores.submissions.all().map(({ channel, lot }) => ({ channel, lot }))
  const seen = { method: stores.lots.method(), lots, record: stores.audit.verify() }
  close()
  // Opened once more nothing is drawn again.
  const again = openDatabase(path, { receiptKey: () => RECEIPT_KEY })
  const later = openStores(again.db, () => new Date(0)).submissions.all()
  expect(later.map(({ channel, lot }) => ({ channel, lot }))).toEqual(lots)
  again.close()
  return seen
}

function fill(
  sqlite: Database.Database,
  { answers = 0, seeds = [], confirmed = false }: Parameters<typeof opened>[0],
): void {
  for (let index = 1; index <= answers; index += 1) {
    const channel = index % 5 === 0 ? 'fax' : 'web'
    insert(sqlite, 'submissions', {
      number: `R-${String(index).padStart(4, '0')}`,
      code: 'ABCD-2345',
      submission_id: `id-${index}`,
      state: 'unlinked',
      channel,
      is_matched: 0,
      submitted_at: index,
      created_at: index,
    })
    insert(sqlite, 'submission_versions', {
      submission: index,
      version: 1,
      contact_name: '架空',
      phone: '099-000-0000',
      email: 'a@example.jp',
      emr: 'full',
      intent: 'both',
      gmis_consent: 1,
      hospital_name: '架空病院',
      created_at: index,
    })
  }
  for (const [index, lotterySeed] of seeds.entries())
    insert(sqlite, 'policies', {
      version: index + 1,
      body: JSON.stringify({ ...DEFAULT_POLICY, lotterySeed }),
      note: '',
      author: 'kian',
      created_at: index,
    })
  if (confirmed) insert(sqlite, 'editions', { number: 1, edition: 1, kind: 'confirmed', policy_version: 0 })
}

function insert(sqlite: Database.Database, table: string, row: Record<string, string | number>): void {
  const names = Object.keys(row)
  sqlite
    .prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`)
    .run(row)
}

describe('a survey of before there were lots', () => {
  test('every answer that came by the web has a くじ番号, no other, and they are not the same', () => {
    const { lots, record } = opened({ answers: 60 })
    expect(record).toBeNull()
    for (const { channel, lot } of lots)
      if (channel === 'web') expect(Number.isInteger(lot) && lot! >= 0 && lot! < 1000).toBe(true)
      else expect(lot).toBeNull()
    expect(new Set(lots.map(({ lot }) => lot)).size).toBeGreaterThan(20)
  })

  test.each<[what: string, contents: Parameters<typeof opened>[0], method: string]>([
    ['a seed and answers', { answers: 2, seeds: ['令和6年3月19日'] }, 'text'],
    ['a seed and answers that came otherwise', { answers: 5, seeds: ['令和6年3月19日'] }, 'text'],
    ['a confirmed round by the policy that comes with the program', { answers: 1, confirmed: true }, 'text'],
    ['answers, and no policy of its own', { answers: 2 }, 'receipts'],
    ['answers, and a seed that was taken out', { answers: 2, seeds: ['令和6年', ''] }, 'receipts'],
    ['a seed, and nobody has answered', { seeds: ['令和6年3月19日'] }, 'receipts'],
    ['nothing', {}, 'receipts'],
  ])('%s: %o goes on by %s', (_what, contents, method) => {
    expect(opened(contents).method).toBe(method)
  })
})
