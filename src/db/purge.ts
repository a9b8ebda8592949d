import { desc, eq, sql } from 'drizzle-orm'
import { type PurgeStatement, purgeBytes } from '../domain/record/purge-statement.ts'
import { auditHead } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { prepared } from './prepared.ts'
import { purges } from './schema.ts'
import { withoutGuards } from './without-guards.ts'

/** How many rows of a table go. */
export interface PurgedTable {
  table: string
  rows: number
}

export interface Purge extends PurgeStatement {
  /** By the installation's key; null where it had none. */
  signature: string | null
  /** Whether nothing is left in free pages and beside the database. */
  isSwept: boolean
}

interface PurgeAct {
  at: Date
  retentionUntil: string
  basis: string
  /** By the installation's key. @returns null where there is none */
  sign: (message: Uint8Array) => string | null
}

/** What stays: what was done, by whose key it was signed, and which migrations the file has seen. No hospital, no person. */
const KEPT_TABLES: ReadonlySet<string> = new Set(['purges', 'signing_keys', '__drizzle_migrations'])

/** Of a row that stays, what would name somebody. */
const BLANKED: Readonly<Record<string, string>> = { signing_keys: "author = '', reason = NULL" }

/** What the page says that is left: whose survey it was, and the office that answers for it. */
const KEPT_SETTINGS = [
  ...['prefecture', 'prefectureCode', 'title', 'issuer', 'fiscalYear'],
  ...['contactSection', 'contactPhone', 'contactEmail', 'retentionYears'],
] as const

const KEPT_ROWS = sql`key NOT IN (${sql.join(
  KEPT_SETTINGS.map((key) => sql`${key}`),
  sql`, `,
)})`

const lastRow = prepared((db) => db.select().from(purges).orderBy(desc(purges.id)).limit(1).prepare())

/** The end of the keeping: every table but those is emptied, whatever later versions add. */
export function purgeStore(db: Db) {
  function last(): Purge | null {
    const row = lastRow(db).get()
    if (!row) return null
    const { purgedAt, retentionUntil, basis, signature, recordCount: count, recordHead: head } = row
    const tables = JSON.parse(row.counts) as PurgedTable[]
    const record = { count, head }
    return { purgedAt, retentionUntil, basis, signature, tables, record, isSwept: row.sweptAt !== null }
  }

  return {
    /** What was deleted; null while the survey is kept. */
    last,

    /** What would go, tables without a row left out. */
    counts: (): PurgedTable[] => countsOf(db),

    /** Deletes all of it, in one transaction; what is left of it in the files goes with `sweep`. */
    purge: ({ at, retentionUntil, basis, sign }: PurgeAct): void =>
      immediately(db, (tx) => {
        const { count, head } = auditHead(tx)
        const tables = countsOf(tx)
        const signature = sign(
          purgeBytes({ purgedAt: at, retentionUntil, basis, tables, record: { count, head } }),
        )
        const counts = JSON.stringify(tables)
        withoutGuards(tx, () => deleteAll(tx))
        tx.insert(purges)
          .values({
            ...{ purgedAt: at, retentionUntil, basis, counts, signature },
            ...{ recordCount: count, recordHead: head },
          })
          .run()
      }),

    /**
     * Writes the file anew without its free pages, and empties the -wal. Not while another program reads it.
     * @returns whether it was done; else it is done at the next start
     */
    sweep(at: Date): boolean {
      const row = db.select().from(purges).orderBy(desc(purges.id)).limit(1).get()
      if (!row || row.sweptAt !== null) return true
      // What it lays aside meanwhile is in no file.
      db.run(sql`PRAGMA temp_store = MEMORY`)
      if (!isDone(() => db.run(sql`VACUUM`)) || !isEmptied(db)) return false
      db.update(purges).set({ sweptAt: at }).where(eq(purges.id, row.id)).run()
      return true
    },
  }
}

function tableNames(db: Db | Transaction): string[] {
  const named = db.all<{ name: string }>(
    sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
  )
  return named
    .map(({ name }) => name)
    .filter((name) => !KEPT_TABLES.has(name) && !name.startsWith('_litestream_'))
}

function countsOf(db: Db | Transaction): PurgedTable[] {
  return tableNames(db)
    .map((table) => ({
      table,
      rows: db.get<{ rows: number }>(
        sql`SELECT count(*) AS rows FROM ${sql.identifier(table)} WHERE ${goes(table)}`,
      ).rows,
    }))
    .filter(({ rows }) => rows > 0)
}

function deleteAll(tx: Transaction): void {
  // Parents and children go in any order: what counts is that none is left at the end.
  tx.run(sql`PRAGMA defer_foreign_keys = ON`)
  for (const table of tableNames(tx)) tx.run(sql`DELETE FROM ${sql.identifier(table)} WHERE ${goes(table)}`)
  for (const [table, blank] of Object.entries(BLANKED))
    if (isThere(tx, table)) tx.run(sql.raw(`UPDATE ${table} SET ${blank}`))
}

/** Not in a file of every version. */
function isThere(tx: Transaction, table: string): boolean {
  return tx.all(sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ${table}`).length > 0
}

function goes(table: string) {
  return table === 'settings' ? KEPT_ROWS : sql`1`
}

/** @returns false while another connection still reads what was there */
function isEmptied(db: Db): boolean {
  let emptied = false
  const isRun = isDone(() => {
    emptied = db.get<{ busy: number }>(sql`PRAGMA wal_checkpoint(TRUNCATE)`)?.busy === 0
  })
  return isRun && emptied
}

/** @returns false where SQLite has no room, or somebody else is at the file */
function isDone(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch (error) {
    const { code } = (error instanceof Error && error.cause ? error.cause : error) as { code?: unknown }
    if (typeof code === 'string' && /^SQLITE_(BUSY|LOCKED|FULL|IOERR|ERROR)/.test(code)) return false
    throw error
  }
}
