import { desc, eq, inArray, or } from 'drizzle-orm'
import { heldFacts, statedFacts } from '../domain/master/facts.ts'
import type { Hospital } from '../domain/master/hospital.ts'
import { mergeIntoMaster } from '../domain/master/merge.ts'
import type { ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { storeHospital } from './hospital-changes.ts'
import { knownFactsOf, recordStatements } from './hospital-facts.ts'
import { allHospitals, toHospital } from './hospital-rows.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { hospitalChanges, hospitalImports, hospitals, waitingRows } from './schema.ts'
import { decide, openCellsOf, type WaitingRow, waitingRowsOf } from './waiting-rows.ts'

type MatchOutcome = 'done' | 'too-late'

/** Rows of imports that may be of hospitals which the master knows by another number, and what officers decided. */
export function hospitalMatchStore(db: Db) {
  return {
    waiting: (): WaitingRow[] => waitingRowsOf(db),
    byId: (id: number): WaitingRow | null =>
      db.select().from(waitingRows).where(eq(waitingRows.id, id)).get() ?? null,
    /** Newest first. */
    decided: (): WaitingRow[] =>
      db
        .select()
        .from(waitingRows)
        .where(inArray(waitingRows.state, ['joined', 'own', 'left-out']))
        .orderBy(desc(waitingRows.decidedAt), desc(waitingRows.id))
        .all(),

    /** The row is of this hospital: its code joins the hospital's, and what else it says comes as by an import. */
    join: (id: number, key: string, act: ReasonedAct): MatchOutcome =>
      immediately(db, (tx) => {
        const row = waitingRow(tx, id)
        if (!row || !joined(tx, row, key, act)) return 'too-late'
        const detail = { code: row.code, reason: act.reason }
        appendAudit(tx, { ...when(act), action: 'hospital.matched', subject: key, detail })
        return 'done'
      }),

    /** All of them or none. */
    joinAll(pairs: readonly { id: number; key: string }[], act: ReasonedAct): MatchOutcome {
      try {
        return immediately(db, (tx) => joinedAll(tx, pairs, act))
      } catch (error) {
        if (error instanceof NoFit) return 'too-late'
        throw error
      }
    },

    /** The row is of a hospital that the master does not have: it becomes one. */
    add: (id: number, act: ReasonedAct): MatchOutcome =>
      immediately(db, (tx) => {
        const row = waitingRow(tx, id)
        if (!row || ownerOf(tx, row.code) !== null) return 'too-late'
        const { file } = importOf(tx, row)
        const by = { kind: 'imported', source: file, import: row.import, ...act } as const
        const change = storeHospital(tx, null, row.hospital, by)
        const facts = statedFacts(row.fields, openCellsOf(row.open))
        recordStatements(tx, row.hospital, facts, knownFactsOf(tx, row.code), { ...row, file, at: act.at })
        end(tx, row, 'own', act, { hospitalCode: row.code, change })
        const detail = { name: row.hospital.name, reason: act.reason }
        appendAudit(tx, { ...when(act), action: 'hospital.row-added', subject: row.code, detail })
        return 'done'
      }),

    /** No hospital of the survey: the row is left out, by later imports too. */
    leaveOut: (id: number, act: ReasonedAct): MatchOutcome =>
      immediately(db, (tx) => {
        const row = waitingRow(tx, id)
        if (!row) return 'too-late'
        end(tx, row, 'left-out', act, {})
        const detail = { name: row.hospital.name, reason: act.reason }
        appendAudit(tx, { ...when(act), action: 'hospital.row-left-out', subject: row.code, detail })
        return 'done'
      }),

    /** Takes a decision back: the row waits again. What was joined is as it was, if nothing happened to it since. */
    undo: (id: number, act: ReasonedAct): MatchOutcome =>
      immediately(db, (tx) => {
        const row = tx.select().from(waitingRows).where(eq(waitingRows.id, id)).get()
        if (!row || !mayUndo(tx, row)) return 'too-late'
        if (row.state === 'joined') takeApart(tx, row, act)
        tx.update(waitingRows).set({ state: 'replaced' }).where(eq(waitingRows.id, id)).run()
        const { id: _, change: __, hospitalCode, decidedBy, decidedAt, reason, ...again } = row
        tx.insert(waitingRows)
          .values({ ...again, state: 'waiting' })
          .run()
        const detail = { code: row.code, was: row.state, reason: act.reason }
        const subject = hospitalCode ?? row.code
        appendAudit(tx, { ...when(act), action: 'hospital.match-undone', subject, detail })
        return 'done'
      }),

    mayUndo: (row: WaitingRow): boolean => mayUndo(db, row),
  }
}

/** One of several no longer fits: what was joined before it is undone with the transaction. */
class NoFit extends Error {}

function joinedAll(
  tx: Transaction,
  pairs: readonly { id: number; key: string }[],
  act: ReasonedAct,
): MatchOutcome {
  const codes = pairs.map(({ id, key }) => {
    const row = waitingRow(tx, id)
    if (!row || !joined(tx, row, key, act)) throw new NoFit()
    return row.code
  })
  const detail = { count: codes.length, codes: codes.join(' '), reason: act.reason }
  appendAudit(tx, { ...when(act), action: 'hospitals.matched', subject: 'master', detail })
  return 'done'
}

function when({ actor, at }: ReasonedAct) {
  return { actor, at }
}

function waitingRow(tx: Transaction, id: number): WaitingRow | null {
  const row = tx.select().from(waitingRows).where(eq(waitingRows.id, id)).get()
  return row?.state === 'waiting' ? row : null
}

function importOf(tx: Transaction, row: WaitingRow) {
  return tx.select().from(hospitalImports).where(eq(hospitalImports.id, row.import)).get()!
}

/** The hospital that a code is known to be of. */
function ownerOf(tx: Transaction, code: string): string | null {
  const isOne = or(eq(hospitals.key, code), eq(hospitals.medicalCode, code), eq(hospitals.naviiCode, code))
  return tx.select({ key: hospitals.key }).from(hospitals).where(isOne).get()?.key ?? null
}

/** @returns whether the row's codes belong to no other hospital by now */
function joined(tx: Transaction, row: WaitingRow, key: string, act: ReasonedAct): boolean {
  const { file } = importOf(tx, row)
  const { source, day } = row
  const found = tx.select().from(hospitals).where(eq(hospitals.key, key)).get()
  const codes = [row.hospital.medicalCode, row.hospital.naviiCode]
  const isFree = codes.every((code) => code === null || [null, key].includes(ownerOf(tx, code)))
  if (!found || !isFree) return false
  const before = toHospital(found)
  const open = openCellsOf(row.open)
  const incoming = { ...row.hospital, key }
  const { changes } = mergeIntoMaster([before], [incoming], row.fields, { open: new Map([[key, open]]) })
  const stated = changes[0]!.hospital
  const known = knownFactsOf(tx, key)
  const { hospital } = heldFacts(before, stated, { source, day }, known)
  const by = { kind: 'matched', source: file, import: row.import, ...act } as const
  const change = storeHospital(tx, before, hospital, by)
  recordStatements(tx, stated, statedFacts(row.fields, open), known, { source, day, file, at: act.at })
  end(tx, row, 'joined', act, { hospitalCode: key, change })
  return true
}

function end(
  tx: Transaction,
  { id }: WaitingRow,
  state: 'joined' | 'own' | 'left-out',
  { actor, at, reason }: ReasonedAct,
  what: Partial<Pick<WaitingRow, 'hospitalCode' | 'change'>>,
): void {
  decide(tx, id, { ...what, state, decidedBy: actor, decidedAt: at, reason })
}

/** A hospital of its own may have answered by now: it is closed or merged by hand. */
function mayUndo(db: Db | Transaction, { state, hospitalCode, change, code }: WaitingRow): boolean {
  if (state === 'left-out') return !waitingRowsOf(db).some((other) => other.code === code)
  if (state !== 'joined' || hospitalCode === null || change === null) return false
  const newest = db
    .select({ id: hospitalChanges.id })
    .from(hospitalChanges)
    .where(eq(hospitalChanges.hospitalCode, hospitalCode))
    .orderBy(desc(hospitalChanges.id))
    .limit(1)
    .get()
  return newest?.id === change
}

function takeApart(tx: Transaction, row: WaitingRow, act: ReasonedAct): void {
  const hospital = allHospitals(tx).find(({ key }) => key === row.hospitalCode)!
  const { before } = tx.select().from(hospitalChanges).where(eq(hospitalChanges.id, row.change!)).get()!
  const after: Hospital = { ...hospital, ...before }
  storeHospital(tx, hospital, after, { kind: 'unmatched', ...act })
}
