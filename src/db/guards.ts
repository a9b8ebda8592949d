import { hash } from 'node:crypto'
import type Database from 'better-sqlite3'

/**
 * Tables whose rows are written once, by what a row of each is known: they end with the whole survey, never say something
 * else, and no other row takes their place.
 */
export const WRITTEN_ONCE: Readonly<Record<string, string>> = {
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
  signing_keys: 'old.id = new.id OR old.public_key = new.public_key',
}

/** Every other table, with what may become of a row: a table that stands in neither list is found by a test. */
export const CHANGEABLE: Readonly<Record<string, string>> = {
  submissions:
    'its state, its hospital and when it was withdrawn or closed; what was answered is in its versions',
  late_links: 'used once, or revoked',
  hospitals: 'as sources and officers know it today; what it was is in hospital_changes',
  hospital_mergers: 'undone once',
  waiting_rows: 'decided, or replaced by a newer file',
  staged_imports: 'emptied at its end',
  gmis_answers: 'go with the consent',
  gmis_stages: 'go once they are read in, or over',
  gmis_staged_rows: 'go with their stage, or with the consent',
  invitations: 'opened, issued anew, revoked',
  outbox: 'tried, sent, left out',
  attachments: 'withdrawn once',
  scenarios: 'renamed, archived; what a scenario says is in policies',
  overrides: 'undone once',
  rank_moves: 'undone once',
  settings: 'set',
  staff: 'renamed, given another role or password, disabled',
  sessions: 'go on, and end',
  receipt_keys: 'one row: whose key it is, and whether old codes were swept',
  second_factors: 'set up, used, taken off',
  recovery_codes: 'used once; all of them go with their second factor',
  login_tries: 'counted, and forgotten after a while',
  known_places: 'seen again, and forgotten',
  purges: 'swept once; the row itself stays for good',
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

interface Guard {
  name: string
  /** As SQLite keeps it, word by word. */
  sql: string
}

/**
 * Makes the database itself refuse what no page may do. Done at opening, not by a migration: a generated rebuild of a
 * table drops its triggers without a word. A migration that has to change such rows drops their trigger first.
 */
export function installGuards(sqlite: Database.Database): void {
  // REPLACE deletes the row in its way: without this no trigger would see it.
  sqlite.pragma('recursive_triggers = ON')
  const wanted = guardsOf(sqlite)
  const kept = keptGuards(sqlite)
  const put = sqlite.transaction(() => {
    for (const { name, sql } of wanted) {
      if (kept.get(name) === sql) continue
      sqlite.exec(`DROP TRIGGER IF EXISTS ${name}`)
      sqlite.exec(sql)
    }
    sqlite.pragma(`user_version = ${stampOf(wanted)}`)
  })
  const isAllThere = wanted.every(({ name, sql }) => kept.get(name) === sql)
  if (!isAllThere || stampIn(sqlite) !== stampOf(wanted)) put.immediate()
}

/**
 * The guards that somebody has taken off, or made to say something else, since this program put them on; none where another
 * version of the program was the last to open the file. To be asked before they are put on again.
 */
export function guardsTakenOff(sqlite: Database.Database): string[] {
  const wanted = guardsOf(sqlite)
  if (stampIn(sqlite) !== stampOf(wanted)) return []
  const kept = keptGuards(sqlite)
  return wanted.filter(({ name, sql }) => kept.get(name) !== sql).map(({ name }) => name)
}

/** Of the tables that are there: a file that an older program left has not every one yet, its migrations come before. */
function guardsOf(sqlite: Database.Database): Guard[] {
  const there = new Set(sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all())
  const once = Object.entries(WRITTEN_ONCE).flatMap(([table, same]) => writtenOnce(table, same))
  const refused = REFUSED_INSERTS.map(({ name, table, when, message }) =>
    guard(name, table, `INSERT ON ${table} WHEN ${when}`, message),
  )
  return [...once, ...refused, ...(hasLots(sqlite) ? [LOT_KEPT] : [])]
    .filter(({ table }) => there.has(table))
    .map(({ name, sql }) => ({ name, sql }))
}

function writtenOnce(table: string, same: string) {
  // Another program's connection may have the triggers of REPLACE off: there the insert itself is refused.
  const event = `INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM ${table} old WHERE ${same})`
  return [
    guard(`${table}_written_once`, table, `UPDATE ON ${table}`, `a row of ${table} never changes`),
    guard(`${table}_never_deleted`, table, `DELETE ON ${table}`, `a row of ${table} is never deleted`),
    guard(`${table}_never_replaced`, table, event, `a row of ${table} is never replaced`),
  ]
}

const LOT_KEPT = guard(
  'submissions_lot_kept',
  'submissions',
  'UPDATE OF lot ON submissions WHEN old.lot IS NOT NULL AND old.lot IS NOT new.lot',
  'a drawn lot never changes',
)

/** Not in a file that an older program left. */
function hasLots(sqlite: Database.Database): boolean {
  return (sqlite.pragma('table_info(submissions)') as { name: string }[]).some(({ name }) => name === 'lot')
}

function guard(name: string, table: string, event: string, message: string) {
  const body = `BEGIN SELECT RAISE(ABORT, '${message}'); END`
  return { name, table, sql: `CREATE TRIGGER ${name} BEFORE ${event} ${body}` }
}

function keptGuards(sqlite: Database.Database): Map<string, string> {
  const rows = sqlite.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as Guard[]
  return new Map(rows.map(({ name, sql }) => [name, sql]))
}

/** A number in the head of the file that tells which guards were put on. */
function stampIn(sqlite: Database.Database): number {
  return sqlite.pragma('user_version', { simple: true }) as number
}

function stampOf(guards: readonly Guard[]): number {
  const digest = hash('sha256', guards.map(({ sql }) => sql).join('\n'), 'buffer')
  return digest.readInt32BE() & 0x7fffffff
}
