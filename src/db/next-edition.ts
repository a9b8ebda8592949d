import { asc, desc } from 'drizzle-orm'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { policyOfNextEdition } from '../domain/selection/next-edition.ts'
import { settingsOfNextEdition } from '../domain/survey/next-edition.ts'
import type { Act } from './acts.ts'
import { appendAudit, auditHead } from './audit.ts'
import { type Db, immediately, openDatabase, type Transaction } from './open.ts'
import { latestVersion } from './policy-versions.ts'
import { inserting } from './prepared.ts'
import * as schema from './schema.ts'

const {
  factChoices,
  filingMappings,
  gmisMappings,
  hospitalFacts,
  hospitals,
  invitationHeads,
  letterTexts,
  messageTexts,
} = schema
const { noticeVersions, policies, questionLists, settings, staff } = schema

/** How much of a survey its next edition begins with. */
export interface NextEditionCounts {
  hospitals: number
  staff: number
}

/**
 * A survey file for the next edition: settings, users, master, policy and texts of this one, without its dates, answers
 * and lots. Its record begins anew, and says where it came from.
 */
export function nextEditionMaker(db: Db) {
  /** @param path of a file that does not exist yet, in a folder that does */
  return (path: string, { actor, at, file }: Act & { file: string }): NextEditionCounts => {
    const made = openDatabase(path)
    try {
      const counts = immediately(made.db, (tx) => copy(db, tx, { actor, at }))
      const detail = { ...counts }
      immediately(db, (tx) =>
        appendAudit(tx, { at, actor, action: 'next-edition.made', subject: file, detail }),
      )
      return counts
    } finally {
      made.close()
    }
  }
}

/** What of a table the next edition begins with. */
type Carried =
  /** Its rows, as they are or without what is this edition's own. */
  | 'rows'
  /** What counts of it, as the first version. */
  | 'newest'
  /** Nothing: it is this edition's own. */
  | 'nothing'

/** Every table, decided: one that is named nowhere is found by a test. */
export const CARRIED: Readonly<Record<string, Carried>> = {
  settings: 'rows',
  staff: 'rows',
  hospitals: 'rows',
  // What a source says, and which one an officer settled: later files are measured by it.
  hospital_facts: 'rows',
  fact_choices: 'rows',
  policies: 'newest',
  gmis_mappings: 'newest',
  filing_mappings: 'newest',
  notice_versions: 'newest',
  // The policy that goes over counts by them.
  question_lists: 'newest',
  message_texts: 'newest',
  letter_texts: 'newest',
  invitation_heads: 'newest',
  // Next year's files are asked for under the same ordinance.
  disclosure_classes: 'rows',
  disclosure_wordings: 'rows',
  ...nothingOf(schema.auditLog, schema.signingKeys, schema.sessions),
  // Sealed by a key of this survey's own: whoever has one sets it up anew.
  ...nothingOf(schema.secondFactors, schema.recoveryCodes, schema.loginTries, schema.knownPlaces),
  ...nothingOf(schema.submissions, schema.submissionVersions, schema.lateLinks, schema.outbox),
  // The next edition has a receipt key of its own.
  ...nothingOf(schema.givenCodes, schema.receiptKeys, schema.mailSettlings),
  ...nothingOf(schema.answerNotes, schema.answerMarks, schema.flagLooks, schema.correctionSettlings),
  ...nothingOf(schema.gmisAnswers, schema.gmisImports, schema.gmisStages, schema.gmisStagedRows),
  ...nothingOf(schema.hospitalImports, schema.hospitalChanges, schema.hospitalMergers),
  ...nothingOf(schema.stagedImports, schema.waitingRows),
  ...nothingOf(schema.invitations, schema.invitationViews, schema.invitationKeys),
  ...nothingOf(schema.contacts, schema.reminders),
  ...nothingOf(schema.scenarios, schema.overrides, schema.rankMoves),
  ...nothingOf(schema.editions, schema.editionFiles, schema.editionSettlings, schema.approvalPapers),
  ...nothingOf(schema.acceptanceRequests, schema.acceptanceAnswers, schema.publications),
  ...nothingOf(schema.reports, schema.reportEditions, schema.reportFiles, schema.reportCorrections),
  // Who gets a seat by the lot is drawn anew, by the way that comes with the program.
  ...nothingOf(schema.lotMethods, schema.lotAnnouncements, schema.lotDraws),
  ...nothingOf(schema.lotCorrections, schema.lotPublications),
  ...nothingOf(schema.letterHeads, schema.letterSendings, schema.letters),
  // Another year's programme has papers of its own.
  ...nothingOf(schema.attachments),
  ...nothingOf(schema.purges),
}

function nothingOf(...tables: SQLiteTable[]): Record<string, Carried> {
  return Object.fromEntries(tables.map((table) => [getTableConfig(table).name, 'nothing']))
}

function copy(db: Db, tx: Transaction, { actor, at }: Act): NextEditionCounts {
  const stored = Object.fromEntries(
    db
      .select()
      .from(settings)
      .all()
      .map(({ key, value }) => [key, value]),
  )
  const carried = settingsOfNextEdition(stored)
  for (const [key, value] of Object.entries(carried)) tx.insert(settings).values({ key, value }).run()
  const users = db.select().from(staff).orderBy(asc(staff.login)).all()
  for (const user of users) tx.insert(staff).values(user).run()
  const addHospital = inserting(hospitals)
  const master = db.select().from(hospitals).orderBy(asc(hospitals.key)).all()
  for (const hospital of master) addHospital(tx, hospital)
  const addFact = inserting(hospitalFacts)
  for (const fact of db.select().from(hospitalFacts).orderBy(asc(hospitalFacts.id)).all()) addFact(tx, fact)
  for (const choice of db.select().from(factChoices).orderBy(asc(factChoices.id)).all())
    tx.insert(factChoices).values(choice).run()
  copyCriteria(db, tx, { actor, at })
  copyTexts(db, tx)
  copyDisclosure(db, tx)
  const counts = { hospitals: master.length, staff: users.length }
  const { count, head } = auditHead(db)
  const detail = {
    ...{ ...counts, fiscalYear: stored.fiscalYear ?? null, record: { count, head } },
    // What the record that begins here has no entries of.
    settings: carried,
    users: Object.fromEntries(
      users.map(({ login, role, disabledAt }) => [login, { role, disabled: disabledAt !== null }]),
    ),
  }
  appendAudit(tx, { at, actor, action: 'survey.begun', subject: stored.title ?? '', detail })
  return counts
}

function copyCriteria(db: Db, tx: Transaction, { actor, at }: Act): void {
  const latest = latestVersion(db, null)
  if (latest) {
    const body = JSON.stringify(policyOfNextEdition(latest.policy))
    const note = '前の調査から引き継いだ選定基準'
    tx.insert(policies).values({ scenario: null, version: 1, body, note, author: actor, createdAt: at }).run()
  }
  const questions = db.select().from(questionLists).orderBy(desc(questionLists.version)).limit(1).get()
  if (questions)
    tx.insert(questionLists)
      .values({ ...questions, version: 1, change: '前の調査から引継ぎ' })
      .run()
  const mapping = db.select().from(gmisMappings).orderBy(desc(gmisMappings.version)).limit(1).get()
  if (mapping)
    tx.insert(gmisMappings)
      .values({ ...mapping, version: 1 })
      .run()
  const filings = db.select().from(filingMappings).orderBy(desc(filingMappings.version)).limit(1).get()
  if (filings)
    tx.insert(filingMappings)
      .values({ ...filings, version: 1 })
      .run()
}

/** The notice, what is written to hospitals before the deadline, and the letters: what counts of each, by who wrote it. */
function copyTexts(db: Db, tx: Transaction): void {
  const notice = db.select().from(noticeVersions).orderBy(desc(noticeVersions.version)).limit(1).get()
  if (notice)
    tx.insert(noticeVersions)
      .values({ ...notice, version: 1, change: '前の調査から引継ぎ' })
      .run()
  const messages = db.select().from(messageTexts).orderBy(asc(messageTexts.id)).all()
  for (const { id: _, ...text } of newestOfKinds(messages)) tx.insert(messageTexts).values(text).run()
  const letters = db.select().from(letterTexts).orderBy(asc(letterTexts.id)).all()
  // Without a text of its own the shipped one stands there too.
  for (const { id: _, ...text } of newestOfKinds(letters))
    if (text.body !== null) tx.insert(letterTexts).values(text).run()
  const head = db.select().from(invitationHeads).orderBy(desc(invitationHeads.id)).limit(1).get()
  if (head)
    tx.insert(invitationHeads)
      .values({ ...head, id: 1, documentNumber: '', datedOn: '' })
      .run()
}

/** What was decided of columns, and the ordinance's words. */
function copyDisclosure(db: Db, tx: Transaction): void {
  const { disclosureClasses, disclosureWordings } = schema
  for (const row of db.select().from(disclosureClasses).orderBy(asc(disclosureClasses.id)).all())
    tx.insert(disclosureClasses).values(row).run()
  for (const row of db.select().from(disclosureWordings).orderBy(asc(disclosureWordings.id)).all())
    tx.insert(disclosureWordings).values(row).run()
}

function newestOfKinds<Row extends { kind: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.kind, row])).values()]
}
