import type Database from 'better-sqlite3'

/** Tables whose rows are written once. Rows may end with the whole survey, but never say something else. */
const WRITTEN_ONCE = ['policies', 'rounds', 'round_files', 'proposal_files']

/**
 * Makes the database itself refuse to change such a row. Done at opening, not by a migration: a generated rebuild
 * of a table drops its triggers without a word.
 */
export function refuseUpdates(sqlite: Database.Database): void {
  for (const table of WRITTEN_ONCE)
    sqlite.exec(
      `CREATE TRIGGER IF NOT EXISTS ${table}_written_once BEFORE UPDATE ON ${table}
       BEGIN SELECT RAISE(ABORT, 'a row of ${table} never changes'); END`,
    )
  sqlite.exec(
    `CREATE TRIGGER IF NOT EXISTS proposals_settled_once BEFORE UPDATE ON proposals WHEN old.state <> 'open'
     BEGIN SELECT RAISE(ABORT, 'a settled proposal never changes'); END`,
  )
}
