import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach } from 'vitest'
import { type OpenDatabase, openDatabase, openedIn } from '../../src/db/open.ts'
import * as schema from '../../src/db/schema.ts'
import { openStores } from '../../src/db/stores.ts'
import type { SaveContext } from '../../src/db/submissions.ts'
import type { NewSubmission } from '../../src/domain/answer/submission.ts'
import { RECEIPT_KEY } from './receipts.ts'
import { addHospitals } from './submissions.ts'

export const NOON = new Date('2024-03-11T03:00:00Z')
export const HERE = '4619900011'
export const THERE = '4619900029'

/** Everything that a database holds, to be opened again as often as wanted. */
export function imageOf({ db }: Pick<OpenDatabase, 'db'>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-image-'))
  try {
    db.run(sql`VACUUM INTO ${join(folder, 'image.db')}`)
    return readFileSync(join(folder, 'image.db'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A database of its own with what the image holds: its schema came from the migrations, run once a worker. */
export function openImage(image: Buffer, path: string): OpenDatabase {
  if (path === ':memory:') return openCopy(image)
  writeFileSync(path, image)
  return openDatabase(path)
}

/** With the receipt key of the tests, as a file has one of its own beside it. */
export function openCopy(image: Buffer): OpenDatabase & { database: OpenDatabase; receiptKey: Uint8Array } {
  const receiptKey = RECEIPT_KEY
  const database = openedIn(new Database(image), receiptKey)
  return { ...database, database, receiptKey }
}

let empty: Buffer | undefined
let fresh: Buffer | undefined

/**
 * Real SQLite as the real migrations leave it, with the dates of the first edition and nothing else. Its equal hospitals
 * are ordered by the text of the policy: a test that is about the draw chooses it.
 */
export function emptyImage(): Buffer {
  empty ??= imageOf(withSettings(FIRST_EDITION))
  return empty
}

/** What the notice of 令和6年3月8日 says. */
export const FIRST_EDITION = {
  issuedOn: '2024-03-08',
  opensAt: '2024-03-08',
  closesAt: '2024-03-18',
  nationalSeats: '2000',
  contractorContactFrom: '2024-04',
  fiscalYear: '2024',
  gmisSurveyOn: '2024-01-31',
}

/** As a file is made: nobody has set anything yet. */
export function freshImage(): Buffer {
  fresh ??= imageOf(openDatabase(':memory:', { receiptKey: () => RECEIPT_KEY }))
  return fresh
}

/** They stood there before the record began. */
function withSettings(settings: Record<string, string>): OpenDatabase {
  const database = openDatabase(':memory:', { receiptKey: () => RECEIPT_KEY })
  const rows = Object.entries(settings).map(([key, value]) => ({ key, value }))
  database.db.insert(schema.settings).values(rows).run()
  database.db
    .insert(schema.lotMethods)
    .values({ method: 'text', author: 'test', createdAt: new Date(0) })
    .run()
  return database
}

let withTwoHospitals: Buffer | undefined

/** The stores over a database with two hospitals in the master. */
export function startDatabase() {
  withTwoHospitals ??= twoHospitals()
  const { db, close } = openCopy(withTwoHospitals)
  const stores = openStores(db, () => NOON)
  return {
    db,
    close,
    stores,
    send: (answer: NewSubmission, context: Partial<SaveContext> = {}) =>
      stores.submissions.save(answer, saveContext(context)),
    /** The last actions on the record, the newest last. */
    actions: (count: number) =>
      stores.audit
        .all()
        .slice(-count)
        .map(({ action }) => action),
  }
}

function twoHospitals(): Buffer {
  const database = openCopy(emptyImage())
  addHospitals(
    openStores(database.db, () => NOON),
    { key: HERE },
    { key: THERE, name: '見本病院' },
  )
  return imageOf(database)
}

type StartedDatabase = ReturnType<typeof startDatabase>

/** The same for every test of a file, each with a database of its own. */
export function databaseForEach() {
  let database: StartedDatabase
  beforeEach(() => {
    database = startDatabase()
  })
  afterEach(() => database.close())
  return {
    get db() {
      return database.db
    },
    get stores() {
      return database.stores
    },
    send: (...args: Parameters<StartedDatabase['send']>) => database.send(...args),
    actions: (count: number) => database.actions(count),
  }
}

export function saveContext(overrides: Partial<SaveContext> = {}): SaveContext {
  return { at: NOON, channel: 'web', actor: 'hospital:test', ...overrides }
}

export function minutesAfter(start: Date, minutes: number): Date {
  return new Date(start.getTime() + minutes * 60_000)
}
