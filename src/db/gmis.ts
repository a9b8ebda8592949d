import { desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { consentOf, type Sealed } from '../domain/answer/sealed.ts'
import { GMIS_FACT_IDS, type GmisFacts } from '../domain/survey/gmis-mapping.ts'
import type { ImportAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { type GmisCells, gmisAnswers, gmisImports, gmisStages } from './schema.ts'
import { currentSubmission } from './submission-versions.ts'

/** What a hospital answered in the GMIS survey, as far as it is used. */
export interface GmisAnswers extends GmisFacts {
  /** Whether it says there that it has an EMR; null where that is not known. */
  emrClaimed?: boolean | null
  /** As the file has it. */
  cells?: GmisCells
}

export interface KeptGmis extends GmisFacts {
  emrClaimed: boolean | null
  cells: GmisCells | null
  importedAt: Date
  /** Null where it was imported before imports were kept. */
  import: number | null
}

export type GmisImport = typeof gmisImports.$inferSelect

interface GmisCounts {
  stored: number
  /** Rows of hospitals whose current answer does not consent: counted, never kept. */
  withoutConsent: number
  /** Rows of hospitals that have no answer that counts. */
  withoutAnswer: number
}

/** A file that is taken in, with what the file is and what becomes of hospitals that it does not name. */
interface GmisFileAct extends ImportAct {
  sha256?: string
  sheet?: string
  mappingVersion?: number
  /** Of the file's other rows, which are not among these: as they were counted where they were left out. */
  leftOut?: { withoutConsent: number; withoutAnswer: number; unknown: number }
  /** Those whose answers go, as the file has them no more. */
  removed?: readonly string[]
  /** What was looked at before, and goes with this. */
  stage?: number
}

export function gmisStore(db: Db) {
  return {
    /** The facts of every hospital that lets them be used, by its key. */
    all: (): Map<string, GmisFacts> => new Map(keptRows(db).map((row) => [row.hospitalCode, factsOf(row)])),

    /** The same with where each came from. */
    kept: (): Map<string, KeptGmis> => new Map(keptRows(db).map((row) => [row.hospitalCode, toKept(row)])),

    /** Which hospitals say in the GMIS survey that they have an EMR, and which that they have none. */
    emrClaims: (): Map<string, boolean> =>
      new Map(
        keptRows(db).flatMap(({ hospitalCode, emrClaimed }) =>
          emrClaimed === null ? [] : [[hospitalCode, emrClaimed] as const],
        ),
      ),

    /** Newest first. */
    imports: (): GmisImport[] => db.select().from(gmisImports).orderBy(desc(gmisImports.id)).all(),

    importOf: (id: number): GmisImport | null =>
      db.select().from(gmisImports).where(eq(gmisImports.id, id)).get() ?? null,

    /** Keeps what recorded consent allows, by hospital code; the rest is only counted. */
    import: (
      rows: ReadonlyMap<string, Sealed<GmisAnswers>>,
      by: GmisFileAct,
    ): GmisCounts & { id: number; removed: number } => immediately(db, (tx) => importAll(tx, rows, by)),
  }
}

function importAll(tx: Transaction, rows: ReadonlyMap<string, Sealed<GmisAnswers>>, by: GmisFileAct) {
  const { actor, at, source, sha256 = '', sheet = '', mappingVersion = 0, removed = [] } = by
  const { leftOut = { withoutConsent: 0, withoutAnswer: 0, unknown: 0 } } = by
  const { opened, stored, withoutConsent, withoutAnswer } = openedRows(tx, rows)
  const counts = {
    stored,
    withoutConsent: withoutConsent + leftOut.withoutConsent,
    withoutAnswer: withoutAnswer + leftOut.withoutAnswer,
  }
  const gone =
    removed.length === 0
      ? 0
      : tx
          .delete(gmisAnswers)
          .where(inArray(gmisAnswers.hospitalCode, [...removed]))
          .run().changes
  const about = { sha256, sheet, mappingVersion, ...counts, unknown: leftOut.unknown, removed: gone }
  const { id } = tx
    .insert(gmisImports)
    .values({ ...about, fileName: source, author: actor, createdAt: at })
    .returning({ id: gmisImports.id })
    .get()
  for (const [hospitalCode, { emrClaimed = null, cells = null, ...facts }] of opened) {
    const row = { hospitalCode, ...factsOf(facts), emrClaimed, answers: cells, importedAt: at, import: id }
    tx.insert(gmisAnswers)
      .values(row)
      .onConflictDoUpdate({ target: gmisAnswers.hospitalCode, set: row })
      .run()
  }
  if (by.stage !== undefined) tx.delete(gmisStages).where(eq(gmisStages.id, by.stage)).run()
  appendAudit(tx, { at, actor, action: 'gmis.imported', subject: source, detail: { import: id, ...about } })
  return { ...counts, id, removed: gone }
}

/** Of the hospitals whose answer that counts consents to it. */
export function openedRows<T>(db: Db | Transaction, rows: ReadonlyMap<string, Sealed<T>>) {
  const opened: [hospitalCode: string, value: T][] = []
  const counts = { stored: 0, withoutConsent: 0, withoutAnswer: 0 }
  for (const [hospitalCode, sealed] of rows) {
    const current = currentSubmission(db, hospitalCode)
    const open = sealed.open(current)
    if (open) opened.push([hospitalCode, open.value])
    counts[COUNTED_AS[consentOf(current)]] += 1
  }
  return { opened, ...counts }
}

const COUNTED_AS = { given: 'stored', refused: 'withoutConsent', 'no-answer': 'withoutAnswer' } as const

type Row = typeof gmisAnswers.$inferSelect

/** Whatever else may have happened: nothing is read without the consent of today. */
function keptRows(db: Db): Row[] {
  const consents = sql`EXISTS (
    SELECT 1 FROM submissions s
    JOIN submission_versions v ON v.submission = s.id AND v.gmis_consent = 1
    WHERE s.hospital_code = ${gmisAnswers.hospitalCode} AND s.state = 'current'
      AND v.version = (SELECT max(l.version) FROM submission_versions l WHERE l.submission = s.id))`
  return db.select(getTableColumns(gmisAnswers)).from(gmisAnswers).where(consents).all()
}

function toKept({ hospitalCode: _, answers: cells, ...row }: Row): KeptGmis {
  return { ...row, cells }
}

function factsOf(facts: GmisFacts): GmisFacts {
  return Object.fromEntries(GMIS_FACT_IDS.map((fact) => [fact, facts[fact]])) as unknown as GmisFacts
}
