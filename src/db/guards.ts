import type Database from 'better-sqlite3'

/** Tables whose rows are written once: they end with the whole survey, and never say something else. */
const WRITTEN_ONCE = [
  'audit_log',
  'submission_versions',
  'policies',
  'editions',
  'edition_files',
  'edition_settlings',
  'acceptance_requests',
  'acceptance_answers',
  'publications',
  'approval_papers',
  'reports',
  'report_editions',
  'report_files',
  'report_corrections',
  'letter_texts',
  'letter_heads',
  'letter_sendings',
  'letters',
]

/** By what a row of each is known: another one under it would take its place. */
const KNOWN_BY: readonly (readonly [table: string, same: string])[] = [
  ['audit_log', 'old.seq = new.seq'],
  ['submission_versions', 'old.submission = new.submission AND old.version = new.version'],
  ['policies', 'old.id = new.id OR (old.scenario IS new.scenario AND old.version = new.version)'],
  ['editions', 'old.id = new.id OR old.proposal = new.proposal'],
  ['edition_files', 'old.edition = new.edition AND old.name = new.name'],
  ['edition_settlings', 'old.id = new.id OR old.edition = new.edition'],
  ['acceptance_requests', 'old.id = new.id'],
  ['acceptance_answers', 'old.id = new.id'],
  ['publications', 'old.id = new.id'],
  ['approval_papers', 'old.id = new.id'],
  ['reports', 'old.id = new.id'],
  ['report_editions', 'old.report = new.report AND old.edition = new.edition'],
  ['report_files', 'old.report = new.report AND old.name = new.name'],
  ['report_corrections', 'old.id = new.id'],
  ['letter_texts', 'old.id = new.id'],
  ['letter_heads', 'old.id = new.id'],
  ['letter_sendings', 'old.id = new.id'],
  ['letters', 'old.sending = new.sending AND old.hospital_code = new.hospital_code'],
]

/** The editions that wait for their second person. */
const OPEN =
  'SELECT 1 FROM editions e WHERE NOT EXISTS (SELECT 1 FROM edition_settlings s WHERE s.edition = e.id)'

/** What an insert must not do, with what the database says then. */
const REFUSED_INSERTS = [
  {
    name: 'editions_one_open',
    table: 'editions',
    when: `EXISTS (${OPEN})`,
    message: 'one edition at a time waits for its second person',
  },
  {
    name: 'edition_files_frozen',
    table: 'edition_files',
    when: 'EXISTS (SELECT 1 FROM edition_settlings s WHERE s.edition = new.edition)',
    message: 'a settled edition gets no further file',
  },
  {
    name: 'edition_settlings_two_people',
    table: 'edition_settlings',
    when: `new.state <> 'withdrawn'
      AND new.settled_by = (SELECT e.proposed_by FROM editions e WHERE e.id = new.edition)`,
    message: 'whoever proposed an edition does not settle it alone',
  },
  {
    name: 'edition_settlings_one_confirmed',
    table: 'edition_settlings',
    when: `new.state = 'confirmed' AND EXISTS (
      SELECT 1 FROM editions e
      JOIN editions other ON other.number = e.number AND other.edition = e.edition
      JOIN edition_settlings s ON s.edition = other.id AND s.state = 'confirmed'
      WHERE e.id = new.edition)`,
    message: 'an edition of a round is confirmed once',
  },
]

/**
 * Makes the database itself refuse what no page may do. Done at opening, not by a migration: a generated rebuild of a
 * table drops its triggers without a word. A migration that has to change such rows drops their trigger first.
 */
export function installGuards(sqlite: Database.Database): void {
  // REPLACE deletes the row in its way: without this no trigger would see it.
  sqlite.pragma('recursive_triggers = ON')
  // A file that an older program left has not every table yet: its migrations come before.
  const there = new Set(sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all())
  for (const table of WRITTEN_ONCE.filter((each) => there.has(each))) {
    guard(sqlite, `${table}_written_once`, `UPDATE ON ${table}`, `a row of ${table} never changes`)
    guard(sqlite, `${table}_never_deleted`, `DELETE ON ${table}`, `a row of ${table} is never deleted`)
  }
  // Another program's connection has that off: there the insert itself is refused.
  for (const [table, same] of KNOWN_BY.filter(([each]) => there.has(each))) {
    const event = `INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM ${table} old WHERE ${same})`
    guard(sqlite, `${table}_never_replaced`, event, `a row of ${table} is never replaced`)
  }
  for (const { name, table, when, message } of REFUSED_INSERTS)
    guard(sqlite, name, `INSERT ON ${table} WHEN ${when}`, message)
}

function guard(sqlite: Database.Database, name: string, event: string, message: string): void {
  sqlite.exec(
    `CREATE TRIGGER IF NOT EXISTS ${name} BEFORE ${event} BEGIN SELECT RAISE(ABORT, '${message}'); END`,
  )
}
