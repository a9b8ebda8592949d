import { answersAgainstRecord } from './answers.ts'
import { movesAgainstRecord, overridesAgainstRecord } from './decisions.ts'
import { editionsAgainstRecord } from './editions.ts'
import type { Comparison } from './facts.ts'
import { policiesAgainstRecord } from './policies.ts'
import { settingsAgainstRecord } from './settings.ts'
import { signingKeysAgainstRecord } from './signing-keys.ts'
import { usersAgainstRecord } from './users.ts'

/** What stands in the database, held against what the record says of it; each finds the first that differs. */
export const COMPARISONS: readonly Comparison[] = [
  settingsAgainstRecord,
  usersAgainstRecord,
  answersAgainstRecord,
  policiesAgainstRecord,
  overridesAgainstRecord,
  movesAgainstRecord,
  editionsAgainstRecord,
  signingKeysAgainstRecord,
]

/** The tables that they look at. */
export const COMPARED_TABLES: readonly string[] = [
  'settings',
  'staff',
  'submissions',
  'submission_versions',
  'policies',
  'overrides',
  'rank_moves',
  'editions',
  'edition_files',
  'edition_settlings',
  'signing_keys',
]

/** Every other table, with what else tells of it: one that stands in neither list is found by a test. */
export const NOT_COMPARED_TABLES: Readonly<Record<string, string>> = {
  audit_log: 'is the record',
  sessions: 'is nothing that was decided',
  second_factors: 'is nothing that was decided; that one was set up or taken off is on the record',
  recovery_codes: 'is nothing that was decided',
  login_tries: 'is nothing that was decided',
  known_places: 'is nothing that was decided',
  purges: 'is all that is left where the record went as well',
  outbox: 'is on its way; what was decided about it is on the record',
  hospitals: 'comes from files; what each file changed is in hospital_changes',
  hospital_changes: 'is written once',
  hospital_facts: 'is written once; whose file it was is on the record',
  hospital_imports: 'is written once',
  hospital_mergers: 'its answers and decisions are compared',
  fact_choices: 'is written once',
  waiting_rows: 'is what a file left to be decided',
  staged_imports: 'is emptied',
  gmis_imports: 'is written once',
  gmis_answers: 'goes with the consent',
  gmis_stages: 'goes when it is read in',
  gmis_staged_rows: 'goes when it is read in',
  gmis_mappings: 'is written once',
  filing_mappings: 'is written once',
  question_lists: 'is written once; those of a round are in its files',
  notice_versions: 'is written once',
  message_texts: 'is written once',
  invitation_heads: 'is written once',
  invitation_keys: 'is written once',
  invitation_views: 'is written once',
  invitations: 'opens nothing without the key of the links',
  late_links: 'opens nothing without its token',
  given_codes: 'is written once',
  receipt_keys: 'is held against the key itself at every start',
  contacts: 'is written once',
  reminders: 'is written once',
  mail_settlings: 'is written once',
  correction_settlings: 'is written once',
  answer_notes: 'is written once',
  answer_marks: 'is written once',
  flag_looks: 'is written once',
  scenarios: 'its versions are compared',
  lot_methods: 'is written once',
  lot_announcements: 'is written once',
  lot_draws: 'is written once; the draw of a round is in its files',
  lot_corrections: 'is written once',
  lot_publications: 'is written once',
  approval_papers: 'is written once',
  publications: 'is written once',
  acceptance_requests: 'is written once',
  acceptance_answers: 'is written once',
  reports: 'is written once',
  report_editions: 'is written once',
  report_files: 'is written once',
  report_corrections: 'is written once',
  letter_texts: 'is written once',
  letter_heads: 'is written once',
  letter_sendings: 'is written once',
  letters: 'is written once',
  disclosure_classes: 'is written once',
  disclosure_wordings: 'is written once',
  attachments: 'the SHA-256 of each is on the record',
}
