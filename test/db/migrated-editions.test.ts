import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { RECEIPT_KEY } from '../support/receipts.ts'
import { versionZero } from './version-0.ts'

/** The tables of before, beside the stores of today on a copy of the same database. */
let before: Database.Database
let stores: Stores
let close: () => void
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-editions-'))
  const paths = [join(folder, 'before.db'), join(folder, 'today.db')] as const
  for (const path of paths) writeFileSync(path, versionZero())
  before = new Database(paths[0], { readonly: true })
  const opened = openDatabase(paths[1], { receiptKey: () => RECEIPT_KEY })
  stores = openStores(opened.db, () => new Date(0))
  close = () => {
    before.close()
    opened.close()
    rmSync(folder, { recursive: true })
  }
})
afterAll(() => close())

type Row = Record<string, string | number | null>
const rowsOf = (table: string) => before.prepare(`SELECT * FROM ${table} ORDER BY id`).all() as Row[]
const filesOf = (table: string, owner: string, id: unknown) =>
  before.prepare(`SELECT name, bytes, sha256 FROM ${table} WHERE ${owner} = ? ORDER BY name`).all(id)
const factsOf = (row: Row) => ({
  number: row.number,
  edition: row.edition,
  kind: row.kind,
  policyVersion: row.policy_version,
  reason: row.reason,
  declinedCode: row.declined_code,
  freeSeatsReason: row.free_seats_reason,
  waitingReason: row.waiting_reason,
  proposed: row.proposed_by === null ? null : { actor: row.proposed_by, at: new Date(row.proposed_at!) },
})

test('every round is a confirmed edition, with all that was written of it and its files to the byte', () => {
  const rounds = rowsOf('rounds').toSorted(
    (a, b) => Number(a.number) - Number(b.number) || Number(a.edition) - Number(b.edition),
  )
  expect(stores.editions.confirmed()).toMatchObject(
    rounds.map((row) => ({
      ...factsOf(row),
      state: 'confirmed',
      settled: { actor: row.confirmed_by, at: new Date(row.confirmed_at!), reason: null },
    })),
  )
  for (const [index, edition] of stores.editions.confirmed().entries())
    expect(stores.editions.files(edition)).toEqual(filesOf('round_files', 'round', rounds[index]!.id))
})

test('every proposal keeps its number, what became of it and its files', () => {
  const proposals = rowsOf('proposals')
  expect(proposals.map(({ state }) => state)).toEqual([
    'returned',
    'withdrawn',
    'approved',
    'approved',
    'open',
  ])
  for (const row of proposals) {
    const edition = stores.editions.byProposal(Number(row.id))!
    expect(edition).toMatchObject({
      ...factsOf(row),
      proposal: row.id,
      state: row.state === 'approved' ? 'confirmed' : row.state,
      settled: row.closed_by && {
        actor: row.closed_by,
        at: new Date(row.closed_at!),
        reason: row.closed_reason,
      },
    })
    const files = stores.editions.files(edition).filter(({ name }) => name !== 'archive.json')
    expect(files).toEqual(filesOf('proposal_files', 'proposal', row.id))
  }
})

test('an approved proposal and its round are one edition, and they stand in the order in which they were made', () => {
  const approved = rowsOf('proposals').filter(({ state }) => state === 'approved')
  const all = [...stores.editions.confirmed(), ...stores.editions.proposals()]
  const ids = new Set(all.map(({ id }) => id))
  expect(ids.size).toBe(rowsOf('rounds').length + rowsOf('proposals').length - approved.length)
  const made = new Map(all.map(({ id, proposed, settled }) => [id, (proposed ?? settled)!.at.getTime()]))
  const inOrder = [...made].toSorted(([a], [b]) => a - b).map(([, at]) => at)
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
})
