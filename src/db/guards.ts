import type Database from 'better-sqlite3'

/**
 * Tables whose rows are written once, by what a row of each is known: they end with the whole survey, never say something
 * else, and no other row takes their place.
 */
const WRITTEN_ONCE: Readonly<Record<string, string>> = {
  audit_log: 'old.seq = new.seq',
  submission_versions: 'old.submission = new.submission AND old.version = new.version',
  mail_settlings: 'old.mail = new.mail',
  given_codes: 'old.submission = new.submission',
  policies: 'old.id = new.id OR (old.scenario IS new.scenario AND old.version = new.version)',
  editions: 'old.id = new.id OR old.proposal = new.proposal',
  edition_files: 'old.edition = new.edition AND old.name = new.name',
  edition_settlings: 'old.id = new.id OR old.edition = new.edition',
  notice_versions: 'old.version = new.version',
  question_lists: 'old.version = new.version',
  correction_settlings: 'old.id = new.id',
  hospital_imports: 'old.id = new.id',
  hospital_changes: 'old.id = new.id',
  hospital_facts: 'old.id = new.id',
  fact_choices: 'old.id = new.id',
  gmis_imports: 'old.id = new.id',
  gmis_mappings: 'old.version = new.version',
  filing_mappings: 'old.version = new.version',
  answer_notes: 'old.id = new.id',
  answer_marks: 'old.id = new.id',
  flag_looks: 'old.id = new.id',
  acceptance_requests: 'old.id = new.id',
  acceptance_answers: 'old.id = new.id',
  publications: 'old.id = new.id',
  disclosure_classes: 'old.id = new.id',
  disclosure_wordings: 'old.id = new.id',
  approval_papers: 'old.id = new.id',
  reports: 'old.id = new.id',
  report_editions: 'old.report = new.report AND old.edition = new.edition',
  report_files: 'old.report = new.report AND old.name = new.name',
  report_corrections: 'old.id = new.id',
  letter_texts: 'old.id = new.id',
  letter_heads: 'old.id = new.id',
  letter_sendings: 'old.id = new.id',
  letters: 'old.sending = new.sending AND old.hospital_code = new.hospital_code',
  invitation_views: 'old.invitation = new.invitation AND old.counter = new.counter',
  invitation_keys: 'old.id = new.id',
  contacts: 'old.id = new.id OR old.entry = new.entry',
  reminders: 'old.id = new.id OR old.mail = new.mail',
  message_texts: 'old.id = new.id',
  lot_methods: 'old.id = new.id',
  lot_announcements: 'old.id = new.id',
  lot_draws: 'old.id = new.id OR old.round = new.round',
  lot_corrections: 'old.id = new.id',
  lot_publications: 'old.draw = new.draw',
  invitation_heads: 'old.id = new.id',
}

/** The editions that wait for their second person. */
const OPEN =
  'SELECT 1 FROM editions e WHERE NOT EXISTS (SELECT 1 FROM edition_settlings s WHERE s.edition = e.id)'

/** The hospital has no answer that counts and lets its GMIS answers be used. */
const NO_CONSENT = `NOT EXISTS (
  SELECT 1 FROM submissions s
  JOIN submission_versions v ON v.submission = s.id AND v.gmis_consent = 1
  WHERE s.hospital_code = new.hospital_code AND s.state = 'current'
    AND v.version = (SELECT max(l.version) FROM submission_versions l WHERE l.submission = s.id))`

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
  ...['gmis_answers', 'gmis_staged_rows'].map((table) => ({
    name: `${table}_consented`,
    table,
    when: NO_CONSENT,
    message: 'GMIS answers are kept with the consent of the hospital alone',
  })),
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
  for (const [table, same] of Object.entries(WRITTEN_ONCE).filter(([each]) => there.has(each))) {
    guard(sqlite, `${table}_written_once`, `UPDATE ON ${table}`, `a row of ${table} never changes`)
    guard(sqlite, `${table}_never_deleted`, `DELETE ON ${table}`, `a row of ${table} is never deleted`)
    // Another program's connection may have the triggers of REPLACE off: there the insert itself is refused.
    const event = `INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM ${table} old WHERE ${same})`
    guard(sqlite, `${table}_never_replaced`, event, `a row of ${table} is never replaced`)
  }
  for (const { name, table, when, message } of REFUSED_INSERTS)
    guard(sqlite, name, `INSERT ON ${table} WHEN ${when}`, message)
  if (hasLots(sqlite))
    guard(
      sqlite,
      'submissions_lot_kept',
      'UPDATE OF lot ON submissions WHEN old.lot IS NOT NULL AND old.lot IS NOT new.lot',
      'a drawn lot never changes',
    )
}

/** Not in a file that an older program left. */
function hasLots(sqlite: Database.Database): boolean {
  return (sqlite.pragma('table_info(submissions)') as { name: string }[]).some(({ name }) => name === 'lot')
}

function guard(sqlite: Database.Database, name: string, event: string, message: string): void {
  sqlite.exec(
    `CREATE TRIGGER IF NOT EXISTS ${name} BEFORE ${event} BEGIN SELECT RAISE(ABORT, '${message}'); END`,
  )
}
