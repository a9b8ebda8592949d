import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { aSubmission } from '../support/builders.ts'
import { RECEIPT_KEY } from '../support/receipts.ts'
import { versionZero } from './version-0.ts'

const DECISION = { actor: 'tanto', at: new Date('2024-04-09T01:00:00Z'), reason: '電話で確認' }

/** The tables of before, beside the stores of today on a copy of the same database. */
let before: Database.Database
let after: Database.Database
let stores: Stores
let close: () => void
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-submissions-'))
  const paths = [join(folder, 'before.db'), join(folder, 'today.db')] as const
  for (const path of paths) writeFileSync(path, versionZero())
  before = new Database(paths[0], { readonly: true })
  const opened = openDatabase(paths[1], { receiptKey: () => RECEIPT_KEY })
  after = new Database(paths[1], { readonly: true })
  stores = openStores(opened.db, () => new Date(0))
  close = () => {
    before.close()
    after.close()
    opened.close()
    rmSync(folder, { recursive: true })
  }
})
afterAll(() => close())

const rows = (database: Database.Database, table: string) =>
  database.prepare(`SELECT * FROM ${table} ORDER BY rowid`).all() as Record<string, unknown>[]

test('every answer is what it was, none of them closed, with its versions and its late link', () => {
  const answers = rows(before, 'submissions')
  const lot = expect.toSatisfy((drawn: number) => Number.isInteger(drawn) && drawn >= 0 && drawn < 1000)
  expect(rows(after, 'submissions')).toEqual(
    answers.map(({ code: _, ...row }) => ({
      ...row,
      closed_at: null,
      is_matched: 0,
      withdrawn_channel: null,
      lot: row.channel === 'web' ? lot : null,
    })),
  )
  expect(rows(after, 'submission_versions')).toEqual(
    rows(before, 'submission_versions').map((row) => ({
      ...row,
      author: null,
      channel: null,
      reason: null,
      extra: null,
    })),
  )
  expect(rows(after, 'late_links')).toEqual(rows(before, 'late_links'))
  expect(answers.some(({ state }) => state === 'duplicate')).toBe(true)
  expect(answers.some(({ state }) => state === 'unlinked')).toBe(true)
})

test('one answer of a hospital counts, and a version still needs its answer', () => {
  const schema = after.prepare("SELECT group_concat(sql, ';') AS sql FROM sqlite_master").get() as {
    sql: string
  }
  expect(schema.sql).toContain('submissions_one_current')
  expect(schema.sql).toContain('submission_versions_written_once')
  expect(schema.sql).not.toContain('__new_submissions')
  expect(after.pragma('foreign_key_check')).toEqual([])
})

test('what waited then is closed or opened today, and a new answer has the next number', () => {
  const waiting = stores.submissions.all().filter(({ state }) => ['duplicate', 'unlinked'].includes(state))
  for (const { number, state } of waiting) {
    expect(stores.submissions.close(number, DECISION)).toBe(state === 'duplicate' ? 'rejected' : 'outside')
    expect(stores.submissions.reopen(number, DECISION)).toBe(state)
  }
  const last = rows(before, 'submissions').length
  const context = { at: DECISION.at, channel: 'web', actor: null } as const
  const other = { hospitalCode: 'other', hospitalName: '別院', hospitalAddress: '町', hospitalBeds: '30' }
  const { submission } = stores.submissions.save(aSubmission(other), context)
  expect(submission.number).toBe(`R-${String(last + 1).padStart(4, '0')}`)
  expect(stores.audit.verify()).toBeNull()
})

test('its equal hospitals stay in the order of the text that was announced', () => {
  expect(stores.lots.method()).toBe('text')
  const empty = openDatabase(':memory:')
  expect(openStores(empty.db, () => new Date(0)).lots.method()).toBe('receipts')
  empty.close()
})
