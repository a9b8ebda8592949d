import { hash } from 'node:crypto'
import { and, asc, eq, max } from 'drizzle-orm'
import type { Act, ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import type { EditionFile, NewFile } from './edition-rows.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { editions, reportCorrections, reportEditions, reportFiles, reports } from './schema.ts'

type StoredReport = typeof reports.$inferSelect
type ReportCorrection = typeof reportCorrections.$inferSelect

/** What is said of a sending: where it was put right, as it was put right. */
export type ReportFacts = Pick<StoredReport, 'reportedOn' | 'documentNumber' | 'way' | 'note'>

/** A report as it was recorded, with what was put right since. */
export interface Report extends StoredReport {
  editions: { id: number; number: number; edition: number }[]
  corrections: ReportCorrection[]
  /** As it stands by now. */
  facts: ReportFacts
  /** It was never sent: the record was made by mistake. */
  isTakenBack: boolean
}

interface NewReport extends ReportFacts, Pick<StoredReport, 'numbering' | 'reason'> {
  /** Of the editions that it is made of. */
  editions: readonly number[]
  files: readonly NewFile[]
  /** The last report that was seen, 0 where none was: another one since overtakes it. */
  follows: number
}

interface NewCorrection extends ReportFacts {
  report: number
  isTakenBack: boolean
  /** The last correction of the report that was seen, 0 where none was. */
  follows: number
}

export function reportStore(db: Db) {
  return {
    /** The first one first. */
    all: (): Report[] => allReports(db),

    byId: (id: number): Report | null => allReports(db).find((report) => report.id === id) ?? null,

    /** Freezes what was sent with how it was sent. @returns its number */
    record: (report: NewReport, by: Act): { kind: 'recorded'; id: number } | { kind: 'overtaken' } =>
      immediately(db, (tx) => record(tx, report, by)),

    correct: (correction: NewCorrection, by: ReasonedAct): 'corrected' | 'overtaken' =>
      immediately(db, (tx) => correct(tx, correction, by)),

    /** By name. */
    files: (report: number): EditionFile[] =>
      db.select(FILE).from(reportFiles).where(eq(reportFiles.report, report)).orderBy(reportFiles.name).all(),

    file: (report: number, name: string): EditionFile | null =>
      db
        .select(FILE)
        .from(reportFiles)
        .where(and(eq(reportFiles.report, report), eq(reportFiles.name, name)))
        .get() ?? null,
  }
}

const FILE = { name: reportFiles.name, bytes: reportFiles.bytes, sha256: reportFiles.sha256 }

function allReports(db: Db): Report[] {
  const { id, number, edition } = editions
  const made = db
    .select({ report: reportEditions.report, id, number, edition })
    .from(reportEditions)
    .innerJoin(editions, eq(id, reportEditions.edition))
    .orderBy(number)
    .all()
  const put = db.select().from(reportCorrections).orderBy(asc(reportCorrections.id)).all()
  return db
    .select()
    .from(reports)
    .orderBy(asc(reports.id))
    .all()
    .map((report) => {
      const corrections = put.filter((each) => each.report === report.id)
      const { reportedOn, documentNumber, way, note } = corrections.at(-1) ?? report
      return {
        ...report,
        editions: made.filter((each) => each.report === report.id).map(({ report: _, ...rest }) => rest),
        corrections,
        facts: { reportedOn, documentNumber, way, note },
        isTakenBack: corrections.at(-1)?.isTakenBack ?? false,
      }
    })
}

function record(
  tx: Transaction,
  { follows, files, editions: made, ...facts }: NewReport,
  by: Act,
): { kind: 'recorded'; id: number } | { kind: 'overtaken' } {
  const last = tx
    .select({ id: max(reports.id) })
    .from(reports)
    .get()
  if ((last?.id ?? 0) !== follows) return { kind: 'overtaken' }
  const { id } = tx
    .insert(reports)
    .values({ ...facts, recordedBy: by.actor, recordedAt: by.at })
    .returning({ id: reports.id })
    .get()
  for (const edition of made) tx.insert(reportEditions).values({ report: id, edition }).run()
  const hashes = files.map(({ name, bytes }): [string, string] => {
    const sha256 = hash('sha256', bytes, 'hex')
    tx.insert(reportFiles).values({ report: id, name, bytes, sha256 }).run()
    return [name, sha256]
  })
  const covered = tx
    .select({ round: editions.number, edition: editions.edition })
    .from(reportEditions)
    .innerJoin(editions, eq(editions.id, reportEditions.edition))
    .where(eq(reportEditions.report, id))
    .orderBy(editions.number)
    .all()
  appendAudit(tx, {
    ...by,
    action: facts.reason === null ? 'report.recorded' : 'report.replaced',
    subject: `report ${id}`,
    detail: { ...facts, rounds: covered, sha256: Object.fromEntries(hashes) },
  })
  return { kind: 'recorded', id }
}

function correct(
  tx: Transaction,
  { follows, ...correction }: NewCorrection,
  { actor, at, reason }: ReasonedAct,
): 'corrected' | 'overtaken' {
  const last = tx
    .select({ id: max(reportCorrections.id) })
    .from(reportCorrections)
    .where(eq(reportCorrections.report, correction.report))
    .get()
  if ((last?.id ?? 0) !== follows) return 'overtaken'
  tx.insert(reportCorrections)
    .values({ ...correction, reason, recordedBy: actor, recordedAt: at })
    .run()
  const { report, ...detail } = correction
  appendAudit(tx, {
    at,
    actor,
    action: correction.isTakenBack ? 'report.taken-back' : 'report.corrected',
    subject: `report ${report}`,
    detail: { ...detail, reason },
  })
  return 'corrected'
}
